"""A stream cut into blocks of whole lines, in memory that does not grow."""

from collections.abc import Iterator
from typing import BinaryIO, NamedTuple

from esfkit.sources.search import Search

_CHUNK = 1 << 19
"""Bytes read at a time: little enough for the processor's cache, enough for fast search."""

_NEWLINE = b"\n"
_ENDS = Search((b"\n{", _NEWLINE))
_BLANKS = Search((b"\n\n", b"\n\r", b"\n ", b"\n\t", b"\n\v", b"\n\f"))
"""The end of a line before one that is blank, or begins as if it were."""

_HEAD = 1 << 11
_FAR_APART = 256
"""Bytes between ends of lines from which on it takes less to make an object of each end
than to look at every byte, as Python's own count does (up to 3.13)."""


class Part(NamedTuple):
    """The lines of a file that begin at or after one offset and before another."""

    begin: int
    stop: int


class Block(NamedTuple):
    """Whole lines, in a buffer that the next block will overwrite.

    Attributes:
        buffer: Where they stand.
        end: Offset past the last of them; they begin at 0.
        lines: How many lines end in it.
        overlong: Bytes of the one line, longer than may be held, that it stands for.
        gapless: Whether it is known that none of its lines is blank.
    """

    buffer: bytearray
    end: int
    lines: int
    overlong: int = 0
    gapless: bool = False

    @property
    def size(self) -> int:
        """Bytes of the stream that it stands for."""
        return self.end or self.overlong


def count_lines(content: bytearray, start: int, end: int) -> int:
    """Return how many lines end between two offsets."""
    if _has_short_lines(content, start, end):
        return content.count(_NEWLINE, start, end)
    return len(_ENDS.finds(content, start, end))


def _count_whole(content: bytearray, end: int) -> tuple[int, bool]:
    """Return how many lines there are before the end of one, and whether none is blank."""
    if _has_short_lines(content, 0, end):
        has_gaps = content[:1].isspace() or _BLANKS.stands_in(content, end)
        return content.count(_NEWLINE, 0, end), not has_gaps
    finds = _ENDS.finds(content, 0, end)
    objects = finds.count(0) + content.startswith(b"{")
    return len(finds), objects == len(finds)


def _has_short_lines(content: bytearray, start: int, end: int) -> bool:
    head = content.count(_NEWLINE, start, min(start + _HEAD, end))
    return head > _HEAD // _FAR_APART


def read_blocks(stream: BinaryIO, most: int, part: Part | None = None) -> Iterator[Block]:
    """Yield the lines of a stream in blocks.

    Args:
        stream: What to read; seekable where a part is asked for.
        most: Bytes that one line may have. What a longer one holds is not kept.
        part: Only the lines that begin in it. The parts of a file have each line once.
    """
    begin = _to_first_line(stream, part) if part else 0
    if begin is not None:
        yield from _Cutter(stream, most, None if part is None else part.stop - begin).blocks()


class _Cutter:
    """What stands between the bytes read and the lines given out."""

    def __init__(self, stream: BinaryIO, most: int, left: int | None) -> None:
        self._stream = stream
        self._most = most
        self._left = left  # bytes in which a line of ours may begin; None for all
        self._buffer = bytearray(2 * _CHUNK)
        self._filled = 0  # a line's begin, and what was read after it

    def blocks(self) -> Iterator[Block]:
        while self._left is None or self._left > 0:
            end = self._end_of_ours()
            if end > self._most and self._first_line() > self._most:
                yield self._give_up_line()
            elif end:
                lines, gapless = _count_whole(self._buffer, end)
                yield Block(self._buffer, end, lines, gapless=gapless)
                self._drop(end)
                self._passed(end)
            elif self._filled > self._most:
                yield self._give_up_line()
            elif not self._read():
                if self._filled:
                    yield Block(self._buffer, self._filled, 0)
                return

    def _read(self) -> int:
        """Read on behind what is there, and return how many bytes that gave."""
        if len(self._buffer) - self._filled < _CHUNK:
            self._buffer.extend(bytes(len(self._buffer)))
        with memoryview(self._buffer)[self._filled : self._filled + _CHUNK] as free:
            read: int = self._stream.readinto(free) or 0  # type: ignore[attr-defined]  # BinaryIO lacks what all have
        self._filled += read
        return read

    def _end_of_ours(self) -> int:
        """Return the offset past the last whole line that begins where ours do."""
        if self._left is not None and self._left <= self._filled:
            last = self._buffer.find(_NEWLINE, self._left - 1, self._filled) + 1
            if last:
                return last
        return self._buffer.rfind(_NEWLINE, 0, self._filled) + 1

    def _first_line(self) -> int:
        return self._buffer.find(_NEWLINE, 0, self._filled)

    def _drop(self, given: int) -> None:
        """Move what is left to the front."""
        rest = self._filled - given
        self._buffer[:rest] = self._buffer[given : self._filled]
        self._filled = rest

    def _give_up_line(self) -> Block:
        """Read over a line that is too long, to its end or the end of our part."""
        size = 0
        while self._left is None or size < self._left:
            end = self._first_line() + 1
            if end:
                self._drop(end)
                return self._given_up(size + end, 1)
            size, self._filled = size + self._filled, 0
            if not self._read():
                return self._given_up(size, 0)
        return self._given_up(size, 1)

    def _passed(self, size: int) -> None:
        if self._left is not None:
            self._left -= size

    def _given_up(self, size: int, lines: int) -> Block:
        self._passed(size)
        return Block(self._buffer, 0, lines, overlong=size)


def _to_first_line(stream: BinaryIO, part: Part) -> int | None:
    """Go to the first line that begins in a part and return its offset, if there is one."""
    if part.begin == 0:
        stream.seek(0)
        return 0
    at = part.begin - 1
    stream.seek(at)
    while at < part.stop - 1:
        chunk = stream.read(_CHUNK)
        end = chunk.find(_NEWLINE) + 1
        if end:
            stream.seek(at + end)
            return at + end if at + end < part.stop else None
        if not chunk:
            return None
        at += len(chunk)
    return None
