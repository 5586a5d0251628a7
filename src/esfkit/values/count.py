"""Printed words → a number of persons.

::

    count     = [hedge] whole [unit]
    whole     = digits | groups of three parted by spaces, full stops or commas
    unit      = "personer" | "deltagare" | "individer" | "st" …
    women/men = digits "/" digits
"""

import re

from esfkit.model.finding import Problem
from esfkit.values.hedges import without_hedge
from esfkit.values.nullwords import LONGEST_VALUE, stated_in_digits
from esfkit.vocabulary.fold import fold

_MOST_DIGITS = 9
"""More persons than a thousand million is a telephone or organisation number."""

_COUNT = re.compile(
    r"(0|[1-9][0-9]{0,8}|[1-9][0-9]{0,2}(?: [0-9]{3}){1,2}"
    r"|[1-9][0-9]{0,2}(?:\.[0-9]{3}){1,2}|[1-9][0-9]{0,2}(?:,[0-9]{3}){1,2})"
    r" ?(?:personer|person|deltagare|individer|individ|stycken|st\.?"
    r"|persons|people|participants)?"
)

_BAD_GROUPS = re.compile(r"[0-9]{1,9}(?: [0-9]{1,9}){1,5}")

_WOMEN_MEN = re.compile(
    r"(0|[1-9][0-9]{0,8})(?: kvinnor)? ?/ ?(0|[1-9][0-9]{0,8})(?: män)?",
)

_NO_MARKS = str.maketrans("", "", " .,")


def read_count(words: str) -> int | Problem | None:
    """Read a number of persons such as ``11650``, ``1 200`` or ``250 deltagare``; 0 is real."""
    if words.isdigit() and words.isascii() and (words[0] != "0" or words == "0"):
        return int(words) if len(words) <= _MOST_DIGITS else Problem.UNREADABLE_VALUE
    folded = stated_in_digits(words)
    if folded is None or isinstance(folded, Problem):
        return folded
    bare, _ = without_hedge(folded)
    count = _COUNT.fullmatch(bare)
    if count is not None:
        return int(count[1].translate(_NO_MARKS))
    return Problem.DIGITS_LOST if _BAD_GROUPS.fullmatch(bare) else Problem.UNREADABLE_VALUE


def read_women_men(words: str) -> tuple[int, int] | None:
    """Read a split such as ``400/400``: women first, as the pages print it."""
    if len(words) > LONGEST_VALUE:
        return None
    split = _WOMEN_MEN.fullmatch(fold(words))
    return None if split is None else (int(split[1]), int(split[2]))
