"""Rules of dates: order, length, and the days on which a programme can pay."""

import re
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Final, NamedTuple

from dateutil.relativedelta import relativedelta

from esfkit.model.finding import Problem, Severity
from esfkit.rules.rule import Met, Rule, Settings, View

_SURELY_A_MONTH: Final = timedelta(days=31)
_SHORTEST_MONTHS: Final = timedelta(days=30)
_YOUTH_AREA: Final = "3"
_PRE_STUDY: Final = re.compile("(?i)förprojektering|förstudie")


class _Window(NamedTuple):
    """First and last day on which expenditure of a period is eligible."""

    first: date
    last: date


_ELIGIBLE: Final[Mapping[str, _Window]] = {
    "2007-2013": _Window(date(2007, 1, 1), date(2015, 12, 31)),  # Reg. 1083/2006 Art. 56
    "2014-2020": _Window(date(2013, 9, 1), date(2023, 12, 31)),  # Reg. 1303/2013 Art. 65, YEI
    "2021-2027": _Window(date(2021, 1, 1), date(2029, 12, 31)),  # Reg. 2021/1060 Art. 63(2)
}


def _find_reversed(record: View, _: Settings) -> Iterator[Met]:
    start, end = record["period_start"], record["period_end"]
    if end < start:
        yield Met("period_end", f"the period ends {end} before it starts {start}")


class _Months(NamedTuple):
    """The shortest and longest usual period, in months, begun ones counted as whole."""

    least: int = 3
    most: int = 60


def _find_length(record: View, limits: _Months) -> Iterator[Met]:
    start, end = record["period_start"], record["period_end"]
    if end < start:
        return
    months = _months(start, end, limits)
    if not limits.least <= months <= limits.most:
        yield Met(
            "period_end",
            f"the period takes {months} months; {limits.least}–{limits.most} are usual",
        )


def _months(start: date, end: date, limits: _Months) -> int:
    """Return how many months a period takes; counted only where that could matter."""
    if _SURELY_A_MONTH * limits.least <= end - start <= _SHORTEST_MONTHS * limits.most:
        return limits.least
    return _begun_months(start, end)


def _begun_months(start: date, end: date) -> int:
    length = relativedelta(end, start)
    return 12 * length.years + length.months + (1 if length.days else 0)


def _find_outside_programme(record: View, _: Settings) -> Iterator[Met]:
    start, end = record["period_start"], record["period_end"]
    window = _ELIGIBLE.get(record.get("programme_period") or "")
    if end < start or window is None:
        return
    if not (window.first <= start and end <= window.last):
        yield Met(
            "period_start" if start < window.first else "period_end",
            f"{start} – {end} is not within {window.first} – {window.last}, "
            f"when expenditure of {record['programme_period']} is eligible",
        )


def _find_before_2014(record: View, _: Settings) -> Iterator[Met]:
    start = record["period_start"]
    early = _ELIGIBLE["2014-2020"].first <= start < date(2014, 1, 1)
    if early and record["programme_area"] != _YOUTH_AREA:
        yield Met(
            "period_start",
            f"the project starts {start}; before 2014-01-01 only area 3 could be paid, and "
            f"this is area {record['programme_area']}",
        )


class _PreStudy(NamedTuple):
    """The longest usual preliminary study, in months."""

    most: int = 12


def _find_long_pre_study(record: View, limits: _PreStudy) -> Iterator[Met]:
    start, end = record["period_start"], record["period_end"]
    if end < start or not _PRE_STUDY.search(record["phase"]):
        return
    months = _begun_months(start, end)
    if months > limits.most:
        yield Met(
            "period_end",
            f"a phase of {record['phase']} takes {months} months, {start} – {end}; "
            f"up to {limits.most} are usual",
        )


class _Implementation(NamedTuple):
    """The shortest usual implementation, in months."""

    least: int = 6


def _find_short_implementation(record: View, limits: _Implementation) -> Iterator[Met]:
    start, end = record["period_start"], record["period_end"]
    if end < start or record["phase"].casefold() != "genomförande":
        return
    months = _begun_months(start, end)
    if months < limits.least:
        yield Met(
            "period_end",
            f"an implementation takes {months} months, {start} – {end}; calls ask for 12 or "
            "more",
        )


_BOTH_DATES: Final = ("period_start", "period_end")

RULES: Final = (
    Rule(
        code=Problem.PERIOD_REVERSED,
        severity=Severity.ERROR,
        find=_find_reversed,
        reads=_BOTH_DATES,
        at_ingest=True,
        breaks={"period_start": date(2016, 9, 1), "period_end": date(2016, 8, 31)},
        keeps={"period_start": date(2016, 9, 1), "period_end": date(2019, 2, 28)},
    ),
    Rule(
        code=Problem.PERIOD_LENGTH_UNUSUAL,
        severity=Severity.WARNING,
        find=_find_length,
        settings=_Months(),
        kinds=("project",),  # a call's dates are those between which one applies
        reads=_BOTH_DATES,
        at_ingest=True,
        breaks={"period_start": date(2016, 9, 1), "period_end": date(2026, 2, 28)},
        keeps={"period_start": date(2016, 9, 1), "period_end": date(2019, 2, 28)},
    ),
    Rule(
        code=Problem.PERIOD_OUTSIDE_PROGRAMME,
        severity=Severity.WARNING,
        find=_find_outside_programme,
        kinds=("project",),  # a call's dates are those between which one applies
        reads=_BOTH_DATES,
        at_ingest=True,
        breaks={
            "programme_period": "2007-2013",
            "period_start": date(2014, 1, 1),
            "period_end": date(2016, 6, 30),
        },
        keeps={
            "programme_period": "2014-2020",
            "period_start": date(2022, 9, 1),
            "period_end": date(2023, 12, 31),
        },
    ),
    Rule(
        code=Problem.PERIOD_TOO_EARLY,
        severity=Severity.WARNING,
        find=_find_before_2014,
        kinds=("project",),
        periods=("2014-2020",),
        reads=("period_start", "programme_area"),
        breaks={
            "programme_period": "2014-2020",
            "programme_area": "2",
            "period_start": date(2013, 10, 1),
        },
        keeps={
            "programme_period": "2014-2020",
            "programme_area": "3",
            "period_start": date(2013, 10, 1),
        },
    ),
    Rule(
        code=Problem.PRE_STUDY_LONG,
        severity=Severity.NOTE,
        find=_find_long_pre_study,
        settings=_PreStudy(),
        kinds=("project",),
        reads=(*_BOTH_DATES, "phase"),
        breaks={
            "phase": "Förprojektering",
            "period_start": date(2009, 1, 1),
            "period_end": date(2010, 12, 31),
        },
        keeps={
            "phase": "Förprojektering",
            "period_start": date(2009, 1, 1),
            "period_end": date(2009, 6, 30),
        },
    ),
    Rule(
        code=Problem.IMPLEMENTATION_SHORT,
        severity=Severity.NOTE,
        find=_find_short_implementation,
        settings=_Implementation(),
        kinds=("project",),
        reads=(*_BOTH_DATES, "phase"),
        breaks={
            "phase": "Genomförande",
            "period_start": date(2009, 1, 1),
            "period_end": date(2009, 4, 30),
        },
        keeps={
            "phase": "Förprojektering",
            "period_start": date(2009, 1, 1),
            "period_end": date(2009, 4, 30),
        },
    ),
)
