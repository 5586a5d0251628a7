import polars as pl
import pytest

from esfkit.dataset.frame import to_frame
from esfkit.model.errors import BadRequest
from esfkit.output.personal import choose_columns, withhold
from factories import a_finding, a_full_project, a_place, a_project

RECORD = a_full_project(
    provenance=(
        a_place("title", "Vägen in", 0),
        a_place("email", "berit.pahittad(at)example.se", 40),
        a_place("owner", "Växjö kommun, Berit Påhittad", 90),
    ),
    findings=(
        a_finding(field="phone", message="unreadable"),
        a_finding(message="unknown line 'berit.pahittad(at)example.se'"),
        a_finding(message="something else"),
    ),
)


def test_personal_columns_and_all_that_tells_of_them_are_withheld() -> None:
    frame = withhold(to_frame([RECORD, a_project()]))

    assert not {"contact_person", "email", "phone"} & set(frame.columns)
    first = frame.row(0, named=True)
    assert [entry["field"] for entry in first["provenance"]] == ["title"]
    assert [finding["message"] for finding in first["findings"]] == ["something else"]
    assert frame.row(1, named=True)["provenance"] == []


def test_what_is_asked_for_is_let_out() -> None:
    frame = to_frame([RECORD])

    assert withhold(frame, personal=True).equals(frame)


def test_a_table_without_those_columns_stays_as_it_is() -> None:
    frame = pl.DataFrame({"region": ["Sydsverige"], "projects": [2]})

    assert withhold(frame).equals(frame)
    assert withhold(to_frame([])).height == 0


def test_provenance_alone_is_cleaned_too() -> None:
    frame = to_frame([RECORD]).select("provenance", "findings")

    row = withhold(frame).row(0, named=True)
    assert [entry["field"] for entry in row["provenance"]] == ["title", "owner"]
    assert len(row["findings"]) == 1


def test_a_very_short_value_does_not_take_everything_with_it() -> None:
    record = a_full_project(contact_person="a", provenance=(a_place("title", "a", 0),))

    assert len(withhold(to_frame([record]))["provenance"][0]) == 1


def test_columns_come_in_the_order_asked_for() -> None:
    frame = choose_columns(to_frame([RECORD]), ["title", "region", "title"])

    assert frame.columns == ["title", "region"]


def test_personal_columns_must_be_asked_for_as_such() -> None:
    with pytest.raises(BadRequest, match="--personal-data"):
        choose_columns(to_frame([RECORD]), ["email"])
    with pytest.raises(BadRequest, match="email"):
        choose_columns(to_frame([RECORD]), ["emial"])

    frame = choose_columns(to_frame([RECORD]), ["email"], personal=True)
    assert frame["email"].to_list() == ["berit.pahittad@example.se"]
