"""CSV in three dialects, none of which a spreadsheet takes for formulas.

``csv`` and ``tsv`` read back as the dataset they came from; ``csv-sv`` is what a double
click in Swedish Excel opens rightly: a byte order mark, ``;``, a decimal comma, CRLF.
A value that is not stated is an empty cell, an empty text is ``""``.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, BinaryIO

import polars as pl

from esfkit.dataset.cells import guarded_json
from esfkit.dataset.plain import json_value
from esfkit.output.neutral import for_spreadsheet
from esfkit.output.shown import finite, nested_text

_NEEDS_QUOTES = re.compile('[",;\t\r\n]')
_EMPTY = '""'
_BATCH = 1000


@dataclass(frozen=True, slots=True)
class Dialect:
    """How a CSV file is put together."""

    separator: str
    line_end: str
    decimal_mark: str
    true: str
    false: str
    encoding: str


COMMA = Dialect(",", "\n", ".", "true", "false", "utf-8")
TAB = Dialect("\t", "\n", ".", "true", "false", "utf-8")
SWEDISH = Dialect(";", "\r\n", ",", "Ja", "Nej", "utf-8-sig")


def write_csv(frame: pl.DataFrame, stream: BinaryIO) -> None:
    """Write the table with commas."""
    _write(frame, stream, COMMA)


def write_tsv(frame: pl.DataFrame, stream: BinaryIO) -> None:
    """Write the table with tabs."""
    _write(frame, stream, TAB)


def write_swedish_csv(frame: pl.DataFrame, stream: BinaryIO) -> None:
    """Write the table for a Swedish spreadsheet."""
    _write(frame, stream, SWEDISH)


def _write(frame: pl.DataFrame, stream: BinaryIO, dialect: Dialect) -> None:
    heading = dialect.separator.join(map(_text_cell, frame.columns))
    stream.write(f"{heading}{dialect.line_end}".encode(dialect.encoding))
    for batch in finite(frame).iter_slices(_BATCH):
        columns = [_cells(column, dialect) for column in batch.get_columns()]
        rows = map(dialect.separator.join, zip(*columns, strict=True))
        # A line of nothing would be passed over by those who read it.
        lines = ((row or _EMPTY) + dialect.line_end for row in rows)
        stream.write("".join(lines).encode())


def _cells(column: pl.Series, dialect: Dialect) -> list[str]:
    spell = _speller(column.dtype, dialect)
    return ["" if value is None else spell(value) for value in column.to_list()]


def _speller(dtype: pl.DataType, dialect: Dialect) -> Callable[[Any], str]:
    """Return what spells a value of the type."""
    if dtype == pl.String:
        return _text_cell
    if dtype == pl.Boolean:
        return lambda value: dialect.true if value else dialect.false
    if dtype.is_nested():
        return lambda value: _quoted(guarded_json(nested_text(value)))
    if dtype.is_numeric():
        return lambda value: _number(value).replace(".", dialect.decimal_mark)
    return json_value


def _text_cell(text: str) -> str:
    return _quoted(for_spreadsheet(text))


def _quoted(text: str) -> str:
    if text and not _NEEDS_QUOTES.search(text):
        return text
    return '"' + text.replace('"', '""') + '"'


def _number(value: float | Decimal) -> str:
    return format(value, "f") if isinstance(value, Decimal) else repr(value)
