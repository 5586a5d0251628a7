"""Words that make a figure approximate: ``cirka``, ``drygt``, ``närmare``.

A bound is no approximation: of ``minst 80`` or ``upp till 5 miljoner`` the text does not say
the figure, so those words are none of these and what they stand before is not read.
"""

import re

_HEDGES = re.compile(
    r"\A(?:(?:cirka|circa|ca\.?|c:a|drygt|knappt|över|närmare|nästan|omkring|runt|ungefär"
    r"|uppskattningsvis|uppemot|approx\.?|about):? ){1,2}"
)


def without_hedge(folded: str) -> tuple[str, bool]:
    """Return folded words without the hedge they begin with, and whether there was one."""
    hedge = _HEDGES.match(folded)
    return (folded, False) if hedge is None else (folded[hedge.end() :], True)
