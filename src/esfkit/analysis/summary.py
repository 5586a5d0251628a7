"""Sums by group, each beside how many records back it."""

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from esfkit.analysis.figures import (
    EUROS,
    SUMS,
    TARGET,
    above_name,
    below_name,
    finished,
    without_empty_euros,
)
from esfkit.analysis.filters import kinds as of_kinds
from esfkit.analysis.keys import (
    SHARED,
    belongs_here_alone,
    in_reading_order,
    key_columns,
    named_keys,
    places_known,
)
from esfkit.analysis.observations import Observations, one_each
from esfkit.dataset.store import gather

TOTAL = "Total"

_ALONE = "__alone"


@dataclass(frozen=True, slots=True)
class Summary:
    """Sums by group and what they rest on.

    Attributes:
        table: One row for each group and, if asked for, the total as the last row.
        keys: The columns of the table that name the group.
        records: How many records were counted.
        observations: How many rows of the dataset were of the kinds asked for.
        left_out: How many of those were further observations of a counted record.
    """

    table: pl.DataFrame
    keys: tuple[str, ...]
    records: int
    observations: int
    left_out: int


def summary(
    frame: pl.LazyFrame | pl.DataFrame,
    by: str | Sequence[str] = (),
    kinds: Sequence[str] = ("project",),
    *,
    totals: bool = True,
    all_observations: bool = False,
) -> Summary:
    """Return counts, money and participants for each group.

    The columns are the keys, ``projects``, and then for each measure its figure and
    ``<measure>_stated``, the number of records that the figure rests on:

    * ``total_budget_sek``, ``esf_support_sek``, ``planned_participants`` — exact sums;
    * ``esf_share`` — support ÷ budget over the records that state both in kronor,
      with four decimals;
    * ``support_per_participant`` — support ÷ participants over the records that state
      both and plan more than none, in whole kronor;
    * ``largest_participant_target`` — each record's largest target, summed. Targets
      overlap, so this is a measure of its own and not added to the participants;
    * ``total_budget_eur``, ``esf_support_eur`` — only where a record states euro.
      Currencies are never added.

    Halves are rounded to the even neighbour. The sum of nothing is null, as is a
    share of nothing.

    A key that is not stated is null. The total's first key is ``Total``, or
    ``(Total)`` if a group has that name, and its other keys are empty texts.

    By ``county`` or ``municipality`` a record belongs to each place that it prints.
    Its money and participants are not split and not counted twice: they count for a
    place only if it is the record's only one. ``projects_elsewhere_too`` tells how
    many of a place's projects were counted without their figures for that reason.
    The total has every record once, with all its figures.

    Args:
        frame: The dataset.
        by: What to group by, one key or several; see
            :data:`esfkit.analysis.keys.KEYS`. By nothing gives one row over everything.
        kinds: Which kinds of record take part.
        totals: Whether the last row is the total.
        all_observations: Count every observation of a record and not only the one
            that states most (:mod:`esfkit.analysis.observations`).

    Raises:
        BadRequest: A key or a kind does not exist.
        InputRefused: The dataset is damaged, or a sum is too large to be true.
    """
    keys = named_keys([by] if isinstance(by, str) else by)
    counted = _observations(of_kinds(frame, kinds), keys, every=all_observations)
    table = _grouped(counted.frame, keys)
    if totals and keys:
        table = pl.concat([table, _total(counted.frame, keys, table)])
    records = counted.frame.height
    return Summary(
        table=without_empty_euros(table),
        keys=tuple(keys),
        records=records,
        observations=records + counted.left_out,
        left_out=counted.left_out,
    )


# --- the rows that count


def _observations(frame: pl.LazyFrame, keys: list[str], *, every: bool) -> Observations:
    columns = [*key_columns(keys), *_measures(), places_known()]
    if every:
        return Observations(gather(frame.select(columns)), 0)
    return one_each(frame, columns)


def _measures() -> list[pl.Expr]:
    targets = pl.col("participant_targets").list.eval(pl.element().struct.field("total"))
    return [*map(pl.col, SUMS), targets.list.max().alias(TARGET), *map(pl.col, EUROS)]


# --- groups


def _grouped(rows: pl.DataFrame, keys: list[str]) -> pl.DataFrame:
    shared = next((key for key in keys if key in SHARED), None)
    rows = rows.with_columns(belongs_here_alone(shared).alias(_ALONE))
    if shared is not None:
        rows = rows.with_columns(_never_empty(shared)).explode(shared)
    sums = rows.group_by(keys).agg(_aggregates()) if keys else rows.select(_aggregates())
    return in_reading_order(finished(sums, keys), keys)


def _never_empty(key: str) -> pl.Expr:
    """Return the lists with null in the empty ones, so that none is lost when unfolded."""
    nothing = pl.lit([None], dtype=pl.List(pl.String))
    return pl.when(pl.col(key).list.len() > 0).then(pl.col(key)).otherwise(nothing)


def _total(rows: pl.DataFrame, keys: list[str], groups: pl.DataFrame) -> pl.DataFrame:
    """Return one row over all records, each counted once and with all its figures."""
    shared = next((key for key in keys if key in SHARED), None)
    several = rows.select((~belongs_here_alone(shared)).sum().cast(pl.Int64)).item()
    labels = [_total_label(groups[key]) if key == keys[0] else "" for key in keys]
    sums = rows.with_columns(pl.lit(value=True).alias(_ALONE)).select(_aggregates())
    named = sums.with_columns(
        *(pl.lit(label).alias(key) for key, label in zip(keys, labels, strict=True)),
        projects_elsewhere_too=pl.lit(several, dtype=pl.Int64),
    )
    return finished(named, keys)


def _total_label(names: pl.Series) -> str:
    return f"({TOTAL})" if TOTAL in names else TOTAL


def _aggregates() -> list[pl.Expr]:
    """Return what is counted and added up in each group."""
    budget, support, people = map(pl.col, SUMS)
    alone = pl.col(_ALONE)
    both = alone & budget.is_not_null() & support.is_not_null()
    paid = alone & support.is_not_null() & (people > 0)
    return [
        pl.len().cast(pl.Int64).alias("projects"),
        (~alone).sum().cast(pl.Int64).alias("projects_elsewhere_too"),
        *(part for name in (*SUMS, TARGET, *EUROS) for part in _sum_of(name)),
        *_parts_of("esf_share", support, budget, both),
        *_parts_of("support_per_participant", support, people, paid),
    ]


def _sum_of(name: str) -> tuple[pl.Expr, pl.Expr]:
    """Return the sum of a column and how many records state it."""
    stated = pl.col(name).filter(pl.col(_ALONE)).drop_nulls()
    return _exact_sum(stated, name).alias(name), _count(stated).alias(f"{name}_stated")


def _parts_of(
    name: str, above: pl.Expr, below: pl.Expr, counts: pl.Expr
) -> tuple[pl.Expr, pl.Expr, pl.Expr]:
    """Return both sums of a quotient and how many records they rest on."""
    return (
        _exact_sum(above.filter(counts)).alias(above_name(name)),
        _exact_sum(below.filter(counts)).alias(below_name(name)),
        _count(above.filter(counts)).alias(f"{name}_stated"),
    )


def _exact_sum(values: pl.Expr, name: str = "") -> pl.Expr:
    """Return the sum, or null for a sum of nothing; 128 bits do not wrap around."""
    wide = pl.Decimal(38, 2) if name in EUROS else pl.Int128
    return pl.when(values.len() > 0).then(values.cast(wide).sum())


def _count(values: pl.Expr) -> pl.Expr:
    return values.len().cast(pl.Int64)
