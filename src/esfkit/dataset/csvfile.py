"""Reading a dataset from CSV, with whichever of ``,`` ``;`` and tab between its cells.

Lists and the parts of a record stand in their cells as JSON text. The decimal comma
and ``Ja``/``Nej`` of a Swedish spreadsheet are understood.
"""

import json
import re
from collections.abc import Callable, Iterator
from typing import Any

import polars as pl

from esfkit.dataset.cells import unguarded
from esfkit.dataset.columns import SCHEMA
from esfkit.dataset.csvrows import SEPARATORS, Malformed, Row, read_rows
from esfkit.dataset.frame import to_frame
from esfkit.dataset.jsonl import record_of_line
from esfkit.dataset.source import MAKE_AGAIN, Source, check_columns
from esfkit.model.errors import InputRefused
from esfkit.model.record import Record

_INT = re.compile("-?[0-9]{1,19}")
_FLOAT = re.compile("-?[0-9]{1,20}([.,][0-9]{1,30})?([eE][-+]?[0-9]{1,3})?")
_DECIMAL = re.compile("-?[0-9]{1,16}([.,][0-9]{1,2})?")
_BOOLEANS = {"true": True, "false": False, "Ja": True, "Nej": False}


def read_csv(source: Source) -> pl.LazyFrame:
    """Return the table of a CSV file.

    Raises:
        InputRefused: A row is not exactly a record; the message names its line.
    """
    content = source.content()
    try:
        return to_frame(_records(source.name, content.decode("utf-8"))).lazy()
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise InputRefused(f"{source.name}, line {line}: is not UTF-8. {MAKE_AGAIN}") from error
    except Malformed as error:
        raise InputRefused(
            f"{source.name}, line {error.line}: a quoted cell is not closed as it should be. "
            f"Mend the line or take it out. {MAKE_AGAIN}"
        ) from error


def _records(name: str, text: str) -> Iterator[Record]:
    rows = read_rows(text, _separator_of(text))
    header = [cell or "" for cell in next(rows).cells]
    check_columns(name, header, None)
    for row in rows:
        where = f"{name}, line {row.line}"
        if len(row.cells) != len(header):
            raise InputRefused(
                f"{where}: has {len(row.cells)} cells where the heading has {len(header)}. "
                f"Mend the line or take it out. {MAKE_AGAIN}"
            )
        yield record_of_line(where, _as_json(where, header, row))


def _separator_of(text: str) -> str:
    """Return what stands after the first heading."""
    after = text.removeprefix('"').removeprefix("record_id").removeprefix('"')[:1]
    return after if after and after in SEPARATORS else ","


def _as_json(where: str, header: list[str], row: Row) -> bytes:
    """Return the row as a line of JSON, so that one reader judges both formats."""
    values = {}
    for name, cell in zip(header, row.cells, strict=True):
        try:
            values[name] = _value(SCHEMA[name], cell)
        except (ValueError, RecursionError) as error:
            raise InputRefused(
                f"{where}: column {name} holds {(cell or '')[:80]!r}, which is no "
                f"{SCHEMA[name]}. Mend the line or take it out. {MAKE_AGAIN}"
            ) from error
    return json.dumps(values).encode()


def _value(dtype: pl.DataType, cell: str | None) -> object:
    if isinstance(dtype, pl.List):
        return json.loads(cell or "[]")
    return None if cell is None else _READERS[dtype.base_type()](cell)


def _matching(pattern: re.Pattern[str], cell: str) -> str:
    """Return the number with a decimal point, or raise ``ValueError``."""
    if pattern.fullmatch(cell) is None:
        raise ValueError(cell)
    return cell.replace(",", ".")


def _read_boolean(cell: str) -> bool:
    if cell not in _BOOLEANS:
        raise ValueError(cell)
    return _BOOLEANS[cell]


_READERS: dict[type[pl.DataType], Callable[[str], Any]] = {
    pl.String: unguarded,
    pl.Date: str,
    pl.Boolean: _read_boolean,
    pl.Int64: lambda cell: int(_matching(_INT, cell)),
    pl.Float64: lambda cell: float(_matching(_FLOAT, cell)),
    pl.Decimal: lambda cell: _matching(_DECIMAL, cell),
}
