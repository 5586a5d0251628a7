"""Kronor for a euro, averaged over each year.

The figures are the arithmetic means of the daily euro reference rates of the European
Central Bank. The Riksbank's own averages differ from them in the third or fourth digit,
which is why a rate never goes without its source.
"""

from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from types import MappingProxyType
from typing import NamedTuple

from esfkit.vocabulary.tables import read_table


class Rate(NamedTuple):
    """What a euro cost in a year.

    Attributes:
        value: Kronor for one euro, with four decimals.
        year: The whole year over which it is averaged.
        source: Whose rates they are and how the average was taken.
        date: The last day of the series that was averaged, ``YYYY-MM-DD``.
    """

    value: Decimal
    year: int
    source: str
    date: str


def annual_rate(year: int) -> Rate | None:
    """Return the average rate of a year; ``None`` where no whole year is known."""
    return annual_rates().get(year)


@cache
def annual_rates() -> Mapping[int, Rate]:
    """Return year → rate, the years ascending and without gaps."""
    return MappingProxyType(
        {rate.year: rate for rate in map(_rate, read_table("exchange_rates"))}
    )


def _rate(row: Mapping[str, str]) -> Rate:
    return Rate(
        value=Decimal(row["sek_per_eur"]),
        year=int(row["year"]),
        source=row["source"],
        date=row["date"],
    )
