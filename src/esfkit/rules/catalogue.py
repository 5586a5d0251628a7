"""All rules, why they exist, and what runs them."""

import csv
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files
from io import StringIO
from typing import Any, Final, NamedTuple

from esfkit.model.finding import Finding, Problem, Severity
from esfkit.rules.rule import AnyRule, Rule, RuleAcross, View, concerns, finding_of
from esfkit.rules.themes import (
    across,
    contact,
    geography,
    money,
    numbers,
    owner,
    participants,
    period,
    programme,
    shares,
    source,
    text,
)

THEMES: Final[Mapping[str, tuple[AnyRule, ...]]] = {
    "Shares": shares.RULES,
    "Money": money.RULES,
    "Periods": period.RULES,
    "Numbers": numbers.RULES,
    "Programmes": programme.RULES,
    "Geography": geography.RULES,
    "Owners": owner.RULES,
    "Contacts": contact.RULES,
    "Participants": participants.RULES,
    "Prose beside labels": text.RULES,
    "Sources": source.RULES,
    "Records beside each other": across.RULES,
}
"""Every rule by its theme."""

RULES: Final[tuple[AnyRule, ...]] = tuple(rule for rules in THEMES.values() for rule in rules)

_AT_INGEST: Final = tuple(r for r in RULES if isinstance(r, Rule) and r.at_ingest)


class Told(NamedTuple):
    """What people are told of a rule.

    Attributes:
        code: Of the rule.
        id: Of the check of the domain that it carries out.
        title_en: What it finds, in English.
        title_sv: The same in Swedish.
        why: Why it is worth knowing.
        advice: What to do about it.
        source: Where the rule or its threshold comes from.
    """

    code: str
    id: str
    title_en: str
    title_sv: str
    why: str
    advice: str
    source: str


class InForce(NamedTuple):
    """How a rule is to be run.

    Attributes:
        enabled: Whether it is.
        severity: What its findings weigh.
        settings: Its thresholds.
    """

    enabled: bool
    severity: Severity
    settings: Any


@cache
def told_of_rules() -> Mapping[str, Told]:
    """Return code → what people are told of the rule, from ``catalogue.csv``."""
    resource = files("esfkit.rules").joinpath("catalogue.csv")
    rows = csv.DictReader(StringIO(resource.read_text(encoding="utf-8")))
    return {row["code"]: Told(**row) for row in rows}


@cache
def usual() -> Mapping[Problem, InForce]:
    """Return how each rule is run where nobody says otherwise."""
    return {
        rule.code: InForce(enabled=True, severity=rule.severity, settings=rule.settings)
        for rule in RULES
    }


def check_values(values: View, kind: str) -> Iterator[Finding]:
    """Yield what the rules that run while a page is read say to its values.

    Args:
        values: Column → value of one project or call.
        kind: Of the record.
    """
    for rule in _AT_INGEST:
        if concerns(rule, values, kind):
            for met in rule.find(values, rule.settings):
                yield finding_of(rule.code, rule.severity, met)


def check_record(
    record: View, in_force: Mapping[Problem, InForce] | None = None
) -> Iterator[Finding]:
    """Yield what every rule that looks at a record alone says to it.

    Args:
        record: Column → value, with its ``kind``.
        in_force: How each rule is run; as usual where that is not given.
    """
    how = in_force or usual()
    kind = record.get("kind") or "project"
    for rule in RULES:
        enabled, severity, settings = how[rule.code]
        if enabled and isinstance(rule, Rule) and concerns(rule, record, kind):
            for met in rule.find(record, settings):
                yield finding_of(rule.code, severity, met, record)


def check_together(
    records: Sequence[View], in_force: Mapping[Problem, InForce] | None = None
) -> Iterator[tuple[int, Finding]]:
    """Yield what the rules that compare records say, each with the record's row from 0.

    Args:
        records: Column → value, all records that are looked at, in their order.
        in_force: As for :func:`check_record`.
    """
    how = in_force or usual()
    for rule in RULES:
        enabled, severity, settings = how[rule.code]
        if not enabled or not isinstance(rule, RuleAcross):
            continue
        for rows in _rows_by_key(records, rule):
            group = [records[row] for row in rows]
            for met in rule.find(group, settings):
                row = rows[met.row]
                yield row, finding_of(rule.code, severity, met, records[row])


def _rows_by_key(records: Sequence[View], rule: RuleAcross) -> Iterator[list[int]]:
    """Yield the rows that share a value of the rule's key, where there are several."""
    rows: dict[Any, list[int]] = {}
    for row, record in enumerate(records):
        key = record.get(rule.key)
        if key is not None and (record.get("kind") or "project") in rule.kinds:
            rows.setdefault(key, []).append(row)
    return (each for each in rows.values() if len(each) > 1)
