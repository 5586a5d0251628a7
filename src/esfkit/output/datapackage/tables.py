"""The CSV files of a package, whose cells hold exactly what the record holds."""

import csv
import json
from collections.abc import Callable, Iterable, Sequence
from io import StringIO
from typing import Any, Final

import polars as pl

from esfkit.dataset.cells import guarded_json
from esfkit.dataset.plain import json_value
from esfkit.output.datapackage.schema import CODE_COLUMNS
from esfkit.output.shown import finite
from esfkit.vocabulary.codes import code_list

Put = Callable[[bytes], object]
"""Takes the next bytes of a file."""

_BATCH: Final = 1000


def put_table(frame: pl.DataFrame, put: Put) -> None:
    """Write a table of records; lists as JSON, what is not stated as an empty cell."""
    _put_rows([frame.columns], put)
    for batch in finite(frame).iter_slices(_BATCH):
        cells = [list(map(_cell, column.to_list())) for column in batch.get_columns()]
        _put_rows(zip(*cells, strict=True), put)


def put_code_list(name: str, put: Put) -> None:
    """Write a code list with its sources."""
    rows = (
        [_code_cell(getattr(code, column)) for column in CODE_COLUMNS]
        for code in code_list(name).codes
    )
    _put_rows([CODE_COLUMNS, *rows], put)


def _put_rows(rows: Iterable[Sequence[str]], put: Put) -> None:
    text = StringIO(newline="")
    csv.writer(text, lineterminator="\n").writerows(rows)
    put(text.getvalue().encode())


def _code_cell(value: str | tuple[str, ...]) -> str:
    return value if isinstance(value, str) else "|".join(value)


def _cell(value: Any) -> str:  # noqa: ANN401 - a cell of any column
    if value is None or isinstance(value, str):
        return value or ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return repr(value)
    return _list_cell(value) if isinstance(value, list) else json_value(value)


def _list_cell(items: list[object]) -> str:
    """Return a list as JSON of which a spreadsheet makes nothing."""
    text = json.dumps(items, ensure_ascii=False, default=json_value, separators=(",", ":"))
    return guarded_json(text)
