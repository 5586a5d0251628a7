"""Rules of prose that contradicts the labelled values; both are quoted.

Prose tells of much else: other projects, the county, the year before. So only words that
surely mean this project count, and only a number of participants above the planned one:
a smaller one may be a part of it.
"""

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Final, NamedTuple

from esfkit.model.finding import Problem, Severity
from esfkit.rules.prose import (
    ANOTHER,
    DATES,
    OF_BUDGET,
    OF_SUPPORT,
    OTHER_PERSONS,
    OTHER_SUM,
    PERSONS,
    ToldBy,
    sentence_around,
)
from esfkit.rules.rule import Met, Rule, Settings, View, grouped, prose_of, quote
from esfkit.values.amount import Money, read_amount

_NUMBERS: Final = re.compile(
    r"(?<![\d/-])(?:20\d{2}/\d{5}|20\d{2}-\d{7}|2\d-\d{3}-S\d{2,3})(?![\d/-])"
)
_MOST_NAMED: Final = 3
_FEWEST_LETTERS: Final = 2


def _prose_with(record: View, words: tuple[str, ...]) -> Iterator[str]:
    """Yield the texts in which one of the words occurs."""
    return (text for text in prose_of(record) if any(word in text for word in words))


class _Above(NamedTuple):
    """By what part the prose must exceed the labelled number, from 0 up."""

    share: float = 0.1


def _find_other_participants(record: View, limits: _Above) -> Iterator[Met]:
    planned = record["planned_participants"]
    if not planned:
        return
    for text in _prose_with(record, ("deltagare",)):
        for found in PERSONS.finditer(text):
            number = int("".join(found[1].split()))
            sentence = sentence_around(text, found)
            if number > planned * (1 + limits.share) and not OTHER_PERSONS.search(sentence):
                told = f"the label says {planned} participants, the prose {quote(sentence)}"
                yield Met("planned_participants", told)
                return


class _Off(NamedTuple):
    """By what part two amounts may differ, from 0 to 1: prose rounds."""

    share: float = 0.06


def _find_other_budget(record: View, limits: _Off) -> Iterator[Met]:
    yield from _other_amount(record, "total_budget_sek", OF_BUDGET, limits)


def _find_other_support(record: View, limits: _Off) -> Iterator[Met]:
    yield from _other_amount(record, "esf_support_sek", OF_SUPPORT, limits)


def _other_amount(record: View, column: str, told_by: ToldBy, limits: _Off) -> Iterator[Met]:
    # What one page calls its budget is the support of another.
    told = [record.get(name) for name in ("total_budget_sek", "esf_support_sek")]
    for text in _prose_with(record, told_by.words):
        for found in (each for one in told_by.patterns for each in one.finditer(text)):
            money = read_amount(f"{found[1]} {found[2]}")
            if not isinstance(money, Money) or money.value <= 0:
                continue
            if OTHER_SUM.search(sentence_around(text, found)):
                continue
            if not any(amount and _alike(amount, money.value, limits) for amount in told):
                said = quote(found[0])
                yield Met(column, f"the label says {grouped(record[column])}, the prose {said}")
                return


def _alike(labelled: int, told: Decimal, limits: _Off) -> bool:
    return abs(float(told) - labelled) <= limits.share * labelled


def _find_other_dates(record: View, _: Settings) -> Iterator[Met]:
    start, end = record["period_start"], record["period_end"]
    for text in prose_of(record):
        for found in DATES.finditer(text):
            if ANOTHER.search(sentence_around(text, found)):
                continue
            if _days(found[1], found[2]) not in (None, (start, end)):
                said = quote(found[0])
                yield Met("period_start", f"the labels say {start} – {end}, the prose {said}")
                return


def _days(first: str, last: str) -> tuple[date, date] | None:
    try:
        return date.fromisoformat(first), date.fromisoformat(last)
    except ValueError:  # no day of the calendar
        return None


def _find_other_projects(record: View, _: Settings) -> Iterator[Met]:
    own = (record.get("project_number"), record.get("call_number"))
    met = [number for text in prose_of(record) for number in _NUMBERS.findall(text)]
    others = [number for number in dict.fromkeys(met) if number not in own]
    if others:
        more = f" and {len(others) - _MOST_NAMED} more" if len(others) > _MOST_NAMED else ""
        named = ", ".join(others[:_MOST_NAMED])
        yield Met("sections", f"the prose names other numbers: {named}{more}")


