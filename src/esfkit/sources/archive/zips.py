"""Zip archives: the library reads the directory, the members are streams under the limits."""

import io
import stat
import struct
import sys
import zipfile
import zlib
from typing import BinaryIO, Literal

from typing_extensions import override

from esfkit.model.finding import Problem
from esfkit.sources.archive.member import (
    Member,
    Members,
    Refused,
    broken,
    encrypted,
    is_hidden,
    not_a_file,
    printable,
    unseekable,
)
from esfkit.sources.archive.methods import METHODS
from esfkit.sources.archive.stretch import Stretch
from esfkit.sources.archive.zip_directory import WHAT, listed, listed_in
from esfkit.sources.limits import DEFAULT_LIMITS, Limits
from esfkit.sources.obstacle import Obstacle
from esfkit.sources.packed import DAMAGES, Fill, Source, Tally, damaged, guarded

_LOCAL = struct.Struct("<4s22xHH")
"""What stands before a member's data: signature, and lengths of a name and of more."""

_LOCAL_SIGNATURE = b"PK\x03\x04"
_IS_ENCRYPTED = 0x1

_SPREADSHEETS = frozenset({"xl/workbook.xml", "xl/workbook.bin"})
_DOCUMENTS = frozenset({"word/document.xml", "ppt/presentation.xml", "[Content_Types].xml"})
OFFICE = _SPREADSHEETS | _DOCUMENTS | {"mimetype"}
"""Members by which a file of an office program is known."""
_ODF_SHEET = b"application/vnd.oasis.opendocument.spreadsheet"


def zip_members(stream: BinaryIO, limits: Limits, stretch: Stretch | None = None) -> Members:
    """Yield the members of a zip archive in the order of its directory.

    Args:
        stream: The archive; it must be seekable.
        limits: What to refuse.
        stretch: Which members; all unless it is said. It must hold within the limits.
    """
    if not stream.seekable():
        raise unseekable("zip")
    size = stream.seek(0, io.SEEK_END)
    tally = Tally(WHAT, limits, size)
    if stretch is None or stretch.entries is None:
        infos = listed(stream, limits)
    else:
        infos = listed_in(stream, stretch.entries, limits)
    for info in infos:
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
        infos = {info.filename: info for info in listed(stream, limits)}
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
    packed = _Packed(stream, info, Tally(WHAT, DEFAULT_LIMITS))
    mimetype = packed.read(len(_ODF_SHEET) + 1)
    return mimetype if mimetype.startswith(b"application/") else b""


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
