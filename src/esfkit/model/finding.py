"""What is wrong or noteworthy in the data, as values."""

from enum import StrEnum

from pydantic import BaseModel, ConfigDict


class Severity(StrEnum):
    """How much a finding weighs; ordered by :data:`SEVERITIES`."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


SEVERITIES: tuple[Severity, ...] = (Severity.ERROR, Severity.WARNING, Severity.NOTE)
"""Heaviest first."""


class Problem(StrEnum):
    """The closed list of finding codes, explained in ``docs/findings.md``. Names are stable."""

    # --- reading a value
    VALUE_MISSING = "value_missing"
    NULL_WORD = "null_word"
    DIGITS_LOST = "digits_lost"
    UNREADABLE_VALUE = "unreadable_value"
    AMOUNT_IS_OBJECTIVE = "amount_is_objective"
    AMOUNT_WITHOUT_UNIT = "amount_without_unit"
    AMOUNT_AMBIGUOUS = "amount_ambiguous"
    AMOUNT_ROUNDED = "amount_rounded"
    CURRENCY_UNEXPECTED = "currency_unexpected"
    DATE_IMPRECISE = "date_imprecise"
    DATE_IMPOSSIBLE = "date_impossible"
    PERIOD_OPEN = "period_open"
    CODE_UNKNOWN = "code_unknown"
    AREA_CODE_MISSING = "area_code_missing"
    REGION_UNKNOWN = "region_unknown"
    MUNICIPALITY_UNKNOWN = "municipality_unknown"
    ORGANISATION_NUMBER_INVALID = "organisation_number_invalid"
    POSTAL_CODE_INVALID = "postal_code_invalid"
    EMAIL_PROTECTED = "email_protected"
    # --- reading a page
    TITLE_MISSING = "title_missing"
    PROJECT_NUMBER_MISSING = "project_number_missing"
    NUMBER_CONFLICT = "number_conflict"
    VALUE_CONFLICT = "value_conflict"
    LABEL_UNKNOWN = "label_unknown"
    LINE_UNCLAIMED = "line_unclaimed"
    LAYOUT_TIE = "layout_tie"
    KIND_UNSURE = "kind_unsure"
    FINDINGS_CUT = "findings_cut"
    # --- rules of the domain
    SUPPORT_EXCEEDS_BUDGET = "support_exceeds_budget"
    SUPPORT_SHARE_LOW = "support_share_low"
    AMOUNT_ZERO = "amount_zero"
    BUDGET_SIZE_UNUSUAL = "budget_size_unusual"
    PERIOD_REVERSED = "period_reversed"
    PERIOD_LENGTH_UNUSUAL = "period_length_unusual"
    PERIOD_OUTSIDE_PROGRAMME = "period_outside_programme"
    NUMBER_CONTRADICTS_PERIOD = "number_contradicts_period"
    OBJECTIVE_OUTSIDE_AREA = "objective_outside_area"
    REGION_CODE_CONFLICT = "region_code_conflict"
    PARTICIPANTS_UNUSUAL = "participants_unusual"
    # --- reading bytes
    DECODED_AS_LEGACY = "decoded_as_legacy"
    DOUBLE_ENCODING_REPAIRED = "double_encoding_repaired"
    INVALID_BYTES = "invalid_bytes"
    DOCUMENT_EMPTY = "document_empty"
    DOCUMENT_BINARY = "document_binary"
    DOCUMENT_TOO_LONG = "document_too_long"
    SOURCE_UNREADABLE = "source_unreadable"
    # --- reading files of many documents
    LIMIT_MET = "limit_met"
    SOURCE_DAMAGED = "source_damaged"
    FORMAT_UNSUPPORTED = "format_unsupported"
    TEXT_FIELD_MISSING = "text_field_missing"
    ROW_UNREADABLE = "row_unreadable"
    HEADING_UNKNOWN = "heading_unknown"
    WORKER_DIED = "worker_died"


class Finding(BaseModel):
    """One thing worth knowing about a record or a document.

    Attributes:
        code: What kind of thing; see :class:`Problem`.
        severity: How much it weighs.
        field: The record's column concerned, if one is.
        message: One sentence that quotes what was met.
        start: First code point of the place in the decoded document, if it has one.
        end: One past its last code point.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    code: Problem
    severity: Severity
    field: str | None = None
    message: str
    start: int | None = None
    end: int | None = None
