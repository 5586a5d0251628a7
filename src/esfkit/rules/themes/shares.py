"""Rules of shares: what part of the budget the support is, and the Union's rate.

The two are never compared: the rate is the programme's, the support also holds the
state's part.
"""

from collections.abc import Iterator
from functools import cache
from typing import Final, NamedTuple

from esfkit.model.finding import Problem, Severity
from esfkit.rules.rule import Met, Rule, Settings, View, budgets_and_supports, grouped
from esfkit.vocabulary.tables import read_table

_KOHESIO: Final = ("kohesio", "kohesio-list")
_POINTS: Final = 0.0005  # rates are printed in whole or half points


class _LeastShare(NamedTuple):
    """The lowest share of the budget that is not remarked upon, from 0 to 1."""

    least: float


def _find_low_share(record: View, limits: _LeastShare) -> Iterator[Met]:
    for currency, budget, support in budgets_and_supports(record):
        if budget > 0 and 0 < support / budget < limits.least:
            yield Met(
                f"esf_support_{currency}",
                f"the support is {float(support / budget):.1%} of the budget; "
                "no known call of 2014–2020 gave less than 47 %",
            )


def _find_low_share_2007(record: View, limits: _LeastShare) -> Iterator[Met]:
    for currency, budget, support in budgets_and_supports(record):
        if budget > 0 and 0 < support / budget < limits.least:
            yield Met(
                f"esf_support_{currency}",
                f"the support of {grouped(support)} is {float(support / budget):.1%} of the "
                f"budget of {grouped(budget)}; 35–100 % are usual in 2007–2013",
            )


class _KnownShares(NamedTuple):
    """Shares of support that calls are known to give, and how far off is still that.

    Attributes:
        shares_2014: Of 2014–2020, in percent.
        shares_2021: Of area A in 2021–2027, in percent.
        points: Percentage points on either side, for budgets that were amended.
    """

    shares_2014: tuple[float, ...] = (47, 53, 67, 75, 100)
    shares_2021: tuple[float, ...] = (54, 60, 100)
    points: float = 2.5


def _find_unknown_share(record: View, limits: _KnownShares) -> Iterator[Met]:
    budget, support = record["total_budget_sek"], record["esf_support_sek"]
    period = record.get("programme_period")
    if not budget or support <= 0 or support > budget or record.get("layout") in _KOHESIO:
        return
    if period == "2021-2027" and record.get("programme_area") != "A":
        return
    known = limits.shares_2014 if period == "2014-2020" else limits.shares_2021
    percent = 100 * support / budget
    if all(abs(percent - each) > limits.points for each in known):
        shares = ", ".join(f"{each:g}" for each in known)
        yield Met(
            "esf_support_sek",
            f"the support of {grouped(support)} is {percent:.1f} % of the budget of "
            f"{grouped(budget)}; known calls gave {shares} %",
        )


def _find_unknown_rate(record: View, _: Settings) -> Iterator[Met]:
    rate, period = record["union_cofinancing_rate"], record.get("programme_period")
    known = _rates_of(period)
    # A page may print 66.67 % as 67 %.
    if known and all(abs(rate - each) > _POINTS and rate != round(each, 2) for each in known):
        rates = ", ".join(f"{100 * each:g}" for each in sorted(known))
        yield Met(
            "union_cofinancing_rate",
            f"a Union rate of {100 * rate:g} % is none of {period}: {rates} %",
        )


@cache
def _rates_of(period: str | None) -> frozenset[float]:
    rows = read_table("union_rates")
    return frozenset(float(r["rate_percent"]) / 100 for r in rows if r["period"] == period)


RULES: Final = (
    Rule(
        code=Problem.SUPPORT_SHARE_LOW,
        severity=Severity.WARNING,
        find=_find_low_share,
        settings=_LeastShare(0.45),
        periods=("2014-2020",),
        at_ingest=True,
        breaks={
            "programme_period": "2014-2020",
            "total_budget_sek": 5_000_000,
            "esf_support_sek": 2_000_000,
        },
        keeps={
            "programme_period": "2014-2020",
            "total_budget_sek": 5_000_000,
            "esf_support_sek": 2_350_000,
            "union_cofinancing_rate": 0.5,
        },
    ),
    Rule(
        code=Problem.SUPPORT_SHARE_VERY_LOW,
        severity=Severity.NOTE,
        find=_find_low_share_2007,
        settings=_LeastShare(0.30),
        periods=("2007-2013",),
        breaks={
            "programme_period": "2007-2013",
            "total_budget_sek": 5_000_000,
            "esf_support_sek": 1_000_000,
        },
        keeps={
            "programme_period": "2007-2013",
            "total_budget_sek": 5_000_000,
            "esf_support_sek": 1_850_000,
        },
    ),
    Rule(
        code=Problem.SUPPORT_SHARE_UNEXPECTED,
        severity=Severity.NOTE,
        find=_find_unknown_share,
        settings=_KnownShares(),
        kinds=("project",),
        periods=("2014-2020", "2021-2027"),
        reads=("total_budget_sek", "esf_support_sek"),
        breaks={
            "programme_period": "2014-2020",
            "total_budget_sek": 5_000_000,
            "esf_support_sek": 4_250_000,
        },
        keeps={
            "programme_period": "2014-2020",
            "total_budget_sek": 5_000_000,
            "esf_support_sek": 2_350_000,
            "union_cofinancing_rate": 0.5,
        },
    ),
    Rule(
        code=Problem.UNION_RATE_UNKNOWN,
        severity=Severity.NOTE,
        find=_find_unknown_rate,
        reads=("union_cofinancing_rate",),
        breaks={"programme_period": "2014-2020", "union_cofinancing_rate": 0.05},
        keeps={"programme_period": "2014-2020", "union_cofinancing_rate": 0.5},
    ),
)
