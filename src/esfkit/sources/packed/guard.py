"""What stands between an unpacker and who reads from it: counts, limits, damage told."""

import io
import lzma
import zlib
from collections.abc import Callable
from typing import BinaryIO

import zstandard
from typing_extensions import override

from esfkit.model.finding import Problem
from esfkit.sources.limits import Limits
from esfkit.sources.obstacle import Obstacle, limit_met

MOST_MEMORY = 128 * 1024 * 1024
"""The most memory that unpacking may ask for: what ``zstd --long=27`` does, ``xz -9`` half."""

Fill = Callable[[memoryview], int]
"""Fills a buffer with unpacked bytes and tells how many; 0 is the end."""

DAMAGES = (OSError, EOFError, ValueError, zlib.error, lzma.LZMAError, zstandard.ZstdError)
"""What unpackers raise on damaged bytes; ``OSError`` is gzip's and bzip2's."""

_BUFFER = 128 * 1024


class Tally:
    """Counts what is read and unpacked, and refuses what is too much.

    Attributes:
        what: What is unpacked, as the subject of a sentence.
        packed: Packed bytes read so far.
        unpacked: Bytes that they gave.
        is_met: Whether a limit was.
    """

    def __init__(self, what: str, limits: Limits, size: int | None = None) -> None:
        self.what = what
        self.packed = 0
        self.unpacked = 0
        self.is_met = False
        self._limits = limits
        self._size = size

    def gave(self, count: int) -> None:
        """Count unpacked bytes.

        Raises:
            Obstacle: They are more than the limits let through.
        """
        self.unpacked += count
        limits = self._limits
        if self.unpacked > limits.unpacked_bytes:
            met = f"unpacks to more than {limits.unpacked_bytes} bytes"
            raise self._met(met, "unpacked_bytes", limits.unpacked_bytes)
        # Members of an archive that lie on one another are read more than once.
        packed = self.packed if self._size is None else min(self.packed, self._size)
        if self.unpacked <= max(limits.ratio_free_bytes, packed * limits.unpacked_ratio):
            return
        met = f"unpacks to {self.unpacked // max(packed, 1)} times its size"
        raise self._met(met, "unpacked_ratio", limits.unpacked_ratio)

    def _met(self, met: str, limit: str, most: int) -> Obstacle:
        self.is_met = True
        return limit_met(self.what, met, limit, most)


class Source:
    """Packed bytes, counted as they are read."""

    def __init__(self, stream: BinaryIO, tally: Tally) -> None:
        self._stream = stream
        self._tally = tally

    def read(self, size: int = -1, /) -> bytes:
        """Return the next bytes, at most so many.

        Raises:
            Obstacle: They cannot be read from where they lie.
        """
        try:
            data = self._stream.read(size)
        except OSError as error:
            message = f"It cannot be read on: {error.strerror or 'the read failed'}."
            raise Obstacle(Problem.SOURCE_UNREADABLE, message) from error
        self._tally.packed += len(data)
        return data


class _Deferred(io.RawIOBase):
    """Bytes that end where an obstacle stands."""

    def __init__(self, fill: Fill) -> None:
        super().__init__()
        self.obstacle: Obstacle | None = None
        self._fill = fill

    @override
    def readable(self) -> bool:
        return True

    @override
    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]  # the io classes give these
        if self.obstacle is not None:
            return 0
        try:
            return self._fill(memoryview(buffer))
        except Obstacle as obstacle:
            self.obstacle = obstacle
            return 0


class _Deferring(io.BufferedReader):
    """Raises the obstacle once all bytes before it were taken.

    An obstacle raised at once would cost the caller what the same read had gathered.
    """

    def __init__(self, raw: _Deferred) -> None:
        super().__init__(raw, _BUFFER)
        self._deferred = raw

    @override
    def read(self, size: int | None = -1, /) -> bytes:
        data = super().read(size)
        if size is None or size < 0:
            self._raise_unless(taken=0)  # who asks for all must know that it is not all
        return data if size == 0 else self._told(data)

    @override
    def read1(self, size: int = -1, /) -> bytes:
        return self._told(super().read1(size))

    @override
    def peek(self, size: int = 0, /) -> bytes:
        return self._told(super().peek(size))

    @override
    def readline(self, size: int | None = -1, /) -> bytes:
        return self._told(super().readline(size))

    @override
    def readinto(self, buffer: bytearray | memoryview, /) -> int:  # type: ignore[override]  # all that is read into
        count = super().readinto(buffer)
        self._raise_unless(taken=count)
        return count

    @override
    def readinto1(self, buffer: bytearray | memoryview, /) -> int:  # type: ignore[override]  # all that is read into
        count = super().readinto1(buffer)
        self._raise_unless(taken=count)
        return count

    def _told(self, data: bytes) -> bytes:
        self._raise_unless(taken=len(data))
        return data

    def _raise_unless(self, *, taken: int) -> None:
        if not taken and self._deferred.obstacle is not None:
            raise self._deferred.obstacle


def guarded(fill: Fill, tally: Tally) -> BinaryIO:
    """Return a stream of what an unpacker gives, counted and limited.

    Args:
        fill: Gives the bytes.
        tally: Where they are counted.
    """

    def counted(buffer: memoryview) -> int:
        try:
            count = fill(buffer)
        except DAMAGES as error:
            raise damaged(tally.what, tally.packed, error) from error
        tally.gave(count)
        return count

    return _Deferring(_Deferred(counted))


def rejoined(head: bytes, rest: BinaryIO) -> BinaryIO:
    """Return a stream of bytes that were read already and those that follow.

    Unlike a plain buffer it loses nothing that stands before an obstacle in the rest.

    Args:
        head: What was read.
        rest: What follows.
    """
    waiting = memoryview(head)

    def fill(buffer: memoryview) -> int:
        nonlocal waiting
        taken = waiting[: len(buffer)] or rest.read(len(buffer))
        waiting = waiting[len(buffer) :]
        buffer[: len(taken)] = taken
        return len(taken)

    return _Deferring(_Deferred(fill))


def damaged(what: str, packed: int, error: Exception) -> Obstacle:
    """Return the obstacle that an unpacker's error stands for.

    Args:
        what: What is unpacked, as the subject of a sentence.
        packed: How many bytes of it were read.
        error: What the unpacker raised, one of :data:`DAMAGES`.
    """
    if "memory" in str(error).casefold():  # "Memory usage limit", "too much memory"
        return Obstacle(
            Problem.LIMIT_MET,
            f"{what} asks for more than {MOST_MEMORY} bytes of memory to be unpacked;"
            " pack it again with a smaller window or dictionary.",
        )
    is_short = isinstance(error, EOFError)
    met = "is cut short: its data end at" if is_short else "is damaged at or before"
    return Obstacle(
        Problem.SOURCE_DAMAGED,
        f"{what} {met} byte {packed}; what stands before is read. Fetch or copy it again.",
    )
