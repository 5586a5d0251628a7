import pytest
from pydantic import ValidationError

from esfkit.layouts.layout import Layout, Style, all_layouts, layout_named
from esfkit.model.errors import BadRequest
from esfkit.parsing.fields import FIELDS
from esfkit.vocabulary.codes import code_list

NAMES = [
    *("county-examples", "esf-2007-glued", "esf-2014-colon", "esf-2014-lines", "esf-alpha"),
    *("esf-call", "esf-call-partial", "esf-call-plus", "esf-fond", "esf-list", "esf-plus"),
    *("inline-2007", "kohesio", "kohesio-list", "practice"),
]
each = pytest.mark.parametrize("layout", all_layouts(), ids=lambda layout: layout.name)


def test_all_layouts_are_there_sorted_by_name() -> None:
    assert [layout.name for layout in all_layouts()] == NAMES


def test_a_layout_is_found_by_its_name() -> None:
    assert layout_named("esf-call").kind == "call"


def test_an_unknown_layout_is_a_bad_request_that_names_the_known_ones() -> None:
    with pytest.raises(BadRequest, match=r"'esf-2000'; known are county-examples, .*practice"):
        layout_named("esf-2000")


@each
def test_a_layout_says_in_one_sentence_what_it_is(layout: Layout) -> None:
    assert layout.summary.endswith(".")
    assert len(layout.summary) <= 120
    assert "\n" not in layout.summary


@each
def test_a_layout_names_only_fields_that_exist(layout: Layout) -> None:
    told = {*layout.fields, *layout.signature, *layout.absent, *layout.decisive}
    told |= {*layout.sufficient, *layout.named_by}
    renamed = {*layout.rename, *layout.rename.values()}

    assert told | renamed <= FIELDS.keys()


@each
def test_no_list_of_a_layout_names_a_field_twice(layout: Layout) -> None:
    lists = (layout.fields, layout.signature, layout.absent, layout.decisive)
    for fields in (*lists, layout.sufficient, layout.named_by):
        assert len(fields) == len(set(fields))


@each
def test_a_layout_prints_no_field_that_it_says_it_lacks(layout: Layout) -> None:
    assert set(layout.fields).isdisjoint(layout.absent)
    assert set(layout.fields).isdisjoint(layout.decisive)


@each
def test_what_tells_a_layout_is_among_what_it_prints(layout: Layout) -> None:
    assert {*layout.signature, *layout.sufficient} <= set(layout.fields)
    assert layout.rename.keys() <= set(layout.fields)


@each
def test_a_labelled_layout_asks_for_no_more_than_it_prints(layout: Layout) -> None:
    if layout.style not in {Style.NARRATIVE, Style.LIST}:
        assert 2 <= layout.minimum_labels <= len(layout.fields)
        assert 1 <= layout.minimum_signature <= len(layout.signature)


@each
def test_a_layout_s_period_is_a_known_one(layout: Layout) -> None:
    assert layout.period in {None, *(code.period for code in code_list("programmes").codes)}


@each
def test_only_a_narrative_layout_is_known_by_its_site(layout: Layout) -> None:
    assert bool(layout.site) is (layout.style is Style.NARRATIVE)


def test_a_layout_file_may_say_nothing_that_is_not_known() -> None:
    given = {"name": "x", "summary": "X.", "kind": "project", "style": "inline"}

    assert Layout.model_validate(given).minimum_labels == 3
    with pytest.raises(ValidationError, match="extra_forbidden"):
        Layout.model_validate(given | {"pattern": ".*"})


@pytest.mark.parametrize(
    ("key", "value"),
    [("kind", "report"), ("style", "table"), ("language", "fi"), ("currency", "DKK")],
)
def test_a_layout_file_may_only_choose_what_there_is(key: str, value: str) -> None:
    given = {"name": "x", "summary": "X.", "kind": "project", "style": "inline"}

    with pytest.raises(ValidationError):
        Layout.model_validate(given | {key: value})


def test_a_layout_never_changes() -> None:
    with pytest.raises(ValidationError, match="frozen"):
        all_layouts()[0].name = "other"  # type: ignore[misc]  # the point of the test
