"""Sums by group, each beside how many records back it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import polars as pl

from esfkit.analysis.figures.sums import without_empty_euros
from esfkit.analysis.grouping.arrangement import (
    AS_READ,
    Arranged,
    Arrangement,
    arranged,
    require_sense,
    without_figures,
)
from esfkit.analysis.grouping.basis import Basis
from esfkit.analysis.grouping.groups import (
    TOTAL,
    Counted,
    Question,
    counted,
    distinct_name,
    figures_by,
    figures_of_all,
    question,
    unfolded,
)
from esfkit.analysis.grouping.shares import with_parts


@dataclass(frozen=True, slots=True)
class Summary:
    """Sums by group and what they rest on.

    Attributes:
        table: One row for each group and, if asked for, the total as the last row.
        keys: The columns of the table that name the group.
        basis: What was counted.
        totals: How many rows at the end are totals.
        added_up: How many groups are in the row ``Other``.
        cut: How many groups are not shown.
    """

    table: pl.DataFrame
    keys: tuple[str, ...]
    basis: Basis
    totals: int = 0
    added_up: int = 0
    cut: int = 0


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
    ``(Total)`` if a group has that name, and its other keys are empty texts. Beside a
    programme area or objective stands its period: the codes begin anew in each.

    By ``county`` or ``municipality`` a record belongs to each place that it prints.
    Its money and participants are not split and not counted twice: they count for a
    place only if it is the record's only one. ``projects_elsewhere_too`` tells how
    many of a place's projects were counted without their figures for that reason.
    The total has every record once, with all its figures.

    Args:
        frame: The dataset.
        by: What to group by, one key or several; see
            :data:`esfkit.analysis.grouping.keys.KEYS`. By nothing gives one row over
            everything.
        kinds: Which kinds of record take part.
        totals: Whether the last row is the total.
        all_observations: Count every observation of a record and not only the one
            that states most (:mod:`esfkit.analysis.selection.observations`).

    Raises:
        BadRequest: A key or a kind does not exist.
        InputRefused: The dataset is damaged, or a sum is too large to be true.
    """
    asked = replace(question(by, (), kinds), all_observations=all_observations)
    return summarised(frame, asked, Arrangement(totals=totals))


def summarised(
    frame: pl.LazyFrame | pl.DataFrame, asked: Question, wish: Arrangement = AS_READ
) -> Summary:
    """Return the answer to a question, arranged; see :func:`summary` for what it means.

    Every other measure, order and choice of groups is asked for here, or with
    ``frame.esf.summary``.

    Raises:
        BadRequest: What was asked for does not fit together.
        InputRefused: The dataset is damaged, or a sum is too large to be true.
    """
    require_sense(wish, asked.keys)
    found = counted(frame, asked)
    groups = _groups(found, asked, wish)
    table, totals = groups.table, 0
    if wish.totals and asked.keys:
        total = _total(found, asked, table, wish)
        table, totals = pl.concat([table, total]), 1
    if wish.shares_of is not None:
        table = with_parts(table, found.rows, asked, wish.shares_of)
    return Summary(
        table=_without_what_is_not_shown(table, asked),
        keys=asked.keys,
        basis=found.basis,
        totals=totals,
        added_up=groups.added_up,
        cut=groups.cut,
    )


def _groups(found: Counted, asked: Question, wish: Arrangement) -> Arranged:
    rows = unfolded(found.rows, asked)
    groups = figures_by(rows, asked.keys, found.measures)
    if not asked.keys:
        return Arranged(groups, 0, 0)
    return arranged(groups, rows, asked.keys, found.measures, wish)


def _total(
    found: Counted, asked: Question, groups: pl.DataFrame, wish: Arrangement
) -> pl.DataFrame:
    name = distinct_name(TOTAL, groups[asked.keys[0]])
    total = figures_of_all(found.rows, asked.keys, found.measures, name)
    if found.basis.records < wish.min_projects:
        return without_figures(total, asked.keys)
    return total


def _without_what_is_not_shown(table: pl.DataFrame, asked: Question) -> pl.DataFrame:
    """Return the table without the counts of bounds, which are those of their sum."""
    ends = ("_low_stated", "_high_stated") if asked.bounds else ()
    unasked = [name for name in table.columns if ends and name.endswith(ends)]
    table = table.drop(unasked, *(() if asked.shared else ("projects_elsewhere_too",)))
    return without_empty_euros(table) if asked.usual else table
