"""Kronor as euro, where somebody asks for it.

Kronor are what the pages print and what stays unless a conversion is asked for. A
conversion says which rate it took and where that comes from, and never mixes: where it
is used, no krona is left in the table that could be added to euro.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

import polars as pl

from esfkit.dataset.columns import MONEY_EUR
from esfkit.dataset.dictionary import Language
from esfkit.model.errors import BadRequest
from esfkit.vocabulary.rates import Rate, annual_rate, annual_rates

BY_START: Final = "avg"
"""Asks for the average rate of the year in which each project starts."""

_PAIRS: Final = {
    "total_budget_eur": "total_budget_sek",
    "esf_support_eur": "esf_support_sek",
}
_YEAR: Final = re.compile("[0-9]{4}")
_RATE: Final = re.compile(r"[0-9]{1,2}(?:[.,][0-9]{1,6})?")
_LEAST: Final = Decimal(1)
_SCALE: Final = 10**6
_CENTS: Final = 100

_SAID: Final = {
    "en": {
        "given": "In euro at {rate} kronor for a euro, the rate that was given.",
        "year": "In euro at {rate} kronor for a euro, the average of {year} "
        "({source}, read up to {date}).",
        "start": "In euro at the average rate of the year in which each project starts, "
        "kronor for a euro: {rates} ({source}, read up to {date}).",
    },
    "sv": {
        "given": "I euro efter {rate} kronor per euro, den kurs som angavs.",
        "year": "I euro efter {rate} kronor per euro, genomsnittet för {year} "
        "({source}, läst till och med {date}).",
        "start": "I euro efter genomsnittskursen det år då varje projekt startar, "
        "kronor per euro: {rates} ({source}, läst till och med {date}).",
    },
}


@dataclass(frozen=True, slots=True)
class Conversion:
    """At which rate kronor become euro.

    Attributes:
        given: One rate for all records that somebody chose, kronor for a euro.
        rates: The average rates that are used otherwise: one for all records, or
            (``by_start``) that of the year in which a record starts.
        by_start: Whether the year in which a record starts decides.
    """

    given: Decimal | None = None
    rates: tuple[Rate, ...] = ()
    by_start: bool = False

    def told(self, language: Language, years: Sequence[int] | None = None) -> str:
        """Return one line that names the rate or rates, their source and its date.

        Args:
            language: Of the line.
            years: The years in which the records start (:func:`start_years`), so that only
                rates that were used are named; all of them without.
        """
        said = _SAID[language]
        if self.given is not None:
            return said["given"].format(rate=_number(self.given, language))
        used = [rate for rate in self.rates if years is None or rate.year in years]
        named = self.rates[-1]
        if not self.by_start:
            value = _number(named.value, language)
            return said["year"].format(
                rate=value, year=named.year, source=named.source, date=named.date
            )
        listed = "; ".join(f"{rate.year} {_number(rate.value, language)}" for rate in used)
        return said["start"].format(rates=listed or "–", source=named.source, date=named.date)


def read_conversion(words: str) -> Conversion:
    """Return the conversion that ``--eur`` asks for.

    Args:
        words: ``avg``; a year, whose average rate is taken for all records; or kronor for
            a euro, such as ``10.5`` or ``10,5``.

    Raises:
        BadRequest: It is none of them, or no rate is known for the year.
    """
    asked = words.strip().lower()
    if asked == BY_START:
        return Conversion(rates=tuple(annual_rates().values()), by_start=True)
    if _YEAR.fullmatch(asked):
        return Conversion(rates=(_rate_of(int(asked)),))
    value = Decimal(asked.replace(",", ".")) if _RATE.fullmatch(asked) else Decimal(0)
    if value < _LEAST:
        raise BadRequest(
            f"{words!r} is no exchange rate. Write avg for the average rate of the year in "
            f"which each project starts, a year ({_known_years()}) for its average rate, or "
            "kronor for a euro from 1 to 99, such as 10.5, with six decimals at most."
        )
    return Conversion(given=value)


def in_euro(frame: pl.LazyFrame, conversion: Conversion) -> pl.LazyFrame:
    """Return the records with their money in euro and none in kronor.

    ``total_budget_eur`` and ``esf_support_eur`` stay as the record prints them, and are
    worked out of the kronor where it prints none: to the nearest cent, halves to even.
    Null is what has no rate: with ``avg`` a record without a start, or one that starts in a
    year without a rate. ``call_amount_sek`` has no euro beside it and is left alone.

    The observations of a record are to be chosen before
    (:mod:`esfkit.analysis.selection.observations`): the choice asks what a record states.

    Args:
        frame: At least the four columns of money, and ``period_start`` for ``avg``.
        conversion: At which rate.
    """
    return frame.with_columns(
        *(_euro(euro, kronor, conversion) for euro, kronor in _PAIRS.items()),
        *(pl.lit(None, dtype=pl.Int64).alias(kronor) for kronor in _PAIRS.values()),
    )


def unconverted(frame: pl.LazyFrame, conversion: Conversion) -> pl.LazyFrame:
    """Return the records with kronor, before their conversion, that would get no euro for them.

    They are to be counted and told beside every converted sum.
    """
    return frame.filter(
        pl.any_horizontal(
            pl.col(kronor).is_not_null() & _euro(euro, kronor, conversion).is_null()
            for euro, kronor in _PAIRS.items()
        )
    )


def start_years(frame: pl.LazyFrame) -> pl.LazyFrame:
    """Return the years (``year``) in which records with kronor but no euro start, ascending."""
    used = pl.any_horizontal(
        pl.col(kronor).is_not_null() & pl.col(euro).is_null() for euro, kronor in _PAIRS.items()
    )
    years = frame.filter(used).select(year=pl.col("period_start").dt.year().cast(pl.Int64))
    return years.drop_nulls().unique().sort("year")


# --- one amount


def _euro(euro: str, kronor: str, conversion: Conversion) -> pl.Expr:
    cents = _cents(pl.col(kronor).cast(pl.Int128), _scaled_rate(conversion))
    # More than 18 digits are no amount of money: such a record counts as not converted.
    worked_out = cents.cast(pl.Decimal(38, 2), strict=False) * Decimal("0.01")
    return pl.coalesce(pl.col(euro), worked_out.cast(MONEY_EUR, strict=False)).alias(euro)


def _scaled_rate(conversion: Conversion) -> pl.Expr:
    """Return the rate in millionths of a krona, null where there is none."""
    if conversion.by_start:
        rates = {rate.year: int(rate.value * _SCALE) for rate in conversion.rates}
        year = pl.col("period_start").dt.year().cast(pl.Int64)
        found = year.replace_strict(rates, default=None, return_dtype=pl.Int64)
        return found.cast(pl.Int128)
    value = conversion.rates[0].value if conversion.given is None else conversion.given
    return pl.lit(int(value * _SCALE), dtype=pl.Int64).cast(pl.Int128)


def _cents(kronor: pl.Expr, rate: pl.Expr) -> pl.Expr:
    """Return whole cents, halves to even; in integers, so that nothing is lost on the way.

    The remainder of a division towards the smaller number is never negative, so that the
    rule is one for amounts on both sides of nothing.
    """
    scaled = kronor * pl.lit(_CENTS * _SCALE, dtype=pl.Int64).cast(pl.Int128)
    whole = scaled // rate
    twice = 2 * (scaled - whole * rate)
    up = (twice > rate) | ((twice == rate) & (whole % 2 != 0))
    return whole + up.cast(pl.Int128)


# --- words


def _rate_of(year: int) -> Rate:
    rate = annual_rate(year)
    if rate is None:
        raise BadRequest(
            f"No average exchange rate is known for {year}, only for {_known_years()}. "
            "Give the rate itself, such as --eur 10.5."
        )
    return rate


def _known_years() -> str:
    years = list(annual_rates())
    return f"{years[0]}-{years[-1]}"


def _number(value: Decimal, language: Language) -> str:
    return str(value).replace(".", ",") if language == "sv" else str(value)
