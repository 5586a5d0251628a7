"""What a Parquet file says of itself, read without trusting it.

The footer is Thrift in its compact protocol. A few bytes of it can ask the library for
more memory than there is, which ends the process; so it is walked here first, and no
list in it may have more elements than there are bytes left.
Source: https://parquet.apache.org/docs/file-format/ and thrift-compact-protocol.md.
"""

import os
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any, NamedTuple

from esfkit.model.finding import Problem
from esfkit.sources.files import open_file
from esfkit.sources.obstacle import Obstacle

MAGIC = b"PAR1"
ENCRYPTED_MAGIC = b"PARE"

_END = 8  # the footer's length and the magic once more
_MOST_BYTES = 32 * 1024 * 1024
_MOST_VALUES = 4_000_000
"""Some hundred thousand column chunks; each has about 30 values."""
_DEEPEST = 12  # the format needs seven levels

# Fields by their numbers in parquet.thrift.
_ROW_GROUPS, _ENCRYPTION = 4, 8  # of FileMetaData
_COLUMNS, _ROWS = 1, 3  # of RowGroup
_ABOUT, _CRYPTO = 3, 8  # of ColumnChunk
_NAMES, _CODEC, _UNPACKED, _PACKED = 3, 4, 6, 7  # of ColumnMetaData


Place = Path | str | bytes
"""A file, an object of a store by its address, or the content itself."""


class Chunk(NamedTuple):
    """One column of one row group.

    Attributes:
        codec: The number of what it is compressed with.
        packed: Its bytes in the file, as the file says.
        unpacked: Its bytes uncompressed, as the file says; texts that repeat may be more.
        is_encrypted: Whether a key is needed.
    """

    codec: int
    packed: int
    unpacked: int
    is_encrypted: bool


class RowGroup(NamedTuple):
    """One row group: its rows, and its columns by name."""

    rows: int
    columns: dict[str, Chunk]


class Footer(NamedTuple):
    """What a Parquet file says of itself.

    Attributes:
        size: Bytes of the whole file.
        content: The footer's own bytes.
        groups: The row groups in order.
    """

    size: int
    content: bytes
    groups: tuple[RowGroup, ...]


class _Damaged(Exception):  # noqa: N818 - never leaves this module
    """The footer is not what it should be."""


def read_footer(place: Place) -> Footer:
    """Return what the file says of itself.

    Raises:
        Obstacle: It is no whole Parquet file, is encrypted, or cannot be opened.
    """
    try:
        size, content = _content(place)
        fields = _Walk(content).struct(0)
        if _ENCRYPTION in fields:
            raise encrypted()
        groups = tuple(_group(group, size) for group in _listed(fields, _ROW_GROUPS))
    except OSError as error:
        message = f"It cannot be read: {error.strerror or 'unknown reason'}."
        raise Obstacle(Problem.SOURCE_UNREADABLE, message) from error
    except (_Damaged, IndexError) as error:
        reason = str(error) if isinstance(error, _Damaged) else "it ends too early"
        message = f"The footer of the Parquet file is damaged: {reason}. Fetch the file again."
        raise Obstacle(Problem.SOURCE_DAMAGED, message) from error
    return Footer(size, content, groups)


def encrypted() -> Obstacle:
    """Return the obstacle that a key is needed."""
    message = "The Parquet file is encrypted; decrypt it first."
    return Obstacle(Problem.FORMAT_UNSUPPORTED, message)


def _content(place: Place) -> tuple[int, bytes]:
    with BytesIO(place) if isinstance(place, bytes) else open_file(str(place)) as stream:
        start = stream.read(len(MAGIC))
        size = stream.seek(0, os.SEEK_END)
        stream.seek(max(0, size - _END))
        end = stream.read(_END)
        if ENCRYPTED_MAGIC in (start, end[4:]):
            raise encrypted()
        if start != MAGIC or end[4:] != MAGIC:
            raise _Damaged("the file does not end as it should, it was probably cut")
        length = int.from_bytes(end[:4], "little")
        if length > min(size - len(MAGIC) - _END, _MOST_BYTES):
            raise _Damaged(f"it says that it has {length} bytes, in a file of {size}")
        stream.seek(size - _END - length)
        return size, stream.read(length)


