"""Fields: how the value of each label is read, and into which columns.

One row of :data:`FIELDS` for each field of ``labels.csv``; one of :data:`LIST_FIELDS` for
each field of ``list_headings.csv`` that is read otherwise in lists than on pages.
"""

from collections.abc import Callable, Mapping
from decimal import ROUND_HALF_UP, Decimal
from typing import Final, NamedTuple

from esfkit.model.finding import Problem
from esfkit.parsing.draft import Draft
from esfkit.parsing.header import Found
from esfkit.parsing.lines import on_one_line, split_lines
from esfkit.values.amount import Currency, Money, read_amount, to_kronor
from esfkit.values.contact import read_email, read_phone
from esfkit.values.count import read_count
from esfkit.values.dates import PartialDate, Period, read_date, read_period
from esfkit.values.fund import read_fund
from esfkit.values.identifier import (
    read_cci,
    read_intervention_code,
    read_org_number,
    read_postal_code,
    read_project_number,
)
from esfkit.values.listed import read_listed_amount, read_listed_date, read_listed_rate
from esfkit.values.nullwords import says_nothing
from esfkit.values.percentage import read_percentage
from esfkit.values.place import read_nuts2, read_region
from esfkit.values.programme import AreaReading, read_area, read_objective
from esfkit.values.yesno import read_yes_no
from esfkit.vocabulary.codes import Code, code_list
from esfkit.vocabulary.fold import fold
from esfkit.vocabulary.labels import NOT_KEPT

Reader = Callable[[str], object]
"""Words → the value, a :class:`Problem`, or ``None`` where the words say nothing."""

AmountReader = Callable[[str, Currency], Money | Problem | None]
"""The same for money, given the currency to assume where none is printed."""

_CENT: Final = Decimal("0.01")
_LOST: Final = (
    None,
    Problem.DIGITS_LOST,
    Problem.AREA_CODE_MISSING,
    Problem.EMAIL_PROTECTED,
)


class Field(NamedTuple):
    """How one field is read.

    Attributes:
        take: Puts the value of a label into the draft.
        reader: Tells whether words are such a value; ``None`` where any words are.
    """

    take: Callable[[Draft, Found], None]
    reader: Reader | None


def is_readable(field: str, words: str) -> bool | None:
    """Return whether the words are a value of the field; ``None`` where any words are."""
    reader = FIELDS[field].reader
    if reader is None:
        return None
    value = reader(words)
    return value is not None and not isinstance(value, Problem)


def is_lost(field: str, words: str) -> bool:
    """Return whether the words are what is left of a value that a copy or the site took."""
    reader = FIELDS[field].reader
    return reader is not None and reader(words) in _LOST


def take_value(draft: Draft, found: Found) -> None:
    """Read one label's value into the draft under the name its layout gives the field."""
    field = draft.layout.rename.get(found.label.field, found.label.field)
    (FIELDS.get(field) or LIST_FIELDS[field]).take(draft, found)


# --- taking -----------------------------------------------------------------------------


def _text(column: str) -> Field:
    """Return a field whose value is the words as printed, on one line."""

    def take(draft: Draft, found: Found) -> None:
        words = draft.words(found)
        if not words:
            draft.refuse(Problem.VALUE_MISSING, column, found)
        elif says_nothing(words):
            draft.refuse(Problem.NULL_WORD, column, found)
        else:
            draft.put(column, on_one_line(words), found)

    return Field(take, None)


def _typed(column: str, reader: Reader) -> Field:
    """Return a field whose value one reader gives."""

    def take(draft: Draft, found: Found) -> None:
        value = _read(draft, column, found, reader)
        if value is not None:
            draft.put(column, value, found)

    return Field(take, reader)


def _read(draft: Draft, column: str, found: Found, reader: Reader) -> object:
    """Return the value, or ``None`` after reporting why there is none."""
    words = draft.words(found)
    if not words:
        draft.refuse(Problem.VALUE_MISSING, column, found)
        return None
    value = reader(words)
    if value is None:
        draft.refuse(Problem.NULL_WORD, column, found)
        return None
    if isinstance(value, Problem):
        draft.refuse(value, column, found)
        return None
    return value


def _ignored() -> Field:
    """Return a field that is known but has no column."""

    def take(_draft: Draft, _found: Found) -> None:
        return

    return Field(take, None)


