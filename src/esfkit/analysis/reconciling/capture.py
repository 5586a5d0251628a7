"""How many projects nobody holds: capture and recapture.

Two lists that were made independently of each other hold n1 and n2 projects, m of them
both. How many there are is then estimated as by Chapman (1951), which is Lincoln and
Petersen's estimate with a correction for small numbers::

    N = (n1 + 1)(n2 + 1) / (m + 1) - 1 = (n1 + n2 - m) + (n1 - m)(n2 - m) / (m + 1)
    var(N) = (n1 + 1)(n2 + 1)(n1 - m)(n2 - m) / ((m + 1)²(m + 2))      (Seber 1970)

Its 95 % interval is log-normal in the number that neither holds, f = N - (n1 + n2 - m),
so that it never falls below what is held (Burnham et al. 1987, Chao 1989)::

    C = exp(1.96 · sqrt(log(1 + var(N)/f²)));  n1 + n2 - m + f/C  to  n1 + n2 - m + f·C

Below 7 projects on both the estimate is biased by more than can be told (Robson and
Regier 1964). Formulas and names are recalled, and tested against a simulation.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import exp, log, sqrt
from typing import Final, Literal

import polars as pl

from esfkit.analysis.reconciling.differences import Tolerance
from esfkit.analysis.reconciling.projects import reconciled
from esfkit.analysis.reconciling.sides import JUDGED, Side

FEWEST_ON_BOTH: Final = 7
"""Projects that both hold, below which nothing is estimated."""

_NORMAL_975: Final = 1.959963984540054

Refusal = Literal[
    "same_layout", "same_site", "not_judged", "no_common_period", "few_on_both", "nested"
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """What two lists tell of the projects that neither holds.

    Attributes:
        first: The name of one list.
        second: The name of the other.
        refused: Why nothing is estimated; ``None`` where something is.
        because: What the refusal is about, such as the layout that both have.
        periods: The programme periods of which both hold projects; only these count.
        n1: Projects that the first holds.
        n2: Projects that the second holds.
        both: Projects that both hold.
        estimate: Projects there are, with one decimal; ``None`` where refused.
        low: Lower bound of the 95 % interval.
        high: Upper bound.
    """

    first: str
    second: str
    refused: Refusal | None = None
    because: str = ""
    periods: tuple[str, ...] = ()
    n1: int = 0
    n2: int = 0
    both: int = 0
    estimate: float | None = None
    low: float | None = None
    high: float | None = None

    @property
    def held(self) -> int:
        """How many projects one of the two holds."""
        return self.n1 + self.n2 - self.both


def estimate_missing(first: Side, second: Side) -> Estimate:
    """Return how many projects there are, as far as two lists tell.

    Only programme periods of which both hold a project take part, so that a list of one
    period is not blamed for another. Nothing is estimated where both were read from one
    layout or one site, where fewer than :data:`FEWEST_ON_BOTH` stand on both, where one
    holds all of the other, or where the condition asks for what a row does not state.
    """
    none = Estimate(first=first.name, second=second.name)
    if shared := first.layouts & second.layouts:
        return replace(none, refused="same_layout", because=", ".join(sorted(shared)))
    if shared := first.hosts & second.hosts:
        return replace(none, refused="same_site", because=", ".join(sorted(shared)))
    periods = tuple(sorted(first.periods & second.periods))
    if not periods:
        return replace(none, refused="no_common_period")
    n1, n2, both = _counts(first, second, periods)
    counted = replace(none, periods=periods, n1=n1, n2=n2, both=both)
    if not all(_of(side, periods)[JUDGED].all() for side in (first, second)):
        return replace(counted, refused="not_judged")
    return _estimated(counted)


def _estimated(counted: Estimate) -> Estimate:
    if counted.both < FEWEST_ON_BOTH:
        return replace(counted, refused="few_on_both", because=str(FEWEST_ON_BOTH))
    if counted.both in (counted.n1, counted.n2):  # as of a copy: an interval without width
        return replace(counted, refused="nested")
    estimate, low, high = chapman(counted.n1, counted.n2, counted.both)
    return replace(counted, estimate=estimate, low=low, high=high)


def chapman(n1: int, n2: int, both: int) -> tuple[float, float, float]:
    """Return the estimate and its 95 % interval, each with one decimal.

    Args:
        n1: How many one list holds.
        n2: How many the other holds.
        both: How many both hold; at most the smaller of the two.
    """
    held = n1 + n2 - both
    unseen = (n1 - both) * (n2 - both) / (both + 1)
    if unseen == 0:  # one list holds all that the other does
        return float(held), float(held), float(held)
    variance = (n1 + 1) * (n2 + 1) * (n1 - both) * (n2 - both) / ((both + 1) ** 2 * (both + 2))
    factor = exp(_NORMAL_975 * sqrt(log(1 + variance / unseen**2)))
    bounds = held + unseen, held + unseen / factor, held + unseen * factor
    return round(bounds[0], 1), round(bounds[1], 1), round(bounds[2], 1)


def _of(side: Side, periods: Sequence[str]) -> pl.DataFrame:
    return side.rows.filter(pl.col("programme_period").is_in(periods))


def _counts(first: Side, second: Side, periods: Sequence[str]) -> tuple[int, int, int]:
    """Return how many projects the first holds, the second, and both."""
    rows = reconciled(first, second, Tolerance())
    rows = rows.filter(pl.col("programme_period").is_in(periods))
    n1, n2 = (rows[f"record_id_{side}"].count() for side in ("here", "there"))
    return n1, n2, n1 + n2 - rows.height
