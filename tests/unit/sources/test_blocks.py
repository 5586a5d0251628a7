import io
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from esfkit.sources import blocks
from esfkit.sources.blocks import Part, count_lines, read_blocks

SMALL = 16


@pytest.fixture(autouse=True)
def small_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Blocks of a few bytes, so that every line stands on the edge of one."""
    monkeypatch.setattr(blocks, "_CHUNK", SMALL)


def lines_of(content: bytes, part: Part | None = None, most: int = 1000) -> list[bytes]:
    """The lines that blocks give, each with its end; an overlong one as its length."""
    lines: list[bytes] = []
    for block in read_blocks(io.BytesIO(content), most, part):
        if block.overlong:
            lines.append(b"overlong %d" % block.overlong)
        else:
            lines.extend(bytes(block.buffer[: block.end]).splitlines(keepends=True))
    return lines


def parts_of(size: int, length: int) -> list[Part]:
    return [Part(begin, min(begin + length, size)) for begin in range(0, size, length)]


TEXTS = st.lists(st.binary(max_size=40).map(lambda line: line.replace(b"\r", b"r"))).map(
    b"\n".join
)


@given(content=TEXTS)
def test_blocks_give_every_line_once_and_in_order(content: bytes) -> None:
    assert b"".join(lines_of(content)) == content


@given(content=TEXTS, length=st.integers(1, 60))
def test_the_parts_of_a_file_have_each_line_once(content: bytes, length: int) -> None:
    parts = [
        line for part in parts_of(len(content), length) for line in lines_of(content, part)
    ]

    assert parts == content.splitlines(keepends=True)


@given(content=TEXTS, length=st.integers(1, 60), most=st.integers(1, 30))
def test_parts_agree_on_which_lines_are_too_long(
    content: bytes, length: int, most: int
) -> None:
    whole = [line for line in lines_of(content, most=most) if not line.startswith(b"overlong")]
    parts = [
        line
        for part in parts_of(len(content), length)
        for line in lines_of(content, part, most)
        if not line.startswith(b"overlong")
    ]

    assert all(line in content.splitlines(keepends=True) for line in whole)
    short = [line for line in content.splitlines(keepends=True) if len(line) <= most]
    assert [line for line in whole if len(line) <= most] == short
    assert [line for line in parts if len(line) <= most] == short


@given(content=TEXTS)
def test_blocks_count_the_lines_that_end(content: bytes) -> None:
    counted = sum(block.lines for block in read_blocks(io.BytesIO(content), 1000))

    assert counted == content.count(b"\n")


def test_a_line_too_long_is_given_up_and_the_next_is_read() -> None:
    content = b"a\n" + b"b" * 500 + b"\nc\n"

    assert lines_of(content, most=100) == [b"a\n", b"overlong 501", b"c\n"]


def test_a_file_without_line_ends_is_read_to_the_end_of_each_part_only() -> None:
    content = b"x" * 400
    stream = io.BytesIO(content)

    assert lines_of(content, Part(100, 200), most=50) == []
    assert list(read_blocks(stream, 50, Part(100, 200))) == []
    assert stream.tell() <= 200 + SMALL


@settings(deadline=None)
@given(content=TEXTS, start=st.integers(0, 20), length=st.integers(0, 200))
def test_lines_are_counted_between_two_offsets(content: bytes, start: int, length: int) -> None:
    end = min(start + length, len(content))

    assert count_lines(bytearray(content), start, end) == content.count(b"\n", start, end)


@pytest.mark.parametrize("length", [1, 7, 200, 300, 5000])
def test_lines_are_counted_alike_however_long_they_are(length: int) -> None:
    content = bytearray(b"x" * length + b"\n") * 700

    assert count_lines(content, 0, len(content)) == 700
    assert count_lines(content, length, len(content) - 1) == 699


LINES = st.lists(
    st.sampled_from([b"{", b"{}", b" {", b"[]", b"x", b"", b" ", b"\r", b"\t\r", b"\v", b"\f"])
).map(b"\n".join)


@pytest.mark.parametrize("far_apart", [1, 4096])
@settings(deadline=None)
@given(content=LINES)
def test_a_block_without_gaps_has_no_blank_line(content: bytes, far_apart: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(blocks, "_FAR_APART", far_apart)
        for block in read_blocks(io.BytesIO(content), 1000):
            lines = bytes(block.buffer[: block.end]).split(b"\n")[:-1]
            if block.gapless:
                assert all(line.strip() for line in lines)
                assert block.lines == len(lines)
            elif block.lines:
                assert not all(line.startswith(b"{") for line in lines)


def test_a_real_file_is_read_like_bytes_at_hand(tmp_path: Path) -> None:
    path = tmp_path / "lines"
    path.write_bytes(b"first\nsecond\nthird")
    with path.open("rb", buffering=0) as file:
        blocks_read = [
            bytes(block.buffer[: block.end]) for block in read_blocks(file, 100, Part(3, 12))
        ]

    assert b"".join(blocks_read) == b"second\n"
