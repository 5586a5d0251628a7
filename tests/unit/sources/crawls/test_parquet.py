import random
import subprocess
import sys
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawls import parquet
from esfkit.model.document import Bytes, Document, Origin, Passed, Unread
from esfkit.model.finding import Problem, Severity
from esfkit.sources.crawls import parquet_rows
from esfkit.sources.crawls.parquet import is_parquet, read_parquet, row_groups
from esfkit.sources.limits import Limits
from esfkit.sources.obstacle import Obstacle
from esfkit.sources.reading import Item, Reading
from esfkit.sources.sieve import Sieve

PAGE = "Diarienummer\n2016/00130"
NEWS = "Nyheter från en vanlig dag."
SIEVED = Reading(sieve=Sieve((b"Diarienummer",)))


def read(path: Path, reading: Reading | None = None, groups: range | None = None) -> list[Item]:
    """Return the items, without those on progress."""
    items = read_parquet(path, Origin(path="sidor.parquet"), reading or Reading(), groups)
    return [item for item in items if not isinstance(item, Bytes)]


def obstacle(path: Path, reading: Reading | None = None) -> Obstacle:
    with pytest.raises(Obstacle) as met:
        read(path, reading)
    return met.value


def lines(items: list[Item]) -> list[int | None]:
    return [item.origin.line for item in items if isinstance(item, Document | Unread)]


def passed(items: list[Item]) -> int:
    return sum(item.count for item in items if isinstance(item, Passed))


# --- which rows are pages


def test_a_parquet_file_is_known_by_its_first_bytes() -> None:
    assert is_parquet(b"PAR1....")
    assert is_parquet(b"PARE....")
    assert not is_parquet(b"PAR")


def test_a_page_comes_with_its_text_its_address_and_its_row(tmp_path: Path) -> None:
    items = read(parquet(tmp_path / "p", [NEWS, PAGE]), SIEVED)

    document, dropped = items
    assert isinstance(document, Document)
    assert document.text == PAGE
    assert document.crawled
    assert document.origin.line == 2
    assert document.origin.url == "https://example.se/2"
    assert document.origin.path == "sidor.parquet"
    assert dropped == Passed(1)


def test_without_a_sieve_all_rows_are_read(tmp_path: Path) -> None:
    items = read(parquet(tmp_path / "p", [NEWS, PAGE, ""]))

    assert [type(item).__name__ for item in items] == ["Document", "Document", "Unread"]


def test_a_row_without_text_is_passed(tmp_path: Path) -> None:
    items = read(parquet(tmp_path / "p", [None, PAGE, None]))

    assert lines(items) == [2]
    assert passed(items) == 2


def test_words_hidden_by_tags_are_seen(tmp_path: Path) -> None:
    hidden = "<p>Diarie<b>nummer</b></p><p>2016/00130</p>"
    only_tags = "<p>Nyheter</p><p>i dag</p>"

    items = read(parquet(tmp_path / "p", [only_tags, hidden, NEWS]), SIEVED)

    assert lines(items) == [2]
    assert passed(items) == 2


def test_bytes_are_read_like_text(tmp_path: Path) -> None:
    old = "Diarienummer\n2016/00130\nVägen in".encode("cp1252")

    items = read(parquet(tmp_path / "p", [NEWS.encode(), None, old]), SIEVED)

    assert lines(items) == [3]
    assert passed(items) == 2
    items = [item for item in items if not isinstance(item, Passed)]
    assert isinstance(items[0], Document)
    assert items[0].text.endswith("Vägen in")
    assert items[0].origin.encoding == "cp1252"


def test_what_is_dropped_is_shown_if_asked_for(tmp_path: Path) -> None:
    reading = Reading(sieve=SIEVED.sieve, shows_passed=True)

    items = read(parquet(tmp_path / "p", [NEWS, None]), reading)

    contents = [(item.count, item.content) for item in items if isinstance(item, Passed)]
    assert contents == [(1, NEWS.encode()), (1, b"")]
    assert items[0].origin == Origin("sidor.parquet", line=1, url="https://example.se/1")  # type: ignore[union-attr]


def test_columns_are_found_by_name_in_any_case_the_likeliest_first(tmp_path: Path) -> None:
    frame = pl.DataFrame({"Body": [NEWS], "CONTENT": [PAGE], "text": [7]})
    frame.write_parquet(tmp_path / "p")

    (document,) = read(tmp_path / "p")

    assert isinstance(document, Document)
    assert document.text == PAGE
    assert document.origin.url is None


