import pytest

from esfkit.layouts.layout import Layout, Style, all_layouts, layout_named
from esfkit.parsing.detect import Detection, Shape, detect_layout, judge
from esfkit.parsing.header import Found, Header
from esfkit.parsing.scan import Form
from esfkit.vocabulary.labels import Label, label_table, read_labels


def shape_of(*labels: str, form: Form = Form.OWN, colon: bool = True) -> Shape:
    return Shape(form, colon, tuple(label_table().exact[words] for words in labels))


def detected(*labels: str, form: Form = Form.OWN, colon: bool = True) -> Detection:
    found = tuple(Found(label, 0, 0, 0, 0, 0) for label in shape_of(*labels).labels)
    return detect_layout(Header(form, colon, found, 0, 0, 0, ()))


def name_of(*labels: str, form: Form = Form.OWN, colon: bool = True) -> str | None:
    layout = detected(*labels, form=form, colon=colon).layout
    return None if layout is None else layout.name


def label_for(field: str, language: str) -> Label:
    labels = [one for one in read_labels() if one.field == field]
    return next((one for one in labels if one.language == language), labels[0])


GLUED = ("Programområde", "Projektfas", "Projektägare", "Projektperiod", "Region")
CALL = ("Utlysning", "Programområde", "Region", "Startdatum", "Slutdatum", "Utlyst belopp")


@pytest.mark.parametrize(
    "layout", [one for one in all_layouts() if one.fields], ids=lambda layout: layout.name
)
def test_a_page_with_all_labels_of_a_layout_in_its_style_is_of_that_layout(
    layout: Layout,
) -> None:
    forms = {
        Style.NEXT_LINE: Form.OWN,
        Style.INLINE: Form.INLINE,
        Style.GLUED: Form.GLUED,
        Style.FLOW: Form.FLOW,
    }
    words = [label_for(field, layout.language).words for field in layout.fields]
    seen = detected(*words, form=forms[layout.style], colon=bool(layout.colon))

    assert seen.layout is not None
    expected = {"esf-call-partial": "esf-call"}.get(layout.name, layout.name)
    assert (seen.layout.name, seen.tie) == (expected, False)
    assert seen.nearest is not None
    assert seen.nearest.lacks == ""


@pytest.mark.parametrize("form", list(Form))
def test_what_is_printed_weighs_more_than_how(form: Form) -> None:
    assert name_of(*CALL, form=form) == "esf-call"
    assert name_of(*GLUED, form=form) in ("esf-2007-glued", "inline-2007")


@pytest.mark.parametrize(
    ("form", "name"),
    [
        (Form.GLUED, "esf-2007-glued"),
        (Form.SPACED, "esf-2007-glued"),
        (Form.FLOW, "inline-2007"),
    ],
)
def test_the_style_settles_what_the_labels_leave_open(form: Form, name: str) -> None:
    assert name_of(*GLUED, form=form, colon=form is Form.FLOW) == name


def test_two_layouts_that_fit_equally_well_are_a_tie_and_both_are_named() -> None:
    seen = detected(*GLUED, form=Form.OWN)

    assert seen.tie is True
    assert seen.layout is not None
    assert seen.runner_up is not None
    assert {seen.layout.name, seen.runner_up.name} == {"esf-2007-glued", "inline-2007"}


def test_a_clear_winner_has_a_runner_up_and_no_tie() -> None:
    seen = detected(*CALL, colon=False)

    assert seen.tie is False
    assert seen.runner_up is not None
    assert seen.runner_up.name == "esf-call-partial"


def test_a_partial_call_is_taken_where_the_full_one_is_not() -> None:
    assert name_of("Programområde", "Utlyst belopp", colon=False) == "esf-call-partial"


@pytest.mark.parametrize(
    "labels", [("Region",), ("Region", "Startdatum"), ("Kontaktperson", "E-post", "Region")]
)
def test_labels_that_tell_nothing_are_of_no_layout(labels: tuple[str, ...]) -> None:
    seen = detected(*labels)

    assert (seen.layout, seen.runner_up, seen.tie) == (None, None, False)
    assert seen.nearest is not None
    assert seen.nearest.lacks != ""


@pytest.mark.parametrize(
    ("labels", "layout", "lacks"),
    [
        (("Region",), "esf-call", "prints 1 of the 4 labels it must"),
        (
            ("Programområde", "Region", "Startdatum", "Slutdatum"),
            "esf-call",
            "prints 0 of 2 telling labels; lacks call_number, call_amount",
        ),
        (
            (*CALL, "Projektägare"),
            "esf-call",
            "prints Projektägare, which no page of this layout does",
        ),
        (CALL, "esf-call", ""),
    ],
)
def test_a_layout_says_what_a_header_lacks(
    labels: tuple[str, ...], layout: str, lacks: str
) -> None:
    shape = shape_of(*labels)
    fields = {label.field for label in shape.labels}

    assert judge(layout_named(layout), shape, fields).lacks == lacks


def points(layout: str, *labels: str, form: Form = Form.OWN, colon: bool = False) -> float:
    shape = shape_of(*labels, form=form, colon=colon)
    return judge(layout_named(layout), shape, {label.field for label in shape.labels}).points


def test_each_known_label_is_a_point_and_each_other_one_costs_one() -> None:
    alone = points("esf-call", *CALL)

    assert points("esf-call", *CALL[:-1]) == alone - 1
    assert points("esf-call", *CALL, "Telefon") == alone - 1
    assert points("esf-call", *CALL, "Namn") == alone - 2  # a call page never prints it


def test_a_label_in_another_language_costs_a_point() -> None:
    assert points("esf-call", *CALL[:-1], "Start date") == points("esf-call", *CALL[:-1]) - 1


def test_style_and_colon_are_worth_less_than_one_label() -> None:
    plain = points("esf-call", *CALL, form=Form.INLINE)

    assert points("esf-call", *CALL, colon=True) == plain + 0.5
    assert points("esf-call", *CALL, colon=False) == plain + 0.75


def test_a_label_that_one_layout_s_pages_never_print_settles_what_is_left_open() -> None:
    shared = ("Projektnummer", "Beviljat ESF-stöd", "Planerat antal deltagare", "Region")

    assert name_of(*shared, colon=True) == "esf-2014-colon"
    assert name_of(*shared, "Fond", colon=True) == "esf-2014-lines"


def test_one_vague_label_settles_nothing_and_two_do() -> None:
    project = ("Projektnummer", "Projektägare", "Projektperiod", "Total projektbudget")

    assert name_of(*project, "Plats") is not None
    assert name_of(*project, "Plats", "Finansiering") is None
