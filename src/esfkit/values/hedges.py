"""Words that make a figure approximate: ``cirka``, ``drygt``, ``upp till``."""

import re

_HEDGES = re.compile(
    r"\A(?:(?:cirka|circa|ca\.?|c:a|drygt|knappt|över|närmare|nästan|omkring|runt|ungefär"
    r"|uppskattningsvis|upp till|uppemot|mer än|minst|högst|max\.?|maximalt|approx\.?|about)"
    r" ){1,2}"
)


def without_hedge(folded: str) -> tuple[str, bool]:
    """Return folded words without the hedge they begin with, and whether there was one."""
    hedge = _HEDGES.match(folded)
    return (folded, False) if hedge is None else (folded[hedge.end() :], True)
