"""Zstandard, unpacked as fast as the library goes and told from a file cut short."""

from collections.abc import Callable
from typing import BinaryIO, cast

import zstandard

from esfkit.sources.packed.guard import MOST_MEMORY, Fill, Source

_PIECE = 512 * 1024
"""Packed bytes taken at a time: Python's lock is given up for as long as that takes."""

_SKIPPED = b"\x2a\x4d\x18"
"""The upper bytes of the sixteen signatures of frames to be skipped."""

_FRAME_HEAD = 8  # enough to tell the frame's kind and the size of its header
_BLOCK_HEAD = 3
_CHECKSUM = 4
_HAS_CHECKSUM = 0b100
_RUN = 1  # the kind of block that repeats one byte


def unpack_zstd(source: Source) -> Fill:
    """Return what fills a buffer from frames that follow one another."""
    frames = _Frames(source)
    unpacker = zstandard.ZstdDecompressor(max_window_size=MOST_MEMORY)
    packed = cast("BinaryIO", frames)  # nothing but read is asked of it
    reader = unpacker.stream_reader(packed, read_size=_PIECE, read_across_frames=True)

    def fill(buffer: memoryview) -> int:
        # Not readinto, which goes on to pieces that may prove damaged.
        count = reader.readinto1(buffer)
        if not count and frames.is_open:
            raise EOFError
        return count

    return fill


class _Frames:
    """Hands packed bytes to the library in pieces that end where a frame ends.

    The library takes a frame cut short for a whole one, and forgets the good frames of a
    piece in which another is damaged. So the lengths of blocks are followed here.
    """

    def __init__(self, source: Source) -> None:
        self.is_open = False
        self._source = source
        self._piece = b""
        self._head = b""
        self._need = _FRAME_HEAD
        self._on_head: Callable[[], None] = self._begin_frame
        self._skip = 0
        self._has_checksum = False
        self._is_last = False

    def read(self, size: int, /) -> bytes:
        """Return bytes up to the end of a frame, or at most so many."""
        piece = self._piece or self._source.read(size)
        end = self._followed(piece)
        self._piece = piece[end:]
        return piece[:end]

    def _followed(self, piece: bytes) -> int:
        """Return where the first frame ends, or the length of the piece."""
        at = 0
        while at < len(piece):
            self.is_open = True
            if self._skip:
                step = min(self._skip, len(piece) - at)
                self._skip -= step
            else:
                step = self._need - len(self._head)
                self._head += piece[at : at + step]
                if len(self._head) == self._need:
                    self._on_head()
            at += step
            if self._is_last and not self._skip:
                self._end_frame()
                break
        return min(at, len(piece))

    def _begin_frame(self) -> None:
        head = self._head
        if head[1:4] == _SKIPPED:
            self._skip = int.from_bytes(head[4:], "little")
            self._is_last = True
            return
        header = zstandard.frame_header_size(head)
        self._has_checksum = bool(head[4] & _HAS_CHECKSUM)
        self._skip = max(0, header - _FRAME_HEAD)
        # What was read past a short header belongs to the first block's.
        self._await(_BLOCK_HEAD, head[header:], self._begin_block)

    def _begin_block(self) -> None:
        value = int.from_bytes(self._head, "little")
        self._skip = 1 if value >> 1 & 0b11 == _RUN else value >> 3
        self._is_last = bool(value & 1)
        if self._is_last and self._has_checksum:
            self._skip += _CHECKSUM
        self._await(_BLOCK_HEAD, b"", self._begin_block)

    def _end_frame(self) -> None:
        self.is_open = self._is_last = False
        self._await(_FRAME_HEAD, b"", self._begin_frame)

    def _await(self, need: int, head: bytes, on_head: Callable[[], None]) -> None:
        self._need, self._head, self._on_head = need, head, on_head
