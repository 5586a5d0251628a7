"""What a spreadsheet unpacks to, measured before a library is let near it.

The library lays every sheet out as a full rectangle in memory, with a copy of each shared
string in each cell that refers to it, and gives up the whole process where there is not
enough. Some kilobytes can ask for terabytes of that. So the archive is unpacked once and
what comes out is counted, sheet by sheet; what the archive says of itself is not believed.
"""

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator
from typing import NamedTuple
from xml.etree import ElementTree as ET
from xml.parsers.expat import ExpatError

from esfkit.model.finding import Problem
from esfkit.sources.limits import Limits
from esfkit.sources.obstacle import Obstacle, limit_met
from esfkit.sources.tabular.sheetxml import FilledCells, StringSizes

_BOOK = "xl/workbook.xml"
_RELATIONS = "xl/_rels/workbook.xml.rels"
_STRINGS = "xl/sharedstrings.xml"
_PACKINGS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_BLOCK = 1 << 20
_ANY_SIZE = 1 << 62
_MOST_OF_BOOK = 4 << 20
"""Bytes of the member that lists the sheets; a thousand sheets take 100 kB."""

_BYTES_OF_CELL = 32
"""What the library takes for each cell of the rectangle, empty or not."""

_DAMAGES = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    OSError,
    ValueError,
    RuntimeError,
    NotImplementedError,
    LookupError,  # an encoding that XML names and Python does not know
    struct.error,
    ET.ParseError,
    ExpatError,
)
"""What opening and unpacking a damaged or encrypted archive raises."""


class Area(NamedTuple):
    """Which part of a sheet is filled.

    Attributes:
        name: The sheet's name.
        first_column: The first column with anything in it, from 0.
    """

    name: str
    first_column: int


def measure_workbook(content: bytes, limits: Limits) -> list[Area]:
    """Return the sheets of a workbook with the places of their cells.

    Raises:
        Obstacle: It is no workbook, is damaged, or would take more memory than
            ``held_bytes``.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return _measured(_Book(archive, len(content), limits))
    except _DAMAGES as error:
        message = f"The spreadsheet cannot be unpacked ({error}); save it again as .xlsx."
        raise Obstacle(Problem.SOURCE_DAMAGED, message) from error


def _measured(book: "_Book") -> list[Area]:
    strings = _string_sizes(book)
    sheets = _sheets(book)
    book.unpack_rest({_STRINGS, *(member for _, member in sheets)})
    return [Area(name, _first_column(book, member, strings)) for name, member in sheets]


class _Book:
    """An archive whose members are unpacked in blocks and counted."""

    def __init__(self, archive: zipfile.ZipFile, size: int, limits: Limits) -> None:
        self._archive = archive
        self._size = size
        self._limits = limits
        self._unpacked = 0
        self._held = 0
        self._members = {
            each.filename.lstrip("/").casefold(): each for each in archive.infolist()
        }
        if len(self._members) != len(archive.infolist()):
            raise Obstacle(
                Problem.SOURCE_DAMAGED, "The spreadsheet holds two members of one name."
            )
        if _BOOK not in self._members:
            raise Obstacle(
                Problem.FORMAT_UNSUPPORTED,
                "The file is no Excel workbook of the kind .xlsx; save it as .xlsx or .csv.",
            )

    def __contains__(self, member: str) -> bool:
        return member.casefold() in self._members

    def blocks(self, member: str) -> Iterator[bytes]:
        """Yield a member's bytes, at most 1 MiB at a time.

        Raises:
            Obstacle: All that was unpacked so far is too much.
        """
        entry = self._members[member.casefold()]
        if entry.compress_type not in _PACKINGS:
            raise Obstacle(
                Problem.FORMAT_UNSUPPORTED,
                "The spreadsheet is packed in a way that Excel does not; save it again.",
            )
        entry.file_size = _ANY_SIZE  # what it says of itself is not believed
        with self._archive.open(entry) as stream:
            while block := stream.read(_BLOCK):
                self._count(len(block))
                yield block

    def unpack_rest(self, counted: set[str]) -> None:
        """Count all other members too: the library may read any of them."""
        known = {each.casefold() for each in (*counted, _BOOK, _RELATIONS)}
        for member in self._members.keys() - known:
            for _ in self.blocks(member):
                pass

    def whole(self, member: str) -> bytes:
        """Return a small member as a whole."""
        content = b""
        for block in self.blocks(member):
            content += block
            if len(content) > _MOST_OF_BOOK:
                what = "The spreadsheet's list of sheets"
                raise limit_met(what, "is too long", "held_bytes", self._limits.held_bytes)
        return content

    def hold(self, size: int) -> None:
        """Count bytes that the library will hold.

        Raises:
            Obstacle: It is too much.
        """
        self._held += size
        most = self._limits.held_bytes
        if self._held > most:
            met = f"take more than {most} bytes of memory"
            raise limit_met("The spreadsheet's cells", met, "held_bytes", most)

    def _count(self, size: int) -> None:
        self._unpacked += size
        limits = self._limits
        if self._unpacked > limits.held_bytes:
            met = f"unpacks to more than {limits.held_bytes} bytes"
            raise limit_met("The spreadsheet", met, "held_bytes", limits.held_bytes)
        ratio = self._unpacked > limits.unpacked_ratio * self._size
        if ratio and self._unpacked > limits.ratio_free_bytes:
            met = f"unpacks to more than {limits.unpacked_ratio} times its size"
            raise limit_met("The spreadsheet", met, "unpacked_ratio", limits.unpacked_ratio)


def _sheets(book: _Book) -> list[tuple[str, str]]:
    """Return the names of the worksheets, hidden ones too, with the members they stand in."""
    parts = {
        each.get("Id"): each.get("Target", "")
        for each in _elements(book, _RELATIONS, "Relationship")
        if each.get("Type", "").endswith("/worksheet")
    }
    sheets = []
    for sheet in _elements(book, _BOOK, "sheet"):
        linked = next((value for key, value in sheet.items() if key.endswith("}id")), None)
        target = parts.get(linked, "")
        member = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
        if target and member in book:
            sheets.append((sheet.get("name", ""), member))
    return sheets


def _elements(book: _Book, member: str, name: str) -> Iterator[ET.Element]:
    if member not in book:
        return
    content = book.whole(member)
    if b"<!DOCTYPE" in content or b"\0" in content:  # UTF-16 could hide the first
        raise Obstacle(Problem.SOURCE_DAMAGED, "The spreadsheet defines entities of its own.")
    root = ET.fromstring(content)  # noqa: S314 - bounded, and no entities: see above
    for element in root.iter():
        if element.tag.rpartition("}")[2] == name:
            yield element


def _string_sizes(book: _Book) -> list[int]:
    """Return how many bytes each shared string has."""
    counted = StringSizes()
    if _STRINGS in book:
        counted.read(book.blocks(_STRINGS))
    return counted.sizes


def _first_column(book: _Book, member: str, strings: list[int]) -> int:
    """Return a sheet's first filled column, after counting what its cells take."""

    def hold(index: int) -> None:
        if index < len(strings):
            book.hold(strings[index])

    cells = FilledCells(hold)
    cells.read(book.blocks(member))
    book.hold(cells.rows * cells.columns * _BYTES_OF_CELL)
    return cells.first_column
