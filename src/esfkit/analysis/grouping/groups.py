"""Records → groups: which rows count, where each belongs, and what a group adds up to."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

import polars as pl

from esfkit.analysis.figures.bounds import bounds_of
from esfkit.analysis.figures.measures import Measure, named_measures
from esfkit.analysis.figures.money import Conversion, in_euro
from esfkit.analysis.figures.sums import (
    ALONE,
    RECORDS,
    aggregates,
    can_be_merged,
    finished,
    merged,
    parts,
)
from esfkit.analysis.grouping.basis import Basis, basis_of
from esfkit.analysis.grouping.classes import Edges, require_edges
from esfkit.analysis.grouping.keys import (
    SHARED,
    belongs_here_alone,
    in_reading_order,
    key_columns,
    named_keys,
    places_known,
)
from esfkit.analysis.selection.filters import kinds as of_kinds
from esfkit.analysis.selection.observations import in_their_order
from esfkit.dataset.store import gather
from esfkit.model.errors import BadRequest

TOTAL: Final = "Total"
ROW: Final = "__row"
"""The number of a counted record: in several places it is still one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What is asked of a dataset.

    Attributes:
        keys: What to group by; see :data:`esfkit.analysis.grouping.keys.KEYS`.
        measures: What to show of each group.
        usual: Whether those are the measures that nobody asked for: euro among them is
            then shown only where there is some.
        kinds: Which kinds of record take part.
        edges: Of classes, by key.
        conversion: At which rate kronor become euro, if they do.
        bounds: Whether sums stand between a low and a high one.
        all_observations: Count every observation of a record and not only the one
            that states most (:mod:`esfkit.analysis.selection.observations`).
    """

    keys: tuple[str, ...]
    measures: tuple[Measure, ...]
    usual: bool = False
    kinds: tuple[str, ...] = ("project",)
    edges: Mapping[str, Edges] = field(default_factory=dict)
    conversion: Conversion | None = None
    bounds: bool = False
    all_observations: bool = False

    @property
    def shared(self) -> str | None:
        """The key of which one record can have several values, if one was asked for."""
        return next((key for key in self.keys if key in SHARED), None)


def question(
    by: str | Sequence[str] = (),
    measures: str | Sequence[str] = (),
    kinds: Sequence[str] = ("project",),
    conversion: Conversion | None = None,
) -> Question:
    """Return the question that words ask; :func:`dataclasses.replace` adds to it.

    Raises:
        BadRequest: A key, a kind or a measure does not exist.
    """
    words = [measures] if isinstance(measures, str) else measures
    return Question(
        keys=tuple(named_keys([by] if isinstance(by, str) else by)),
        measures=named_measures(words, "EUR" if conversion else "SEK"),
        usual=not words and conversion is None,
        kinds=tuple(kinds),
        conversion=conversion,
    )


@dataclass(frozen=True, slots=True)
class Counted:
    """The rows that count.

    Attributes:
        rows: One for each record, or for several that nobody looks at one by one: their
            keys, and what the measures need of them.
        measures: What was asked for; with bounds, the low and high sums too.
        basis: How many records they are, and what was left out.
    """

    rows: pl.DataFrame
    measures: tuple[Measure, ...]
    basis: Basis


def counted(
    frame: pl.LazyFrame | pl.DataFrame, asked: Question, extra: Sequence[str] = ()
) -> Counted:
    """Return the rows that count.

    Args:
        frame: The dataset.
        asked: The question.
        extra: Further columns of the record that are wanted in the rows.

    Raises:
        BadRequest: A kind does not exist, edges do not rise, or bounds are asked of
            single observations.
    """
    require_edges(asked.edges)
    if asked.bounds and asked.all_observations:
        raise BadRequest("Bounds compare the observations of a record; count each record once.")
    of_kind = of_kinds(frame, asked.kinds)
    kept, left_out = (of_kind, 0) if asked.all_observations else in_their_order(of_kind)
    # Classes are of kronor: what names a group is read before kronor become euro.
    named = kept.with_columns(key_columns(asked.keys, asked.edges))
    parts_of_records = _in_currency(named, asked).select(_columns(asked, extra))
    if not extra and _needs_sums_only(asked):
        parts_of_records = merged(parts_of_records, asked.keys, asked.measures)
    rows, measures = gather(parts_of_records), asked.measures
    if asked.bounds:
        seen = _in_currency(of_kind, asked)
        rows, measures = bounds_of(seen, rows, measures, _extra("record_id"))
    rows = rows.with_row_index(ROW).with_columns(belongs_here_alone(asked.shared).alias(ALONE))
    records = int(rows[RECORDS].sum())
    basis = basis_of(kept, asked.kinds, records, left_out, asked.conversion)
    return Counted(rows, measures, basis)


def _needs_sums_only(asked: Question) -> bool:
    """Tell whether no record has to be looked at by itself."""
    return asked.shared is None and not asked.bounds and can_be_merged(asked.measures)


def _in_currency(frame: pl.LazyFrame, asked: Question) -> pl.LazyFrame:
    return frame if asked.conversion is None else in_euro(frame, asked.conversion)


def _columns(asked: Question, extra: Sequence[str]) -> list[pl.Expr]:
    names = dict.fromkeys([*extra, *(["record_id"] if asked.bounds else [])])
    return [
        *map(pl.col, asked.keys),
        *parts(asked.measures),
        *(pl.col(name).alias(_extra(name)) for name in names),
        *([places_known()] if asked.shared else []),
    ]


def _extra(name: str) -> str:
    return f"__extra_{name}"


def extra_columns(names: Sequence[str]) -> list[pl.Expr]:
    """Return the further columns that were wanted, under their own names."""
    return [pl.col(_extra(name)).alias(name) for name in names]


# --- figures of groups


def unfolded(rows: pl.DataFrame, asked: Question) -> pl.DataFrame:
    """Return the rows with one for each place that a record belongs to."""
    shared = asked.shared
    if shared is None:
        return rows
    return rows.with_columns(_never_empty(shared)).explode(shared)


def _never_empty(key: str) -> pl.Expr:
    """Return the lists with null in the empty ones, so that none is lost when unfolded."""
    nothing = pl.lit([None], dtype=pl.List(pl.String))
    return pl.when(pl.col(key).list.len() > 0).then(pl.col(key)).otherwise(nothing)


def margin(rows: pl.DataFrame, asked: Question, keys: Sequence[str]) -> pl.DataFrame:
    """Return the figures by some of the question's keys.

    Where the places that a record shares are not among them, each record counts once
    and with all its figures.
    """
    if asked.shared in keys:
        return figures_by(unfolded(rows, asked), keys, asked.measures)
    whole = rows.with_columns(pl.lit(value=True).alias(ALONE))
    return figures_by(whole, keys, asked.measures)


def figures_by(
    rows: pl.DataFrame, keys: Sequence[str], measures: Sequence[Measure]
) -> pl.DataFrame:
    """Return one row for each group, in reading order; without keys one over everything.

    Args:
        rows: As :func:`unfolded` returns them.
        keys: Some or all of the question's keys.
        measures: What to show.

    Raises:
        InputRefused: A sum is too large to be true.
    """
    wanted = aggregates(measures)
    sums = rows.group_by(keys).agg(wanted) if keys else rows.select(wanted)
    return in_reading_order(finished(sums, keys, measures), keys)


def figures_of_all(
    rows: pl.DataFrame, keys: Sequence[str], measures: Sequence[Measure], name: str = TOTAL
) -> pl.DataFrame:
    """Return one row over all records, each counted once and with all its figures.

    The first key is the name, the others are empty texts.

    Args:
        rows: One for each record, or for each place of one.
        keys: The columns that name a group.
        measures: What to show.
        name: What the row is called.
    """
    once = rows.unique(ROW, keep="first", maintain_order=True)
    elsewhere = (~once[ALONE]).sum()
    sums = once.with_columns(pl.lit(value=True).alias(ALONE)).select(aggregates(measures))
    named = sums.with_columns(
        *(pl.lit(name if key == keys[0] else "").alias(key) for key in keys),
        projects_elsewhere_too=pl.lit(elsewhere, dtype=pl.Int64),
    )
    return finished(named, keys, measures)


def distinct_name(name: str, taken: pl.Series) -> str:
    """Return the name, in as many brackets as it takes to be no group's."""
    while name in taken:
        name = f"({name})"
    return name
