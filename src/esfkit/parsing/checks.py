"""Rules of the domain: what is possible and what is usual.

The rules, their thresholds and their sources are listed in ``docs/findings.md``.
They only report; no value is changed or dropped.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from typing import Any, Final, NamedTuple

from dateutil.relativedelta import relativedelta

from esfkit.model.finding import Finding, Problem, Severity
from esfkit.parsing.draft import make_finding
from esfkit.values.identifier import number_period
from esfkit.values.programme import area_of_objective

Values = Mapping[str, Any]

_SMALLEST_BUDGET: Final = 50_000
_LARGEST_BUDGET: Final = 500_000_000
_LOWEST_SHARE_2014: Final = 0.45  # below every known call of 2014–2020 (47 %)
_SHORTEST: Final = 3  # months
_LONGEST: Final = 60  # months
_SURELY_LONG_ENOUGH: Final = timedelta(days=31 * _SHORTEST)
_SURELY_SHORT_ENOUGH: Final = timedelta(days=30 * _LONGEST)
_FEWEST: Final = 5
_MOST: Final = 20_000


class _Window(NamedTuple):
    """First and last day on which expenditure of a period is eligible."""

    first: date
    last: date


_ELIGIBLE: Final[Mapping[str, _Window]] = {
    "2007-2013": _Window(date(2007, 1, 1), date(2015, 12, 31)),  # Reg. 1083/2006 Art. 56
    "2014-2020": _Window(date(2013, 9, 1), date(2023, 12, 31)),  # Reg. 1303/2013 Art. 65, YEI
    "2021-2027": _Window(date(2021, 1, 1), date(2029, 12, 31)),  # Reg. 2021/1060 Art. 63(2)
}


def check_values(values: Values) -> Iterator[Finding]:
    """Yield what the rules of the domain say to the values of one project or call."""
    for rule in RULES:
        yield from rule(values)


def _check_support(values: Values) -> Iterator[Finding]:
    for currency in ("sek", "eur"):
        budget = values.get(f"total_budget_{currency}")
        support = values.get(f"esf_support_{currency}")
        if budget is None or support is None:
            continue
        if support > budget + 1:
            yield make_finding(
                Problem.SUPPORT_EXCEEDS_BUDGET,
                f"esf_support_{currency}",
                f"the support of {support} exceeds the budget of {budget}",
                severity=Severity.ERROR,
            )
        elif (
            budget > 0
            and values.get("programme_period") == "2014-2020"
            and 0 < support / budget < _LOWEST_SHARE_2014
        ):
            yield make_finding(
                Problem.SUPPORT_SHARE_LOW,
                f"esf_support_{currency}",
                f"the support is {float(support / budget):.1%} of the budget; "
                "no known call of 2014–2020 gave less than 47 %",
            )


def _check_sizes(values: Values) -> Iterator[Finding]:
    budget = values.get("total_budget_sek")
    for column in ("total_budget_sek", "esf_support_sek"):
        if values.get(column) == 0:
            yield make_finding(Problem.AMOUNT_ZERO, column, "the page prints an amount of 0")
    if budget and not _SMALLEST_BUDGET <= budget <= _LARGEST_BUDGET:
        yield make_finding(
            Problem.BUDGET_SIZE_UNUSUAL,
            "total_budget_sek",
            f"a budget of {budget} kronor lies outside {_SMALLEST_BUDGET}–{_LARGEST_BUDGET}",
        )


def _check_period(values: Values) -> Iterator[Finding]:
    start, end = values.get("period_start"), values.get("period_end")
    if start is None or end is None:
        return
    if end < start:
        yield make_finding(
            Problem.PERIOD_REVERSED,
            "period_end",
            f"the period ends {end} before it starts {start}",
            severity=Severity.ERROR,
        )
        return
    usual = _SURELY_LONG_ENOUGH <= end - start <= _SURELY_SHORT_ENOUGH
    months = _SHORTEST if usual else _months(start, end)
    if not _SHORTEST <= months <= _LONGEST:
        yield make_finding(
            Problem.PERIOD_LENGTH_UNUSUAL,
            "period_end",
            f"the period takes {months} months; {_SHORTEST}–{_LONGEST} are usual",
        )
    window = _ELIGIBLE.get(values.get("programme_period") or "")
    if window and not (window.first <= start and end <= window.last):
        yield make_finding(
            Problem.PERIOD_OUTSIDE_PROGRAMME,
            "period_start" if start < window.first else "period_end",
            f"{start} – {end} is not within {window.first} – {window.last}, "
            f"when expenditure of {values['programme_period']} is eligible",
        )


def _months(start: date, end: date) -> int:
    """Return how many months a period takes, begun ones counted as whole."""
    length = relativedelta(end, start)
    return 12 * length.years + length.months + (1 if length.days else 0)


def _check_number(values: Values) -> Iterator[Finding]:
    number, period = values.get("project_number"), values.get("programme_period")
    shaped = number_period(number) if number else None
    if shaped and period and shaped != period:
        yield make_finding(
            Problem.NUMBER_CONTRADICTS_PERIOD,
            "project_number",
            f"{number} has the shape of {shaped} but the page says {period}",
        )


def _check_objective(values: Values) -> Iterator[Finding]:
    area, objective = values.get("programme_area"), values.get("specific_objective")
    if area and objective and area_of_objective(objective).casefold() != area.casefold():
        yield make_finding(
            Problem.OBJECTIVE_OUTSIDE_AREA,
            "specific_objective",
            f"objective {objective} does not belong to area {area}",
            severity=Severity.ERROR,
        )


def _check_participants(values: Values) -> Iterator[Finding]:
    number = values.get("planned_participants")
    if number and not _FEWEST <= number <= _MOST:
        yield make_finding(
            Problem.PARTICIPANTS_UNUSUAL,
            "planned_participants",
            f"{number} participants lie outside {_FEWEST}–{_MOST}",
        )


RULES: Final[tuple[Callable[[Values], Iterator[Finding]], ...]] = (
    _check_support,
    _check_sizes,
    _check_period,
    _check_number,
    _check_objective,
    _check_participants,
)
