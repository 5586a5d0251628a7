"""Excel workbooks: lists of projects, and tables with a column of pages.

Every sheet is read, hidden ones too. A cell's words are what it holds, not how it is
formatted: an amount has no blanks between its groups and no exponent, a date is written as
``2023-02-01``, a rate formatted as ``90%`` is 0.9.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, BinaryIO, NamedTuple, TypeVar

from esfkit.model.document import Bytes, Document, Origin
from esfkit.model.finding import Problem
from esfkit.sources.obstacle import Obstacle, limit_met
from esfkit.sources.reading import Item, Reading
from esfkit.sources.tabular.columns import (
    ROWS_LOOKED_AT,
    Columns,
    find_columns,
    list_row,
    no_columns,
    text_row,
    unknown_headings,
)
from esfkit.sources.tabular.workbook import Area, measure_workbook

if TYPE_CHECKING:
    import fastexcel

_Given = TypeVar("_Given")

_MIDNIGHT = re.compile("([0-9]{4}-[0-9]{2}-[0-9]{2}) 00:00:00")
_PLAIN_NAME = re.compile(r"[^\W\d]\w{0,30}")
_LETTERS = 26
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


class _Sheet(NamedTuple):
    """One sheet.

    Attributes:
        area: Its name, and where its cells begin.
        rows: Gives its rows from the first of the sheet on, ``None`` for an empty cell.
    """

    area: Area
    rows: Callable[[], Iterator[tuple[str | None, ...]]]


def read_sheet(stream: BinaryIO, origin: Origin, reading: Reading) -> Iterator[Item]:
    """Yield the pages or projects of an ``.xlsx`` workbook, sheet by sheet.

    A row's place is told as in Excel, such as ``Projekt!A17:R17``; the workbook's name
    stands before it where it is the member of an archive.

    Args:
        stream: The workbook; it is read as a whole.
        origin: Whose it is.
        reading: How to read it.

    Raises:
        Obstacle: It is no workbook, is damaged or too large, or none of its sheets holds
            pages or projects.
    """
    most = reading.limits.held_bytes
    content = stream.read(most + 1)
    if len(content) > most:
        raise limit_met("The spreadsheet", f"has more than {most} bytes", "held_bytes", most)
    if content.startswith(_OLD_OFFICE):
        raise Obstacle(
            Problem.FORMAT_UNSUPPORTED,
            "The file is an old or encrypted Office file; save it as .xlsx without password.",
        )
    first: Sequence[Sequence[str]] = ()
    any_read = False
    for sheet in _sheets(content, reading):
        top = [_words(row) for row in islice(sheet.rows(), ROWS_LOOKED_AT)]
        columns = find_columns(top, reading)
        if columns is not None:
            any_read = True
            yield from _items(sheet, columns, origin, reading)
        elif not first and any(map(any, top)):
            first = top
    if not any_read:
        raise no_columns(first, reading)
    yield Bytes(len(content))


def _sheets(content: bytes, reading: Reading) -> Iterator[_Sheet]:
    areas = measure_workbook(content, reading.limits)
    # It is of use to spreadsheets only, and most runs meet none.
    import fastexcel  # noqa: PLC0415

    reader = _told(lambda: fastexcel.read_excel(content))
    for area in areas:
        yield _Sheet(area, _told(partial(_rows, reader, area.name)))


def _rows(
    reader: "fastexcel.ExcelReader", name: str
) -> Callable[[], Iterator[tuple[str | None, ...]]]:
    sheet = reader.load_sheet(name, header_row=None, skip_rows=0, dtypes="string")
    return sheet.to_polars().iter_rows


def _told(read: Callable[[], _Given]) -> _Given:
    """Return what the library gives, or tell as an obstacle that it fails.

    Raises:
        Obstacle: It raises, or panics: that is no ``Exception`` of Python's.
    """
    try:
        return read()
    except BaseException as error:
        if not isinstance(error, Exception) and type(error).__name__ != "PanicException":
            raise
        message = "The spreadsheet is damaged; open it in Excel and save it again as .xlsx."
        raise Obstacle(Problem.SOURCE_DAMAGED, message) from error


def _words(row: Sequence[str | None]) -> list[str]:
    return [_in_words(cell) if cell else "" for cell in row]


def _in_words(cell: str) -> str:
    day = _MIDNIGHT.fullmatch(cell)
    return day[1] if day else cell


# --- rows -------------------------------------------------------------------------------


def _items(sheet: _Sheet, columns: Columns, origin: Origin, reading: Reading) -> Iterator[Item]:
    notices = unknown_headings(columns)
    below = islice(enumerate(sheet.rows(), 1), columns.row + 1, None)
    for number, row in below:
        if not any(row):
            continue
        place = _place(sheet.area, number, len(row))
        place = f"{origin.member}: {place}" if origin.member else place
        item = _item(_words(row), columns, replace(origin, member=place, line=number), reading)
        if isinstance(item, Document) and notices:
            item, notices = replace(item, findings=(*item.findings, *notices)), ()
        if item is not None:
            yield item


def _item(
    cells: Sequence[str], columns: Columns, origin: Origin, reading: Reading
) -> Item | None:
    if columns.is_list:
        return list_row(columns, cells, origin, reading)
    if columns.url is not None:
        origin = replace(origin, url=cells[columns.url].strip() or None)
    return text_row(cells[columns.text or 0], origin, reading)


def _place(area: Area, row: int, width: int) -> str:
    """Return the cells of a row in Excel's notation: ``'Mina projekt'!A17:R17``."""
    name = area.name if _PLAIN_NAME.fullmatch(area.name) else _quoted(area.name)
    first, last = area.first_column, area.first_column + width - 1
    return f"{name}!{_letters(first)}{row}:{_letters(last)}{row}"


def _quoted(name: str) -> str:
    doubled = name.replace("'", "''")
    return f"'{doubled}'"


def _letters(column: int) -> str:
    """Return the letters of a column, counted from 0: ``A`` for 0, ``AA`` for 26."""
    letters = ""
    number = column + 1
    while number:
        number, rest = divmod(number - 1, _LETTERS)
        letters = chr(ord("A") + rest) + letters
    return letters
