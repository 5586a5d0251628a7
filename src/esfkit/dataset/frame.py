"""Records → table and back."""

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import polars as pl
from pydantic import BaseModel

from esfkit.dataset.columns import MONEY_EUR, SCHEMA
from esfkit.model.record import Record

CENT = Decimal("0.01")
_EURO_COLUMNS = tuple(name for name, dtype in SCHEMA.items() if dtype == MONEY_EUR)
_NESTED_COLUMNS = tuple(name for name, dtype in SCHEMA.items() if isinstance(dtype, pl.List))


def to_frame(records: Iterable[Record]) -> pl.DataFrame:
    """Return the table of the records, one row each, in their order."""
    rows = [record.__dict__ for record in records]
    return pl.DataFrame(
        [_series(name, dtype, rows) for name, dtype in SCHEMA.items()], schema=SCHEMA
    )


def to_records(frame: pl.DataFrame) -> Iterator[Record]:
    """Yield the records of a dataset's table, in its order."""
    for row in frame.iter_rows(named=True):
        # Lists stand for tuples and strings for codes: read leniently, once.
        yield Record.model_validate(row, strict=False)


def row_of(record: Record) -> dict[str, Any]:
    """Return the record as JSON has it: dates ``YYYY-MM-DD``, decimals as text."""
    row = record.model_dump(mode="json")
    for name in _EURO_COLUMNS:
        value = getattr(record, name)
        row[name] = None if value is None else json_value(value.quantize(CENT))
    return row


def json_value(value: object) -> str:
    """Return a date or a decimal as text; what ``json.dumps`` calls for the unknown.

    Raises:
        TypeError: The value is something else.
    """
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return format(value, "f")
    raise TypeError(f"{type(value).__name__} has no form in JSON")


def _series(name: str, dtype: pl.DataType, rows: list[dict[str, Any]]) -> pl.Series:
    values = [row[name] for row in rows]
    if name in _NESTED_COLUMNS:
        values = [[_plain(item) for item in items] for items in values]
    elif name in _EURO_COLUMNS:
        values = [None if value is None else value.quantize(CENT) for value in values]
    return pl.Series(name, values, dtype=dtype)


def _plain(item: object) -> object:
    """Return a part of a record as a dict of plain values; a text as it is."""
    return item.__dict__ if isinstance(item, BaseModel) else item
