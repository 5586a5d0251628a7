"""Words in the cells of official lists → values.

A list says in its heading what a page says beside each value: that an amount is in kronor
or euro, that a rate is a rate, that the day comes before the month. Programs write lists,
so figures may have more decimals than anybody prints::

    amount = amount of a page | digits "." digit{4,20}
    rate   = rate of a page | "0" mark digits (a fraction) | whole mark digits (percents)
    date   = date of a page | d/m/y | y-m-d "T00:00:00" ["Z"]

What a figure could mean in two ways is still not guessed: ``12.345`` may be twelve euro
or twelve thousand, and a rate of ``1`` one per cent or all.
"""

import re
from decimal import Decimal

from esfkit.model.finding import Problem
from esfkit.values.amount import Currency, Money, read_amount
from esfkit.values.dates import PartialDate, read_date
from esfkit.values.percentage import read_percentage

_MANY_DECIMALS = re.compile(r"([0-9]{1,15}\.[0-9]{4,20})")
_ONE_GROUP_BY_MARK = re.compile(r"[1-9][0-9]{0,2}[.,][0-9]{3}")
_FRACTION = re.compile(r"0[.,]([0-9]{1,9})")
_PERCENTS = re.compile(r"([1-9][0-9]{0,2})[.,]([0-9]{1,9})")
_DAY_FIRST = re.compile(r"([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})")
_STAMP = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})[T ]00:00:00(?:\.0{1,9})?Z?")
_ALL = Decimal(100)


def read_listed_amount(words: str, currency: Currency) -> Money | Problem | None:
    """Read an amount whose heading names the currency: ``4 973 906``, ``973906.5``.

    Args:
        words: The words of the cell.
        currency: What the heading, or the list, says.
    """
    words = words.strip()
    number = _MANY_DECIMALS.fullmatch(words)
    if number is not None:
        return Money(Decimal(number[1]), currency)
    if _ONE_GROUP_BY_MARK.fullmatch(words):
        return Problem.AMOUNT_AMBIGUOUS
    amount = read_amount(words, currency)
    if amount is Problem.AMOUNT_WITHOUT_UNIT:
        return read_amount(f"{words} {currency}", currency)
    return amount


def read_listed_rate(words: str) -> float | Problem | None:
    """Read a rate as a fraction, from ``90%``, ``90``, ``90.0`` or ``0.9``."""
    words = words.strip()
    fraction = _FRACTION.fullmatch(words)
    if fraction is not None:
        return float(f"0.{fraction[1]}")
    percents = _PERCENTS.fullmatch(words)
    if percents is None or percents[1] == "1":  # 1.0 may be all
        return read_percentage(words)
    rate = Decimal(f"{percents[1]}.{percents[2]}") / _ALL
    return float(rate) if rate <= 1 else Problem.UNREADABLE_VALUE


def read_listed_date(words: str) -> PartialDate | Problem | None:
    """Read a date of a list in which the day comes first: ``01/02/2018`` is in February."""
    words = words.strip()
    found = _DAY_FIRST.fullmatch(words)
    if found is not None:
        words = f"{found[3]}-{int(found[2]):02}-{int(found[1]):02}"
    stamp = _STAMP.fullmatch(words)
    return read_date(words if stamp is None else stamp[1])