def _find_other_number_in_title(record: View, _: Settings) -> Iterator[Met]:
    own = (record.get("project_number"), record.get("call_number"))
    others = [number for number in _NUMBERS.findall(record["title"]) if number not in own]
    if others:
        yield Met(
            "title",
            f"{quote(record['title'])} names {others[0]}; the page's own number is "
            f"{own[0] or 'not told'}",
        )


class _TitleLength(NamedTuple):
    """The longest usual title, in characters."""

    most: int = 250


def _find_odd_title(record: View, limits: _TitleLength) -> Iterator[Met]:
    title = record["title"]
    if sum(map(str.isalpha, title)) < _FEWEST_LETTERS:
        yield Met("title", f"{quote(title)} is hardly a title")
    elif len(title) > limits.most:
        yield Met("title", f"{quote(title)} has {len(title)} characters")


def _prose(text: str) -> tuple[dict[str, object], ...]:
    return ({"heading": "Sammanfattning", "text": text},)


RULES: Final = (
    Rule(
        code=Problem.PROSE_PARTICIPANTS_DIFFER,
        severity=Severity.WARNING,
        find=_find_other_participants,
        settings=_Above(),
        kinds=("project",),
        reads=("planned_participants",),
        breaks={
            "planned_participants": 200,
            "sections": _prose("Vi räknar med 280 deltagare i projektet."),
        },
        keeps={
            "planned_participants": 200,
            "sections": _prose(
                "Metoden prövades redan 2011 av 280 deltagare. Nu blir 40 deltagare fler."
            ),
        },
    ),
    Rule(
        code=Problem.PROSE_BUDGET_DIFFERS,
        severity=Severity.NOTE,
        find=_find_other_budget,
        settings=_Off(),
        kinds=("project",),
        reads=("total_budget_sek",),
        breaks={
            "total_budget_sek": 5_044_038,
            "sections": _prose("Projektets totala budget är 7,5 miljoner kronor."),
        },
        keeps={
            "total_budget_sek": 5_044_038,
            "sections": _prose(
                "Den totala budgeten är cirka 5 miljoner kronor. Budgeten för "
                "kommunens egen verksamhet var 12 miljoner."
            ),
        },
    ),
    Rule(
        code=Problem.PROSE_SUPPORT_DIFFERS,
        severity=Severity.NOTE,
        find=_find_other_support,
        settings=_Off(),
        kinds=("project",),
        reads=("esf_support_sek",),
        breaks={
            "esf_support_sek": 3_350_000,
            "sections": _prose("Projektet har beviljats 9 miljoner kronor."),
        },
        keeps={
            "esf_support_sek": 3_350_000,
            "sections": _prose("ESF-stödet uppgår till 3 350 000 kr."),
        },
    ),
    Rule(
        code=Problem.PROSE_PERIOD_DIFFERS,
        severity=Severity.NOTE,
        find=_find_other_dates,
        kinds=("project",),
        reads=("period_start", "period_end"),
        breaks={
            "period_start": date(2016, 9, 1),
            "period_end": date(2019, 2, 28),
            "sections": _prose("Projektet pågår 2017-09-01 till 2019-02-28."),
        },
        keeps={
            "period_start": date(2016, 9, 1),
            "period_end": date(2019, 2, 28),
            "sections": _prose("Projektet pågår 2016-09-01 – 2019-02-28."),
        },
    ),
    Rule(
        code=Problem.PROSE_NAMES_OTHER_NUMBER,
        severity=Severity.NOTE,
        find=_find_other_projects,
        kinds=("project",),
        breaks={
            "project_number": "2016/00130",
            "sections": _prose("Förstudien hade nummer 2015/00412."),
        },
        keeps={
            "project_number": "2016/00130",
            "sections": _prose("Projektet 2016/00130 följer SOU 2017:5."),
        },
    ),
    Rule(
        code=Problem.TITLE_NAMES_OTHER_NUMBER,
        severity=Severity.NOTE,
        find=_find_other_number_in_title,
        reads=("title",),
        breaks={"project_number": "2018/00130", "title": "Utvärdering av 2016/00412"},
        keeps={"project_number": "2018/00130", "title": "Utvärdering 2.0"},
    ),
    Rule(
        code=Problem.TITLE_UNUSUAL,
        severity=Severity.WARNING,
        find=_find_odd_title,
        settings=_TitleLength(),
        kinds=("project", "call", "practice"),
        reads=("title",),
        breaks={"title": "1.1"},
        keeps={"title": "Region 10"},
    ),
)
