"""Records, money and participants over the years, quarters or months."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Literal, TypeVar

import polars as pl

from esfkit.analysis.figures.money import Conversion, in_euro
from esfkit.analysis.figures.sums import without_empty_euros
from esfkit.analysis.grouping.basis import Basis, basis_of
from esfkit.analysis.grouping.groups import TOTAL, distinct_name
from esfkit.analysis.grouping.keys import in_reading_order, key_columns, named_keys
from esfkit.analysis.selection.filters import kinds as of_kinds
from esfkit.analysis.selection.observations import Observations, one_each
from esfkit.analysis.time.buckets import (
    BUCKET,
    GROUP,
    MEASURES,
    PERIOD,
    added_up,
    finished,
    in_cents,
    joined,
    sums_of_all,
    with_empty,
)
from esfkit.analysis.time.spread import (
    BUCKETS_A_YEAR,
    Every,
    bucket_name,
    bucket_of,
    pieces_of,
    spread,
)
from esfkit.dataset.columns import SCHEMA
from esfkit.dataset.store import gather
from esfkit.model.errors import BadRequest

At = Literal["days", "start"]

Word = TypeVar("Word", bound=str)

LONGEST_YEARS: Final = 100
"""A period of more years is a misprint, and is shown as one that is not stated."""

_AT: Final[tuple[At, ...]] = ("days", "start")
_FIRST_YEAR: Final = 1
_LAST_YEAR: Final = 9999
_MONEY_COLUMNS: Final = ("period_start", "period_end", *MEASURES)


@dataclass(frozen=True, slots=True)
class Timeline:
    """Figures by time and what they rest on.

    Attributes:
        table: A row for each group and bucket, and the total as the last row.
        keys: The columns of the table that name the group.
        every: How long a bucket is.
        at: Whether figures are spread over the days or stand where a record starts.
        basis: What was counted.
        without_period: How many records have no period that can be used.
    """

    table: pl.DataFrame
    keys: tuple[str, ...]
    every: Every
    at: At
    basis: Basis
    without_period: int


def timeline(  # noqa: PLR0913 - what can be asked of a timeline, each by its name
    frame: pl.LazyFrame | pl.DataFrame,
    every: Every = "year",
    at: At = "days",
    by: str | Sequence[str] = (),
    kinds: Sequence[str] = ("project",),
    *,
    all_observations: bool = False,
    conversion: Conversion | None = None,
) -> Timeline:
    """Return counts, money and participants for each year, quarter or month.

    The columns are the keys, ``period`` (``2016``, ``2016-Q1``, ``2016-01``), ``projects``,
    and for each of ``total_budget_sek``, ``esf_support_sek``, ``planned_participants``,
    ``total_budget_eur``, ``esf_support_eur`` its exact sum and ``<measure>_stated``, the
    number of records that carry something to it there. Without a conversion the euro
    columns stand only where a record prints euro. A sum of nothing is null.

    With ``at="days"`` a record counts in every bucket that its period touches, and each
    figure is spread over the days of the period in whole kronor, cents and persons
    (:mod:`esfkit.analysis.time.spread`); with ``at="start"`` it counts with all its figures
    where it starts. Records without a usable period — a day missing, the end before the
    start, more than 100 years — stand in a row whose ``period`` is null, so that the sums
    of all rows are those of the total. The last row, called ``Total`` in its first column,
    counts each record once. Buckets without a record between a group's first and last
    have a row each.

    Args:
        frame: The dataset.
        every: ``year``, ``quarter`` or ``month``.
        at: ``days`` or ``start``.
        by: The keys to group by; none of which a record can have several values.
        kinds: The kinds of records that count.
        all_observations: Whether to count every observation of a record and not only the
            one that states most (:mod:`esfkit.analysis.selection.observations`).
        conversion: At which rate kronor become euro; without it they stay kronor.

    Raises:
        BadRequest: A key, a kind, ``every`` or ``at`` does not exist.
        InputRefused: The dataset is damaged, or a sum is too large to be true.
    """
    every, at = every_of(every), at_of(at)
    keys = timeline_keys([by] if isinstance(by, str) else by)
    kept = _observations(of_kinds(frame, kinds), keys, all_observations=all_observations)
    records = kept.frame.lazy()
    basis = basis_of(records, kinds, kept.frame.height, kept.left_out, conversion)
    rows = in_cents(gather(in_euro(records, conversion)) if conversion else kept.frame)
    table = pl.concat([_by_bucket(_numbered(rows, keys), keys, every, at), _total(rows, keys)])
    return Timeline(
        table=table if conversion else without_empty_euros(table),
        keys=tuple(keys),
        every=every,
        at=at,
        basis=basis,
        without_period=rows.select((~_is_usable(at)).sum()).item(),
    )


def timeline_keys(by: Sequence[str]) -> list[str]:
    """Return the keys that a timeline can be grouped by, each once.

    Raises:
        BadRequest: A key does not exist, or is one of which a record can have several
            values: its money belongs to none of them alone.
    """
    keys = named_keys(by)
    columns = pl.LazyFrame(schema=SCHEMA).select(key_columns(keys)).collect_schema()
    for key, dtype in columns.items():
        if dtype.is_nested():
            raise BadRequest(
                f"A timeline cannot be grouped by {key}: a record may belong to several, and "
                f"its money to none of them alone. Choose one with --where, or see "
                f"`esfkit summary --by {key}`."
            )
    return keys


def every_of(word: str) -> Every:
    """Return how long a bucket is.

    Raises:
        BadRequest: It is not ``year``, ``quarter`` or ``month``.
    """
    return _known(word, tuple(BUCKETS_A_YEAR))


def at_of(word: str) -> At:
    """Return where figures stand.

    Raises:
        BadRequest: It is not ``days`` or ``start``.
    """
    return _known(word, _AT)


def _known(word: str, words: tuple[Word, ...]) -> Word:
    for each in words:
        if each == word:
            return each
    raise BadRequest(f"{word!r} is not known. Use one of: {', '.join(words)}.")


# --- the records that count


def _observations(
    frame: pl.LazyFrame, keys: list[str], *, all_observations: bool
) -> Observations:
    columns = [*key_columns(keys), *map(pl.col, _MONEY_COLUMNS)]
    if all_observations:
        return Observations(gather(frame.select(columns)), 0)
    return one_each(frame, columns)


def _is_usable(at: At) -> pl.Expr:
    """Tell whether a record says when it is; never null."""
    start, end = pl.col("period_start"), pl.col("period_end")
    known = start.dt.year().is_between(_FIRST_YEAR, _LAST_YEAR)
    if at == "days":
        years = end.dt.year() - start.dt.year()
        known &= (start <= end) & (years < LONGEST_YEARS) & (end.dt.year() <= _LAST_YEAR)
    return known.fill_null(value=False)


def _numbered(rows: pl.DataFrame, keys: list[str]) -> pl.DataFrame:
    """Return the records with the number of their group."""
    if not keys:
        return rows.with_columns(pl.lit(0, dtype=pl.UInt32).alias(GROUP))
    groups = rows.select(keys).unique(maintain_order=True).with_row_index(GROUP)
    return rows.join(groups, on=keys, how="left", nulls_equal=True)


# --- buckets


def _by_bucket(records: pl.DataFrame, keys: list[str], every: Every, at: At) -> pl.DataFrame:
    """Return a row for each group and bucket, in reading order."""
    usable = records.filter(_is_usable(at))
    unknown = records.filter(~_is_usable(at)).with_columns(bucket=pl.lit(None, dtype=pl.Int64))
    if at == "start":
        within = usable.with_columns(bucket=bucket_of(pl.col("period_start"), every))
        parts = [added_up(within)]
    else:
        parts = [added_up(piece) for piece in _spread_pieces(usable, every)]
    sums = joined([*parts, added_up(unknown)])
    named = with_empty(sums).with_columns(bucket_name(pl.col(BUCKET), every).alias(PERIOD))
    if keys:
        names = records.select(GROUP, *keys).unique(GROUP)
        named = named.join(names, on=GROUP, how="left")
    return in_reading_order(finished(named, keys), [*keys, PERIOD])


def _spread_pieces(usable: pl.DataFrame, every: Every) -> Iterator[pl.DataFrame]:
    # What nobody states need not be spread: euro, nearly always.
    stated = [name for name in MEASURES if usable[name].null_count() < usable.height]
    rows = usable.select(
        GROUP,
        *MEASURES,
        start=pl.col("period_start"),
        end=pl.col("period_end"),
    )
    return (spread(piece, stated, every) for piece in pieces_of(rows, every))


def _total(rows: pl.DataFrame, keys: list[str]) -> pl.DataFrame:
    """Return one row over all records, each counted once."""
    first, *others = [*keys, PERIOD]
    label = distinct_name(TOTAL, rows[keys[0]]) if keys else TOTAL
    named = rows.select(sums_of_all()).with_columns(
        pl.lit(label).alias(first), *(pl.lit("").alias(other) for other in others)
    )
    return finished(named, keys)
