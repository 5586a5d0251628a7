"""The summary: live formulas over the sheet of projects, each with the figure it gives.

Every block has the same regions below each other and the same areas beside each other,
so that ``n`` of a figure stands beside it and the number of projects in the first block.
"""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import reduce
from operator import and_
from typing import Final, Literal, NamedTuple

import polars as pl
from xlsxwriter.utility import (  # type: ignore[import-untyped]  # it has no types
    xl_col_to_name,
    xl_rowcol_to_cell,
)

from esfkit.output.workbook.cells import is_exact
from esfkit.output.workbook.sheets import Part

KIND: Final = "kind"
COUNTS: Final = "__counts"
REGION: Final = "__region"
AREA: Final = "__area"

FIGURE: Final = '">=-1E+300"'
"""Met by any figure, and not by a text or an empty cell."""


Value = float | Literal[""]
"""What a formula gives: a figure, or an empty text for nothing."""


class Condition(NamedTuple):
    """What the rows of a figure have in common.

    Attributes:
        column: Of the sheet of projects.
        criterion: As a formula has it: a text in quotes, a number or a cell.
        rows: The rows that meet it.
    """

    column: str
    criterion: str
    rows: pl.Expr


class Measure(NamedTuple):
    """One block of the summary.

    Attributes:
        name: The column that is added up, or what is counted.
        over: The column that the sum is divided by, for a share.
    """

    name: str
    over: str | None = None


class Figure(NamedTuple):
    """A formula and the value that it gives."""

    formula: str
    value: Value


class Ground(NamedTuple):
    """What the formulas are about.

    Attributes:
        frame: The rows of the sheet of projects, with the columns of groups.
        parts: The sheets on which they stand.
        letters: Column → its place on these sheets, from 0.
    """

    frame: pl.DataFrame
    parts: Sequence[Part]
    letters: dict[str, int]


def counting() -> tuple[Condition, Condition]:
    """Return what every figure asks for: a project, counted once."""
    return (
        Condition(KIND, '"project"', pl.col(KIND) == "project"),
        Condition(COUNTS, "1", pl.col(COUNTS) == 1),
    )


def count_of(ground: Ground, conditions: Sequence[Condition]) -> Figure:
    """Return how many rows meet the conditions."""
    return Figure(f"={_count(ground, conditions)}", _met(ground, conditions).height)


def stating(*columns: str) -> list[Condition]:
    """Return the conditions that the columns hold figures."""
    return [Condition(name, FIGURE, pl.col(name).is_not_null()) for name in columns]


def sum_of(ground: Ground, name: str, conditions: Sequence[Condition], n: str) -> Figure:
    """Return the sum of a column over the rows that meet the conditions.

    Args:
        ground: What is summed.
        name: The column.
        conditions: Of the rows.
        n: The cell that tells how many of them state it.
    """
    values = _met(ground, conditions)[name].drop_nulls().to_list()
    formula = f'=IF({n}=0,"",{_sum(ground, name, conditions)})'
    return Figure(formula, float(sum(values)) if values else "")


def share_of(ground: Ground, measure: Measure, conditions: Sequence[Condition]) -> Figure:
    """Return one sum divided by the other, over the rows that state both."""
    above, below = measure.name, measure.over or measure.name
    both = [*conditions, *stating(above, below)]
    met = _met(ground, both)
    divisor = sum(met[below].to_list())
    upper, lower = _sum(ground, above, both), _sum(ground, below, both)
    formula = f'=IF({lower}=0,"",({upper})/({lower}))'
    return Figure(
        formula, float(Decimal(sum(met[above].to_list())) / divisor) if divisor else ""
    )


def as_excel_adds(frame: pl.DataFrame, columns: Sequence[str]) -> pl.DataFrame:
    """Return the table with null for the figures that stand on the sheet as text."""
    return frame.with_columns(
        pl.Series(
            name,
            [v if v is not None and is_exact(v) else None for v in frame[name].to_list()],
            dtype=frame[name].dtype,
        )
        for name in columns
    )


def cell(row: int, column: int) -> str:
    """Return the name of a cell, such as ``C7``."""
    return str(xl_rowcol_to_cell(row, column))


def _count(ground: Ground, conditions: Sequence[Condition]) -> str:
    return "+".join(f"COUNTIFS({asked})" for asked in _asked(ground, conditions))


def _sum(ground: Ground, name: str, conditions: Sequence[Condition]) -> str:
    return "+".join(
        f"SUMIFS({_cells(ground, part, name)},{asked})"
        for part, asked in zip(ground.parts, _asked(ground, conditions), strict=True)
    )


def _asked(ground: Ground, conditions: Sequence[Condition]) -> Iterator[str]:
    """Yield the conditions in the words of a formula, for each sheet of projects."""
    for part in ground.parts:
        yield ",".join(
            f"{_cells(ground, part, condition.column)},{condition.criterion}"
            for condition in conditions
        )


def _cells(ground: Ground, part: Part, name: str) -> str:
    return part.range_of(xl_col_to_name(ground.letters[name]))


def _met(ground: Ground, conditions: Sequence[Condition]) -> pl.DataFrame:
    return ground.frame.filter(reduce(and_, (condition.rows for condition in conditions)))
