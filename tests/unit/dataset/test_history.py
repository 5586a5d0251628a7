import json
from collections.abc import Mapping
from pathlib import Path

import polars as pl
import pytest

from esfkit.dataset.frame import to_frame
from esfkit.dataset.history import (
    FILES_KEY,
    HISTORY_KEY,
    History,
    Ingest,
    Mark,
    Seen,
    Without,
    as_metadata,
    read_files,
    read_history,
)
from esfkit.dataset.store import is_dataset, read_dataset, read_everything, read_files_seen
from esfkit.model.errors import BadRequest, InputRefused
from esfkit.output.parquet import write_parquet
from factories import a_project

INGESTS = (
    Ingest(number=1, sources=("sidor",), rules="r1", version="1.0", counts={"files": 3}),
    Ingest(number=2, sources=("sidor",), rules="r2", version="1.1", date="2025-03-01"),
)
HISTORY = History(INGESTS, (Mark(1, "added"), Mark(2, "source"), Mark(1, "added", 2, "source")))
FILES = {"sidor/å.txt": Seen("ab" * 32, 2, 1, (Without(None, None, "cd" * 32, "no_labels"),))}


def a_file(path: Path, metadata: Mapping[str, str]) -> Path:
    rows = to_frame([a_project("2016/00001"), a_project("2016/00002", title="Ny")])
    old = to_frame([a_project("2016/00002", title="Gammal")])
    with path.open("wb") as stream:
        write_parquet(pl.concat([rows, old]), stream, history=metadata)
    return path


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    return a_file(tmp_path / "kept.parquet", as_metadata(HISTORY, FILES))


def test_what_is_written_is_read_again() -> None:
    metadata = as_metadata(HISTORY, FILES)

    assert read_history("a", metadata, 3) == HISTORY
    assert read_files("a", metadata) == FILES


def test_rows_of_the_same_mark_are_told_once() -> None:
    many = History(INGESTS, (Mark(1, "added"),) * 50_000)

    assert json.loads(as_metadata(many, {})[HISTORY_KEY])["rows"] == [
        [50_000, 1, "added", None, None]
    ]


def test_metadata_without_history_has_none() -> None:
    assert read_history("a", {"esfkit.version": "1"}, 3) is None
    assert read_files("a", {}) == {}


@pytest.mark.parametrize(
    "words",
    [
        "",
        "[]",
        '{"ingests": [], "rows": []}',
        '{"ingests": [], "rows": [[3, 1, "added", null, null]]}',
        '{"ingests": [{"number": 1}], "rows": [[3, 1, "added", null, null]]}',
        "[" * 100_000,
    ],
)
def test_a_damaged_history_is_refused_with_its_file(words: str) -> None:
    with pytest.raises(InputRefused, match=r"a\.parquet: its history is damaged"):
        read_history("a.parquet", {HISTORY_KEY: words}, 3)


@pytest.mark.parametrize("words", ["!", "eJw=", "AAAA"])
def test_damaged_files_seen_are_refused_with_their_file(words: str) -> None:
    with pytest.raises(InputRefused, match=r"a\.parquet: its history is damaged"):
        read_files("a.parquet", {FILES_KEY: words})


def test_a_history_of_other_rows_is_refused() -> None:
    with pytest.raises(InputRefused, match="its history is damaged"):
        read_history("a", as_metadata(HISTORY, {}), 4)


def test_a_history_whose_ended_rows_stand_first_is_refused() -> None:
    turned = History(INGESTS, tuple(reversed(HISTORY.marks)))

    with pytest.raises(InputRefused, match="its history is damaged"):
        read_history("a", as_metadata(turned, {}), 3)


@pytest.mark.parametrize(
    ("moment", "held"), [(1, [True, False, True]), (2, [True, True, False])]
)
def test_each_row_holds_from_its_ingest_to_its_end(moment: int, held: list[bool]) -> None:
    assert [mark.holds_at(moment) for mark in HISTORY.marks] == held


def test_an_ingest_that_is_not_there_is_a_bad_request() -> None:
    assert HISTORY.ingest(2) == INGESTS[1]
    with pytest.raises(BadRequest, match=r"no ingest 7\. Its ingests are: 1, 2"):
        HISTORY.ingest(7)


def test_a_dataset_with_a_history_is_read_as_it_is_now(kept: Path) -> None:
    now = read_dataset(kept).collect()

    assert now["title"].to_list() == [None, "Ny"]
    assert is_dataset(kept)
    assert read_dataset(kept.read_bytes()).collect().equals(now)


def test_everything_has_also_the_rows_that_ended(kept: Path) -> None:
    everything = read_everything(kept)

    assert everything.history == HISTORY
    assert everything.rows.collect()["title"].to_list() == [None, "Ny", "Gammal"]
    assert read_files_seen(kept) == FILES


def test_a_dataset_without_history_has_every_row_and_none(tmp_path: Path) -> None:
    plain = a_file(tmp_path / "plain.parquet", {})

    everything = read_everything(plain)
    assert everything.history is None
    assert everything.rows.collect().height == read_dataset(plain).collect().height == 3
    assert read_files_seen(plain) == {}


def test_a_dataset_whose_long_history_hides_its_version_is_still_one(tmp_path: Path) -> None:
    many = {f"{number:064x}": Seen(f"{number:064x}", 1, 1) for number in range(3)}
    kept = a_file(tmp_path / "long.parquet", as_metadata(HISTORY, many))

    assert is_dataset(kept)
    assert read_files_seen(kept) == many
