"""Region, municipality and NUTS-2 code as printed → their codes."""

import re
from functools import lru_cache

from esfkit.model.finding import Problem
from esfkit.values.nullwords import LONGEST_VALUE, says_nothing
from esfkit.vocabulary.codes import Code, code_list
from esfkit.vocabulary.fold import fold

_AROUND = " \t\r\n\u00a0.,;:"
_BULLETS = _AROUND + "•·●▪◦‣*-–—"

# A bare "SE" is left of "SE22" and of "SE0" alike when a copy loses its digits.
_BARE_COUNTRY = "se"

# "göteborgs stad" → "göteborgs"; single blanks, as folding leaves them.
_KIND_OF_TOWN = re.compile(" (?:kommun|stad)$")


def read_region(words: str) -> Code | Problem | None:
    """Return the ESF region that the words name, or ``Nationellt`` with code ``SE``.

    Returns:
        The row of the region, what keeps the words from being one, or ``None``
        where the words say nothing.
    """
    if len(words) > LONGEST_VALUE:
        return Problem.REGION_UNKNOWN
    return _region(words)


@lru_cache(maxsize=4096)
def _region(words: str) -> Code | Problem | None:
    if says_nothing(words):
        return None
    bare = words.strip(_AROUND)
    if bare.casefold() == _BARE_COUNTRY:
        return Problem.DIGITS_LOST
    return code_list("regions").find(bare) or Problem.REGION_UNKNOWN


def read_municipality(words: str) -> Code | Problem | None:
    """Return the municipality that the words name, with or without ``kommun`` or ``stad``.

    Returns:
        The row of the municipality, ``MUNICIPALITY_UNKNOWN``, or ``None`` where the
        words say nothing.
    """
    if len(words) > LONGEST_VALUE:
        return Problem.MUNICIPALITY_UNKNOWN
    return _municipality(words)


@lru_cache(maxsize=4096)
def _municipality(words: str) -> Code | Problem | None:
    bare = words.strip(_BULLETS)
    if says_nothing(words) or says_nothing(bare):
        return None
    known = code_list("municipalities")
    town = _KIND_OF_TOWN.sub("", fold(bare))
    # The genitive comes last: Hofors and Borås end in an s of their own.
    found = known.find(bare) or known.find(town) or known.find(town.removesuffix("s"))
    return found or Problem.MUNICIPALITY_UNKNOWN


def county_of(municipality_code: str) -> Code | None:
    """Return the county of a municipality, or ``None`` for an unknown code."""
    municipality = code_list("municipalities").by_code(municipality_code)
    return municipality and code_list("counties").by_code(municipality.parent)


def region_of_municipality(municipality_code: str) -> Code | None:
    """Return the ESF region of a municipality, or ``None`` for an unknown code."""
    county = county_of(municipality_code)
    return county and code_list("regions").by_code(county.parent)


def read_nuts2(words: str) -> str | Problem | None:
    """Return the NUTS-2 code that the words print; ``SE0`` is ``SE``, the whole country.

    Returns:
        The code, ``CODE_UNKNOWN`` for any other code or words, ``DIGITS_LOST`` for a
        bare ``SE``, or ``None`` where the words say nothing.
    """
    if len(words) > LONGEST_VALUE:
        return Problem.CODE_UNKNOWN
    return _nuts2(words)


@lru_cache(maxsize=4096)
def _nuts2(words: str) -> str | Problem | None:
    if says_nothing(words):
        return None
    bare = words.strip(_AROUND).upper()
    if bare == _BARE_COUNTRY.upper():
        return Problem.DIGITS_LOST
    if bare == "SE0":
        return "SE"
    return bare if code_list("regions").by_code(bare) else Problem.CODE_UNKNOWN