def _group(fields: object, size: int) -> RowGroup:
    """Return a row group, once what it says is possible in a file of that size."""
    rows = _number(fields, _ROWS)
    columns: dict[str, Chunk] = {}
    for column in _listed(fields, _COLUMNS):
        about = _field(column, _ABOUT)
        names = _listed(about, _NAMES)
        name = b".".join(part for part in names if isinstance(part, bytes))
        packed, unpacked = _number(about, _PACKED), _number(about, _UNPACKED)
        if packed > size:
            raise _Damaged(f"a column has {packed} bytes, in a file of {size}")
        is_encrypted = _field(column, _CRYPTO) is not None
        chunk = Chunk(_number(about, _CODEC), packed, unpacked, is_encrypted)
        columns[name.decode("utf-8", "replace")] = chunk
    return RowGroup(rows, columns)


def _field(fields: object, number: int) -> object:
    return fields.get(number) if isinstance(fields, dict) else None


def _number(fields: object, number: int) -> int:
    value = _field(fields, number)
    if value is None:
        return 0
    if not isinstance(value, int) or value < 0:
        raise _Damaged(f"field {number} is no count")
    return value


def _listed(fields: object, number: int) -> list[Any]:
    value = _field(fields, number)
    return value if isinstance(value, list) else []


class _Walk:
    """A cursor over values in Thrift's compact protocol."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._at = 0
        self._values = 0
        self._readers: dict[int, Callable[[int], Any]] = {
            1: lambda _: True,  # a field's type says it; in a list it is a byte, see there
            2: lambda _: False,
            3: self._byte,
            4: self._signed,
            5: self._signed,
            6: self._signed,
            7: lambda _: self._taken(8),
            8: lambda _: self._taken(self._varint()),
            9: self._list,
            10: self._list,
            11: self._map,
            12: self.struct,
        }

    def struct(self, depth: int) -> dict[int, Any]:
        """Return the fields of a struct by their numbers."""
        fields: dict[int, Any] = {}
        number = 0
        while header := self._byte(depth):
            step = header >> 4
            number = number + step if step else self._signed(depth)
            fields[number] = self._value(header & 15, depth + 1)
        return fields

    def _value(self, kind: int, depth: int) -> object:
        self._values += 1
        read = self._readers.get(kind)
        if read is None or depth > _DEEPEST or self._values > _MOST_VALUES:
            raise _Damaged("it holds what no Parquet file holds")
        return read(depth)

    def _list(self, depth: int) -> list[object]:
        header = self._byte(depth)
        size = self._counted(header >> 4 if header >> 4 != 15 else self._varint())  # noqa: PLR2004 - all four bits set: the size follows
        kind = header & 15
        return [self._element(kind, depth) for _ in range(size)]

    def _map(self, depth: int) -> None:
        size = self._counted(self._varint())
        kinds = self._byte(depth) if size else 0
        for _ in range(size):
            self._element(kinds >> 4, depth)
            self._element(kinds & 15, depth)

    def _element(self, kind: int, depth: int) -> object:
        return self._byte(depth) == 1 if kind in (1, 2) else self._value(kind, depth + 1)

    def _counted(self, size: int) -> int:
        left = len(self._data) - self._at
        if size > left:
            raise _Damaged(f"a list of {size} elements is to stand in {left} bytes")
        return size

    def _taken(self, size: int) -> bytes:
        start = self._at
        self._at += self._counted(size)
        return self._data[start : self._at]

    def _byte(self, _: int) -> int:
        self._at += 1
        return self._data[self._at - 1]

    def _varint(self) -> int:
        value = shift = 0
        while shift < 64:  # noqa: PLR2004 - no number is longer
            byte = self._byte(0)
            value |= (byte & 0x7F) << shift
            if byte < 0x80:  # noqa: PLR2004 - the top bit says whether more follows
                return value
            shift += 7
        raise _Damaged("a number has no end")

    def _signed(self, _: int) -> int:
        value = self._varint()
        return (value >> 1) ^ -(value & 1)
