"""The record: one flat row for each project, call or practice page.

To add a field, add an attribute here; the tests then name every other place
that needs it (a label, a column, a row of the data dictionary).
"""

from datetime import date
from decimal import Decimal
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Strict

from esfkit.model.finding import Finding
from esfkit.model.kind import Kind

_FROZEN = ConfigDict(frozen=True, extra="forbid", strict=True)


class Provenance(BaseModel):
    """The characters that a value was read from. Law: ``text[start:end] == raw``.

    Attributes:
        field: The record's column.
        raw: Exactly the characters of the decoded document.
        label: The label as printed beside them, or ``None`` where there is none.
        start: First code point, from 0.
        end: One past the last code point.
        line: The line where they begin, from 1.
    """

    model_config = _FROZEN

    field: str
    raw: str
    label: str | None
    start: int
    end: int
    line: int


class Section(BaseModel):
    """A stretch of prose with the heading it stands under (``None`` before any heading)."""

    model_config = _FROZEN

    heading: str | None
    text: str


class ParticipantTarget(BaseModel):
    """A target found in a goals section. Targets overlap: they are never added up."""

    model_config = _FROZEN

    label: str
    total: int
    women: int | None = None
    men: int | None = None


class Record(BaseModel):
    """One observation of a project, a call for proposals or a practice page.

    ``None`` means that the text does not say. Money is in whole kronor
    (``*_sek``) or in euro with two decimals (``*_eur``); rates and shares are
    fractions; dates are calendar days.
    """

    model_config = _FROZEN

    record_id: str
    kind: Kind
    layout: str
    project_number: str | None = None
    call_number: str | None = None
    title: str | None = None
    programme_period: str | None = None
    programme_period_basis: str | None = None
    programme_cci: str | None = None
    fund: str | None = None
    programme_area: str | None = None
    programme_area_name: str | None = None
    specific_objective: str | None = None
    intervention_code: str | None = None
    intervention_name: str | None = None
    phase: str | None = None
    region: str | None = None
    region_code: str | None = None
    municipalities: tuple[str, ...] = ()
    municipality_codes: tuple[str, ...] = ()
    owner: str | None = None
    owner_name: str | None = None
    owner_unit: str | None = None
    owner_org_number: str | None = None
    postal_code: str | None = None
    postal_address: str | None = None
    postal_town: str | None = None
    country: str | None = None
    contact_person: str | None = None
    email: str | None = None
    phone: str | None = None
    period_start: date | None = None
    period_end: date | None = None
    total_budget_sek: int | None = None
    esf_support_sek: int | None = None
    call_amount_sek: int | None = None
    total_budget_eur: Decimal | None = None
    esf_support_eur: Decimal | None = None
    esf_share: float | None = None
    union_cofinancing_rate: float | None = None
    planned_participants: int | None = None
    planned_women: int | None = None
    planned_men: int | None = None
    participant_targets: tuple[ParticipantTarget, ...] = ()
    secondary_theme_child_poverty: bool | None = None
    strategic_importance: bool | None = None
    published: date | None = None
    summary: str | None = None
    sections: tuple[Section, ...] = ()
    actors: tuple[str, ...] = ()
    evaluation_reports: tuple[str, ...] = ()
    # Also given as plain mappings, whose values are then checked as strictly: a page has
    # some twenty, and building each one twice would cost more than reading it.
    provenance: tuple[Annotated[Provenance, Strict(strict=False)], ...] = ()
    findings: tuple[Finding, ...] = ()
    claimed_share: float | None = None
    source_path: str | None = None
    source_member: str | None = None
    source_line: int | None = None
    source_url: str | None = None
    source_sha256: str | None = None
    source_encoding: str | None = None


PERSONAL_FIELDS: tuple[str, ...] = ("contact_person", "email", "phone")
"""Personal data: kept in the dataset, withheld from exports unless asked for."""

DERIVED_FIELDS: tuple[str, ...] = (
    "record_id",
    "programme_period",
    "programme_period_basis",
    "programme_area_name",
    "intervention_name",
    "municipality_codes",
    "owner_name",
    "owner_unit",
    "esf_share",
    "claimed_share",
)
"""Columns that are computed from others; they carry no provenance of their own."""
