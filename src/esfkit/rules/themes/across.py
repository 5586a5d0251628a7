"""Rules that compare records: observations of one number, owners of one name."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final, NamedTuple

from esfkit.model.finding import Problem, Severity
from esfkit.rules.rule import MetIn, RuleAcross, Settings, View, grouped, quote
from esfkit.vocabulary.fold import fold


class _Units(NamedTuple):
    """Between how many times one amount is another one told in euro or in thousands."""

    euro_least: float = 8.0
    euro_most: float = 12.0
    thousand_least: float = 950.0
    thousand_most: float = 1050.0


def _find_other_unit(records: Sequence[View], limits: _Units) -> Iterator[MetIn]:
    for row, amount, first in _differing(records, "total_budget_sek"):
        small, large = sorted((amount, first))
        unit = _unit(large / small, limits) if small > 0 else None
        if unit:
            yield MetIn(
                row,
                "total_budget_sek",
                f"{grouped(amount)} kronor here, {grouped(first)} elsewhere: one of them seems "
                f"to be in {unit}",
            )


def _unit(times: float, limits: _Units) -> str | None:
    if limits.euro_least <= times <= limits.euro_most:
        return "euro"
    if limits.thousand_least <= times <= limits.thousand_most:
        return "thousands"
    return None


def _differing(
    records: Sequence[View], column: str, tolerance: int = 0
) -> Iterator[tuple[int, int, int]]:
    """Yield row, value and the first value of those that differ from the first."""
    first: int | None = None
    for row, record in enumerate(records):
        value = record.get(column)
        if value is None:
            continue
        if first is None:
            first = value
        elif abs(value - first) > tolerance:
            yield row, value, first


class _Kronor(NamedTuple):
    """How many kronor two observations may differ by: rounding."""

    tolerance: int = 1


def _find_other_budget(records: Sequence[View], limits: _Kronor) -> Iterator[MetIn]:
    for row, amount, first in _differing(records, "total_budget_sek", limits.tolerance):
        small, large = sorted((amount, first))
        if small <= 0 or _unit(large / small, _Units()) is None:
            told = f"{grouped(amount)} kronor here, {grouped(first)} elsewhere for this number"
            yield MetIn(row, "total_budget_sek", told)


def _find_other_participants(records: Sequence[View], _: Settings) -> Iterator[MetIn]:
    for row, number, first in _differing(records, "planned_participants"):
        told = f"{number} participants here, {first} elsewhere for this number"
        yield MetIn(row, "planned_participants", told)


def _find_other_period(records: Sequence[View], _: Settings) -> Iterator[MetIn]:
    stated = [
        (row, (record["period_start"], record["period_end"]))
        for row, record in enumerate(records)
        if record.get("period_start") and record.get("period_end")
    ]
    for row, (start, end) in stated[1:]:
        first, last = stated[0][1]
        if (start, end) != (first, last):
            told = f"{start} – {end} here, {first} – {last} elsewhere for this number"
            yield MetIn(row, "period_start", told)


def _find_other_owner(records: Sequence[View], _: Settings) -> Iterator[MetIn]:
    for row, name, first in _newly_named(records, "owner_name"):
        told = f"the owner is {quote(name)} here, {quote(first)} elsewhere for this number"
        yield MetIn(row, "owner_name", told)


def _newly_named(records: Sequence[View], column: str) -> Iterator[tuple[int, str, str]]:
    """Yield row, words and the first words, once for each other wording."""
    met: dict[str, str] = {}
    for row, record in enumerate(records):
        words = record.get(column)
        if words is None:
            continue
        key = fold(words)
        if met and key not in met:
            yield row, words, next(iter(met.values()))
        met.setdefault(key, words)


def _find_names_of_number(records: Sequence[View], _: Settings) -> Iterator[MetIn]:
    for row, name, first in _newly_named(records, "owner_name"):
        number = records[row]["owner_org_number"]
        told = f"{number} is {quote(name)} here and {quote(first)} elsewhere"
        yield MetIn(row, "owner_org_number", told)


def _find_numbers_of_name(records: Sequence[View], _: Settings) -> Iterator[MetIn]:
    for row, number, first in _newly_named(records, "owner_org_number"):
        name = records[row]["owner_name"]
        told = f"{quote(name)} has the number {number} here and {first} elsewhere"
        yield MetIn(row, "owner_org_number", told)


def _two(column: str, first: object, second: object, **same: object) -> tuple[View, View]:
    return {**same, column: first}, {**same, column: second}


_NUMBER: Final = {"project_number": "2016/00130"}

RULES: Final = (
    RuleAcross(
        code=Problem.AMOUNT_IN_OTHER_UNIT,
        severity=Severity.WARNING,
        key="project_number",
        find=_find_other_unit,
        settings=_Units(),
        breaks=_two("total_budget_sek", 5_044_038, 5_044, **_NUMBER),
        keeps=_two("total_budget_sek", 5_044_038, 5_044_038, **_NUMBER),
    ),
    RuleAcross(
        code=Problem.NUMBER_WITH_OTHER_BUDGET,
        severity=Severity.WARNING,
        key="project_number",
        find=_find_other_budget,
        settings=_Kronor(),
        breaks=_two("total_budget_sek", 5_044_038, 6_044_038, **_NUMBER),
        keeps=_two("total_budget_sek", 5_044_038, 5_044_039, **_NUMBER),
    ),
    RuleAcross(
        code=Problem.NUMBER_WITH_OTHER_PARTICIPANTS,
        severity=Severity.NOTE,
        key="project_number",
        find=_find_other_participants,
        breaks=_two("planned_participants", 500, 450, **_NUMBER),
        keeps=_two("planned_participants", 500, None, **_NUMBER),
    ),
    RuleAcross(
        code=Problem.NUMBER_WITH_OTHER_PERIOD,
        severity=Severity.NOTE,
        key="project_number",
        find=_find_other_period,
        breaks=_two(
            "period_end",
            date(2019, 2, 28),
            date(2019, 6, 30),
            **_NUMBER,
            period_start=date(2016, 9, 1),
        ),
        keeps=_two(
            "period_end", date(2019, 2, 28), None, **_NUMBER, period_start=date(2016, 9, 1)
        ),
    ),
    RuleAcross(
        code=Problem.NUMBER_WITH_OTHER_OWNER,
        severity=Severity.NOTE,
        key="project_number",
        find=_find_other_owner,
        breaks=_two("owner_name", "Växjö kommun", "Region Kronoberg", **_NUMBER),
        keeps=_two("owner_name", "Växjö kommun", "VÄXJÖ KOMMUN", **_NUMBER),
    ),
    RuleAcross(
        code=Problem.ORGANISATION_NUMBER_WITH_NAMES,
        severity=Severity.NOTE,
        key="owner_org_number",
        find=_find_names_of_number,
        breaks=_two("owner_name", "Växjö kommun", "Växjö stad", owner_org_number="2120000662"),
        keeps=_two("owner_name", "Växjö kommun", "VÄXJÖ KOMMUN", owner_org_number="2120000662"),
    ),
    RuleAcross(
        code=Problem.OWNER_WITH_ORGANISATION_NUMBERS,
        severity=Severity.WARNING,
        key="owner_name",
        find=_find_numbers_of_name,
        breaks=_two("owner_org_number", "2120000662", "5560360793", owner_name="Växjö kommun"),
        keeps=_two("owner_org_number", "2120000662", None, owner_name="Växjö kommun"),
    ),
)
