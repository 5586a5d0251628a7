import json
from pathlib import Path

import pytest

from esfkit.dataset.columns import PERSONAL_COLUMNS, SCHEMA
from esfkit.model.errors import BadRequest
from esfkit.output.lists.columns import list_columns, official_list, words_for
from esfkit.output.lists.forms import FORMS
from esfkit.vocabulary.fold import fold
from esfkit.vocabulary.lists import headings_by_list

LISTS = ("esf-list", "annex12", "art49", "kohesio")
WIDTHS = {"esf-list": 18, "annex12": 16, "art49": 23, "kohesio": 33}
KOHESIO_SCHEMA = Path(__file__).resolve().parents[5] / "shared/reference/kohesio/schema.json"


def test_esf_radets_list_has_its_eighteen_bilingual_headings_in_their_order() -> None:
    assert [column.heading for column in list_columns("esf-list")] == [
        "Diarienummer / Operation ID",
        "Stödmottagare / Beneficiary",
        "Projektägare organisationsnummer / Beneficiary ID",
        "Projektägare ort / Beneficiary city",
        "Stödmottagarens land / Beneficiary country",
        "Namn på insatsen / Operation Name",
        "Programområde / Priority",
        "Specifikt mål / Specific objective concerned",
        "Interventionsområde / Intervention field",
        "Total projektbudget / Total budget SEK",
        "Unionens medfinansieringsgrad / Union co-financing rate",
        "EU-stöd i SEK / EU contribution SEK",
        "Sammanfattning / Summary",
        "Sammanfattning engelsk / Summary in english",
        "Startdatum / Start date",
        "Slutdatum / End date",
        "EU-fond / EU fund",
        "Program CCI / Program CCI",
    ]


@pytest.mark.parametrize("name", LISTS)
def test_every_list_has_as_many_columns_as_it_must(name: str) -> None:
    headings = [column.heading for column in list_columns(name)]

    assert len(headings) == WIDTHS[name]
    assert len(set(headings)) == len(headings)


@pytest.mark.parametrize("name", LISTS)
def test_every_column_has_a_known_form_and_no_person(name: str) -> None:
    for column in list_columns(name):
        assert column.form in FORMS
        assert column.field not in PERSONAL_COLUMNS
        if column.form in ("plain", "joined", "one_of", "category", "day_first"):
            assert column.field in SCHEMA


@pytest.mark.parametrize("name", LISTS)
def test_why_a_column_is_empty_is_told_in_both_languages(name: str) -> None:
    for column in list_columns(name):
        assert words_for(column.empty, "sv") != words_for(column.empty, "en")


@pytest.mark.parametrize("name", ["annex12", "art49"])
def test_the_headings_of_the_law_stand_in_two_languages(name: str) -> None:
    assert all(" / " in column.heading for column in list_columns(name))


def test_kohesios_headings_are_those_by_which_its_lists_are_read() -> None:
    known = headings_by_list()["kohesio-list"]
    unknown = [
        column.heading
        for column in list_columns("kohesio")
        if fold(column.heading) not in known
    ]

    assert unknown == []


@pytest.mark.skipif(not KOHESIO_SCHEMA.exists(), reason="the published schema is not shipped")
def test_kohesios_columns_are_those_of_the_published_schema() -> None:
    fields = json.loads(KOHESIO_SCHEMA.read_bytes())["fields"]
    rules = {field["name"]: field.get("constraints", {}) for field in fields}
    columns = list_columns("kohesio")

    assert [column.heading for column in columns] == list(rules)
    for column in columns:
        rule = rules[column.heading]
        assert column.required == rule.get("required", False)
        assert column.minimum == rule.get("minimum")
        assert column.maximum == rule.get("maximum")
        assert column.allowed <= set(rule.get("enum", ()))


def test_the_legal_lists_are_each_for_one_programme_period() -> None:
    assert [official_list(name).period for name in LISTS] == [
        "",
        "2014-2020",
        "2021-2027",
        "2014-2020",
    ]


def test_an_unknown_list_is_refused_with_the_known_ones() -> None:
    with pytest.raises(BadRequest, match="art49"):
        official_list("art48")
