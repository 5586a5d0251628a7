"""Groups in the order and number asked for; small ones kept from sight."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal, NamedTuple

import polars as pl

from esfkit.analysis.figures.measures import Measure, named_measures
from esfkit.analysis.grouping.groups import distinct_name, figures_of_all
from esfkit.analysis.grouping.keys import KEYS, reading_order
from esfkit.dataset.columns import did_you_mean
from esfkit.model.errors import BadRequest

OTHER: Final = "Other"

SharesOf = Literal["row", "column", "all"]
SHARES_OF: Final[tuple[SharesOf, ...]] = ("row", "column", "all")


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrangement:
    """How the groups of a summary are put before the reader.

    Attributes:
        sort: Columns or measures to sort by; ``-`` before one turns its order round.
            Without any, the reading order of the keys; of the ``top`` groups the
            heaviest by the first measure that adds up, or by projects.
        top: How many groups are shown; without it all.
        other: Whether those that are not are added up in one row, ``Other``.
        min_projects: Groups of fewer projects are not shown on their own but added up
            in ``Other``, together with the next smallest until it has so many. Within a
            group that is shown, a figure may still rest on fewer that state it.
        shares_of: What each figure that adds up is put in relation to: ``all``, the
            ``row`` (all keys but the last) or the ``column`` (the last key).
        totals: Whether the last row is the total.
    """

    sort: tuple[str, ...] = ()
    top: int | None = None
    other: bool = False
    min_projects: int = 0
    shares_of: SharesOf | None = None
    totals: bool = True


AS_READ: Final = Arrangement()
"""All groups in reading order, and the total."""


class Arranged(NamedTuple):
    """Groups as they are shown.

    Attributes:
        table: The groups, and ``Other`` as the last row if there is one.
        added_up: How many groups are in ``Other``.
        cut: How many groups are not shown at all.
    """

    table: pl.DataFrame
    added_up: int
    cut: int


def arranged(
    groups: pl.DataFrame,
    rows: pl.DataFrame,
    keys: Sequence[str],
    measures: Sequence[Measure],
    wish: Arrangement,
) -> Arranged:
    """Return the groups in their order, the first of them, and the rest in one row.

    Args:
        groups: The figures of each group, in reading order.
        rows: The records of the groups, to add up anew.
        keys: The columns that name a group.
        measures: What is shown of each.
        wish: What was asked for.

    Raises:
        BadRequest: There is no such column to sort by.
    """
    small = _small(groups, wish.min_projects)
    ordered = _sorted(groups.filter(~small), wish.sort or _heaviest(wish, measures), keys)
    shown = ordered if wish.top is None else ordered.head(wish.top)
    beyond = ordered.slice(shown.height)
    rest = pl.concat([groups.filter(small), *([beyond] if wish.other else [])])
    cut = 0 if wish.other else beyond.height
    if rest.is_empty():
        return Arranged(shown, 0, cut)
    of_rest = rows.join(rest.select(keys), on=list(keys), how="semi", nulls_equal=True)
    name = distinct_name(OTHER, groups[keys[0]])
    other = figures_of_all(of_rest, keys, measures, name)
    if other["projects"].item() < wish.min_projects:
        other = without_figures(other, keys)
    return Arranged(pl.concat([shown, other]), rest.height, cut)


def _heaviest(wish: Arrangement, measures: Sequence[Measure]) -> tuple[str, ...]:
    """Return what the first groups are the first by, where nobody says: their weight."""
    if wish.top is None:
        return ()
    weight = next((each.name for each in measures if each.adds_up), "projects")
    return (f"-{weight}",)


def _small(groups: pl.DataFrame, least: int) -> pl.Series:
    """Tell which groups have too few projects, or are needed to hide one that has.

    Projects whose figures do not count for a place hide nobody's there. What is added
    up must itself have enough: else it could be told from the total.
    """
    counting = pl.col("projects") - pl.col("projects_elsewhere_too")
    numbered = groups.select(counting.alias("projects")).with_row_index("__place")
    rising = numbered.sort("projects", "__place")
    too_few = rising["projects"] < least
    before = rising["projects"].cum_sum() - rising["projects"]
    needed = (before < least) & (before > 0) & bool(too_few.any())
    hidden = rising.filter(too_few | needed)["__place"]
    return pl.int_range(groups.height, eager=True).is_in(hidden.implode())


def without_figures(table: pl.DataFrame, keys: Sequence[str]) -> pl.DataFrame:
    """Return the table with nothing but the names of its groups and how many they count."""
    kept = {*keys, "projects", "projects_elsewhere_too"}
    return table.with_columns(
        pl.lit(None, dtype=table[name].dtype).alias(name)
        for name in table.columns
        if name not in kept
    )


def _sorted(groups: pl.DataFrame, by: Sequence[str], keys: Sequence[str]) -> pl.DataFrame:
    """Return the groups sorted; equal ones stay in reading order, what is null comes last."""
    order: list[pl.Expr] = []
    falling: list[bool] = []
    for each in by:
        column = _column(each.removeprefix("-"), groups)
        parts = reading_order(column) if column in keys and column in KEYS else [pl.col(column)]
        order += parts
        falling += [each.startswith("-")] * len(parts)
    if not order:
        return groups
    return groups.sort(order, descending=falling, nulls_last=True, maintain_order=True)


def _column(word: str, groups: pl.DataFrame) -> str:
    """Return the column that a word to sort by means: its name, or that of a measure."""
    if word in groups.columns:
        return word
    for currency in ("SEK", "EUR"):
        for measure in _measures(word, currency):
            if measure.name in groups.columns:
                return measure.name
    raise BadRequest(
        f"The groups cannot be sorted by {word!r}. {did_you_mean(word, groups.columns)}"
        f"Their columns are: {', '.join(groups.columns)}."
    )


def _measures(word: str, currency: Literal["SEK", "EUR"]) -> tuple[Measure, ...]:
    try:
        return named_measures([word], currency)
    except BadRequest:  # told by the caller, who knows the columns
        return ()


def require_sense(wish: Arrangement, keys: Sequence[str]) -> None:
    """Make sure that what is asked for can be done.

    Raises:
        BadRequest: It cannot.
    """
    if not keys and wish != Arrangement(totals=wish.totals):
        raise BadRequest("Without groups there is nothing to arrange. Name a key with --by.")
    if wish.top is not None and wish.top < 1:
        raise BadRequest(f"The first {wish.top} groups are none. Ask for 1 or more.")
    if wish.other and wish.top is None:
        raise BadRequest("Other than what? Say with --top how many groups stand on their own.")
    if wish.min_projects and wish.shares_of in ("row", "column"):
        raise BadRequest(
            "A small group that is not shown could be worked out from shares of a row or "
            "column. Ask for --shares-of all, or without --min-projects."
        )
    if wish.shares_of not in (None, *SHARES_OF):
        known = ", ".join(SHARES_OF)
        raise BadRequest(f"There are no shares of {wish.shares_of!r}, only of {known}.")
    if wish.shares_of == "row" and len(keys) == 1:
        raise BadRequest(
            "Shares of a row need two keys: --by region,owner_type gives each type's share of "
            "its region. Shares of the total are --shares-of all."
        )
