"""Which region and which programme area a record belongs to in the summary.

Only the codes of the code lists have a group of their own. They hold nothing that the
criteria of a formula would take for a wildcard or an operator, as a text from outside
might; any other code belongs to one group of the rest.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

from esfkit.dataset.dictionary import Language
from esfkit.output.workbook.words import words_in
from esfkit.vocabulary.codes import code_list

NATIONAL: Final = "SE"
"""The region code of what belongs to no region of its own."""

_BETWEEN: Final = " · "


@dataclass(frozen=True, slots=True)
class Area:
    """A column of the summary.

    Attributes:
        label: What the records of the column have as their group.
        name: The name of the area, where the code list has one.
    """

    label: str
    name: str = ""


@cache
def regions() -> Mapping[str, str]:
    """Return the regions that the code list has: name → code, in its order."""
    return {code.name_sv: code.code for code in code_list("regions").codes}


@cache
def _areas() -> Mapping[tuple[str | None, str | None], tuple[str, str]]:
    """Return period and code → the area's name in Swedish and in English."""
    codes = code_list("programme_areas").codes
    return {(code.period, code.code): (code.name_sv, code.name_en) for code in codes}


def region_group(region: str | None, language: Language) -> str:
    """Return the group of a region."""
    words = words_in(language)
    if region is None:
        return words["not_stated"]
    return region if region in regions() else words["other"]


def area_group(period: str | None, area: str | None, language: Language) -> str:
    """Return the group of a programme area: area 1 of each period is another area."""
    words = words_in(language)
    if period is None and area is None:
        return words["not_stated"]
    if area is None and any(period == known for known, _ in _areas()):
        return f"{period}{_BETWEEN}{words['not_stated']}"
    return f"{period}{_BETWEEN}{area}" if (period, area) in _areas() else words["other"]


def region_formula(region: str, language: Language) -> str:
    """Return the formula that computes the group from the cell of a region."""
    return f'=IF({region}="","{words_in(language)["not_stated"]}",{region})'


def area_formula(period: str, area: str, language: Language) -> str:
    """Return the formula that computes the group from the cells of period and area."""
    missing = f'"{words_in(language)["not_stated"]}"'
    named = f'{period}&"{_BETWEEN}"&IF({area}="",{missing},{area})'
    return f'=IF(AND({period}="",{area}=""),{missing},{named})'


def regions_met(groups: Iterable[str]) -> list[str]:
    """Return the regions among the groups, without the nationwide one, as Swedish sorts."""
    met = set(groups)
    own = [name for name, code in regions().items() if code != NATIONAL and name in met]
    return sorted(own, key=_swedish)


def areas_met(groups: Iterable[str], language: Language) -> list[Area]:
    """Return the areas among the groups, by period and code; those of no area last."""
    words = words_in(language)
    last = [words["other"], words["not_stated"]]
    met = set(groups)
    names = {
        f"{period}{_BETWEEN}{area}": named[0 if language == "sv" else 1]
        for (period, area), named in _areas().items()
    }
    stated = sorted(met - set(last), key=lambda group: (group[:9], group not in names, group))
    return [Area(group, names.get(group, "")) for group in [*stated, *last] if group in met]


def _swedish(name: str) -> str:
    return name.lower().translate(str.maketrans("åäö", "{|}"))
