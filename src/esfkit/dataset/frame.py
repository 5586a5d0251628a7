"""Records → table and back."""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

import polars as pl

from esfkit.dataset.columns import MONEY_EUR, SCHEMA
from esfkit.dataset.plain import json_value
from esfkit.model.record import Record

CENT = Decimal("0.01")
_EURO_COLUMNS = tuple(name for name, dtype in SCHEMA.items() if dtype == MONEY_EUR)


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


def _series(name: str, dtype: pl.DataType, rows: list[dict[str, Any]]) -> pl.Series:
    values = [row[name] for row in rows]
    if isinstance(dtype, pl.List):
        return _lists(name, dtype, values)
    if name in _EURO_COLUMNS:
        values = [None if value is None else value.quantize(CENT) for value in values]
    return pl.Series(name, values, dtype=dtype)


def _lists(name: str, dtype: pl.List, values: list[tuple[Any, ...]]) -> pl.Series:
    """Return a column of lists, put together from one flat column of their items.

    Handing polars the lists themselves takes twenty times as long.
    """
    owners = [number for number, items in enumerate(values) for _ in items]
    items = _flat(name, dtype.inner, [item for items in values for item in items])
    lists = (
        pl.DataFrame([pl.Series("owner", owners, pl.Int64), items]).group_by("owner").agg(name)
    )
    every = pl.DataFrame([pl.Series("owner", range(len(values)), pl.Int64)])
    column = pl.col(name)
    empty = pl.lit([], dtype=dtype)
    return (
        every.join(lists, on="owner", how="left")
        .sort("owner")
        .select(pl.when(column.is_null()).then(empty).otherwise(column).alias(name))
        .to_series()
    )


def _flat(name: str, dtype: Any, items: list[Any]) -> pl.Series:  # noqa: ANN401 - polars'
    if not isinstance(dtype, pl.Struct):
        return pl.Series(name, items, dtype=dtype)
    parts = [item.__dict__ for item in items]
    columns = [
        pl.Series(field, [part[field] for part in parts], dtype=of_field)
        for field, of_field in dtype.to_schema().items()
    ]
    return pl.DataFrame(columns).to_struct(name)
