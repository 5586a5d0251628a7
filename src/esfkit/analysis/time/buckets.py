"""Sums by group and bucket of time.

Rows that carry a part each come in, figures that are shown go out. Until they are finished
euro are whole cents, and a sum of nothing is 0.
"""

from collections.abc import Sequence
from decimal import Decimal
from typing import Final

import polars as pl

from esfkit.analysis.figures.measures import EUROS, stated_name
from esfkit.analysis.figures.sums import narrowed

WHOLE: Final = ("total_budget_sek", "esf_support_sek", "planned_participants")
MEASURES: Final = (*WHOLE, *EUROS)
"""What is added up."""

PERIOD: Final = "period"
GROUP: Final = "__group"
BUCKET: Final = "bucket"

MOST_EMPTY: Final = 1_200
"""Rows without a record that a group gets at most; with more gaps it gets none."""

_CENT: Final = Decimal("0.01")


def in_cents(rows: pl.DataFrame) -> pl.DataFrame:
    """Return the rows with euro as whole cents."""
    return rows.with_columns(pl.col(name).to_physical().cast(pl.Int64) for name in EUROS)


def sums_of_all() -> list[pl.Expr]:
    """Return what is counted and added up; 128 bits do not wrap around."""
    sums = [pl.col(name).cast(pl.Int128).sum() for name in MEASURES]
    counts = [pl.col(name).count().cast(pl.Int64).alias(stated_name(name)) for name in MEASURES]
    return [pl.len().cast(pl.Int64).alias("projects"), *sums, *counts]


def added_up(rows: pl.DataFrame) -> pl.DataFrame:
    """Return the sums of each group and bucket."""
    return rows.group_by(GROUP, BUCKET).agg(sums_of_all())


def joined(parts: Sequence[pl.DataFrame]) -> pl.DataFrame:
    """Return the sums of pieces that hold the same groups and buckets as one."""
    return pl.concat(parts).group_by(GROUP, BUCKET).agg(pl.all().sum())


def with_empty(sums: pl.DataFrame) -> pl.DataFrame:
    """Return the buckets with those between a group's first and last that have no record."""
    first, last = pl.col(BUCKET).min(), pl.col(BUCKET).max()
    gaps = (
        sums.drop_nulls(BUCKET)
        .group_by(GROUP)
        .agg(first.alias("first"), last.alias("last"), pl.len().cast(pl.Int64).alias("filled"))
        .filter(pl.col("last") - pl.col("first") + 1 - pl.col("filled") <= MOST_EMPTY)
        .select(GROUP, pl.int_ranges("first", pl.col("last") + 1).alias(BUCKET))
        .explode(BUCKET)
        .join(sums, on=(GROUP, BUCKET), how="anti")
    )
    counts = ["projects", *map(stated_name, MEASURES)]
    return pl.concat([sums, gaps], how="diagonal").with_columns(pl.col(counts).fill_null(0))


def finished(sums: pl.DataFrame, keys: Sequence[str]) -> pl.DataFrame:
    """Return the sums in their types, null where nothing was added, in the order shown.

    Raises:
        InputRefused: A sum is larger than a table can hold.
    """
    figures = sums.with_columns(
        pl.when(pl.col(stated_name(name)) > 0).then(pl.col(name)) for name in MEASURES
    )
    figures = figures.with_columns(
        *(narrowed(figures[name], name) for name in WHOLE),
        *(pl.col(name).cast(pl.Decimal(38, 2)) * pl.lit(_CENT) for name in EUROS),
    )
    pairs = [part for name in MEASURES for part in (name, stated_name(name))]
    return figures.select(*keys, PERIOD, "projects", *pairs)