def _amount(name: str, reader: AmountReader = read_amount) -> Field:
    """Return a field of money: the column follows from the currency printed."""

    def take(draft: Draft, found: Found) -> None:
        currency = draft.layout.currency
        column = f"{name}_{currency.lower()}"
        money = _read(draft, column, found, lambda words: reader(words, currency))
        if not isinstance(money, Money):
            return
        if money.currency == "EUR":
            _put_euro(draft, name, money.value, found)
            return
        kronor, rounded = to_kronor(money)
        if rounded:
            draft.refuse(Problem.AMOUNT_ROUNDED, f"{name}_sek", found)
        draft.put(f"{name}_sek", kronor, found)

    return Field(take, read_amount)


def _put_euro(draft: Draft, name: str, value: Decimal, found: Found) -> None:
    if name == "call_amount":
        draft.refuse(Problem.CURRENCY_UNEXPECTED, "call_amount_sek", found)
        return
    draft.put(f"{name}_eur", value.quantize(_CENT, rounding=ROUND_HALF_UP), found)


def _date(column: str, reader: Reader = read_date) -> Field:
    def take(draft: Draft, found: Found) -> None:
        value = _read(draft, column, found, reader)
        if isinstance(value, PartialDate):
            _put_date(draft, column, value, found, (found.start, found.end))

    return Field(take, reader)


def _put_date(
    draft: Draft, column: str, value: PartialDate, found: Found, span: tuple[int, int]
) -> None:
    day = value.as_date()
    if day is None:
        draft.refuse(Problem.DATE_IMPRECISE, column, found)
    else:
        draft.put(column, day, found, span)


def _take_period(draft: Draft, found: Found) -> None:
    """Put start and end of a period, each with its own characters."""
    period = _read(draft, "period_start", found, read_period)
    if not isinstance(period, Period):
        return
    halves = (
        ("period_start", period.start, period.start_at),
        ("period_end", period.end, period.end_at),
    )
    for column, day, place in halves:
        if day is not None and place is not None:
            span = (found.start + place[0], found.start + place[1])
            _put_date(draft, column, day, found, span)
    if period.end is None:
        draft.refuse(Problem.PERIOD_OPEN, "period_end", found)


def _take_area(draft: Draft, found: Found) -> None:
    """Put the programme area, and the objective where one stands in its place."""
    reading = _read(draft, "programme_area", found, read_area)
    if not isinstance(reading, AreaReading):
        return
    if reading.area is not None:
        draft.put("programme_area", reading.area, found)
    if reading.objective is not None:
        draft.put("specific_objective", reading.objective, found)


def _take_region(draft: Draft, found: Found) -> None:
    """Put the region with its code; the name printed wins over another code printed."""
    code = _read(draft, "region", found, read_region)
    if not isinstance(code, Code):
        return
    draft.put("region", code.name_sv, found)
    if draft.values.get("region_code", code.code) != code.code:
        draft.refuse(Problem.REGION_CODE_CONFLICT, "region_code", found)
        draft.drop("region_code")
    draft.put("region_code", code.code, found)


def _take_nuts2(draft: Draft, found: Found) -> None:
    code = _read(draft, "region_code", found, read_nuts2)
    if code is None:
        return
    if draft.values.get("region_code", code) != code:
        draft.refuse(Problem.REGION_CODE_CONFLICT, "region_code", found)
        return
    draft.put("region_code", code, found)


def _take_reports(draft: Draft, found: Found) -> None:
    """Put each line of the evaluation reports; without any the list stays empty."""
    reports = [line.strip(" \t•*-") for line in split_lines(draft.words(found)).words]
    reports = [report for report in reports if report and not says_nothing(report)]
    if reports:
        draft.put("evaluation_reports", tuple(reports), found)
    else:
        draft.refuse(Problem.VALUE_MISSING, "evaluation_reports", found)


def _take_programme_period(draft: Draft, found: Found) -> None:
    """Put a printed programme period of the list of programmes."""
    value = _read(draft, "programme_period", found, _read_programme_period)
    if value is not None:
        draft.put("programme_period", value, found)
        draft.values["programme_period_basis"] = "printed"


def _read_programme_period(words: str) -> str | Problem | None:
    if says_nothing(words):
        return None
    digits = "".join(letter if letter in "0123456789" else " " for letter in words).split()
    period = "-".join(digits)
    known = {code.period for code in code_list("programmes").codes}
    return period if period in known else Problem.CODE_UNKNOWN


def _take_financing(draft: Draft, found: Found) -> None:
    """Put the fund that a line about financing names; other money is no finding."""
    fund = read_fund(draft.words(found))
    if fund is not None and not isinstance(fund, Problem):
        draft.put("fund", fund, found)


def _take_contact(draft: Draft, found: Found) -> None:
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


