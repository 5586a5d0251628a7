"""In what the two sides of a match differ.

Only what both sides state is compared: that one of them is silent is no difference.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any, Final, NamedTuple

from esfkit.analysis.reconciling.matching import Project
from esfkit.model.errors import BadRequest
from esfkit.vocabulary.fold import fold

_TOLERANCE: Final = re.compile(r"([0-9]{1,15}(?:[.,][0-9]{1,6})?) ?(%?)")
_WHOLE: Final = 100

EU_MONEY_ALONE: Final = frozenset({"esf-list", "kohesio", "kohesio-list"})
"""Layouts whose support is the EU's contribution alone.

The support granted that ESF-rådet's project pages print also holds the state's part, and
Kohesio's is rate × cost. Sources: the headings of ESF-rådet's ESF+ list (``EU-stöd i SEK /
EU contribution SEK``) and Kohesio's ``Project_EU_Budget``, whose value is 40.000 % of the
cost for operations of area A.
"""


@dataclass(frozen=True, slots=True)
class Tolerance:
    """How far figures may lie apart.

    Attributes:
        amount: In kronor or euro, as the column has it.
        share: As a part of the larger figure.
    """

    amount: Fraction = Fraction(1)
    share: Fraction = Fraction(0)

    def allows(self, one: Fraction, other: Fraction, *, money: bool = True) -> bool:
        """Tell whether two figures are the same within the tolerance.

        Args:
            one: A figure.
            other: Another.
            money: Whether they are money; people are held against the share alone.
        """
        room = max(
            self.amount if money else Fraction(0), self.share * max(abs(one), abs(other))
        )
        return abs(one - other) <= room


def read_tolerance(words: str) -> Tolerance:
    """Return the tolerance that words such as ``1`` (kronor) or ``0.5%`` stand for.

    Raises:
        BadRequest: They are neither.
    """
    found = _TOLERANCE.fullmatch(words.strip())
    if found is None:
        raise BadRequest(
            f"The tolerance is an amount in kronor such as 1000, or a share such as 0.5%, and "
            f"not {words!r}."
        )
    figure = Fraction(found[1].replace(",", "."))
    return Tolerance(Fraction(0), figure / _WHOLE) if found[2] else Tolerance(figure)


class Difference(NamedTuple):
    """A field that both sides state, and not as the same.

    Attributes:
        field: The column.
        here: Its value on the first side, as CSV has it.
        there: Its value on the other side.
    """

    field: str
    here: str
    there: str


class Comparison(NamedTuple):
    """What comparing two rows gave.

    Attributes:
        differences: The fields that differ.
        compared: How many fields both state.
        other_measure: Fields whose values differ because they are no one measure.
    """

    differences: tuple[Difference, ...]
    compared: int
    other_measure: tuple[str, ...]


def compare_projects(here: Project, there: Project, tolerance: Tolerance) -> Comparison:
    """Return in what two rows of one project differ.

    Args:
        here: The row of the first side.
        there: The row of the other side.
        tolerance: How far money, and by its share also people, may lie apart.
    """
    differences: list[Difference] = []
    other_measure: list[str] = []
    compared = 0
    one_measure = (here["layout"] in EU_MONEY_ALONE) == (there["layout"] in EU_MONEY_ALONE)
    for field, same in _FIELDS.items():
        if here[field] is None or there[field] is None:
            continue
        alike = same(field, here, there, tolerance)
        if not alike and field in _SUPPORT and not one_measure:
            other_measure.append(field)
            continue
        compared += 1
        if not alike:
            differences.append(Difference(field, _shown(here[field]), _shown(there[field])))
    return Comparison(tuple(differences), compared, tuple(other_measure))


_Same = Callable[[str, Project, Project, Tolerance], bool]


def _same_money(field: str, here: Project, there: Project, tolerance: Tolerance) -> bool:
    return tolerance.allows(Fraction(here[field]), Fraction(there[field]))


def _same_count(field: str, here: Project, there: Project, tolerance: Tolerance) -> bool:
    return tolerance.allows(Fraction(here[field]), Fraction(there[field]), money=False)


def _same_day(field: str, here: Project, there: Project, _: Tolerance) -> bool:
    return bool(here[field] == there[field])


def _same_words(field: str, here: Project, there: Project, _: Tolerance) -> bool:
    return fold(here[field]) == fold(there[field])


def _same_owner(field: str, here: Project, there: Project, _: Tolerance) -> bool:
    """Tell whether two owners are one: by number where both have one, else by name."""
    numbers = here["owner_org_number"], there["owner_org_number"]
    if all(numbers):
        return bool(numbers[0] == numbers[1])
    names = [
        {fold(row[name]) for name in (field, "owner_name") if row[name]}
        for row in (here, there)
    ]
    return not names[0].isdisjoint(names[1])


_SUPPORT: Final = ("esf_support_sek", "esf_support_eur")
_FIELDS: Final[Mapping[str, _Same]] = {
    "total_budget_sek": _same_money,
    "esf_support_sek": _same_money,
    "total_budget_eur": _same_money,
    "esf_support_eur": _same_money,
    "planned_participants": _same_count,
    "period_start": _same_day,
    "period_end": _same_day,
    "title": _same_words,
    "owner": _same_owner,
    "programme_area": _same_words,
    "region": _same_words,
}

COMPARED_FIELDS: Final = tuple(_FIELDS)
"""The columns that are compared, in the order in which differences are told."""


def _shown(value: Any) -> str:  # noqa: ANN401 - a cell
    return f"{value:f}" if isinstance(value, Decimal) else str(value)
