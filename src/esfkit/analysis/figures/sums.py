"""Records → the figures of their groups: sums, quotients and how the records spread.

:func:`parts` takes from each record what the measures need, :func:`aggregates` adds it
up, and :func:`finished` makes the figures of it that are shown. Whole numbers are added
up, so no sum depends on the order of the records (a mean of the records' own quotients
may, in digits that are not shown). Sums can be added up again, so records that nobody
looks at one by one are :func:`merged` where they are read.
"""

from collections.abc import Sequence
from decimal import ROUND_HALF_EVEN, Decimal, localcontext
from typing import Final

import polars as pl

from esfkit.analysis.figures.measures import (
    EUROS,
    QUANTILES,
    Figure,
    Measure,
    Statistic,
    stated_name,
)
from esfkit.model.errors import InputRefused

ALONE: Final = "__alone"
"""Whether a record's amounts count for the group that it stands in."""

RECORDS: Final = "__records"
"""How many records a row stands for."""

_LARGEST_INT: Final = 2**63 - 1
_ENOUGH_DIGITS: Final = 60
_PART: Final = Decimal("0.0001")
_DECIMALS_OF_A_SPREAD: Final = Decimal("0.01")


def parts(measures: Sequence[Measure]) -> list[pl.Expr]:
    """Return the columns of a record that the measures need."""
    return [
        pl.lit(1, dtype=pl.Int64).alias(RECORDS),
        *(part for figure in _figures(measures) for part in _parts_of(figure)),
    ]


def can_be_merged(measures: Sequence[Measure]) -> bool:
    """Tell whether the measures need no record by itself, but only sums."""
    return not any(map(_is_spread, measures))


def merged(
    rows: pl.LazyFrame, keys: Sequence[str], measures: Sequence[Measure]
) -> pl.LazyFrame:
    """Return one row for all records of a group, with their parts added up."""
    names = [name for figure in _figures(measures) for name in _names(figure)]
    sums = [pl.col(RECORDS).sum(), *(_sum(pl.col(name), name) for name in names)]
    return rows.group_by(keys).agg(sums) if keys else rows.select(sums)


def aggregates(measures: Sequence[Measure]) -> list[pl.Expr]:
    """Return what is counted and added up in each group; amounts only where ``ALONE``."""
    names = [name for figure in _figures(measures) for name in _names(figure)]
    spread = [part for each in measures if _is_spread(each) for part in _spread_of(each)]
    records = pl.col(RECORDS)
    return [
        records.sum().alias("projects"),
        records.filter(~pl.col(ALONE)).sum().alias("projects_elsewhere_too"),
        *(_sum(_counted(name), name) for name in names),
        *spread,
    ]


def finished(
    sums: pl.DataFrame, keys: Sequence[str], measures: Sequence[Measure]
) -> pl.DataFrame:
    """Return the table of figures, each beside the number of records it rests on.

    Raises:
        InputRefused: A figure is larger than a table can hold.
    """
    columns = [part for each in measures for part in _shown(sums, each)]
    fixed = [*keys, "projects", "projects_elsewhere_too"]
    return sums.select(fixed).with_columns(columns)


# --- what a record gives


def _figures(measures: Sequence[Measure]) -> list[Figure]:
    return list({each.figure.column: each.figure for each in measures}.values())


def _below(figure: Figure) -> str:
    return f"__{figure.column}_below"


def _count(figure: Figure) -> str:
    return f"__{figure.column}_count"


def _spread(measure: Measure) -> str:
    return f"__{measure.name}_spread"


def count_of(column: str) -> pl.Expr:
    """Return 1 for a record whose part of the figure counts, and else 0."""
    above = pl.col(f"__{column}_above")
    return above.is_not_null().cast(pl.Int64).alias(f"__{column}_count")


def _parts_of(figure: Figure) -> list[pl.Expr]:
    counts = figure.above.is_not_null().cast(pl.Int64).alias(_count(figure))
    parts = [figure.above.alias(above_name(figure)), counts]
    if figure.below is not None:
        parts.append(figure.below.alias(_below(figure)))
    return parts


def _names(figure: Figure) -> list[str]:
    below = [] if figure.below is None else [_below(figure)]
    return [above_name(figure), _count(figure), *below]


def _counted(name: str) -> pl.Expr:
    return pl.when(pl.col(ALONE)).then(pl.col(name))


# --- what a group adds up


def _is_spread(measure: Measure) -> bool:
    """Tell whether the records' own figures are needed, and not only their sum."""
    is_mean = measure.statistic is Statistic.MEAN
    return bool(measure.statistic) and not (is_mean and measure.figure.below is None)


def _sum(values: pl.Expr, name: str) -> pl.Expr:
    """Return the sum of a part; 128 bits do not wrap around, and counts need fewer."""
    wide = values if name.endswith("_count") else values.cast(pl.Int128)
    return wide.sum().alias(name)


def _spread_of(measure: Measure) -> list[pl.Expr]:
    """Return the statistic over the records' own figures, and how many have one."""
    own = _counted(above_name(measure.figure))
    if measure.figure.below is not None:
        below = _counted(_below(measure.figure)).cast(pl.Float64)
        own = pl.when(below > 0).then(own.cast(pl.Float64) / below)
    return [
        _statistic(own, measure.statistic).alias(_spread(measure)),
        own.count().cast(pl.Int64).alias(f"{_spread(measure)}_count"),
    ]