def test_a_column_of_pages_may_be_named(tmp_path: Path) -> None:
    pl.DataFrame({"sida": [PAGE], "var": ["https://example.se/x"]}).write_parquet(
        tmp_path / "p"
    )

    (document,) = read(tmp_path / "p", Reading(text_fields=("sida",), url_fields=("var",)))

    assert isinstance(document, Document)
    assert document.origin.url == "https://example.se/x"


def test_a_file_without_pages_is_told_with_what_it_has(tmp_path: Path) -> None:
    pl.DataFrame({"sida": [PAGE], "text": [1]}).write_parquet(tmp_path / "p")

    met = obstacle(tmp_path / "p")

    assert met.code == Problem.TEXT_FIELD_MISSING
    assert met.message == (
        "No column is known to hold pages; it has 'sida' (String), 'text' (Int64)."
        " Name the one that does with --text-field."
    )


def test_a_dataset_is_not_read_as_pages(tmp_path: Path) -> None:
    metadata = {"esfkit.schema_version": "1"}
    parquet(tmp_path / "p", [PAGE], metadata=metadata)

    met = obstacle(tmp_path / "p")

    assert (met.code, met.severity) == (Problem.FORMAT_UNSUPPORTED, Severity.NOTE)
    assert met.message.startswith("It is a dataset of esfkit already")


# --- row groups


@pytest.mark.parametrize(
    ("groups", "expected"),
    [(None, [2, 5, 9]), (range(1), [2]), (range(1, 2), [5]), (range(2, 4), [9])],
)
def test_row_numbers_count_from_the_first_row_of_the_file(
    tmp_path: Path, groups: range | None, expected: list[int]
) -> None:
    texts = [PAGE if row in (2, 5, 9) else NEWS for row in range(1, 11)]
    path = parquet(tmp_path / "p", texts, row_group_size=3)

    assert row_groups(path) == 4
    assert lines(read(path, SIEVED, groups)) == expected


def test_the_bytes_told_for_progress_are_the_size_of_the_file(tmp_path: Path) -> None:
    path = parquet(tmp_path / "p", [NEWS] * 100, row_group_size=7)
    parts = [range(9), range(9, row_groups(path))]

    told = [
        sum(
            item.count
            for item in read_parquet(path, Origin(), SIEVED, part)
            if isinstance(item, Bytes)
        )
        for part in parts
    ]

    assert abs(sum(told) - path.stat().st_size) <= 1
    assert min(told) > 0


def test_a_large_row_group_is_read_in_slices(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("esfkit.sources.crawls.parquet._SLICE_BYTES", 1000)
    texts = [f"{PAGE} {row}" if row % 50 == 0 else f"{NEWS} {row}" for row in range(1, 501)]

    items = read(parquet(tmp_path / "p", texts), SIEVED)

    assert lines(items) == list(range(50, 501, 50))
    assert passed(items) == 490


@given(st.lists(st.sampled_from([PAGE, NEWS, "", None]), max_size=30), st.integers(1, 9))
def test_each_row_is_accounted_for(
    tmp_path_factory: pytest.TempPathFactory, texts: list[str | None], size: int
) -> None:
    path = tmp_path_factory.mktemp("rows") / "p"
    frame = pl.DataFrame({"text": texts}, schema={"text": pl.String})
    frame.write_parquet(path, row_group_size=size)

    items = read(path, SIEVED)

    expected = [row for row, text in enumerate(texts, 1) if text == PAGE]
    assert lines(items) == expected
    assert passed(items) == len(texts) - len(expected)


# --- limits


@pytest.mark.parametrize(("most", "kind"), [(len(PAGE), Document), (len(PAGE) - 1, Unread)])
def test_a_row_may_be_as_long_as_the_limit_and_no_longer(
    tmp_path: Path, most: int, kind: type
) -> None:
    reading = Reading(limits=Limits(row_bytes=most))

    items = read(parquet(tmp_path / "p", ["kort", PAGE, "kort"]), reading)

    assert sorted(lines(items), key=str) == [1, 2, 3]
    (second,) = [item for item in items if lines([item]) == [2]]
    assert isinstance(second, kind)
    if isinstance(second, Unread):
        assert second.finding.code == Problem.LIMIT_MET
        assert f"has {len(PAGE)} bytes of text; the limit row_bytes" in second.finding.message


def bomb(path: Path, rows: int, size: int) -> Path:
    """Write a file in which one entry of a dictionary stands for all rows."""
    text = pl.Series("text", [PAGE + " " * size])
    frame = text.gather([0] * rows).to_frame()
    frame.write_parquet(path, row_group_size=64, statistics=False)
    return path


def test_a_file_that_unpacks_to_far_more_than_its_size_is_refused(tmp_path: Path) -> None:
    path = bomb(tmp_path / "p", 640, 1_000_000)
    assert path.stat().st_size < 20_000

    met = obstacle(path, SIEVED)

    assert met.code == Problem.LIMIT_MET
    assert "--limit unpacked_ratio=…" in met.message


def test_much_text_in_few_bytes_is_searched_a_part_at_a_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parquet_rows, "_SEARCHED_BYTES", 1_000_000)
    path = bomb(tmp_path / "p", 64, 300_000)
    limits = Limits(unpacked_ratio=10**9, document_bytes=10**6)

    items = read(path, Reading(limits=limits, sieve=Sieve((b"Diarienummer",))))

    assert lines(items) == list(range(1, 65))
    runs = read(path, Reading(limits=limits, sieve=Sieve((b"Projektnamn",))))
    assert passed(runs) == 64
    assert len(runs) > 16


