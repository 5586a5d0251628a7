import re
from collections.abc import Mapping
from typing import Any

import pytest

from esfkit.model.finding import Problem, Severity
from esfkit.rules.catalogue import (
    RULES,
    THEMES,
    check_record,
    check_together,
    check_values,
    told_of_rules,
    usual,
)
from esfkit.rules.rule import Rule, RuleAcross

ALONE = [rule for rule in RULES if isinstance(rule, Rule)]
ACROSS = [rule for rule in RULES if isinstance(rule, RuleAcross)]
FEWEST_RULES = 45


def codes_in(record: Mapping[str, Any], kind: str) -> list[Problem]:
    return [finding.code for finding in check_record({"kind": kind, **record})]


@pytest.mark.parametrize("rule", ALONE, ids=lambda rule: rule.code.value)
def test_each_rule_finds_its_own_in_the_example_that_breaks_it(rule: Rule) -> None:
    assert rule.code in codes_in(rule.breaks, rule.kinds[0])


@pytest.mark.parametrize("rule", ALONE, ids=lambda rule: rule.code.value)
def test_each_rule_is_content_with_the_example_that_keeps_it(rule: Rule) -> None:
    assert rule.code not in codes_in(rule.keeps, rule.kinds[0])


@pytest.mark.parametrize("rule", ALONE, ids=lambda rule: rule.code.value)
def test_the_example_that_keeps_a_rule_breaks_no_heavier_one(rule: Rule) -> None:
    found = check_record({"kind": rule.kinds[0], **rule.keeps})

    assert [each for each in found if each.severity is Severity.ERROR] == []


@pytest.mark.parametrize("rule", ACROSS, ids=lambda rule: rule.code.value)
def test_each_rule_across_records_has_two_examples(rule: RuleAcross) -> None:
    broken = [(row, each.code) for row, each in check_together(rule.breaks)]
    kept = [each.code for _, each in check_together(rule.keeps)]

    assert (1, rule.code) in broken
    assert rule.code not in kept


@pytest.mark.parametrize("rule", ALONE, ids=lambda rule: rule.code.value)
def test_a_finding_has_the_rules_severity_and_a_sentence_that_quotes(rule: Rule) -> None:
    found = [
        each
        for each in check_record({"kind": rule.kinds[0], **rule.breaks})
        if each.code is rule.code
    ]

    assert {each.severity for each in found} == {rule.severity}
    assert all(len(each.message) > 15 for each in found)
    assert all("  " not in each.message for each in found)


@pytest.mark.parametrize("rule", ALONE, ids=lambda rule: rule.code.value)
def test_no_rule_minds_a_record_that_states_nothing_else(rule: Rule) -> None:
    for kind in rule.kinds:
        assert set(codes_in({}, kind)) <= {Problem.FIGURES_MISSING}


def test_there_are_enough_rules_and_each_stands_once() -> None:
    codes = [rule.code for rule in RULES]

    assert len(codes) >= FEWEST_RULES
    assert len(set(codes)) == len(codes)
    assert sum(map(len, THEMES.values())) == len(codes)


def test_people_are_told_of_every_rule() -> None:
    told = told_of_rules()

    assert set(told) == {rule.code.value for rule in RULES}
    for each in told.values():
        assert all(each), each.code
        assert re.fullmatch("[A-Z][0-9]{1,2}", each.id), each.code


def test_the_settings_of_a_rule_are_told_apart_by_name() -> None:
    for rule in RULES:
        assert hasattr(rule.settings, "_asdict"), rule.code


KNOWN_FACTS = [
    {
        "programme_period": "2014-2020",
        "total_budget_sek": 10_000_000,
        "esf_support_sek": support,
    }
    for support in (4_700_000, 5_300_000, 6_700_000, 10_000_000)
]


@pytest.mark.parametrize("fact", KNOWN_FACTS)
@pytest.mark.parametrize("rate", [0.5, 1.0])
def test_a_support_that_is_not_the_union_rate_is_no_finding(
    fact: Mapping[str, Any], rate: float
) -> None:
    record = {**fact, "union_cofinancing_rate": rate}

    assert codes_in(record, "project") == []


def test_a_pre_study_without_participants_is_no_finding() -> None:
    record = {
        "phase": "Förprojektering",
        "planned_participants": 0,
        "total_budget_sek": 300_000,
        "esf_support_sek": 300_000,
    }

    assert codes_in(record, "project") == []


def test_a_national_project_may_be_anywhere() -> None:
    record = {
        "planned_participants": 100,
        "region": "Nationellt",
        "region_code": "SE",
        "postal_code": "35112",
        "municipality_codes": ("0780", "2480"),
        "programme_period": "2014-2020",
        "programme_area": "3",
    }

    assert codes_in(record, "project") == []


def test_a_rule_that_is_off_is_silent_and_another_severity_is_kept() -> None:
    record = {"kind": "call", "total_budget_sek": 12}
    size = usual()[Problem.BUDGET_SIZE_UNUSUAL]
    heavier = {**usual(), Problem.BUDGET_SIZE_UNUSUAL: size._replace(severity=Severity.ERROR)}
    off = {**usual(), Problem.BUDGET_SIZE_UNUSUAL: size._replace(enabled=False)}

    [found] = check_record(record, heavier)
    assert found.severity is Severity.ERROR
    assert list(check_record(record, off)) == []


def test_a_threshold_is_a_setting() -> None:
    size = usual()[Problem.BUDGET_SIZE_UNUSUAL]
    lower = size._replace(settings=size.settings._replace(least=10))

    found = check_record(
        {"kind": "call", "total_budget_sek": 12},
        {**usual(), Problem.BUDGET_SIZE_UNUSUAL: lower},
    )

    assert list(found) == []


def test_a_finding_tells_where_its_column_was_read() -> None:
    place = {
        "field": "total_budget_sek",
        "raw": "12",
        "label": "Total projektbudget",
        "start": 40,
        "end": 42,
        "line": 3,
    }

    [found] = check_record({"kind": "call", "total_budget_sek": 12, "provenance": [place]})

    assert (found.start, found.end) == (40, 42)


def test_at_ingest_only_rules_of_labelled_values_run_and_tell_no_place() -> None:
    values = {"total_budget_sek": 12, "owner": "VÄXJÖ KOMMUN", "title": "1.1"}

    [found] = check_values(values, "project")

    assert (found.code, found.start) == (Problem.BUDGET_SIZE_UNUSUAL, None)


def test_records_of_another_kind_are_not_compared() -> None:
    same = {"project_number": "2016/00130"}
    records = [
        {**same, "kind": "call", "total_budget_sek": 1_000_000},
        {**same, "kind": "project", "total_budget_sek": 7_000_000},
    ]

    assert list(check_together(records)) == []
