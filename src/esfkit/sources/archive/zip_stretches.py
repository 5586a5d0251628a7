"""A zip archive in stretches, cut by what its directory says."""

import zipfile
from collections.abc import Iterator
from typing import BinaryIO

from esfkit.sources.archive.stretch import (
    Boundary,
    Entries,
    Stretch,
    Told,
    chosen,
    is_crowd,
)
from esfkit.sources.archive.zip_directory import find_directory, listed_in, places_in
from esfkit.sources.archive.zips import OFFICE
from esfkit.sources.limits import DEFAULT_LIMITS, Limits

_CHUNK = 512 * 1024
"""Bytes of the directory looked at together; its longest entry has less than half of it."""


def cut_zip(stream: BinaryIO, size: int, most: int) -> list[Stretch]:
    """Return the stretches of a zip archive, in the order of its directory.

    The directory is believed for where to cut and for nothing else. None are given where
    it is not sure or not worth it: of a file that may be an office program's, or a crowd
    of tiny members, and where the members are said to have more bytes than the file, as
    they do if they lie on one another.

    Args:
        stream: The archive; it must be seekable.
        size: Its bytes.
        most: Packed bytes after which the next stretch begins.

    Raises:
        Obstacle: Its directory cannot be read.
    """
    where = find_directory(stream, DEFAULT_LIMITS)
    if where is None:
        return []
    walk = _Walk(stream, where, size)
    begins = chosen(walk.boundaries(), most)
    if not walk.is_sound:
        return []
    told = Told(walk.members, where.stop - where.begin, walk.unpacked)
    begins[0] = Boundary(0, 0, where.begin)
    ends = [*begins[1:], Boundary(walk.packed, walk.members, where.stop)]
    return [
        Stretch(
            "zip",
            size * begin.at // walk.packed,
            size * end.at // walk.packed,
            begin.before,
            Entries(begin.entry, end.entry, where.shift),
            told,
        )
        for begin, end in zip(begins, ends, strict=True)
    ]


class _Walk:
    """A walk along a directory, in memory that does not grow.

    Attributes:
        members: Members met.
        packed: Their packed bytes, as the directory says.
        unpacked: Their bytes, likewise.
        is_sound: Whether it came to the end, and met nothing that speaks against cutting.
    """

    def __init__(self, stream: BinaryIO, where: Entries, size: int) -> None:
        self.members = self.packed = self.unpacked = 0
        self.is_sound = False
        self._stream = stream
        self._where = where
        self._size = size

    def boundaries(self) -> Iterator[Boundary]:
        """Yield where members begin, the first apart, in packed bytes."""
        for infos, places in self._chunks():
            if any(info.filename in OFFICE for info in infos) or self._is_too_much():
                return
            for info, place in zip(infos, places, strict=True):
                if self.members:
                    yield Boundary(self.packed, self.members, place)
                self.members += 1
                self.packed += info.compress_size
                self.unpacked += info.file_size
        self.is_sound = self.packed > 0 and not self._is_too_much()

    def _is_too_much(self) -> bool:
        return self.packed > self._size or is_crowd(self.members, self._size)

    def _chunks(self) -> Iterator[tuple[list[zipfile.ZipInfo], list[int]]]:
        """Yield what whole entries tell, and where each begins in the file."""
        at, stop, shift = self._where
        while at < stop:
            self._stream.seek(at)
            chunk = self._stream.read(min(_CHUNK, stop - at))
            *places, end = [place for place in places_in(chunk) if place <= len(chunk)]
            if end == 0:
                self.packed = self._size + 1  # not what a directory looks like
                return
            infos = listed_in(self._stream, Entries(at, at + end, shift), DEFAULT_LIMITS)
            yield infos, [at + place for place in places]
            at += end


def holds_within(stretch: Stretch, limits: Limits, size: int) -> bool:
    """Return whether an archive as a whole meets no limit, whoever reads which part of it.

    No member gives more bytes than the directory says, so what it says of all of them
    is the most that all stretches together can give.

    Args:
        stretch: One of the archive's.
        limits: What to refuse.
        size: The archive's bytes.
    """
    if stretch.told is None:
        return True
    members, listed, unpacked = stretch.told
    most = max(limits.ratio_free_bytes, size * limits.unpacked_ratio)
    return (
        members <= limits.archive_members
        and listed <= limits.held_bytes
        and unpacked <= min(limits.unpacked_bytes, most)
    )
