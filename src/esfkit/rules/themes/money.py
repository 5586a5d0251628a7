"""Rules of money: amounts and their units."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Final, NamedTuple

from esfkit.model.finding import Problem, Severity
from esfkit.rules.rule import Met, Rule, Settings, View, budgets_and_supports, grouped


class _Tolerance(NamedTuple):
    """How much the support may exceed the budget, in kronor or euro: rounding."""

    tolerance: int = 1


def _find_support_above_budget(record: View, limits: _Tolerance) -> Iterator[Met]:
    for currency, budget, support in budgets_and_supports(record):
        if support > budget + limits.tolerance:
            yield Met(
                f"esf_support_{currency}",
                f"the support of {support} exceeds the budget of {budget}",
            )


def _find_zero(record: View, _: Settings) -> Iterator[Met]:
    for column in ("total_budget_sek", "esf_support_sek"):
        if record.get(column) == 0:
            yield Met(column, "the page prints an amount of 0")


class _BudgetSize(NamedTuple):
    """The smallest and largest usual total budget, in kronor."""

    least: int = 50_000
    most: int = 500_000_000


def _find_budget_size(record: View, limits: _BudgetSize) -> Iterator[Met]:
    budget = record["total_budget_sek"]
    if budget and not limits.least <= budget <= limits.most:
        yield Met(
            "total_budget_sek",
            f"a budget of {budget} kronor lies outside {limits.least}–{limits.most}",
        )


def _find_amount_alone(record: View, _: Settings) -> Iterator[Met]:
    for currency in ("sek", "eur"):
        budget = record.get(f"total_budget_{currency}")
        support = record.get(f"esf_support_{currency}")
        if support is not None and budget is None:
            told = f"the page tells a support of {grouped(support)} but no total budget"
            yield Met(f"esf_support_{currency}", told)
        elif budget is not None and support is None:
            told = f"the page tells a budget of {grouped(budget)} but no support"
            yield Met(f"total_budget_{currency}", told)


class _Times(NamedTuple):
    """Between how many times one amount is another one that is told in thousands."""

    least: int = 300
    most: int = 3_500


def _find_mixed_units(record: View, limits: _Times) -> Iterator[Met]:
    budget, support = record["total_budget_sek"], record["esf_support_sek"]
    small, large = sorted((budget, support))
    if small > 0 and limits.least <= large / small <= limits.most:
        yield Met(
            "esf_support_sek",
            f"a budget of {grouped(budget)} and a support of {grouped(support)} kronor: one "
            "of them seems to be in thousands",
        )


class _Cost(NamedTuple):
    """Usual cost of one planned participant, in kronor."""

    least: int = 1_000
    most: int = 1_000_000


def _find_cost_of_participant(record: View, limits: _Cost) -> Iterator[Met]:
    budget, persons = record["total_budget_sek"], record["planned_participants"]
    if not budget or not persons:
        return
    cost = budget // persons
    if not limits.least <= cost <= limits.most:
        yield Met(
            "planned_participants",
            f"{grouped(budget)} kronor for {persons} participants are {grouped(cost)} kronor "
            f"each; {grouped(limits.least)}–{grouped(limits.most)} are usual",
        )


class _Rate(NamedTuple):
    """The lowest and the highest rate between the currencies, in kronor a euro."""

    least: float = 8.0
    most: float = 12.0


def _find_rate_of_exchange(record: View, limits: _Rate) -> Iterator[Met]:
    for amount in ("total_budget", "esf_support"):
        kronor, euro = record.get(f"{amount}_sek"), record.get(f"{amount}_eur")
        if not kronor or not euro:
            continue
        rate = float(kronor / euro)
        if not limits.least <= rate <= limits.most:
            yield Met(
                f"{amount}_sek",
                f"{grouped(kronor)} kronor beside {grouped(euro)} euro are {rate:.2f} kronor a "
                f"euro; {limits.least:g}–{limits.most:g} are usual",
            )


class _CallSize(NamedTuple):
    """The smallest and largest usual amount of a call, in kronor."""

    least: int = 500_000
    most: int = 3_000_000_000


def _find_call_size(record: View, limits: _CallSize) -> Iterator[Met]:
    amount = record["call_amount_sek"]
    if not limits.least <= amount <= limits.most:
        yield Met(
            "call_amount_sek",
            f"a call of {grouped(amount)} kronor lies outside {grouped(limits.least)}–"
            f"{grouped(limits.most)}",
        )


RULES: Final = (
    Rule(
        code=Problem.SUPPORT_EXCEEDS_BUDGET,
        severity=Severity.ERROR,
        find=_find_support_above_budget,
        settings=_Tolerance(),
        at_ingest=True,
        breaks={"total_budget_sek": 5_000_000, "esf_support_sek": 5_000_002},
        keeps={"total_budget_sek": 5_000_000, "esf_support_sek": 5_000_001},
    ),
    Rule(
        code=Problem.AMOUNT_ZERO,
        severity=Severity.WARNING,
        find=_find_zero,
        at_ingest=True,
        breaks={"total_budget_sek": 0},
        keeps={"total_budget_sek": 400_000},
    ),
    Rule(
        code=Problem.BUDGET_SIZE_UNUSUAL,
        severity=Severity.WARNING,
        find=_find_budget_size,
        settings=_BudgetSize(),
        reads=("total_budget_sek",),
        at_ingest=True,
        breaks={"total_budget_sek": 5_044},
        keeps={"total_budget_sek": 5_044_038},
    ),
    Rule(
        code=Problem.AMOUNT_ALONE,
        severity=Severity.NOTE,
        find=_find_amount_alone,
        kinds=("project",),
        breaks={"esf_support_sek": 3_350_000},
        keeps={"esf_support_sek": 3_350_000, "total_budget_sek": 5_000_000},
    ),
    Rule(
        code=Problem.AMOUNTS_IN_MIXED_UNITS,
        severity=Severity.WARNING,
        find=_find_mixed_units,
        settings=_Times(),
        kinds=("project",),
        reads=("total_budget_sek", "esf_support_sek"),
        breaks={"total_budget_sek": 5_000_000, "esf_support_sek": 3_350},
        keeps={"total_budget_sek": 5_000_000, "esf_support_sek": 3_350_000},
    ),
    Rule(
        code=Problem.COST_PER_PARTICIPANT_UNUSUAL,
        severity=Severity.NOTE,
        find=_find_cost_of_participant,
        settings=_Cost(),
        kinds=("project",),
        reads=("total_budget_sek", "planned_participants"),
        breaks={"total_budget_sek": 5_000, "planned_participants": 50},
        keeps={"total_budget_sek": 400_000, "planned_participants": 0},
    ),
    Rule(
        code=Problem.CURRENCIES_DISAGREE,
        severity=Severity.WARNING,
        find=_find_rate_of_exchange,
        settings=_Rate(),
        breaks={"total_budget_sek": 5_000_000, "total_budget_eur": Decimal("50000.00")},
        keeps={"total_budget_sek": 5_000_000, "total_budget_eur": Decimal("480000.00")},
    ),
    Rule(
        code=Problem.CALL_SIZE_UNUSUAL,
        severity=Severity.WARNING,
        find=_find_call_size,
        settings=_CallSize(),
        kinds=("call",),
        reads=("call_amount_sek",),
        breaks={"call_amount_sek": 60_000},
        keeps={"call_amount_sek": 60_000_000},
    ),
)
