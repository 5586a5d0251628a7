"""Zip archives: the library reads the directory, the members are streams under the limits."""

import io
import stat
import struct
import sys
import zipfile
import zlib
from typing import BinaryIO, Literal, cast

from typing_extensions import override

from esfkit.model.finding import Problem
from esfkit.sources.archive.member import (
    Member,
    Members,
    Refused,
    broken,
    check_count,
    encrypted,
    is_hidden,
    not_a_file,
    printable,
    unseekable,
)
from esfkit.sources.archive.methods import METHODS
from esfkit.sources.limits import DEFAULT_LIMITS, Limits
from esfkit.sources.obstacle import Obstacle, limit_met
from esfkit.sources.packed import DAMAGES, Fill, Source, Tally, damaged, guarded

_WHAT = "The zip archive"

_LOCAL = struct.Struct("<4s22xHH")
"""What stands before a member's data: signature, and lengths of a name and of more."""

_LISTED = struct.Struct("<8xH18xHHH")
"""In a directory's entry: flags, and lengths of its name, of more, and of a remark."""

_LISTED_SIZE = 46
_LISTED_SIGNATURE = b"PK\x01\x02"
_LOCAL_SIGNATURE = b"PK\x03\x04"
_IS_ENCRYPTED = 0x1
_IS_UTF_8 = 0x800
_FLAGS_AT = 8

_SPREADSHEETS = frozenset({"xl/workbook.xml", "xl/workbook.bin"})
_DOCUMENTS = frozenset({"word/document.xml", "ppt/presentation.xml", "[Content_Types].xml"})
_ODF_SHEET = b"application/vnd.oasis.opendocument.spreadsheet"


def zip_members(stream: BinaryIO, limits: Limits) -> Members:
    """Yield the members of a zip archive in the order of its directory.

    Args:
        stream: The archive; it must be seekable.
        limits: What to refuse.
    """
    if not stream.seekable():
        raise unseekable("zip")
    tally = Tally(_WHAT, limits, stream.seek(0, io.SEEK_END))
    for info in _listed(stream, limits):
        if info.filename.endswith("/") or is_hidden(info.filename):
            continue
        found = _refused(info) or _opened(info, stream, tally)
        yield found
        if isinstance(found, Member):
            found.stream.close()
        if tally.is_met:
            return


def zip_kind(
    stream: BinaryIO, limits: Limits = DEFAULT_LIMITS
) -> Literal["archive", "spreadsheet", "document"]:
    """Return what a zip archive is: the file of an office program, or an archive indeed.

    One that cannot be read is an archive; reading it will tell why.

    Args:
        stream: The archive; it must be seekable, and is left at its beginning.
        limits: What to refuse.
    """
    try:
        infos = {info.filename: info for info in _listed(stream, limits)}
        if not _SPREADSHEETS.isdisjoint(infos):
            return "spreadsheet"
        mimetype = _mimetype(stream, infos.get("mimetype"))
    except Obstacle:
        return "archive"
    finally:
        stream.seek(0)
    if mimetype.startswith(_ODF_SHEET):
        return "spreadsheet"
    return "archive" if not mimetype and _DOCUMENTS.isdisjoint(infos) else "document"


def _mimetype(stream: BinaryIO, info: zipfile.ZipInfo | None) -> bytes:
    """Return what an archive says that it is: of ODF and EPUB the first member, not packed."""
    if info is None or info.compress_type != zipfile.ZIP_STORED:
        return b""
    packed = _Packed(stream, info, Tally(_WHAT, DEFAULT_LIMITS))
    mimetype = packed.read(len(_ODF_SHEET) + 1)
    return mimetype if mimetype.startswith(b"application/") else b""


# --- the directory


class _Directory:
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
            raise limit_met(f"{_WHAT}'s directory", f"has {size} bytes", "held_bytes", most)
        data = self._stream.read(size)
        return _tamed(data, self._limits) if data.startswith(_LISTED_SIGNATURE) else data


