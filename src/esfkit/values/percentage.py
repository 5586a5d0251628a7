"""Printed words → a rate, as a fraction.

::

    rate = number ("%" | "procent" | "percent") | "(" rate ")" | whole

A bare whole number counts percents, as in the fields that print rates. A bare
``0,5`` or ``1`` could be a fraction or a percentage: nobody guesses.
"""

import re
from decimal import Decimal

from esfkit.model.finding import Problem
from esfkit.values.nullwords import stated_in_digits

_RATE = re.compile(
    r"(\()? ?(0|[1-9][0-9]{0,2})(?:[.,]([0-9]{1,6}))?"
    r" ?(%|procent|percent|per cent|pct)? ?(?(1)\))"
)

_HUNDRED = Decimal(100)

_WHOLE_RATES = {f"{percent}%": percent / 100 for percent in range(101)}
"""Nearly every rate printed is one of these."""


def read_percentage(words: str) -> float | Problem | None:
    """Read a rate such as ``50%``, ``66,67 %`` or ``50 procent`` as a fraction of one."""
    common = _WHOLE_RATES.get(words)
    if common is not None:
        return common
    folded = stated_in_digits(words)
    if folded is None or isinstance(folded, Problem):
        return folded
    rate = _RATE.fullmatch(folded)
    if rate is None or (rate[4] is None and (rate[3] or rate[2] == "1")):
        return Problem.UNREADABLE_VALUE
    percents = Decimal(f"{rate[2]}.{rate[3] or 0}")
    return float(percents / _HUNDRED) if percents <= _HUNDRED else Problem.UNREADABLE_VALUE
