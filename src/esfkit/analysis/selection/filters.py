"""Which records take part."""

from collections.abc import Mapping, Sequence

import polars as pl
from polars.exceptions import PanicException, PolarsError

from esfkit.analysis.selection.conditions import as_sql
from esfkit.dataset.columns import require_columns
from esfkit.model.errors import BadRequest
from esfkit.model.kind import require_kinds

LONGEST_CONDITION = 4_000
"""Characters. polars reads nested conditions by recursion: some 10,000 end the process."""

_HOW = (
    "Write it like \"programme_period == '2014-2020' and region == 'Sydsverige'\", "
    "with text in single quotes."
)
_QUOTES = " Text stands in single quotes."


def where(frame: pl.LazyFrame | pl.DataFrame, expression: str) -> pl.LazyFrame:
    """Return the records for which the condition is true.

    The condition is SQL: ``and``, ``or``, ``not``, ``=`` or ``==``, ``<``, ``in``,
    ``like``, ``is null``, which ``== null`` means too. A day is written
    ``'2016-09-01'``. Of a list of texts, ``==`` asks whether it holds the text. A
    record that does not state a value is on neither side of a comparison with it.

    Raises:
        BadRequest: It is no condition, or names a column that does not exist.
    """
    if len(expression) > LONGEST_CONDITION:
        raise BadRequest(
            f"The condition has {len(expression)} characters; {LONGEST_CONDITION} are allowed. "
            "Filter in several steps, or join with a list of your own."
        )
    schema = frame.collect_schema()
    condition = _read(expression, schema)
    _require(condition.meta.root_names(), schema)
    try:
        # Types are settled only when rows are read; ask a table without rows first.
        pl.DataFrame(schema=schema).filter(condition)
    except (PolarsError, PanicException) as error:
        raise BadRequest(
            f"The condition {expression!r} cannot be used: it compares things of different "
            f"kinds, or is neither true nor false. {_HOW}"
        ) from error
    return frame.lazy().filter(condition)


def columns_of(expression: str, schema: Mapping[str, pl.DataType]) -> list[str]:
    """Return the columns that a condition looks at.

    Raises:
        BadRequest: It is no condition.
    """
    return _read(expression, schema).meta.root_names()


def kinds(frame: pl.LazyFrame | pl.DataFrame, wanted: Sequence[str]) -> pl.LazyFrame:
    """Return the records of the given kinds.

    Raises:
        BadRequest: A kind does not exist.
    """
    require_kinds(wanted)
    return frame.lazy().filter(pl.col("kind").is_in(list(wanted)))


def _read(expression: str, schema: Mapping[str, pl.DataType]) -> pl.Expr:
    try:
        return pl.sql_expr(as_sql(expression, schema))
    except (PolarsError, PanicException) as error:
        raise BadRequest(f"The condition {expression!r} cannot be used. {_HOW}") from error


def _require(names: Sequence[str], schema: Mapping[str, pl.DataType]) -> None:
    """Refuse a column that does not exist; in double quotes stands what is meant as text."""
    for name in names:
        try:
            require_columns([name], schema)
        except BadRequest as refused:
            quotes = "" if name.isidentifier() and name.islower() else _QUOTES
            raise BadRequest(f"{refused}{quotes}") from refused
