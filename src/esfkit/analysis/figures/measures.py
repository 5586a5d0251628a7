"""What can be measured of a group of records: a catalogue, in :data:`WORDS`.

A *figure* is something that each record has or has not: its budget, its support for
each participant. A *measure* is what a group shows of a figure: its sum (or, of a
quotient, one sum ÷ the other), or how the records' own figures are spread.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Final, Literal

import polars as pl

from esfkit.analysis.figures.reference import expected_share_column
from esfkit.dataset.columns import did_you_mean
from esfkit.model.errors import BadRequest

Currency = Literal["SEK", "EUR"]

EUROS: Final = ("total_budget_eur", "esf_support_eur")
"""The columns of money in euro."""

_KRONA: Final = Decimal(1)
_CENT: Final = Decimal("0.01")
_SHARE: Final = Decimal("0.0001")
_PARTS_OF_A_SHARE: Final = 10_000

# A year of 365.25 days has twelve months: a month is 1461/48 days.
_MONTH: Final = (48, 1461)


class Statistic(StrEnum):
    """What a group shows of a figure."""

    SUM = ""
    MEAN = "mean"
    MIN = "min"
    Q1 = "q1"
    MEDIAN = "median"
    Q3 = "q3"
    MAX = "max"


QUANTILES: Final = {Statistic.Q1: 0.25, Statistic.MEDIAN: 0.5, Statistic.Q3: 0.75}
"""Between two records the quantile is interpolated, as spreadsheets do (QUARTILE.INC)."""

_STATISTICS: Final = {
    **{str(each): (each,) for each in Statistic if each},
    "quartiles": (Statistic.Q1, Statistic.MEDIAN, Statistic.Q3),
    "spread": (
        Statistic.MIN,
        Statistic.Q1,
        Statistic.MEDIAN,
        Statistic.Q3,
        Statistic.MAX,
    ),
}


@dataclass(frozen=True, slots=True, eq=False)
class Figure:
    """Something that a record states, or that follows from what it states.

    Attributes:
        column: Its name in tables.
        unit: ``SEK``, ``EUR``, ``persons``, ``days`` or ``fraction``; what it is
            counted in.
        above: A record's amount as a whole number, null where the record does not
            count; of euro in cents.
        below: Of a quotient what it is divided by, as a whole number.
        read_from: The columns of the record that it is read from, where it has another
            name than they; a finding on one of them doubts the figure.
    """

    column: str
    unit: str
    above: pl.Expr
    below: pl.Expr | None = None
    read_from: tuple[str, ...] = ()

    @property
    def step(self) -> Decimal:
        """The last digit that its sums and quotients are rounded to, halves to even."""
        return {"EUR": _CENT, "fraction": _SHARE}.get(self.unit, _KRONA)

    @property
    def scale(self) -> int:
        """How many of the whole numbers make one unit: a hundred cents a euro."""
        return 100 if self.unit == "EUR" else 1


@dataclass(frozen=True, slots=True, eq=False)
class Measure:
    """What a group shows of a figure."""

    figure: Figure
    statistic: Statistic = Statistic.SUM

    @property
    def name(self) -> str:
        """The name of its column; beside it stands ``<name>_stated``."""
        suffix = f"_{self.statistic}" if self.statistic else ""
        return f"{self.figure.column}{suffix}"

    @property
    def adds_up(self) -> bool:
        """Whether the groups' figures add up to the total: no quotient and no median."""
        return self.statistic is Statistic.SUM and self.figure.below is None


def stated_name(name: str) -> str:
    """Return the column that tells on how many records a measure rests."""
    return f"{name}_stated"


# --- the catalogue


def _money(name: str, currency: Currency) -> pl.Expr:
    column = pl.col(f"{name}_{currency.lower()}")
    if currency == "SEK":
        return column
    # Cents: whole numbers add up exactly and fast.
    return (column.cast(pl.Decimal(38, 2)) * 100).cast(pl.Int64)


def _amount(name: str, currency: Currency) -> Figure:
    # Euro may have been worked out of kronor: what doubts the one doubts the other.
    # A finding may be about the label, before its currency is known.
    both = (name, f"{name}_sek", f"{name}_eur")
    column = f"{name}_{currency.lower()}"
    return Figure(column, currency, _money(name, currency), read_from=both)


def _plain(column: str, unit: str) -> Figure:
    return Figure(column, unit, pl.col(column))


def _quotient(column: str, unit: str, above: pl.Expr, below: pl.Expr) -> Figure:
    """Return a quotient over the records that state both parts."""
    both = above.is_not_null() & below.is_not_null()
    return Figure(column, unit, pl.when(both).then(above), pl.when(both).then(below))


def _days() -> pl.Expr:
    """Return the length of a period, its first and its last day included."""
    days = (pl.col("period_end") - pl.col("period_start")).dt.total_days() + 1
    return pl.when(days > 0).then(days)


def _a_month(column: str, currency: Currency, amount: pl.Expr) -> Figure:
    times, days = _MONTH
    above, below = amount.cast(pl.Int128) * days, _days().cast(pl.Int128) * times
    return _quotient(column, currency, above, below)


