"""The record: one flat row for each project, call or practice page.

To add a field, add an attribute here; the tests then name every other place
that needs it (a label, a column, a row of the data dictionary).
"""

from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Strict

from esfkit.model.errors import BadRequest
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


class Absence(StrEnum):
    """Why a record holds no value in a column, as far as the record itself knows."""

    REFUSED = "refused"
    """A finding says what stood there and what was wrong with it."""

    OTHER_CURRENCY = "other_currency"
    """The same amount was read in the other currency."""

    NOT_DERIVED = "not_derived"
    """It is derived from other columns, and those that it needs are not stated."""

    NOT_STATED = "not_stated"
    """Nothing was met that could be it; ``esfkit explain FILE --field NAME`` looks for
    what came near in the source."""


class Explanation(BaseModel):
    """What a record knows of one of its columns.

    Attributes:
        field: The column.
        value: Its value; ``None`` or an empty tuple where the text does not say.
        raw: The characters it was read from.
        label: The label printed beside them.
        line: The line where they begin, from 1.
        start: Their first code point in the decoded document.
        end: One past the last.
        places: Every place it was read from; the five above are the first one's.
        is_derived: Whether it is computed from other columns.
        absent: Why there is no value; ``None`` where there is one.
        findings: What is wrong or noteworthy about the column.
    """

    model_config = _FROZEN

    field: str
    value: Any
    raw: str | None = None
    label: str | None = None
    line: int | None = None
    start: int | None = None
    end: int | None = None
    places: tuple[Provenance, ...] = ()
    is_derived: bool = False
    absent: Absence | None = None
    findings: tuple[Finding, ...] = ()


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

    def why(self, field: str) -> Explanation:
        """Return where a column's value was read, or why there is none.

        Args:
            field: A column, such as ``esf_support_sek``.

        Raises:
            BadRequest: There is no such column.
        """
        if field not in type(self).model_fields:
            raise BadRequest(f"There is no column {field!r}. `esfkit schema` names them all.")
        value = getattr(self, field)
        places = tuple(each for each in self.provenance if each.field == field)
        first = places[0].model_dump(exclude={"field"}) if places else {}
        return Explanation(
            field=field,
            value=value,
            places=places,
            is_derived=field in DERIVED_FIELDS,
            absent=self._absence(field) if value in (None, ()) else None,
            findings=tuple(each for each in self.findings if each.field == field),
            **first,
        )

    def _absence(self, field: str) -> Absence:
        if any(finding.field == field for finding in self.findings):
            return Absence.REFUSED
        stem, _, currency = field.rpartition("_")
        other = {"sek": f"{stem}_eur", "eur": f"{stem}_sek"}.get(currency)
        if other is not None and getattr(self, other, None) is not None:
            return Absence.OTHER_CURRENCY
        return Absence.NOT_DERIVED if field in DERIVED_FIELDS else Absence.NOT_STATED


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