def _statistic(own: pl.Expr, statistic: Statistic) -> pl.Expr:
    if statistic in QUANTILES:
        return own.quantile(QUANTILES[statistic], interpolation="linear")
    if statistic is Statistic.MIN:
        return own.min()
    return own.max() if statistic is Statistic.MAX else own.mean()


# --- what is shown


def _shown(sums: pl.DataFrame, measure: Measure) -> list[pl.Series]:
    stated = _stated(sums, measure)
    return [_values(sums, measure, stated), stated.alias(stated_name(measure.name))]


def _stated(sums: pl.DataFrame, measure: Measure) -> pl.Series:
    if measure.statistic and measure.figure.below is not None:
        return sums[f"{_spread(measure)}_count"]
    return sums[_count(measure.figure)]


def _values(sums: pl.DataFrame, measure: Measure, stated: pl.Series) -> pl.Series:
    figure = measure.figure
    some = sums[_count(figure)].cast(pl.Boolean)
    above = sums[above_name(figure)].zip_with(some, _nothing(sums.height))
    if measure.adds_up and figure.scale == 1:
        return narrowed(above, measure.name)
    if _is_spread(measure):
        spread = sums[_spread(measure)]
        return _typed(measure, [_rounded(value, figure, _step(measure)) for value in spread])
    below = stated if measure.statistic is Statistic.MEAN else _divisor(sums, figure)
    return _typed(measure, quotients(above, below, figure.scale, _step(measure)))


def _divisor(sums: pl.DataFrame, figure: Figure) -> pl.Series:
    if figure.below is not None:
        return sums[_below(figure)]
    return pl.Series([1] * sums.height)


def _nothing(height: int) -> pl.Series:
    return pl.Series([None] * height, dtype=pl.Int128)


def narrowed(values: pl.Series, name: str) -> pl.Series:
    """Return sums in 64 bits, under the name.

    Raises:
        InputRefused: One is larger than a table can hold.
    """
    for value in (values.min(), values.max()):
        if isinstance(value, int | Decimal) and not -_LARGEST_INT <= value <= _LARGEST_INT:
            raise InputRefused(
                f"The figure of {name} is {value}, more than a table can hold. "
                "Look for wrong figures with `esfkit check`."
            )
    return values.cast(pl.Int64).alias(name)


def _step(measure: Measure) -> Decimal:
    """Return the last digit of a statistic: kronor whole, people and days in hundredths."""
    figure = measure.figure
    if figure.unit in ("persons", "days") and measure.statistic:
        return _DECIMALS_OF_A_SPREAD
    return figure.step


def above_name(figure: Figure) -> str:
    """Return the column that holds a record's part of a figure, or what is added up of it."""
    return f"__{figure.column}_above"


def parts_of_wholes(values: pl.Series, wholes: pl.Series) -> pl.Series:
    """Return what part of the other each value is, with four decimals."""
    shares = quotients(values, wholes, 1, _PART)
    return pl.Series(shares, dtype=pl.Decimal(38, 4)).cast(pl.Float64)


def quotients(
    above: pl.Series, below: pl.Series, scale: int, step: Decimal
) -> list[Decimal | None]:
    """Return one sum ÷ the other for each group, to the nearest step, halves to even.

    In exact decimals, so that the last digit does not depend on binary fractions. What
    is divided by nothing or by 0 is null.

    Args:
        above: Sums, one for each group.
        below: What they are divided by.
        scale: By how much the sums above are too large: 100 where they are in cents.
        step: The last digit to keep.
    """
    pairs = zip(above.to_list(), below.to_list(), strict=True)
    return [_quotient(a, b, scale, step) for a, b in pairs]


def _quotient(
    above: int | None, below: int | None, scale: int, step: Decimal
) -> Decimal | None:
    if above is None or not below:
        return None
    with localcontext(prec=_ENOUGH_DIGITS):
        return (Decimal(above) / (Decimal(below) * scale)).quantize(step, ROUND_HALF_EVEN)


def _rounded(value: float | None, figure: Figure, step: Decimal) -> Decimal | None:
    if value is None:
        return None
    with localcontext(prec=_ENOUGH_DIGITS):
        return (Decimal(value) / figure.scale).quantize(step, ROUND_HALF_EVEN)


def _typed(measure: Measure, values: Sequence[Decimal | None]) -> pl.Series:
    """Return the figures as kronor (whole), euro (with cents) or fractions."""
    exact = pl.Series(measure.name, values, dtype=pl.Decimal(38, 4))
    if measure.figure.unit == "EUR":
        return exact.cast(pl.Decimal(38, 2))
    return narrowed(exact, measure.name) if _step(measure) == 1 else exact.cast(pl.Float64)


def without_empty_euros(table: pl.DataFrame) -> pl.DataFrame:
    """Return the table without what it says of euro, if nothing in it is in euro."""
    stated = [stated_name(name) for name in EUROS]
    if table.select(pl.sum_horizontal(pl.col(stated).sum())).item():
        return table
    return table.drop(name for name in table.columns if name.startswith(EUROS))
