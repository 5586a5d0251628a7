"""Which records take part."""

import re
from collections.abc import Sequence

import polars as pl
from polars.exceptions import PanicException, PolarsError

from esfkit.dataset.columns import require_columns
from esfkit.model.errors import BadRequest

KINDS = ("project", "call", "practice")

_DAY = re.compile(r"(?<![\w'])(?<!DATE )'([0-9]{4}-[0-9]{2}-[0-9]{2})'(?!')", re.IGNORECASE)
LONGEST_CONDITION = 4_000
"""Characters. polars reads nested conditions by recursion: some 10,000 end the process."""

_HOW = (
    "Write it like \"programme_period == '2014-2020' and region == 'Sydsverige'\", "
    "with text in single quotes."
)


def where(frame: pl.LazyFrame | pl.DataFrame, expression: str) -> pl.LazyFrame:
    """Return the records for which the condition is true.

    The condition is SQL: ``and``, ``or``, ``not``, ``=`` or ``==``, ``<``, ``in``,
    ``like``, ``is null``. A day is written ``'2016-09-01'``. A record that does not
    state a value is on neither side of a comparison with it.

    Raises:
        BadRequest: It is no condition, or names a column that does not exist.
    """
    if len(expression) > LONGEST_CONDITION:
        raise BadRequest(
            f"The condition has {len(expression)} characters; {LONGEST_CONDITION} are allowed. "
            "Filter in several steps, or join with a list of your own."
        )
    condition = _read(expression)
    schema = frame.collect_schema()
    require_columns(condition.meta.root_names(), schema)
    try:
        # Types are settled only when rows are read; ask a table without rows first.
        pl.DataFrame(schema=schema).filter(condition)
    except (PolarsError, PanicException) as error:
        raise _refused(expression, error) from error
    return frame.lazy().filter(condition)


def kinds(frame: pl.LazyFrame | pl.DataFrame, wanted: Sequence[str]) -> pl.LazyFrame:
    """Return the records of the given kinds.

    Raises:
        BadRequest: A kind does not exist.
    """
    for kind in wanted:
        if kind not in KINDS:
            raise BadRequest(f"There is no kind {kind!r}. The kinds are: {', '.join(KINDS)}.")
    return frame.lazy().filter(pl.col("kind").is_in(list(wanted)))


def _read(expression: str) -> pl.Expr:
    try:
        return pl.sql_expr(_DAY.sub(r"DATE '\1'", expression))
    except (PolarsError, PanicException) as error:
        raise _refused(expression, error) from error


def _refused(expression: str, error: BaseException) -> BadRequest:
    reason = str(error).split("\n", 1)[0]
    return BadRequest(f"The condition {expression!r} cannot be used: {reason}. {_HOW}")
