"""How far a sum can be trusted: the lowest and the highest that the pages allow.

Of each record's amount the *low* one is the smallest that any of its observations
states, and 0 where a finding (an error or a warning) doubts the amount; the *high* one
is the largest that any observation states. A record whose counted observation does not
state the amount adds nothing to the low sum.
"""

from collections.abc import Sequence
from typing import Final, NamedTuple

import polars as pl

from esfkit.analysis.figures.measures import Figure, Measure
from esfkit.analysis.figures.sums import count_of
from esfkit.dataset.store import gather

_DOUBTS: Final = ("error", "warning")


class Bounded(NamedTuple):
    """Rows, and the measures that can be taken of them."""

    rows: pl.DataFrame
    measures: tuple[Measure, ...]


def bounds_of(
    frame: pl.LazyFrame, rows: pl.DataFrame, measures: Sequence[Measure], identity: str
) -> Bounded:
    """Return the rows with the bounds of what adds up, and measures for them.

    Args:
        frame: All observations of the records.
        rows: The counted observations, with what the measures need of them.
        measures: What was asked for.
        identity: The column of ``rows`` that holds the ``record_id``.
    """
    figures = [each.figure for each in measures if each.adds_up]
    wanted = [part for figure in figures for part in _of_an_observation(figure)]
    each_observation = frame.select("record_id", *wanted)
    limits = each_observation.group_by("record_id").agg(
        part for figure in figures for part in _of_a_record(figure)
    )
    joined = rows.join(gather(limits), left_on=identity, right_on="record_id", how="left")
    sure = [_at_most_what_counts(figure) for figure in figures]
    ends = [f"{figure.column}_{end}" for figure in figures for end in ("low", "high")]
    rows = joined.with_columns(sure).with_columns(map(count_of, ends))
    return Bounded(rows, tuple(_with_bounds(measures)))


def _at_most_what_counts(figure: Figure) -> pl.Expr:
    low, counts = pl.col(f"__{figure.column}_low_above"), pl.col(f"__{figure.column}_above")
    return (
        pl.when(low.is_not_null())
        .then(pl.min_horizontal(low, counts.fill_null(0)))
        .alias(f"__{figure.column}_low_above")
    )


def _of_an_observation(figure: Figure) -> list[pl.Expr]:
    doubted = pl.col("findings").list.eval(_doubts(figure)).list.any()
    amount = figure.above
    return [
        pl.when(doubted & amount.is_not_null())
        .then(0)
        .otherwise(amount)
        .alias(f"__{figure.column}_low_above"),
        amount.alias(f"__{figure.column}_high_above"),
    ]


def _doubts(figure: Figure) -> pl.Expr:
    finding = pl.element().struct
    about = finding.field("field").is_in(figure.read_from or (figure.column,))
    return about & finding.field("severity").is_in(_DOUBTS)


def _of_a_record(figure: Figure) -> list[pl.Expr]:
    low, high = f"__{figure.column}_low_above", f"__{figure.column}_high_above"
    return [pl.col(low).min(), pl.col(high).max()]


def _with_bounds(measures: Sequence[Measure]) -> list[Measure]:
    bounded: list[Measure] = []
    for measure in measures:
        bounded.append(measure)
        if measure.adds_up:
            bounded += [_bound(measure.figure, end) for end in ("low", "high")]
    return bounded


def _bound(figure: Figure, end: str) -> Measure:
    column = f"{figure.column}_{end}"
    # What was added up is in the rows already.
    return Measure(Figure(column, figure.unit, pl.col(f"__{column}_above")))
