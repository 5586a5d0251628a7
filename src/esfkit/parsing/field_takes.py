"""Fields that need more than one column, or a reading of their own."""

from typing import Final

from esfkit.model.finding import Problem
from esfkit.parsing.draft import Draft
from esfkit.parsing.field_kinds import put_day, read_value, text
from esfkit.parsing.header import Found
from esfkit.parsing.lines import on_one_line, split_lines
from esfkit.values.contact import read_email, read_phone
from esfkit.values.count import read_count, read_split
from esfkit.values.dates import Period, read_period
from esfkit.values.fund import read_fund
from esfkit.values.nullwords import says_nothing
from esfkit.values.place import read_nuts2, read_region
from esfkit.values.programme import AreaReading, read_area
from esfkit.vocabulary.codes import Code, code_list
from esfkit.vocabulary.fold import fold

_PHASES: Final = {fold(phase): phase for phase in ("Förprojektering", "Genomförande")}
_LONGEST_PHASE: Final = 30
_CONTACT: Final = text("contact_person")


def take_period(draft: Draft, found: Found) -> None:
    """Put start and end of a period, each with its own characters."""
    period = read_value(draft, "period_start", found, read_period)
    if not isinstance(period, Period):
        return
    halves = (
        ("period_start", period.start, period.start_at),
        ("period_end", period.end, period.end_at),
    )
    for column, day, place in halves:
        if day is not None and place is not None:
            span = (found.start + place[0], found.start + place[1])
            put_day(draft, column, day, found, span)
    if period.end is None:
        draft.refuse(Problem.PERIOD_OPEN, "period_end", found)


def take_participants(draft: Draft, found: Found) -> None:
    """Put the number of participants, and the women and men that its words name."""
    total = read_value(draft, "planned_participants", found, read_count)
    if total is None:
        return
    draft.put("planned_participants", total, found)
    split = read_split(draft.words(found))
    for column, part in (("planned_women", split.women), ("planned_men", split.men)):
        if part is not None:
            span = (found.start + part.at[0], found.start + part.at[1])
            draft.put(column, part.persons, found, span)


def take_area(draft: Draft, found: Found) -> None:
    """Put the programme area, and the objective where one stands in its place."""
    reading = read_value(draft, "programme_area", found, read_area)
    if not isinstance(reading, AreaReading):
        return
    if reading.area is not None:
        draft.put("programme_area", reading.area, found)
    if reading.objective is not None:
        draft.put("specific_objective", reading.objective, found)


def take_region(draft: Draft, found: Found) -> None:
    """Put the region with its code; the name printed wins over another code printed."""
    code = read_value(draft, "region", found, read_region)
    if not isinstance(code, Code):
        return
    draft.put("region", code.name_sv, found)
    if draft.values.get("region_code", code.code) != code.code:
        draft.refuse(Problem.REGION_CODE_CONFLICT, "region_code", found)
        draft.drop("region_code")
    draft.put("region_code", code.code, found)


def take_nuts2(draft: Draft, found: Found) -> None:
    """Put the code of a region, unless the region printed has another."""
    code = read_value(draft, "region_code", found, read_nuts2)
    if code is None:
        return
    if draft.values.get("region_code", code) != code:
        draft.refuse(Problem.REGION_CODE_CONFLICT, "region_code", found)
        return
    draft.put("region_code", code, found)


def take_reports(draft: Draft, found: Found) -> None:
    """Put each line of the evaluation reports; without any the list stays empty."""
    reports = [line.strip(" \t•*-") for line in split_lines(draft.words(found)).words]
    reports = [report for report in reports if report and not says_nothing(report)]
    if reports:
        draft.put("evaluation_reports", tuple(reports), found)
    else:
        draft.refuse(Problem.VALUE_MISSING, "evaluation_reports", found)


def take_programme_period(draft: Draft, found: Found) -> None:
    """Put a printed programme period of the list of programmes."""
    value = read_value(draft, "programme_period", found, read_programme_period)
    if value is not None:
        draft.put("programme_period", value, found)
        draft.values["programme_period_basis"] = "printed"


def read_programme_period(words: str) -> str | Problem | None:
    """Read a programme period, such as ``2014-2020``: one of those of the programmes."""
    if says_nothing(words):
        return None
    digits = "".join(letter if letter in "0123456789" else " " for letter in words).split()
    period = "-".join(digits)
    known = {code.period for code in code_list("programmes").codes}
    return period if period in known else Problem.CODE_UNKNOWN


def take_financing(draft: Draft, found: Found) -> None:
    """Put the fund that a line about financing names; other money is no finding."""
    fund = read_fund(draft.words(found))
    if fund is not None and not isinstance(fund, Problem):
        draft.put("fund", fund, found)


def take_contact(draft: Draft, found: Found) -> None:
    """Put the contact person; an address or number after the last comma is its own."""
    words = draft.words(found)
    name, comma, rest = words.rpartition(",")
    begin = found.start + len(words) - len(rest.lstrip())
    for column, reader in (("email", read_email), ("phone", read_phone)):
        value = reader(rest) if comma else None
        if value is not None and not isinstance(value, Problem):
            draft.put(column, value, found, (begin, found.end))
            end = found.start + len(name.rstrip())
            draft.put("contact_person", on_one_line(name), found, (found.start, end))
            return
    _CONTACT.take(draft, found)


def read_phase(words: str) -> str | Problem | None:
    """Read a project phase: one of the two of 2007–2013."""
    if says_nothing(words):
        return None
    return _PHASES.get(fold(words[:_LONGEST_PHASE]), Problem.CODE_UNKNOWN)


def take_foreign_budget(draft: Draft, found: Found) -> None:
    """Report an amount in a currency for which there is no column; nothing is converted."""
    column = f"total_budget_{draft.layout.currency.lower()}"
    problem = Problem.CURRENCY_UNEXPECTED if draft.words(found) else Problem.VALUE_MISSING
    draft.refuse(problem, column, found)


def take_summary(draft: Draft, found: Found) -> None:
    """Put the summary with its paragraphs."""
    words = draft.words(found)
    if words and not says_nothing(words):
        draft.put("summary", words, found)
    else:
        draft.refuse(Problem.NULL_WORD if words else Problem.VALUE_MISSING, "summary", found)