def _catalogue(currency: Currency) -> dict[str, Figure]:
    """Return word → figure; amounts of money are those in the currency."""
    budget, support = (_money(name, currency) for name in ("total_budget", "esf_support"))
    people = pl.col("planned_participants")
    some_people = pl.when(people > 0).then(people)
    women, men = pl.col("planned_women"), pl.col("planned_men")
    both = women.cast(pl.Int128) + men  # 64 bits could wrap around
    split = pl.when(both > 0).then(both)
    targets = pl.col("participant_targets").list.eval(pl.element().struct.field("total"))
    tail = "" if currency == "SEK" else "_eur"
    expected = expected_share_column().cast(pl.Int128)
    return {
        "budget": _amount("total_budget", currency),
        "support": _amount("esf_support", currency),
        "share": _quotient("esf_share", "fraction", support, budget),
        "expected_share": _quotient(
            "expected_share",
            "fraction",
            budget * expected,
            pl.when(expected.is_not_null()).then(budget.cast(pl.Int128) * _PARTS_OF_A_SHARE),
        ),
        "participants": _plain("planned_participants", "persons"),
        "women": _plain("planned_women", "persons"),
        "men": _plain("planned_men", "persons"),
        "women_share": _quotient("women_share", "fraction", women, split),
        "targets": Figure(
            "largest_participant_target",
            "persons",
            targets.list.max(),
            read_from=("participant_targets",),
        ),
        "support_per_participant": _quotient(
            f"support_per_participant{tail}", currency, support, some_people
        ),
        "budget_per_participant": _quotient(
            f"budget_per_participant{tail}", currency, budget, some_people
        ),
        "support_per_month": _a_month(f"support_per_month{tail}", currency, support),
        "budget_per_month": _a_month(f"budget_per_month{tail}", currency, budget),
        "days": Figure(
            "project_days", "days", _days(), read_from=("period_start", "period_end")
        ),
        "call_amount": _plain("call_amount_sek", "SEK"),
        "budget_eur": _amount("total_budget", "EUR"),
        "support_eur": _amount("esf_support", "EUR"),
    }


WORDS: Final = tuple(_catalogue("SEK"))
"""Everything that ``--measures`` takes, but for the statistics behind a point."""

_USUAL: Final = ("budget", "support", "share", "participants", "support_per_participant")
_USUAL_SEK: Final = (*_USUAL, "targets", "budget_eur", "support_eur")
_USUAL_EUR: Final = (*_USUAL, "targets")


def usual_measures(currency: Currency = "SEK") -> tuple[Measure, ...]:
    """Return the measures that are shown where none is asked for."""
    known = _catalogue(currency)
    return tuple(Measure(known[w]) for w in (_USUAL_SEK if currency == "SEK" else _USUAL_EUR))


def named_measures(words: Sequence[str], currency: Currency = "SEK") -> tuple[Measure, ...]:
    """Return the measures asked for, each once; without words the usual ones.

    Args:
        words: A figure, such as ``support``, or one with a statistic over the records'
            own figures: ``support.median``. ``.quartiles`` and ``.spread`` stand for
            several. The name of the figure's column is understood too. ``projects``
            may stand among them: the number of records is always there.
        currency: What amounts of money are counted in.

    Raises:
        BadRequest: There is no such figure or statistic.
    """
    wanted = [word for word in words if word != "projects"]
    if not words:
        return usual_measures(currency)
    known = _catalogue(currency)
    by_column = {figure.column: figure for figure in known.values()}
    measures: dict[str, Measure] = {}
    for word in wanted:
        if word.startswith("projects."):
            raise BadRequest(f"{word!r}: the number of projects is a count and has no spread.")
        name, _, statistic = word.partition(".")
        figure = known.get(name) or by_column.get(name)
        if figure is not None and currency == "EUR" and figure.unit == "SEK":
            raise BadRequest(f"{name} is in kronor alone. Ask for it without --eur.")
        if figure is None:
            raise _unknown_figure(name)
        for each in _statistics(word, name, statistic):
            measure = Measure(figure, each)
            measures.setdefault(measure.name, measure)
    return tuple(measures.values())


def _statistics(word: str, name: str, statistic: str) -> tuple[Statistic, ...]:
    if word == name:
        return (Statistic.SUM,)
    if statistic in _STATISTICS:
        return _STATISTICS[statistic]
    known = ", ".join(_STATISTICS)
    raise BadRequest(
        f"{word!r}: there is no statistic {statistic!r}. "
        f"{did_you_mean(statistic, tuple(_STATISTICS))}The statistics are: {known}."
    )


def _unknown_figure(name: str) -> BadRequest:
    if name in _STATISTICS:
        return BadRequest(f"{name!r} of what? Write it behind a figure: support.{name}.")
    return BadRequest(
        f"{name!r} cannot be measured. {did_you_mean(name, WORDS)}"
        f"The measures are: projects, {', '.join(WORDS)}; and each of them with a statistic, "
        "such as support.median, support.quartiles or budget.mean."
    )
