"""Each figure as a part of a larger one: ``<measure>_part``, with four decimals."""

from collections.abc import Sequence

import polars as pl

from esfkit.analysis.figures.measures import stated_name
from esfkit.analysis.figures.sums import parts_of_wholes
from esfkit.analysis.grouping.arrangement import SharesOf
from esfkit.analysis.grouping.groups import Question, margin


def part_name(name: str) -> str:
    """Return the column that holds a figure's part of a larger one."""
    return f"{name}_part"


def with_parts(
    table: pl.DataFrame, rows: pl.DataFrame, asked: Question, shares_of: SharesOf
) -> pl.DataFrame:
    """Return the table with the part that each figure is; only of figures that add up.

    Args:
        table: Groups, and what adds several of them up.
        rows: The counted records, each once.
        asked: The question.
        shares_of: ``all``: of the sum over all records; ``row``: of the group that all
            keys but the last make; ``column``: of the group that the last key makes.
            With one key a column is all. What is no such group, as a total, has no part.
    """
    names = ["projects", *(each.name for each in asked.measures if each.adds_up)]
    wholes = _wholes(table, rows, asked, _keys_of(asked, shares_of)).select(names)
    shown: list[pl.Series] = []
    for column in table.get_columns():
        shown.append(column)
        name = column.name.removesuffix("_stated")
        if name in names and column.name in (stated_name(name), "projects"):
            shown.append(parts_of_wholes(table[name], wholes[name]).alias(part_name(name)))
    return pl.DataFrame(shown)


def _keys_of(asked: Question, shares_of: SharesOf) -> Sequence[str]:
    if shares_of == "row":
        return asked.keys[:-1]
    return asked.keys[-1:] if shares_of == "column" and len(asked.keys) > 1 else ()


def _wholes(
    table: pl.DataFrame, rows: pl.DataFrame, asked: Question, keys: Sequence[str]
) -> pl.DataFrame:
    """Return for each row of the table the figures that its own are parts of."""
    wholes = margin(rows, asked, keys)
    if not keys:
        return table.select(keys=pl.int_range(pl.len())).join(wholes, how="cross")
    return table.select(keys).join(
        wholes, on=list(keys), how="left", nulls_equal=True, maintain_order="left"
    )
