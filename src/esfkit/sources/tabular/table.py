"""Tables as delimited text: crawl dumps with a column of pages, and lists of projects."""

import io
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import BinaryIO, NamedTuple, cast

from typing_extensions import override

from esfkit.model.document import Bytes, Document, Origin, Passed
from esfkit.model.finding import Finding, Problem, Severity
from esfkit.sources.obstacle import unread
from esfkit.sources.pages.decode import decode, wide_encoding
from esfkit.sources.pages.legacy import ENCODINGS
from esfkit.sources.reading import Item, Reading
from esfkit.sources.tabular.columns import (
    Columns,
    list_row,
    no_columns,
    text_row,
    unknown_headings,
)
from esfkit.sources.tabular.delimited import Broken, Row, Rows, fitted, read_lines
from esfkit.sources.tabular.tablehead import (
    HEAD,
    MARK,
    encoding_of,
    judge_head,
    looks_like_table,
    shown_cells,
)

__all__ = ["looks_like_table", "read_table"]

_PASSED = Passed(1)
_PROGRESS = 1 << 20
"""Bytes read between two words of progress."""

_CELL_END = "\x1f"
"""Stands between the cells of a row while it is decoded; in cells it is a blank."""


def read_table(stream: BinaryIO, origin: Origin, reading: Reading) -> Iterator[Item]:
    """Yield the pages or projects of a delimited file, and how far reading has come.

    Args:
        stream: The file; it is read once, from where it stands.
        origin: Whose it is; rows get its line, pages also their address.
        reading: How to read it.

    Raises:
        Obstacle: No column holds pages and the table is no list of projects, or its
            quotation marks lead nowhere.
    """
    counted = _Counted(stream)
    buffered = io.BufferedReader(counted, HEAD)
    head = buffered.peek(HEAD)[:HEAD]
    seen = judge_head(head, reading)
    if seen.columns is None:
        raise no_columns([shown_cells(row.cells) for row in seen.rows], reading)
    encoding = encoding_of(head)
    rows = Rows(_lines(buffered, head, reading), seen.delimiter, reading.limits.row_bytes)
    rows.width = len(seen.columns.headings)
    origin = replace(origin, encoding=encoding)
    table = _Table(seen.columns, seen.line, encoding, origin, reading)
    yield from _items(rows, table, counted)


class _Counted(io.RawIOBase):
    """A stream that knows how many bytes were read from it, and reads full first blocks."""

    def __init__(self, stream: BinaryIO) -> None:
        super().__init__()
        self._stream = stream
        self.count = 0

    @override
    def readable(self) -> bool:
        return True

    @override
    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]  # what BufferedReader gives
        most, filled = len(buffer), 0
        while filled < most and (piece := self._stream.read(most - filled)):
            buffer[filled : filled + len(piece)] = piece
            filled += len(piece)
        self.count += filled
        return filled


class _Table(NamedTuple):
    """What is the same for all rows of one file."""

    columns: Columns
    heading_line: int
    encoding: str
    origin: Origin
    reading: Reading


def _lines(
    stream: "io.BufferedReader[_Counted]", head: bytes, reading: Reading
) -> Iterator[str]:
    """Yield the lines of the file, a character a byte (of UTF-8 where it is UTF-16)."""
    most, wide = reading.limits.row_bytes, wide_encoding(head)
    if wide is None:
        if head.startswith(MARK):
            stream.read(len(MARK))
        # The lines are the wrapper's as long as this generator lives.
        yield from read_lines(io.TextIOWrapper(stream, "latin-1", newline=""), most)
        return
    text = io.TextIOWrapper(stream, wide, errors="replace", newline="")
    for number, line in enumerate(read_lines(text, most)):
        words = line if number else line.removeprefix("\ufeff")
        yield words.encode("utf-8", "replace").decode("latin-1")


# --- the rows ---------------------------------------------------------------------------


def _items(rows: Rows, table: _Table, counted: _Counted) -> Iterator[Item]:
    """Yield what the rows give; rows dropped are told together."""
    told = passed = 0
    notices = unknown_headings(table.columns)
    for row in rows:
        if row.line <= table.heading_line:
            continue
        item = _item(row, table)
        if isinstance(item, Document) and notices:
            item, notices = replace(item, findings=(*item.findings, *notices)), ()
        if isinstance(item, Passed) and item.origin is None:
            passed += item.count
        elif item is not None:
            yield item
        if counted.count - told >= _PROGRESS:
            yield from _progress(passed, counted.count - told)
            told, passed = counted.count, 0
    yield from _progress(passed, counted.count - told)


def _progress(passed: int, read: int) -> Iterator[Item]:
    if passed:
        yield Passed(passed)
    if read:
        yield Bytes(read)


def _item(row: Row | Broken, table: _Table) -> Item | None:
    if isinstance(row, Broken):
        code = Problem.LIMIT_MET if row.limit else Problem.ROW_UNREADABLE
        return unread(replace(table.origin, line=row.line), code, row.reason)
    width = len(table.columns.headings)
    cells = row.cells if len(row.cells) == width else fitted(row.cells, width)
    if cells is None:
        message = (
            f"The row has {len(row.cells)} cells where the headings are {width}; "
            "mend the line, nothing of it is read."
        )
        return unread(replace(table.origin, line=row.line), Problem.ROW_UNREADABLE, message)
    if table.columns.text is None:
        return _project(cells, table, replace(table.origin, line=row.line))
    return _page(cells, row.line, table)


def _page(cells: Sequence[str], line: int, table: _Table) -> Item:
    reading, columns = table.reading, table.columns
    content = cells[cast("int", columns.text)].encode("latin-1")
    if content.strip() and not reading.shows_passed and reading.drops(content):
        return _PASSED
    url = ""
    if columns.url is not None:
        url = cells[columns.url].encode("latin-1").decode("utf-8", "replace").strip()
    origin = replace(table.origin, line=line, url=url or None)
    return text_row(content, origin, reading)


def _project(cells: Sequence[str], table: _Table, origin: Origin) -> Item | None:
    words, findings = _decoded(cells, table.encoding)
    if len(words) != len(cells):
        return unread(origin, Problem.ROW_UNREADABLE, "The row is no text in any encoding.")
    item = list_row(table.columns, words, origin, table.reading)
    return replace(item, findings=findings) if isinstance(item, Document) else item


def _decoded(cells: Sequence[str], encoding: str) -> tuple[list[str], tuple[Finding, ...]]:
    """Return the words of the cells, and what reading their bytes gave rise to."""
    bare = (cell.replace(_CELL_END, " ").replace("\0", "") for cell in cells)
    data = _CELL_END.join(bare).encode("latin-1")
    if encoding not in ENCODINGS:
        decoded = decode(data)
        return decoded.text.split(_CELL_END), decoded.findings
    text = data.decode(encoding, "replace")
    if data.isascii():
        return text.split(_CELL_END), ()
    message = f"The table is not UTF-8; it was read as {encoding}."
    finding = Finding(code=Problem.DECODED_AS_LEGACY, severity=Severity.NOTE, message=message)
    return text.split(_CELL_END), (finding,)
