"""A table on a sheet: headings that stay in sight, a filter, widths, number formats.

A table with more rows than a sheet can hold goes on on further sheets.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final

import polars as pl

from esfkit.model.errors import BadRequest
from esfkit.output.shown import finite
from esfkit.output.workbook.book import Book, Sheet
from esfkit.output.workbook.cells import COLUMNS, ROWS, number_format

_BATCH: Final = 1000
_NARROWEST: Final = 8
_WIDEST: Final = 48
# What a formula gives is not looked at: names of regions have up to so many letters.
_LONGEST_NAME: Final = 20
_LOOKED_AT: Final = 500
_HEADING_LINES: Final = 2
_ROOM: Final = 3  # for the button of the filter, and a little air

NOTE: Final = {"x_scale": 2.2, "y_scale": 1.0}
"""How large the note on a heading is, in units of the library's usual size."""


@dataclass(frozen=True, slots=True)
class Part:
    """Some rows of a table on one sheet; they begin below the heading.

    Attributes:
        sheet: The sheet.
        begin: The first of the rows, counted in the table from 0.
        height: How many there are.
    """

    sheet: Sheet
    begin: int
    height: int

    def row_of(self, number: int) -> int:
        """Return the row of the sheet, from 0, for a row of the table."""
        return number - self.begin + 1

    def range_of(self, column: str) -> str:
        """Return the cells of a column, by its letters, in the words of a formula."""
        last = max(self.height, 1) + 1
        return f"'{self.sheet.name}'!${column}$2:${column}${last}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table and how its sheet looks.

    Attributes:
        name: Of the sheet.
        frame: The rows.
        headings: Column → heading, where it is not the column's name.
        notes: Column → what is told beside the heading when it is pointed at.
        units: Column → unit.
        kept: How many columns stay in sight on the left.
    """

    name: str
    frame: pl.DataFrame
    headings: Mapping[str, str] = field(default_factory=dict)
    notes: Mapping[str, str] = field(default_factory=dict)
    units: Mapping[str, str] = field(default_factory=dict)
    kept: int = 0


def put_table(book: Book, table: Table, more: Sequence[str] = ()) -> list[Part]:
    """Write a table on as many sheets as it needs, and return them.

    Args:
        book: Where the sheets go, behind the others.
        table: What is written.
        more: Headings of further columns, that the caller fills.

    Raises:
        BadRequest: It has more columns than a sheet.
    """
    width = table.frame.width + len(more)
    if width > COLUMNS:
        raise BadRequest(
            f"A sheet has {COLUMNS} columns and the table {width}. Ask for fewer columns, "
            "or write CSV."
        )
    parts = [_part(book, table, more, begin) for begin in _begins(table.frame.height)]
    book.losses.sheets += len(parts) - 1
    return parts


def _begins(height: int) -> Iterator[int]:
    yield from range(0, max(height, 1), ROWS - 1)


def _part(book: Book, table: Table, more: Sequence[str], begin: int) -> Part:
    rows = table.frame.slice(begin, ROWS - 1)
    number = begin // (ROWS - 1) + 1
    sheet = book.add_sheet(table.name if number == 1 else f"{table.name} {number}")
    _head(book, sheet, table, more)
    _fill(book, sheet, rows, _styles(book, table))
    last = table.frame.width + len(more) - 1
    if last >= 0:
        sheet.autofilter(0, 0, rows.height, last)
        # Codes and numbers of organisations are text: no green corner has to tell so.
        everything = {"number_stored_as_text": "A1:XFD1048576"}
        sheet.ignore_errors(everything)
    sheet.freeze_panes(1, table.kept)
    return Part(sheet, begin, rows.height)


def _head(book: Book, sheet: Sheet, table: Table, more: Sequence[str]) -> None:
    style = book.style(bold=True, text_wrap=True, valign="top", bottom=1, bg_color="#E7EEF4")
    for column, name in enumerate(table.frame.columns):
        heading = table.headings.get(name, name)
        book.put(sheet, (0, column), heading, style)
        sheet.set_column(column, column, _width(table.frame[name], heading))
        if note := table.notes.get(name):
            sheet.write_comment(0, column, note, NOTE)
    for column, heading in enumerate(more, table.frame.width):
        book.put(sheet, (0, column), heading, style)
        sheet.set_column(column, column, max(_for_heading(heading), _LONGEST_NAME))
    sheet.set_row(0, 15.0 * _HEADING_LINES)


def _styles(book: Book, table: Table) -> list[object]:
    formats = (
        number_format(name, dtype, table.units.get(name, ""))
        for name, dtype in table.frame.schema.items()
    )
    return [book.style(num_format=form) if form else None for form in formats]


def _fill(book: Book, sheet: Sheet, rows: pl.DataFrame, styles: Sequence[object]) -> None:
    row = 0
    for batch in finite(rows).iter_slices(_BATCH):
        columns = [column.to_list() for column in batch.get_columns()]
        for cells in zip(*columns, strict=True):
            row += 1
            for column, value in enumerate(cells):
                book.put(sheet, (row, column), value, styles[column])


def _width(column: pl.Series, heading: str) -> int:
    """Return a width in characters that shows most of the first cells."""
    first = column.head(_LOOKED_AT).drop_nulls()
    longest = max(map(_shown_length, first.to_list()), default=0)
    return min(max(longest + 1, _for_heading(heading)), _WIDEST)


def _shown_length(value: object) -> int:
    if isinstance(value, str):
        return len(value.split("\n", 1)[0])
    if isinstance(value, int | Decimal):
        return len(f"{value:,}")
    return _WIDEST if isinstance(value, list) and value else _NARROWEST


def _for_heading(heading: str) -> int:
    """Return the width in which a heading stands on two lines, each word on one."""
    longest = max(map(len, heading.split()), default=0)
    return max(_NARROWEST, longest + _ROOM, len(heading) // _HEADING_LINES + _ROOM)