# --- damage


def test_a_file_that_is_gone_is_an_obstacle(tmp_path: Path) -> None:
    assert obstacle(tmp_path / "p").code == Problem.SOURCE_UNREADABLE


def test_a_compression_that_nobody_reads_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("esfkit.sources.crawls.parquet._CODECS", {0, 1})

    met = obstacle(parquet(tmp_path / "p", [PAGE], compression="zstd"))

    assert met.code == Problem.FORMAT_UNSUPPORTED
    assert met.message == "Its compression (number 6) is not read; pack it as zstd."


def test_a_file_with_fewer_row_groups_than_before_is_told(tmp_path: Path) -> None:
    path = parquet(tmp_path / "p", [PAGE])

    with pytest.raises(Obstacle, match="changed while it was read"):
        read(path, groups=range(1, 3))


def test_a_damaged_row_group_leaves_the_others(tmp_path: Path) -> None:
    texts = [f"{PAGE} {row * row}" for row in range(1, 61)]
    path = parquet(tmp_path / "p", texts, row_group_size=20, statistics=False)
    content = bytearray(path.read_bytes())
    first = content.index(b"\x28\xb5\x2f\xfd", len(content) // 3)  # a zstd frame
    content[first : first + 40] = bytes(40)
    path.write_bytes(content)

    items = read(path)

    (unread,) = [item for item in items if isinstance(item, Unread)]
    assert unread.finding.code == Problem.ROW_UNREADABLE
    assert unread.finding.message.startswith("Rows 21 to 40 cannot be read: ")
    documents = [item.origin.line for item in items if isinstance(item, Document)]
    assert documents == [*range(1, 21), *range(41, 61)]


READS_ALL = """
import sys
from pathlib import Path
from esfkit.model.document import Origin
from esfkit.sources.obstacle import Obstacle
from esfkit.sources.crawls.parquet import read_parquet
from esfkit.sources.reading import DEFAULT_READING
for name in sys.argv[1:]:
    print(name, flush=True)
    try:
        list(read_parquet(Path(name), Origin(), DEFAULT_READING))
    except Obstacle:
        continue
    except BaseException as error:
        sys.exit(f"{name} raised {error!r}")
"""


def mutant(content: bytes, seed: int) -> bytes:
    """Return the file with some bytes changed, most of them in what it says of itself."""
    chance = random.Random(seed)  # noqa: S311 - the same mutants each time
    changed = bytearray(content)
    length = int.from_bytes(content[-8:-4], "little")
    for _ in range(chance.choice((1, 1, 2, 5))):
        begin = len(changed) - 8 - length if chance.random() < 0.6 else 0
        at = chance.randrange(begin, len(changed))
        gone = chance.choice((0, 1, 1, 1, 3))
        changed[at : at + gone] = chance.randbytes(chance.randrange(4))
    return bytes(changed)


def test_no_mutant_does_more_than_end_the_process_that_reads_it(tmp_path: Path) -> None:
    texts = [PAGE if row % 9 == 0 else f"{NEWS} {row}" for row in range(300)]
    content = parquet(tmp_path / "p", texts, row_group_size=100).read_bytes()
    waiting = [str(tmp_path / str(seed)) for seed in range(100)]
    for name in waiting:
        Path(name).write_bytes(mutant(content, int(Path(name).name)))

    while waiting:
        child = subprocess.run(
            [sys.executable, "-c", READS_ALL, *waiting],
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        assert child.returncode <= 0, child.stderr[-300:]  # below 0: a signal ended it
        waiting = waiting[len(child.stdout.split()) :]


def test_the_content_itself_is_read_like_a_file(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    pl.DataFrame({"text": ["Ett", "Två"], "url": ["https://a.se", None]}).write_parquet(path)

    held = list(read_parquet(path.read_bytes(), Origin(path="a"), Reading()))
    assert held == list(read_parquet(path, Origin(path="a"), Reading()))
    assert [one.text for one in held if isinstance(one, Document)] == ["Ett", "Två"]
