"""What two observations agree in, and what speaks against their being one project."""

from decimal import Decimal
from typing import Final

from esfkit.analysis.merging.faces import AMOUNTS, Face
from esfkit.analysis.merging.titles import LEAST_LIKENESS, likeness

_TELLING: Final = {
    "phase": "phase",
    "period": "programme_period",
    "cci": "programme_cci",
    "fund": "fund",
    "region": "region_code",
    "unit": "owner_unit",
    "area": "programme_area",
    "call": "call_number",
    "org_number": "owner_org_number",
}
"""What two projects of one title, owner and period differ in, with its column."""

_COMPARED: Final = {
    "number": "project_number",
    "title": "title",
    "owner": "owner_name",
    "start": "period_start",
    "end": "period_end",
    **_TELLING,
}


def agreeing(one: Face, other: Face) -> tuple[str, ...]:
    """Return the columns that both state alike, in the order of the record."""
    return tuple(
        column for column, value, its in _both_stated(one, other) if _alike(value, its)
    )


def differing(one: Face, other: Face) -> tuple[str, ...]:
    """Return the columns that both state, each in its own way."""
    return tuple(
        column for column, value, its in _both_stated(one, other) if not _alike(value, its)
    )


def against_number(one: Face, other: Face) -> tuple[str, ...]:
    """Return what tells two observations of one number apart after all.

    A number can be misprinted, and a pre-study can be printed with its project's. So
    the phase or the programme differs, the periods have no day in common, or the titles
    are unlike and no full period, no amount and no organisation number agrees.
    """
    differs = differing(one, other)
    told: list[str] = [column for column in ("phase", "programme_period") if column in differs]
    if have_no_day_in_common(one, other):
        told += ["period_start", "period_end"]
    if not told and _other_in_all(one, other, differs):
        told = [column for column in ("title", "owner_name") if column in differs]
    return tuple(told)


def against_identity(one: Face, other: Face) -> tuple[str, ...]:
    """Return what tells two observations of one title, owner and period apart.

    One owner can run two projects of one name at the same time: in two regions, units or
    areas, from two funds, or of other amounts.
    """
    differs = differing(one, other)
    told = [column for column in _TELLING.values() if column in differs]
    money = [column for column in AMOUNTS if column in differs]
    if money and not share_an_amount(one, other):
        told += money
    return tuple(told)


def have_no_day_in_common(one: Face, other: Face) -> bool:
    """Tell whether one period ends before the other begins."""
    if one.start is None or other.start is None or one.end is None or other.end is None:
        return False
    return one.end < other.start or other.end < one.start


def share_an_amount(one: Face, other: Face) -> bool:
    """Tell whether one of the amounts that both state is the same."""
    return any(
        value is not None and its is not None and _alike(value, its)
        for value, its in zip(one.amounts, other.amounts, strict=True)
    )


def _other_in_all(one: Face, other: Face, differs: tuple[str, ...]) -> bool:
    """Tell whether titles are unlike, and no full period, amount or organisation agrees.

    An owner can run many projects, and many begin on one day: neither outweighs a title.
    """
    if "title" not in differs or likeness(one.title, other.title) >= LEAST_LIKENESS:
        return False
    agrees = set(agreeing(one, other))
    if {"period_start", "period_end"} <= agrees:
        return False
    return agrees.isdisjoint({"owner_org_number", *AMOUNTS})


def _both_stated(one: Face, other: Face) -> list[tuple[str, object, object]]:
    pairs = [
        (column, getattr(one, name), getattr(other, name)) for name, column in _COMPARED.items()
    ]
    stated = [(column, value, its) for column, value, its in pairs if value and its]
    money = zip(AMOUNTS, one.amounts, other.amounts, strict=True)
    return stated + [each for each in money if each[1] is not None and each[2] is not None]


def _alike(value: object, its: object) -> bool:
    # One source rounds to whole kronor and another cuts: one apart is no other amount.
    if isinstance(value, int | Decimal) and isinstance(its, int | Decimal):
        return -1 <= value - its <= 1
    return bool(value == its)
