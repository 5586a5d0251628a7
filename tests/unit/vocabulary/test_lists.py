from collections import Counter

from esfkit.layouts.layout import Style, all_layouts
from esfkit.parsing.fields import FIELDS, LIST_FIELDS
from esfkit.vocabulary.fold import fold
from esfkit.vocabulary.lists import headings_by_list, list_headings, read_list_headings

ESF_LIST_HEADINGS = 18


def test_every_list_has_a_layout_and_every_layout_of_a_list_headings() -> None:
    layouts = {layout.name for layout in all_layouts() if layout.style is Style.LIST}

    assert set(headings_by_list()) == layouts


def test_no_heading_stands_twice_in_a_list() -> None:
    tally = Counter((each.list, fold(each.words)) for each in read_list_headings())

    assert [key for key, count in tally.items() if count > 1] == []


def test_every_heading_names_a_field_that_is_read() -> None:
    fields = {each.field for each in read_list_headings()}

    assert fields <= {*FIELDS, *LIST_FIELDS}
    assert LIST_FIELDS.keys() - fields == {
        "foreign_budget"
    }  # made of a budget and its currency
    assert FIELDS.keys().isdisjoint(LIST_FIELDS)


def test_the_bilingual_headings_are_all_there_with_both_halves() -> None:
    headings = [each for each in read_list_headings() if each.list == "esf-list"]
    both = [each for each in headings if " / " in each.words]
    forms = headings_by_list()["esf-list"]

    assert len(both) == ESF_LIST_HEADINGS
    for heading in both:
        for half in heading.words.split(" / "):
            assert forms[fold(half)].field == heading.field


def test_headings_are_known_with_blanks_and_underscores_changed() -> None:
    assert {
        "diarienummer / operation id",
        "diarienummer/operation id",
        "cofinancing_rate",
        "cofinancing rate",
    } <= list_headings()


def test_a_computed_contribution_is_no_granted_support() -> None:
    kohesio = headings_by_list()["kohesio-list"]

    assert kohesio["project_eu_budget"].field == "not_kept"
    assert kohesio["amount eu support"].field == "not_kept"
