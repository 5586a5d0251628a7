"""The directory of a zip archive, as a whole or a stretch of it."""

import io
import struct
import zipfile
from collections.abc import Iterator
from itertools import pairwise
from typing import BinaryIO, cast

from typing_extensions import override

from esfkit.sources.archive.member import broken, check_count
from esfkit.sources.archive.stretch import Entries
from esfkit.sources.limits import Limits
from esfkit.sources.obstacle import Obstacle, limit_met

WHAT = "The zip archive"

_ENTRY = struct.Struct("<8xH18xHHH")
"""In an entry: flags, and lengths of its name, of more, and of a remark."""

_ENTRY_SIZE = 46
_SIGNATURE = b"PK\x01\x02"
_IS_UTF_8 = 0x800
_FLAGS_AT = 8

_END = struct.Struct("<4s4xHHIIH")
"""What stands behind a directory: signature, its entries twice, its length and place."""

_END_SIGNATURE = b"PK\x05\x06"

_LARGE_END = struct.Struct("<48xQ")
"""What stands there if the archive is larger than 4 GiB: the directory's place, at its end."""

_LARGE_END_SIGNATURE = b"PK\x06\x06"

_NO_MEMBER = _SIGNATURE.ljust(_ENTRY_SIZE, b"\0")
"""An entry without a name. Put behind the last of a stretch, it keeps that one's remark
from being taken for the end of an archive larger than 4 GiB."""


class _Archive:
    """The archive as the library wants a file, with a directory that cannot harm it."""

    def __init__(self, stream: BinaryIO, limits: Limits) -> None:
        self._stream = stream
        self._limits = limits
        self.seek = stream.seek
        self.tell = stream.tell

    def read(self, size: int = -1) -> bytes:
        """Return the next bytes; the library takes the directory in one read."""
        most = self._limits.held_bytes
        if size > most:
            raise limit_met(f"{WHAT}'s directory", f"has {size} bytes", "held_bytes", most)
        data = self._stream.read(size)
        return _tamed(data, self._limits) if data.startswith(_SIGNATURE) else data


def listed(stream: BinaryIO, limits: Limits) -> list[zipfile.ZipInfo]:
    """Return what the directory lists.

    Args:
        stream: The archive; it must be seekable.
        limits: What to refuse.

    Raises:
        Obstacle: It cannot be read, or passes a limit.
    """
    return _infos(_Archive(stream, limits))


def _infos(archive: _Archive) -> list[zipfile.ZipInfo]:
    try:
        return zipfile.ZipFile(cast("BinaryIO", archive)).infolist()
    except (Obstacle, _Met):
        raise
    except Exception as error:
        # The library raises whatever a directory makes it stumble on.
        why = "its directory, which stands at its end, is missing or cannot be read"
        raise broken(WHAT, why) from error


def listed_in(stream: BinaryIO, entries: Entries, limits: Limits) -> list[zipfile.ZipInfo]:
    """Return what a stretch of the directory lists.

    Args:
        stream: The archive; it must be seekable.
        entries: Where in it they stand.
        limits: What to refuse.

    Raises:
        Obstacle: They cannot be read.
    """
    stream.seek(entries.begin)
    content = stream.read(entries.stop - entries.begin) + _NO_MEMBER
    end = _END.pack(_END_SIGNATURE, 0, 0, len(content), 0, 0)
    infos = listed(io.BytesIO(content + end), limits)[:-1]
    for info in infos:
        info.header_offset += entries.shift
    return infos


def places_in(directory: bytes) -> Iterator[int]:
    """Yield where the entries of a directory begin, and where the last one ends."""
    at = 0
    while directory.startswith(_SIGNATURE, at) and at + _ENTRY_SIZE <= len(directory):
        yield at
        _, *lengths = _ENTRY.unpack_from(directory, at)
        at += _ENTRY_SIZE + sum(lengths)
    yield at


def _tamed(directory: bytes, limits: Limits) -> bytes:
    """Return a directory without names that are said to be UTF-8 and are not.

    The library would refuse the whole archive for one of them; so it takes them for cp437.
    """
    tamed = bytearray(directory)
    for count, (at, _) in enumerate(pairwise(places_in(directory)), start=1):
        check_count(count, limits)
        flags, length, *_ = _ENTRY.unpack_from(directory, at)
        name = directory[at + _ENTRY_SIZE : at + _ENTRY_SIZE + length]
        if flags & _IS_UTF_8 and not _is_utf_8(name):
            struct.pack_into("<H", tamed, at + _FLAGS_AT, flags & ~_IS_UTF_8)
    return bytes(tamed)


def _is_utf_8(name: bytes) -> bool:
    try:
        name.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


# --- where it stands


class _Met(Exception):  # noqa: N818 - no error: the library has gone far enough
    """The library is about to take the directory.

    Attributes:
        at: Where it stands.
        size: Its bytes.
    """

    def __init__(self, at: int, size: int) -> None:
        super().__init__()
        self.at = at
        self.size = size


class _Searched(_Archive):
    """The archive as the library wants a file, until it comes to the directory."""

    @override
    def read(self, size: int = -1) -> bytes:
        at = self.tell()
        if size >= _ENTRY_SIZE and self._stream.read(len(_SIGNATURE)) == _SIGNATURE:
            raise _Met(at, size)
        self.seek(at)
        return super().read(size)


def find_directory(stream: BinaryIO, limits: Limits) -> Entries | None:
    """Return where the directory stands, without reading it; ``None`` if that is not sure.

    Args:
        stream: The archive; it must be seekable.
        limits: What to refuse.

    Raises:
        Obstacle: It is missing or cannot be read.
    """
    try:
        _infos(_Searched(stream, limits))
    except _Met as met:
        stop = met.at + met.size
        stream.seek(stop)
        said = _place_said(stream.read(_LARGE_END.size))
        return None if said is None else Entries(met.at, stop, met.at - said)
    return None


def _place_said(end: bytes) -> int | None:
    """Return where the directory stands by what follows it.

    It stands elsewhere if something precedes the archive, which the library makes up for.
    """
    if end.startswith(_LARGE_END_SIGNATURE) and len(end) == _LARGE_END.size:
        (place,) = _LARGE_END.unpack(end)
        return int(place)
    if end.startswith(_END_SIGNATURE) and len(end) >= _END.size:
        return int(_END.unpack_from(end)[4])
    return None
