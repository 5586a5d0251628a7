from decimal import Decimal

import pytest

from esfkit.model.errors import BadRequest
from esfkit.model.finding import Problem
from esfkit.model.record import Absence, Record
from factories import a_finding, a_full_project, a_place, a_project
from pages import colon_page, record_of


def test_a_stated_value_is_told_with_the_characters_it_was_read_from() -> None:
    text = colon_page(esf_support="800 000")

    why = record_of(text).why("esf_support_sek")

    assert (why.value, why.raw, why.label, why.absent) == (
        800_000,
        "800 000",
        "Beviljat ESF-stöd",
        None,
    )
    assert why.start is not None
    assert text[why.start : why.end] == why.raw
    assert text.splitlines()[(why.line or 0) - 1] == why.raw


def test_a_refused_value_is_told_with_its_finding() -> None:
    why = record_of(colon_page(total_budget="1.1")).why("total_budget_sek")

    assert (why.value, why.absent) == (None, Absence.REFUSED)
    assert [each.code for each in why.findings] == [Problem.AMOUNT_IS_OBJECTIVE]


@pytest.mark.parametrize(
    ("record", "field", "expected"),
    [
        (a_project(), "phone", Absence.NOT_STATED),
        (a_project(), "actors", Absence.NOT_STATED),
        (a_project(), "esf_share", Absence.NOT_DERIVED),
        (
            a_project(total_budget_eur=Decimal("5.00")),
            "total_budget_sek",
            Absence.OTHER_CURRENCY,
        ),
        (a_project(total_budget_sek=5), "total_budget_eur", Absence.OTHER_CURRENCY),
        (a_project(planned_participants=0), "planned_participants", None),
    ],
)
def test_an_absent_value_is_told_why_as_far_as_the_record_knows(
    record: Record, field: str, expected: Absence | None
) -> None:
    assert record.why(field).absent is expected


def test_every_place_of_a_value_is_told() -> None:
    places = (
        a_place("actors", "Ett", 0),
        a_place("title", "T", 5),
        a_place("actors", "Två", 9),
    )

    why = a_full_project(provenance=places).why("actors")

    assert [each.raw for each in why.places] == ["Ett", "Två"]
    assert (why.raw, why.start) == ("Ett", 0)


def test_findings_about_other_columns_are_left_out() -> None:
    record = a_project(findings=(a_finding(field="phone"), a_finding(field="title")))

    assert [each.field for each in record.why("title").findings] == ["title"]


def test_every_column_can_be_asked_for() -> None:
    for field in Record.model_fields:
        assert a_full_project().why(field).absent is None
    assert a_full_project().why("esf_share").is_derived


def test_an_unknown_column_is_refused() -> None:
    with pytest.raises(BadRequest, match="esf_suport"):
        a_project().why("esf_suport")
