"""An owner as printed → organisation and unit.

Pages print a legal name and a unit, in either order, and repeat one of them where
the other is not known (rules O1 and O2 of the domain checks)::

    X | X, X        →  X, no unit
    X, Y | X, Y, Y  →  X and Y
    Y, X, Y         →  X and Y

Which of both is the organisation is told by the words that name one (``kommun``,
``region``, ``AB``); where they do not tell, it is the first. Nothing is invented:
organisation and unit are stretches of what is printed.
"""

import re
from functools import lru_cache
from typing import NamedTuple

from esfkit.vocabulary.fold import fold

_LONGEST_OWNER = 400

_ORG_NUMBER = re.compile(r"(?:16)?[0-9]{6} ?-? ?[0-9]{4}|SE ?[0-9]{6}-?[0-9]{4} ?01")

_ORGANISATION_WORDS = frozenset(
    (
        *("region", "regionen", "stad", "län", "ab", "hb", "kb", "aktiebolag", "aktiebolaget"),
        *(
            "landsting",
            "landstinget",
            "trossamfundet",
            "trossamfund",
            "stiftelsen",
            "stiftelse",
        ),
        *("arbetsförmedlingen", "försäkringskassan", "kriminalvården", "kooperativ", "ideell"),
        *("länsstyrelsen", "socialstyrelsen", "ungdomsstyrelsen", "skolverket", "ek"),
        *("migrationsverket", "tillväxtverket", "studieförbundet", "myndigheten"),
    )
)
_ORGANISATION_ENDINGS = (
    *("kommun", "landsting", "myndighet", "myndigheten", "förening", "föreningen"),
    *("förbund", "förbundet", "universitet", "högskola", "högskolan", "folkhögskola"),
    *("aktiebolag", "stiftelse", "stiftelsen"),
)
_UNIT_ENDINGS = (
    *("förvaltning", "förvaltningen", "förvaltningar", "enhet", "enheten", "avdelning"),
    *("avdelningen", "nämnd", "nämnden", "kontor", "kontoret", "kansli", "kansliet"),
    *("sektionen", "sektor", "sektorn", "avd", "centrum", "stadsområde", "institutionen"),
)

_LEGAL_FORMS = ("ab", "hb", "kb", "ltd", "inc", "ek. för.", "ek för", "ekonomisk förening")


class _Part(NamedTuple):
    """One of the names between the commas, and where it stands."""

    start: int
    end: int
    folded: str


@lru_cache(maxsize=4096)
def split_owner(owner: str) -> tuple[str, str | None]:
    """Return the organisation and its unit, if one is printed.

    ``Uppsala kommun, Uppsala kommun`` has no unit, and ``Äldreförvaltningen,
    Uppsala kommun`` belongs to ``Uppsala kommun``.
    """
    if "," not in owner or len(owner) > _LONGEST_OWNER:
        return owner.strip(), None
    parts = _parts(owner)
    names = list(dict.fromkeys(part.folded for part in parts))
    if not names:
        return owner.strip(), None
    organisation = _organisation_among(names)
    first = next(part for part in parts if part.folded == organisation)
    return owner[first.start : first.end], _unit(owner, parts, organisation)


def looks_like_org_number(owner: str) -> bool:
    """Tell whether a bare organisation number stands where the owner's name should."""
    return len(owner) <= _LONGEST_OWNER and _ORG_NUMBER.fullmatch(owner.strip()) is not None


def _parts(owner: str) -> list[_Part]:
    """Split at the commas, but not in ``kultur-, idrotts- och …`` or before ``AB``."""
    parts: list[_Part] = []
    end = -1
    for piece in owner.split(","):
        start, end = end + 1, end + 1 + len(piece)
        bare = piece.strip()
        if not bare:
            continue
        left = start + len(piece) - len(piece.lstrip())
        part = _Part(left, left + len(bare), fold(bare))
        if parts and (parts[-1].folded.endswith("-") or part.folded in _LEGAL_FORMS):
            whole = owner[parts[-1].start : part.end]
            part = _Part(parts.pop().start, part.end, fold(whole))
        parts.append(part)
    return parts


def _organisation_among(names: list[str]) -> str:
    """Return the first name that names an organisation and no unit, else the first."""
    for name in names:
        words = name.replace("(", " ").replace(")", " ").split()
        if any(map(_names_organisation, words)) and not any(map(_names_unit, words)):
            return name
    return names[0]


def _names_organisation(word: str) -> bool:
    return word in _ORGANISATION_WORDS or word.endswith(_ORGANISATION_ENDINGS)


def _names_unit(word: str) -> bool:
    return word.endswith(_UNIT_ENDINGS)


def _without_legal_form(folded: str) -> str:
    """``X ekonomisk förening, X`` names one body twice."""
    for form in _LEGAL_FORMS:
        folded = folded.removesuffix(f" {form}")
    return folded


def _unit(owner: str, parts: list[_Part], organisation: str) -> str | None:
    """Return the first stretch of the owner that is not the organisation, repeats left out."""
    stretch: list[_Part] = []
    for part in parts:
        if _without_legal_form(part.folded) == _without_legal_form(organisation):
            if stretch:
                break
        elif part.folded not in [earlier.folded for earlier in stretch]:
            stretch.append(part)
    return owner[stretch[0].start : stretch[-1].end] if stretch else None