def _read_phase(words: str) -> str | Problem | None:
    """Read a project phase: one of the two of 2007–2013."""
    if says_nothing(words):
        return None
    return _PHASES.get(fold(words[:_LONGEST_PHASE]), Problem.CODE_UNKNOWN)


_PHASES: Final = {fold(phase): phase for phase in ("Förprojektering", "Genomförande")}
_LONGEST_PHASE: Final = 30
_CONTACT: Final = _text("contact_person")

FIELDS: Final[Mapping[str, Field]] = {
    "application_end": _date("period_end"),
    "application_start": _date("period_start"),
    "call_amount": _amount("call_amount"),
    "call_number": _typed("call_number", read_project_number),
    "call_status": _ignored(),
    "cofinanciers": _ignored(),
    "contact_person": Field(_take_contact, None),
    "country": _text("country"),
    "country_concerned": _ignored(),
    "email": _typed("email", read_email),
    "esf_support": _amount("esf_support"),
    "evaluation_reports": Field(_take_reports, None),
    "financing": Field(_take_financing, None),
    "fund": _typed("fund", read_fund),
    "intervention_code": _typed("intervention_code", read_intervention_code),
    "link": _ignored(),
    NOT_KEPT: _ignored(),
    "nuts_code": Field(_take_nuts2, read_nuts2),
    "owner": _text("owner"),
    "owner_org_number": _typed("owner_org_number", read_org_number),
    "period": Field(_take_period, read_period),
    "period_end": _date("period_end"),
    "period_start": _date("period_start"),
    "phase": _typed("phase", _read_phase),
    "phone": _typed("phone", read_phone),
    "place": _ignored(),
    "planned_men": _typed("planned_men", read_count),
    "planned_participants": _typed("planned_participants", read_count),
    "planned_women": _typed("planned_women", read_count),
    "postal_address": _text("postal_address"),
    "postal_code": _typed("postal_code", read_postal_code),
    "postal_town": _text("postal_town"),
    "programme_area": Field(_take_area, read_area),
    "programme_cci": _typed("programme_cci", read_cci),
    "programme_name": _ignored(),
    "programme_period": Field(_take_programme_period, _read_programme_period),
    "project_number": _typed("project_number", read_project_number),
    "region": Field(_take_region, read_region),
    "secondary_theme_child_poverty": _typed("secondary_theme_child_poverty", read_yes_no),
    "specific_objective": _typed("specific_objective", read_objective),
    "strategic_importance": _typed("strategic_importance", read_yes_no),
    "title": _text("title"),
    "total_budget": _amount("total_budget"),
    "total_costs": _ignored(),
    "union_cofinancing_rate": _typed("union_cofinancing_rate", read_percentage),
}


# --- lists ------------------------------------------------------------------------------


def _if_readable(column: str, reader: Reader) -> Field:
    """Return a field that holds a value of its kind, or an address or code of another."""

    def take(draft: Draft, found: Found) -> None:
        value = reader(draft.words(found))
        if value is not None and not isinstance(value, Problem):
            draft.put(column, value, found)

    return Field(take, reader)


def _take_foreign_budget(draft: Draft, found: Found) -> None:
    """Report an amount in a currency for which there is no column; nothing is converted."""
    column = f"total_budget_{draft.layout.currency.lower()}"
    problem = Problem.CURRENCY_UNEXPECTED if draft.words(found) else Problem.VALUE_MISSING
    draft.refuse(problem, column, found)


def _take_summary(draft: Draft, found: Found) -> None:
    """Put the summary with its paragraphs."""
    words = draft.words(found)
    if words and not says_nothing(words):
        draft.put("summary", words, found)
    else:
        draft.refuse(Problem.NULL_WORD if words else Problem.VALUE_MISSING, "summary", found)


LIST_FIELDS: Final[Mapping[str, Field]] = {
    "currency": _ignored(),
    "foreign_budget": Field(_take_foreign_budget, None),
    "listed_budget": _amount("total_budget", read_listed_amount),
    "listed_end": _date("period_end", read_listed_date),
    "listed_number": _if_readable("project_number", read_project_number),
    "listed_org_number": _if_readable("owner_org_number", read_org_number),
    "listed_rate": _typed("union_cofinancing_rate", read_listed_rate),
    "listed_section": _ignored(),
    "listed_start": _date("period_start", read_listed_date),
    "listed_summary": Field(_take_summary, None),
    "listed_support": _amount("esf_support", read_listed_amount),
}
"""Fields whose values lists state otherwise than pages, or which only lists have."""
