"""What a rule is, and what it is given."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final, NamedTuple

from esfkit.model.finding import Finding, Problem, Severity

View = Mapping[str, Any]
"""A record as column → value; a column that is absent is not stated."""

_QUOTED: Final = 80  # characters of the text that a message quotes


class Settings(NamedTuple):
    """The settings of a rule that has none."""


NO_SETTINGS: Final = Settings()


class Met(NamedTuple):
    """What a rule met in a record.

    Attributes:
        field: The column concerned, if one is.
        message: One sentence that quotes what was met.
    """

    field: str | None
    message: str


class MetIn(NamedTuple):
    """What a rule met among several records.

    Attributes:
        row: Which of them it is told of, counted from 0.
        field: The column concerned.
        message: One sentence that quotes what was met.
    """

    row: int
    field: str
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One rule that looks at a record alone.

    Attributes:
        code: Its stable name.
        severity: How much its findings weigh unless the settings say otherwise.
        find: Yields what it meets in a record, under its settings.
        settings: Its thresholds with their usual values: a ``NamedTuple`` whose
            types settle what may stand in ``esfkit.toml``.
        kinds: The kinds of record it looks at.
        periods: The programme periods it looks at; all where none is named.
        layouts: The layouts it looks at; all where none is named.
        reads: The columns it cannot do without: a record that does not state one of
            them is passed over.
        at_ingest: Whether it also runs when a page is read.
        breaks: Values of a record in which it finds something.
        keeps: Values, much like them, in which it finds nothing.
    """

    code: Problem
    severity: Severity
    find: Callable[[View, Any], Iterator[Met]]
    settings: Any = NO_SETTINGS
    kinds: tuple[str, ...] = ("project", "call")
    periods: tuple[str, ...] = ()
    layouts: tuple[str, ...] = ()
    reads: tuple[str, ...] = ()
    at_ingest: bool = False
    breaks: View
    keeps: View


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleAcross:
    """One rule that looks at many records together.

    Attributes:
        code: Its stable name.
        severity: How much its findings weigh unless the settings say otherwise.
        key: The column whose equal values bring records together.
        find: Yields what it meets in records of one key, in their order.
        settings: Its thresholds, as in :class:`Rule`.
        kinds: The kinds of record it looks at.
        breaks: Records among which it finds something.
        keeps: Records among which it finds nothing.
    """

    code: Problem
    severity: Severity
    key: str
    find: Callable[[Sequence[View], Any], Iterator[MetIn]]
    settings: Any = NO_SETTINGS
    kinds: tuple[str, ...] = ("project",)
    breaks: Sequence[View]
    keeps: Sequence[View]


AnyRule = Rule | RuleAcross


def concerns(rule: Rule, record: View, kind: str) -> bool:
    """Tell whether a rule looks at a record of this kind at all."""
    return (
        kind in rule.kinds
        and (not rule.periods or record.get("programme_period") in rule.periods)
        and (not rule.layouts or record.get("layout") in rule.layouts)
        and all(record.get(column) is not None for column in rule.reads)
    )


def finding_of(
    code: Problem, severity: Severity, met: Met | MetIn, record: View | None = None
) -> Finding:
    """Return the finding, with the place its column was read from where that is known.

    Args:
        code: Of the rule.
        severity: In force.
        met: What was met.
        record: Whose provenance tells the place; ``None`` while a page is being read.
    """
    start, end = place_of(record, met.field) if record is not None else (None, None)
    return Finding(
        code=code, severity=severity, field=met.field, message=met.message, start=start, end=end
    )


def place_of(record: View, column: str | None) -> tuple[int | None, int | None]:
    """Return the span that a column was read from; ``(None, None)`` where there is none."""
    for entry in record.get("provenance") or ():
        if entry["field"] == column:
            return entry["start"], entry["end"]
    return None, None


def raw_of(record: View, column: str) -> str | None:
    """Return the characters that a column was read from, if that is known."""
    for entry in record.get("provenance") or ():
        if entry["field"] == column:
            return str(entry["raw"])
    return None


def prose_of(record: View) -> Iterator[str]:
    """Yield the texts of a record's sections, or its summary where it has none."""
    sections = record.get("sections") or ()
    for section in sections:
        yield section["text"]
    if not sections and record.get("summary"):
        yield record["summary"]


def budgets_and_supports(record: View) -> Iterator[tuple[str, Decimal, Decimal]]:
    """Yield the currency, budget and support where both are told in one currency."""
    for currency in ("sek", "eur"):
        budget = record.get(f"total_budget_{currency}")
        support = record.get(f"esf_support_{currency}")
        if budget is not None and support is not None:
            yield currency, budget, support


def quote(words: str) -> str:
    """Return the words in quotation marks on one line, cut where they are long."""
    flat = " ".join(words.split())
    return f"“{flat[:_QUOTED]}…”" if len(flat) > _QUOTED else f"“{flat}”"


def grouped(amount: object) -> str:
    """Return a whole number with its thousands apart: ``5 044 038``."""
    return f"{amount:,}".replace(",", " ")
