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
    # --- rules of the domain that only `check` asks
    SUPPORT_SHARE_VERY_LOW = "support_share_very_low"
    SUPPORT_SHARE_UNEXPECTED = "support_share_unexpected"
    AMOUNT_ALONE = "amount_alone"
    AMOUNTS_IN_MIXED_UNITS = "amounts_in_mixed_units"
    COST_PER_PARTICIPANT_UNUSUAL = "cost_per_participant_unusual"
    CURRENCIES_DISAGREE = "currencies_disagree"
    CALL_SIZE_UNUSUAL = "call_size_unusual"
    UNION_RATE_UNKNOWN = "union_rate_unknown"
    PERIOD_TOO_EARLY = "period_too_early"
    PRE_STUDY_LONG = "pre_study_long"
    IMPLEMENTATION_SHORT = "implementation_short"
    START_BEFORE_NUMBER = "start_before_number"
    START_LONG_AFTER_NUMBER = "start_long_after_number"
    NUMBER_OF_CALL = "number_of_call"
    CCI_CONTRADICTS_PERIOD = "cci_contradicts_period"
    AREA_NOT_OF_PERIOD = "area_not_of_period"
    OBJECTIVE_NOT_OF_PERIOD = "objective_not_of_period"
    OBJECTIVE_TOO_EARLY = "objective_too_early"
    AREA_OUTSIDE_ITS_REGIONS = "area_outside_its_regions"
    AREA_NAME_CONTRADICTS_CODE = "area_name_contradicts_code"
    INTERVENTION_NOT_OF_PERIOD = "intervention_not_of_period"
    INTERVENTION_IS_ASSISTANCE = "intervention_is_assistance"
    INTERVENTION_UNLIKELY = "intervention_unlikely"
    FUND_NOT_OF_PERIOD = "fund_not_of_period"
    MUNICIPALITY_OUTSIDE_REGION = "municipality_outside_region"
    OWNER_OFFICE_ELSEWHERE = "owner_office_elsewhere"
    POSTAL_TOWN_ELSEWHERE = "postal_town_elsewhere"
    POSTAL_CODE_UNUSED = "postal_code_unused"
    COUNTRY_UNEXPECTED = "country_unexpected"
    MUNICIPALITY_REPEATED = "municipality_repeated"
    OWNER_REPEATED = "owner_repeated"
    OWNER_LETTER_CASE = "owner_letter_case"
    OWNER_CUT = "owner_cut"
    OWNER_IS_UNIT = "owner_is_unit"
    OWNER_IS_NUMBER = "owner_is_number"
    OWNER_RENAMED = "owner_renamed"
    ORGANISATION_NUMBER_OF_OTHER_TYPE = "organisation_number_of_other_type"
    ORGANISATION_NUMBER_GROUP_UNUSED = "organisation_number_group_unused"
    PHONE_UNUSUAL = "phone_unusual"
    EMAIL_UNUSUAL = "email_unusual"
    EMAIL_OF_OTHER_MUNICIPALITY = "email_of_other_municipality"
    ADDRESS_IN_PROSE = "address_in_prose"
    PARTICIPANTS_SPLIT_EXCEEDS = "participants_split_exceeds"
    PARTICIPANTS_SPLIT_EMPTY = "participants_split_empty"
    TARGET_SPLIT_EXCEEDS = "target_split_exceeds"
    TARGET_EXCEEDS_PARTICIPANTS = "target_exceeds_participants"
    PROSE_PARTICIPANTS_DIFFER = "prose_participants_differ"
    PROSE_BUDGET_DIFFERS = "prose_budget_differs"
    PROSE_SUPPORT_DIFFERS = "prose_support_differs"
    PROSE_PERIOD_DIFFERS = "prose_period_differs"
    PROSE_NAMES_OTHER_NUMBER = "prose_names_other_number"
    TITLE_NAMES_OTHER_NUMBER = "title_names_other_number"
    TITLE_UNUSUAL = "title_unusual"
    TEXT_ENCODED_TWICE = "text_encoded_twice"
    LETTERS_LOST = "letters_lost"
    LINE_BREAKS_LOST = "line_breaks_lost"
    MARKUP_LEFT = "markup_left"
    PAGE_CUT = "page_cut"
    PROSE_MISSING = "prose_missing"
    PAGE_HARDLY_UNDERSTOOD = "page_hardly_understood"
    FIGURES_MISSING = "figures_missing"
    AMOUNT_IN_OTHER_UNIT = "amount_in_other_unit"
    NUMBER_WITH_OTHER_BUDGET = "number_with_other_budget"
    NUMBER_WITH_OTHER_PARTICIPANTS = "number_with_other_participants"
    NUMBER_WITH_OTHER_PERIOD = "number_with_other_period"
    NUMBER_WITH_OTHER_OWNER = "number_with_other_owner"
    ORGANISATION_NUMBER_WITH_NAMES = "organisation_number_with_names"
    OWNER_WITH_ORGANISATION_NUMBERS = "owner_with_organisation_numbers"
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
