from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawls import parquet
from esfkit.model.finding import Problem
from esfkit.sources.crawls.parquet_footer import MAGIC, read_footer
from esfkit.sources.obstacle import Obstacle

GROUPS_AS_A_LIST = b"\x49"  # field 4, a list
STRUCTS_SIZE_FOLLOWS = b"\xfc"


def obstacle(path: Path) -> Obstacle:
    with pytest.raises(Obstacle) as met:
        read_footer(path)
    return met.value


def with_footer(path: Path, footer: bytes, length: int | None = None) -> Path:
    said = len(footer) if length is None else length
    path.write_bytes(MAGIC + footer + said.to_bytes(4, "little") + MAGIC)
    return path


def test_row_groups_come_with_their_rows_and_columns(tmp_path: Path) -> None:
    path = parquet(tmp_path / "p", ["ord " * 50] * 7, row_group_size=3, compression="snappy")

    footer = read_footer(path)

    assert footer.size == path.stat().st_size
    assert [group.rows for group in footer.groups] == [3, 3, 1]
    assert [sorted(group.columns) for group in footer.groups] == [["Text", "URL"]] * 3
    chunk = footer.groups[0].columns["Text"]
    assert chunk.codec == 1
    assert 0 < chunk.packed < chunk.unpacked
    assert not chunk.is_encrypted


@pytest.mark.parametrize("rows", [0, 1, 14, 15, 16, 300])
def test_lists_of_any_length_are_read(tmp_path: Path, rows: int) -> None:
    path = parquet(tmp_path / "p", ["ord"] * rows, row_group_size=1)

    assert sum(group.rows for group in read_footer(path).groups) == rows


def test_seven_bytes_that_ask_for_a_hundred_gigabytes_are_refused(tmp_path: Path) -> None:
    footer = GROUPS_AS_A_LIST + STRUCTS_SIZE_FOLLOWS + b"\xff\xff\xff\xff\x07"

    met = obstacle(with_footer(tmp_path / "p", footer))

    assert met.code == Problem.SOURCE_DAMAGED
    assert "a list of 2147483647 elements is to stand in 0 bytes" in met.message


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "it was probably cut"),
        (MAGIC, "it was probably cut"),
        (MAGIC + b"\0" * 40, "it was probably cut"),
        (MAGIC + b"\0" + b"\xff\xff\xff\x7f" + MAGIC, "it says that it has 2147483647 bytes"),
        (MAGIC + b"\x19\x1c" + b"\x02\0\0\0" + MAGIC, "a list of 1 elements"),
        (MAGIC + b"\x16" + b"\x01\0\0\0" + MAGIC, "it ends too early"),
        (MAGIC + b"\x1c" * 40 + b"\x28\0\0\0" + MAGIC, "it holds what no Parquet file holds"),
        (MAGIC + b"\x16" + b"\xff" * 12 + b"\x0d\0\0\0" + MAGIC, "a number has no end"),
    ],
)
def test_what_is_no_whole_file_is_told(tmp_path: Path, content: bytes, reason: str) -> None:
    (tmp_path / "p").write_bytes(content)

    met = obstacle(tmp_path / "p")

    assert met.code == Problem.SOURCE_DAMAGED
    assert reason in met.message


@pytest.mark.parametrize("ends", [(b"PARE", b"PARE"), (b"PAR1", b"PARE")])
def test_an_encrypted_file_is_told(tmp_path: Path, ends: tuple[bytes, bytes]) -> None:
    (tmp_path / "p").write_bytes(ends[0] + b"\0" * 20 + ends[1])

    met = obstacle(tmp_path / "p")

    assert met.code == Problem.FORMAT_UNSUPPORTED
    assert met.message == "The Parquet file is encrypted; decrypt it first."


@given(st.binary(max_size=200))
def test_any_footer_is_read_or_is_an_obstacle(
    tmp_path_factory: pytest.TempPathFactory, footer: bytes
) -> None:
    path = with_footer(tmp_path_factory.mktemp("footer") / "p", footer)

    try:
        found = read_footer(path)
    except Obstacle:
        return
    assert found.content == footer
    assert all(group.rows >= 0 for group in found.groups)
