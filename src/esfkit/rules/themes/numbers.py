"""Rules of numbers: what a project number and a CCI say of period and dates."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Final, NamedTuple

from esfkit.model.finding import Problem, Severity
from esfkit.rules.rule import Met, Rule, Settings, View
from esfkit.values.identifier import cci_period, number_period

_CALL_NUMBER: Final = re.compile("[0-9]{2}-[0-9]{3}")


def is_call_number(number: str) -> bool:
    """Tell whether a number has the shape of a call's of 2021-2027, such as ``23-017``."""
    return _CALL_NUMBER.fullmatch(number) is not None


def _find_number_of_other_period(record: View, _: Settings) -> Iterator[Met]:
    number, period = record["project_number"], record["programme_period"]
    shaped = number_period(number)
    if shaped and shaped != period:
        yield Met(
            "project_number",
            f"{number} has the shape of {shaped} but the page says {period}",
        )


def _year_of(number: str) -> int | None:
    """Return the year in which a number was given."""
    period = number_period(number)
    if period is None:
        return None
    return 2000 + int(number[:2]) if period == "2021-2027" else int(number[:4])


def _find_start_before_number(record: View, _: Settings) -> Iterator[Met]:
    number, start = record["project_number"], record["period_start"]
    year = _year_of(number)
    if year is not None and start.year < year:
        yield Met(
            "period_start",
            f"the project starts {start}, but its number {number} was given in {year}",
        )


class _Years(NamedTuple):
    """How many years after its number was given a project may start."""

    most: int = 3


def _find_start_long_after_number(record: View, limits: _Years) -> Iterator[Met]:
    number, start = record["project_number"], record["period_start"]
    year = _year_of(number)
    if year is not None and start.year > year + limits.most:
        yield Met(
            "period_start",
            f"the project starts {start}, more than {limits.most} years after its number "
            f"{number} was given",
        )


def _find_call_number(record: View, _: Settings) -> Iterator[Met]:
    number = record["project_number"]
    if number == record.get("call_number"):
        yield Met("project_number", f"{number} is also the number of the call")
    elif is_call_number(number):
        told = f"{number} has the shape of a call; a project's goes on as {number}-S01"
        yield Met("project_number", told)


def _find_other_cci(record: View, _: Settings) -> Iterator[Met]:
    cci, period = record["programme_cci"], record["programme_period"]
    told = cci_period(cci)
    if told and told != period:
        yield Met("programme_cci", f"the programme {cci} is of {told}, the page of {period}")


RULES: Final = (
    Rule(
        code=Problem.NUMBER_CONTRADICTS_PERIOD,
        severity=Severity.WARNING,
        find=_find_number_of_other_period,
        reads=("project_number", "programme_period"),
        at_ingest=True,
        breaks={"project_number": "2016/00130", "programme_period": "2021-2027"},
        keeps={"project_number": "2016/00130", "programme_period": "2014-2020"},
    ),
    Rule(
        code=Problem.START_BEFORE_NUMBER,
        severity=Severity.NOTE,
        find=_find_start_before_number,
        kinds=("project",),
        reads=("project_number", "period_start"),
        breaks={"project_number": "2018/00130", "period_start": date(2016, 9, 1)},
        keeps={"project_number": "25-031-S02", "period_start": date(2026, 9, 4)},
    ),
    Rule(
        code=Problem.START_LONG_AFTER_NUMBER,
        severity=Severity.WARNING,
        find=_find_start_long_after_number,
        settings=_Years(),
        kinds=("project",),
        reads=("project_number", "period_start"),
        breaks={"project_number": "2015/00130", "period_start": date(2020, 9, 1)},
        keeps={"project_number": "2015/00130", "period_start": date(2018, 9, 1)},
    ),
    Rule(
        code=Problem.NUMBER_OF_CALL,
        severity=Severity.NOTE,
        find=_find_call_number,
        kinds=("project",),
        reads=("project_number",),
        breaks={"project_number": "23-017"},
        keeps={"project_number": "23-017-S01", "call_number": "23-017"},
    ),
    Rule(
        code=Problem.CCI_CONTRADICTS_PERIOD,
        severity=Severity.WARNING,
        find=_find_other_cci,
        reads=("programme_cci", "programme_period"),
        breaks={"programme_cci": "2014SE05M9OP001", "programme_period": "2021-2027"},
        keeps={"programme_cci": "2021SE05SFPR001", "programme_period": "2021-2027"},
    ),
)
