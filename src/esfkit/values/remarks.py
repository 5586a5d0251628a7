"""Remarks behind a complete value: ``14 237 910 kr (inkl. medfinansiering)``, ``kr*``.

::

    remarked = value [["," ] ("inkl." | "exkl.") words] ["(" words ")"] ["*" …]

One remark is taken off, and only from the end. Whether the value still says what it says
without it is for the reader of that value to tell: ``(per år)`` makes another figure of it.
"""

import re
from typing import NamedTuple

_TAIL = re.compile(r",? (?:inkl|exkl|inklusive|exklusive)\.? [^0-9()]{1,60}\Z")

_WORD = re.compile(r"[^\W\d_]{1,40}")

_OF_A_PART = frozenset(
    (
        *("per", "år", "året", "årligen", "årlig", "årligt", "månad", "månadsvis", "vardera"),
        *("annually", "yearly", "year", "each"),
    )
)
"""With these the figure is not the whole: ``2,4 mkr (per år)``."""

_BOUNDS = frozenset(("minst", "högst", "max", "maximalt", "min", "minimum", "maximum", "tak"))
"""With these the figure is a bound, and the text does not say the figure itself."""


class Remarked(NamedTuple):
    """Folded words, parted.

    Attributes:
        value: What stands before the remark.
        remark: The remark without its brackets; empty where there is none.
    """

    value: str
    remark: str


def part_remark(folded: str) -> Remarked:
    """Part folded words from the one remark behind them, if there is one."""
    bare = folded.rstrip("* ")
    if bare.endswith(")"):
        opening = bare.rfind("(")
        inside = bare[opening + 1 : -1]
        if opening > 0 and ")" not in inside:
            return Remarked(bare[:opening].rstrip(), inside.strip())
    tail = _TAIL.search(bare)
    if tail is None:
        return Remarked(bare, "")
    return Remarked(bare[: tail.start()], tail.group().strip(", "))


def changes_the_figure(remark: str) -> bool:
    """Tell whether a remark makes a part, a rate or a bound of the figure before it."""
    return any(word in _OF_A_PART or word in _BOUNDS for word in _WORD.findall(remark))
