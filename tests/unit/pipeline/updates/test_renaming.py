import os
import shutil
from pathlib import Path

import pytest

from esfkit.dataset.frame import to_frame
from esfkit.dataset.store import read_dataset
from esfkit.output.parquet import write_parquet
from esfkit.pipeline import ingest
from pages import colon_page
from updates import brought_up_to_date, counts_of

_NAMES = ("a.txt", "djupt/b.txt", "x.txt")


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "projects.parquet"


@pytest.fixture
def dump(tmp_path: Path) -> Path:
    """A folder of two projects, one in a folder of its own, and a page that is none."""
    folder = tmp_path / "dump"
    (folder / "djupt").mkdir(parents=True)
    for number, name in enumerate(("a.txt", "djupt/b.txt")):
        text = colon_page(project_number=f"2016/0000{number}")
        (folder / name).write_text(text, encoding="utf-8")
    (folder / "x.txt").write_text("Inget projekt står här.\n", encoding="utf-8")
    return folder


def test_the_same_file_by_another_path_is_the_same_also_if_its_text_changed(
    dump: Path, data: Path
) -> None:
    link = dump.parent / "länk"
    link.symlink_to(dump)
    brought_up_to_date(data, dump)
    (dump / "a.txt").write_text(colon_page(project_number="2016/00000", title="Ny"))

    now, plan = brought_up_to_date(data, link)
    assert plan.renamed == {f"{dump}/{name}": f"{link}/{name}" for name in _NAMES}
    assert {"source", "moved"} <= counts_of(now).keys()
    assert counts_of(now) == {"files": 3, "files_read": 3, "source": 1, "moved": 2}
    assert read_dataset(data).collect()["source_path"].to_list() == [
        f"{link}/a.txt",
        f"{link}/djupt/b.txt",
    ]


def test_after_a_change_of_names_an_update_reads_nothing_again(dump: Path, data: Path) -> None:
    brought_up_to_date(data, dump)
    moved = dump.rename(dump.parent / "flyttad")
    brought_up_to_date(data, moved)

    now, plan = brought_up_to_date(data, moved)
    assert (plan.entries, plan.renamed, plan.strays) == ((), {}, ())
    assert counts_of(now) == {"files": 3, "unchanged": 3}


def test_a_folder_on_another_disk_is_known_by_bytes_and_names(dump: Path, data: Path) -> None:
    brought_up_to_date(data, dump)
    moved = dump.parent / "disk" / "2025" / "dump"
    shutil.move(dump, moved)
    (moved / "djupt" / "b.txt").rename(moved / "c.txt")

    now, plan = brought_up_to_date(data, moved.parent)
    assert plan.renamed == {f"{dump}/{name}": f"{moved}/{name}" for name in ("a.txt", "x.txt")}
    assert plan.strays == (f"{dump}/djupt/b.txt",)
    assert counts_of(now) == {"files": 3, "files_read": 3, "moved": 2, "added": 1}


def test_the_same_bytes_in_a_place_that_still_is_there_are_another_document(
    dump: Path, data: Path
) -> None:
    brought_up_to_date(data, dump)
    copy = shutil.copytree(dump, dump.parent / "kopia")

    now, plan = brought_up_to_date(data, copy)
    assert (plan.renamed, plan.strays) == ({}, ())
    assert counts_of(now)["added"] == 3


def test_a_file_is_taken_for_one_of_before_alone(dump: Path, data: Path) -> None:
    copy = shutil.copytree(dump, dump.parent / "kopia")
    brought_up_to_date(data, dump, copy)
    moved = dump.parent / "flyttad"
    shutil.move(dump, moved)
    shutil.rmtree(copy)

    now, plan = brought_up_to_date(data, moved)
    assert len(plan.renamed) == len(set(plan.renamed.values())) == 3
    assert len(plan.strays) == 3
    assert counts_of(now)["moved"] == 3


def test_a_dataset_without_history_is_known_by_the_texts_of_its_records(
    dump: Path, data: Path
) -> None:
    with data.open("wb") as stream:
        write_parquet(to_frame(ingest(dump).records), stream)
    moved = dump.rename(dump.parent / "flyttad")

    now, plan = brought_up_to_date(data, moved)
    assert sorted(plan.renamed) == [f"{dump}/a.txt", f"{dump}/djupt/b.txt"]
    assert counts_of(now) == {"files": 3, "files_read": 3, "moved": 2, "added": 1}


def test_what_an_ingest_of_other_sources_read_is_no_stray(dump: Path, data: Path) -> None:
    other = dump.parent / "annan"
    other.mkdir()
    (other / "c.txt").write_text(colon_page(project_number="2016/00003"), encoding="utf-8")
    brought_up_to_date(data, dump, other)
    shutil.rmtree(dump)
    (other / "d.txt").write_text(colon_page(project_number="2016/00004"), encoding="utf-8")

    _, plan = brought_up_to_date(data, other)
    assert (plan.renamed, plan.strays) == ({}, ())


def test_a_renamed_file_that_cannot_be_read_is_not_gone(
    dump: Path, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    brought_up_to_date(data, dump)
    link = dump.parent / "länk"
    link.symlink_to(dump)

    real = os.open

    def failing(path: str, *rest: int) -> int:
        if str(path).endswith(".txt"):
            raise OSError(5, "Input/output error")
        return real(path, *rest)

    monkeypatch.setattr("esfkit.sources.files.os.open", failing)
    now, _ = brought_up_to_date(data, link)
    assert counts_of(now) == {"files": 3, "files_read": 3, "unreadable": 3}


def test_a_folder_with_brackets_in_its_name_is_no_pattern(dump: Path, data: Path) -> None:
    folder = dump.rename(dump.parent / "dump [2025]")
    brought_up_to_date(data, folder)
    (folder / "a.txt").unlink()

    assert counts_of(brought_up_to_date(data, folder)[0])["vanished"] == 1
