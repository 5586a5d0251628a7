"""An amount over the years, quarters or months that a period touches.

Every day of the period, the first and the last included, carries the same part. The parts
are whole (kronor, cents, persons), and add up to the amount: what rounding down leaves over
goes, one each, to the parts that lost most by it, of equals to the earlier (the method of the
largest remainder). A negative amount is spread as its opposite is.
"""

from collections.abc import Sequence
from typing import Final, Literal

import polars as pl

Every = Literal["year", "quarter", "month"]

BUCKETS_A_YEAR: Final[dict[Every, int]] = {"year": 1, "quarter": 4, "month": 12}
"""How many buckets a year has, by what ``every`` can be."""

_MONTHS: Final = 12
_TOO_LARGE: Final = 1 << 62
_ROWS: Final = 1 << 19
"""Of the unfolded table that are in memory at a time, about."""


# --- buckets, counted from year 0


def bucket_of(day: pl.Expr, every: Every) -> pl.Expr:
    """Return the number of the bucket in which a day lies; the numbers follow one another."""
    a_year = BUCKETS_A_YEAR[every]
    within = (day.dt.month().cast(pl.Int64) - 1) // (_MONTHS // a_year)
    return day.dt.year().cast(pl.Int64) * a_year + within


def bucket_name(bucket: pl.Expr, every: Every) -> pl.Expr:
    """Return a bucket's number as it is read: ``2016``, ``2016-Q1``, ``2016-01``."""
    a_year = BUCKETS_A_YEAR[every]
    year = (bucket // a_year).cast(pl.String).str.zfill(4)
    within = (bucket % a_year + 1).cast(pl.String)
    if every == "year":
        return year
    return year + "-" + (pl.lit("Q") + within if every == "quarter" else within.str.zfill(2))


def _first_day(bucket: pl.Expr, every: Every) -> pl.Expr:
    a_year = BUCKETS_A_YEAR[every]
    month = bucket % a_year * (_MONTHS // a_year) + 1
    return pl.date(bucket // a_year, month, 1)


# --- spreading


def pieces_of(rows: pl.DataFrame, every: Every) -> list[pl.DataFrame]:
    """Return the records in pieces that stay small when they are spread.

    Args:
        rows: One row a record, with the dates ``start`` and ``end``.
        every: How long a bucket is.
    """
    touched = bucket_of(pl.col("end"), every) - bucket_of(pl.col("start"), every) + 1
    ends = rows.select((touched.cum_sum() // _ROWS).alias("piece")).to_series()
    sizes = ends.value_counts().sort("piece")["count"].to_list()
    starts = [sum(sizes[:place]) for place in range(len(sizes))]
    return [rows.slice(start, size) for start, size in zip(starts, sizes, strict=True)]


def spread(rows: pl.DataFrame, amounts: Sequence[str], every: Every) -> pl.DataFrame:
    """Return one row for each record and each bucket that its period touches.

    Args:
        rows: One row a record: the dates ``start`` and ``end``, both stated and in this
            order; the amounts as whole numbers, null where not stated; any other columns.
        amounts: The columns to spread.
        every: How long a bucket is.

    Returns:
        The same columns and ``bucket``, the records in their order and the buckets of each
        ascending. The parts of an amount add up to it exactly; null stays null.
    """
    unfolded = _unfolded(rows, every)
    for name in amounts:
        unfolded = unfolded.with_columns(_whole_parts(unfolded, name))
    return unfolded.select(*rows.columns, "bucket")


def _unfolded(rows: pl.DataFrame, every: Every) -> pl.DataFrame:
    """Return a row for each bucket, with the days in it and what tells the record's rows.

    ``__from`` and ``__to`` are the places of a record's first and last row.
    """
    first, last = (bucket_of(pl.col(name), every) for name in ("start", "end"))
    touched = last - first + 1
    one = pl.duration(days=1)
    begins = pl.max_horizontal(pl.col("start"), _first_day(pl.col("bucket"), every))
    ends = pl.min_horizontal(pl.col("end"), _first_day(pl.col("bucket") + 1, every) - one)
    return (
        rows.lazy()
        .with_columns(
            pl.int_ranges(first, last + 1).alias("bucket"),
            (touched.cum_sum() - touched).alias("__from"),
            (touched.cum_sum() - 1).alias("__to"),
            (pl.col("end") - pl.col("start")).dt.total_days().alias("__all") + 1,
        )
        .explode("bucket")
        .with_columns((ends - begins).dt.total_days().alias("__days") + 1)
        .collect()
    )


def _whole_parts(unfolded: pl.DataFrame, name: str) -> pl.Series:
    """Return the part of each row of the unfolded table.

    All that is asked of a record's rows is asked of their places: the rows of a record
    stand together, so neither groups nor a join are needed.
    """
    wide = _wide_enough(unfolded, name)
    parts = (
        unfolded.lazy()
        .select(
            pl.col(name),
            pl.col("__from", "__to", "__all"),
            share=(pl.col(name).cast(wide).abs() * pl.col("__days")).fill_null(0),
        )
        .with_columns(floor=pl.col("share") // pl.col("__all"))
        .with_columns(rest=(pl.col("share") - pl.col("floor") * pl.col("__all")).cast(pl.Int64))
        .with_columns(left=_left_over(), turn=_turn())
        .select(((pl.col("floor") + _one_more()) * pl.col(name).sign()).alias(name))
        .collect()
    )
    return parts.to_series().cast(unfolded.schema[name])


def _wide_enough(unfolded: pl.DataFrame, name: str) -> type[pl.Int64 | pl.Int128]:
    """Return the integers that hold an amount times its days; those of 64 bits are faster."""
    ends = unfolded.select(
        least=pl.col(name).min(), most=pl.col(name).max(), days=pl.col("__all").max()
    ).row(0)
    least, most, days = (end or 0 for end in ends)
    return pl.Int64 if max(-least, most) * days < _TOO_LARGE else pl.Int128


def _left_over() -> pl.Expr:
    """Return how many units rounding down has left of a record's amount."""
    upto = pl.col("rest").cum_sum()
    here = upto.gather(pl.col("__to")) - upto.gather(pl.col("__from"))
    return (here + pl.col("rest").gather(pl.col("__from"))) // pl.col("__all")


def _turn() -> pl.Expr:
    """Return numbers in whose order the rows of each record get what is left over.

    Records keep their places in that order, so the first to get something is where the
    record's first row is.
    """
    longest = pl.col("__all").max()
    row = pl.int_range(pl.len(), dtype=pl.Int64) - pl.col("__from")
    most = (pl.col("__to") - pl.col("__from")).max() + 1
    after = longest - 1 - pl.col("rest")
    return (pl.col("__from") * longest + after) * most + row


def _one_more() -> pl.Expr:
    """Return 1 for the rows that get a unit of what is left over."""
    last = pl.col("__from") + pl.col("left") - 1
    latest_turn = pl.col("turn").sort().gather(last.clip(0))
    return ((pl.col("left") > 0) & (pl.col("turn") <= latest_turn)).cast(pl.Int8)
