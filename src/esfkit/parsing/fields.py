"""Fields: how the value of each label is read, and into which columns.

One row of :data:`FIELDS` for each field of ``labels.csv``; one of :data:`LIST_FIELDS` for
each field of ``list_headings.csv`` that is read otherwise in lists than on pages.
"""

from collections.abc import Mapping
from typing import Final

from esfkit.model.finding import Problem
from esfkit.parsing.draft import Draft
from esfkit.parsing.field_kinds import Field, amount, day, if_readable, ignored, text, typed
from esfkit.parsing.field_takes import (
    read_phase,
    read_programme_period,
    take_area,
    take_contact,
    take_financing,
    take_foreign_budget,
    take_nuts2,
    take_participants,
    take_period,
    take_programme_period,
    take_region,
    take_reports,
    take_summary,
)
from esfkit.parsing.header import Found
from esfkit.values.contact import read_email, read_phone
from esfkit.values.count import read_count
from esfkit.values.dates import read_period
from esfkit.values.fund import read_fund
from esfkit.values.identifier import (
    read_cci,
    read_intervention_code,
    read_org_number,
    read_postal_code,
    read_project_number,
)
from esfkit.values.listed import read_listed_amount, read_listed_date, read_listed_rate
from esfkit.values.percentage import read_percentage
from esfkit.values.place import read_nuts2, read_region
from esfkit.values.programme import read_area, read_objective
from esfkit.values.yesno import read_yes_no
from esfkit.vocabulary.labels import NOT_KEPT

_LOST: Final = (
    None,
    Problem.DIGITS_LOST,
    Problem.AREA_CODE_MISSING,
    Problem.EMAIL_PROTECTED,
)


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


FIELDS: Final[Mapping[str, Field]] = {
    "application_end": day("period_end"),
    "application_start": day("period_start"),
    "call_amount": amount("call_amount"),
    "call_number": typed("call_number", read_project_number),
    "call_status": ignored(),
    "cofinanciers": ignored(),
    "contact_person": Field(take_contact, None),
    "country": text("country"),
    "country_concerned": ignored(),
    "email": typed("email", read_email),
    "esf_support": amount("esf_support"),
    "evaluation_reports": Field(take_reports, None),
    "financing": Field(take_financing, None),
    "fund": typed("fund", read_fund),
    "intervention_code": typed("intervention_code", read_intervention_code),
    "link": ignored(),
    NOT_KEPT: ignored(),
    "nuts_code": Field(take_nuts2, read_nuts2),
    "owner": text("owner"),
    "owner_org_number": typed("owner_org_number", read_org_number),
    "period": Field(take_period, read_period),
    "period_end": day("period_end"),
    "period_start": day("period_start"),
    "phase": typed("phase", read_phase),
    "phone": typed("phone", read_phone),
    "place": ignored(),
    "planned_men": typed("planned_men", read_count),
    "planned_participants": Field(take_participants, read_count),
    "planned_women": typed("planned_women", read_count),
    "postal_address": text("postal_address"),
    "postal_code": typed("postal_code", read_postal_code),
    "postal_town": text("postal_town"),
    "programme_area": Field(take_area, read_area),
    "programme_cci": typed("programme_cci", read_cci),
    "programme_name": ignored(),
    "programme_period": Field(take_programme_period, read_programme_period),
    "project_number": typed("project_number", read_project_number),
    "region": Field(take_region, read_region),
    "secondary_theme_child_poverty": typed("secondary_theme_child_poverty", read_yes_no),
    "specific_objective": typed("specific_objective", read_objective),
    "strategic_importance": typed("strategic_importance", read_yes_no),
    "title": text("title"),
    "total_budget": amount("total_budget"),
    "total_costs": ignored(),
    "union_cofinancing_rate": typed("union_cofinancing_rate", read_percentage),
}


LIST_FIELDS: Final[Mapping[str, Field]] = {
    "currency": ignored(),
    "foreign_budget": Field(take_foreign_budget, None),
    "listed_budget": amount("total_budget", read_listed_amount),
    "listed_end": day("period_end", read_listed_date),
    "listed_number": if_readable("project_number", read_project_number),
    "listed_org_number": if_readable("owner_org_number", read_org_number),
    "listed_rate": typed("union_cofinancing_rate", read_listed_rate),
    "listed_section": ignored(),
    "listed_start": day("period_start", read_listed_date),
    "listed_summary": Field(take_summary, None),
    "listed_support": amount("esf_support", read_listed_amount),
}
"""Fields whose values lists state otherwise than pages, or which only lists have."""
