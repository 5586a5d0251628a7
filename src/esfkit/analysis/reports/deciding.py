"""Which records decide a group's figure, and which figures rest on too few of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import polars as pl

from esfkit.analysis.figures.measures import Measure, stated_name
from esfkit.analysis.figures.sums import ALONE, above_name, parts_of_wholes
from esfkit.analysis.grouping.basis import Basis
from esfkit.analysis.grouping.groups import Question, counted, extra_columns, unfolded
from esfkit.analysis.grouping.keys import reading_order
from esfkit.analysis.reports.summary import Summary
from esfkit.model.errors import BadRequest

_TELLING: Final = ("record_id", "title", "owner_name")


@dataclass(frozen=True, slots=True)
class Deciding:
    """The records that weigh most, and what they were chosen from.

    Attributes:
        table: One row for each record, by group.
        keys: The columns of the table that name the group.
        basis: What was counted.
    """

    table: pl.DataFrame
    keys: tuple[str, ...]
    basis: Basis


def deciding(frame: pl.LazyFrame | pl.DataFrame, asked: Question, most: int) -> Deciding:
    """Return the records that weigh most in each group, the heaviest first.

    The columns are the keys, ``rank``, ``record_id``, ``title``, ``owner_name``, the
    record's figure and ``part``, its part of the group's sum, with four decimals.

    Args:
        frame: The dataset.
        asked: The question; the first of its measures that adds up decides.
        most: How many records of each group; of equal ones the first by ``record_id``.

    Raises:
        BadRequest: No measure adds up, or fewer than one record is asked for.
    """
    measure = next((each for each in asked.measures if each.adds_up), None)
    if measure is None:
        raise BadRequest(
            "Which records decide can be told of a sum only: --measures support, budget or "
            "participants."
        )
    if most < 1:
        raise BadRequest(f"The {most} heaviest records are none. Ask for 1 or more.")
    keys = list(asked.keys)
    telling = [name for name in _TELLING if name not in keys]
    found = counted(frame, asked, telling)
    amount = pl.col(above_name(measure.figure))
    rows = unfolded(found.rows, asked).filter(ALONE).drop_nulls(amount.meta.output_name())
    wide = amount.cast(pl.Int128)
    weighed = rows.select(*keys, *extra_columns(telling), wide.alias(measure.name))
    ranked = _ranked(weighed, keys, measure, most)
    table = ranked.select(*keys, "rank", *telling, measure.name, "part")
    return Deciding(table, asked.keys, found.basis)


def _ranked(rows: pl.DataFrame, keys: list[str], measure: Measure, most: int) -> pl.DataFrame:
    heaviest_first = rows.sort(
        measure.name, "record_id", descending=[True, False], maintain_order=True
    )
    place, whole = pl.int_range(1, pl.len() + 1), pl.col(measure.name).sum()
    if keys:
        place, whole = place.over(keys), whole.over(keys)
    ranked = heaviest_first.with_columns(rank=place, __whole=whole).filter(
        pl.col("rank") <= most
    )
    order = [part for key in keys for part in reading_order(key)]
    ranked = ranked.sort(*order, "rank", nulls_last=True)
    part = parts_of_wholes(ranked[measure.name], ranked["__whole"]).alias("part")
    return ranked.with_columns(_amount(measure), part)


def _amount(measure: Measure) -> pl.Expr:
    amount = pl.col(measure.name)
    if measure.figure.scale == 1:
        return amount.cast(pl.Int64)
    return (amount.cast(pl.Decimal(38, 2)) / measure.figure.scale).cast(pl.Decimal(38, 2))


def thin_figures(figures: Summary, measures: Sequence[Measure], least: float) -> pl.DataFrame:
    """Return the groups in which too few projects state a figure.

    The columns are the keys, ``measure``, ``stated``, ``projects`` (of those whose
    figures can count for the group) and ``coverage``, the one by the other.

    Args:
        figures: A summary.
        measures: What it shows.
        least: The smallest share of a group's projects that has to state each figure.
    """
    table = figures.table.with_columns(_whose_figures_count(figures))
    thin = [
        table.select(
            *figures.keys,
            "projects",
            measure=pl.lit(each.name),
            stated=pl.col(stated_name(each.name)),
        )
        for each in measures
        if stated_name(each.name) in table.columns
    ]
    covered = pl.concat(thin).with_columns(coverage=pl.col("stated") / pl.col("projects"))
    wanted = (*figures.keys, "measure", "stated", "projects", "coverage")
    return covered.filter(pl.col("projects") > 0, pl.col("coverage") < least).select(wanted)


def _whose_figures_count(figures: Summary) -> pl.Expr:
    """Return how many of a group's projects can state its figures.

    What adds several groups up, at the end of the table, has each record's figures once.
    """
    if "projects_elsewhere_too" not in figures.table.columns:
        return pl.col("projects")
    added_up = figures.totals + bool(figures.added_up)
    single = pl.int_range(pl.len()) < pl.len().cast(pl.Int64) - added_up
    elsewhere = pl.when(single).then(pl.col("projects_elsewhere_too")).otherwise(0)
    return pl.col("projects") - elsewhere