def _tamed(directory: bytes, limits: Limits) -> bytes:
    """Return a directory without names that are said to be UTF-8 and are not.

    The library would refuse the whole archive for one of them; so it takes them for cp437.
    """
    tamed, at, count = bytearray(directory), 0, 0
    while directory.startswith(_LISTED_SIGNATURE, at) and at + _LISTED_SIZE <= len(directory):
        flags, *lengths = _LISTED.unpack_from(directory, at)
        name = directory[at + _LISTED_SIZE : at + _LISTED_SIZE + lengths[0]]
        if flags & _IS_UTF_8 and not _is_utf_8(name):
            struct.pack_into("<H", tamed, at + _FLAGS_AT, flags & ~_IS_UTF_8)
        at += _LISTED_SIZE + sum(lengths)
        count += 1
        check_count(count, limits)
    return bytes(tamed)


def _is_utf_8(name: bytes) -> bool:
    try:
        name.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _listed(stream: BinaryIO, limits: Limits) -> list[zipfile.ZipInfo]:
    """Return what the directory lists."""
    try:
        return zipfile.ZipFile(cast("BinaryIO", _Directory(stream, limits))).infolist()
    except Obstacle:
        raise
    except Exception as error:
        # The library raises whatever a directory makes it stumble on.
        why = "its directory, which stands at its end, is missing or cannot be read"
        raise broken(_WHAT, why) from error


# --- a member


class _Packed(Source):
    """The packed bytes of one member."""

    def __init__(self, stream: BinaryIO, info: zipfile.ZipInfo, tally: Tally) -> None:
        super().__init__(stream, tally)
        self.taken = 0
        self._left = info.compress_size
        self._file = stream
        self._at = info.header_offset
        signature, *lengths = _LOCAL.unpack(self._header())
        if signature != _LOCAL_SIGNATURE:
            raise broken("The member", "it is not where the directory says")
        self._at += _LOCAL.size + sum(lengths)

    @override
    def read(self, size: int = -1, /) -> bytes:
        self._file.seek(self._at)
        data = super().read(min(size, self._left))
        self._at += len(data)
        self.taken += len(data)
        self._left -= len(data)
        return data

    def _header(self) -> bytes:
        if not 0 <= self._at <= sys.maxsize:  # no stream can be sought there
            return bytes(_LOCAL.size)
        self._file.seek(self._at)
        return super().read(_LOCAL.size).ljust(_LOCAL.size, b"\0")


def _refused(info: zipfile.ZipInfo) -> Refused | None:
    kind = stat.S_IFMT(info.external_attr >> 16)
    if kind not in {0, stat.S_IFREG}:
        what = "a link" if stat.S_ISLNK(kind) else "a device or a pipe"
        return not_a_file(info.filename, what)
    if info.flag_bits & _IS_ENCRYPTED:
        return Refused(printable(info.filename), encrypted("The member"))
    if info.compress_type not in METHODS:
        message = (
            f"The member is packed by method {info.compress_type}, which is not read;"
            " pack it again with Deflate."
        )
        return Refused(printable(info.filename), Obstacle(Problem.FORMAT_UNSUPPORTED, message))
    return None


def _opened(info: zipfile.ZipInfo, stream: BinaryIO, tally: Tally) -> Member | Refused:
    name = printable(info.filename)
    try:
        packed = _Packed(stream, info, tally)
    except Obstacle as obstacle:
        return Refused(name, obstacle)
    return Member(name, info.file_size, guarded(_checked(info, packed), tally))


def _checked(info: zipfile.ZipInfo, packed: _Packed) -> Fill:
    """Return what fills a buffer with a member, and tells of one that is not as listed."""
    inner: Fill | None = None
    left, checksum = info.file_size, 0

    def fill(buffer: memoryview) -> int:
        nonlocal inner, left, checksum
        if not left:
            if checksum != info.CRC:
                raise broken("The member", "its checksum is not the one that is listed")
            return 0
        try:
            inner = inner or METHODS[info.compress_type](packed)
            count = inner(buffer[:left])
            if not count:
                raise EOFError
        except DAMAGES as error:
            raise damaged("The member", packed.taken, error) from error
        checksum = zlib.crc32(buffer[:count], checksum)
        left -= count
        return count

    return fill
