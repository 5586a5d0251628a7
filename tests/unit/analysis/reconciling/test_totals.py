import csv
from importlib.resources import files
from io import StringIO
from typing import Any

import pytest

from esfkit.analysis.figures.measures import WORDS
from esfkit.analysis.reconciling.differences import Tolerance, read_tolerance
from esfkit.analysis.reconciling.published import Published
from esfkit.analysis.reconciling.sides import sides
from esfkit.analysis.reconciling.totals import SCHEMA, compare_totals
from esfkit.dataset.frame import to_frame
from factories import a_project

STATED = {"programme_period": "2014-2020", "region": "Stockholm", "region_code": "SE11"}
ROWS = [
    a_project("1", **STATED, programme_area="2", specific_objective="2.1",
              esf_support_sek=100_000_000, total_budget_sek=1, planned_participants=30),
    a_project("2", **STATED, programme_area="1", esf_support_sek=56_400_000),
    a_project("3", programme_period="2014-2020", region="Nationellt", region_code="SE"),
    a_project("4", programme_period="2014-2020", esf_support_sek=7),
    a_project("5", programme_period="2007-2013", planned_participants=9),
]  # fmt: skip


def compared(tolerance: Tolerance | None = None, **values: str) -> dict[str, Any]:
    stated = {
        "period": "2014-2020",
        "region": "all",
        "area": "all",
        "measure": "projects",
        "value": "4",
        "unit": "projects",
    }
    [here] = sides([("data", to_frame(ROWS).lazy())])
    table = compare_totals(here, [Published(**{**stated, **values})], tolerance or Tolerance())
    assert table.columns == list(SCHEMA)
    return table.row(0, named=True)


def test_a_count_of_projects_is_held_against_the_dataset() -> None:
    assert compared()["status"] == "agrees"
    other = compared(value="5")
    assert (other["status"], other["here"], other["difference"]) == ("differs", 4.0, -1.0)
    assert other["difference_share"] == -0.2


def test_a_sum_stands_beside_how_many_state_it_and_how_many_are_not_placed() -> None:
    row = compared(region="SE11", measure="support_granted", value="156", unit="MSEK")

    assert (row["here"], row["projects"], row["stated"], row["not_placed"]) == (156.4, 2, 2, 1)
    assert row["status"] == "agrees"  # 155.5 to 156.5 is printed 156


@pytest.mark.parametrize(
    ("value", "unit", "tolerance", "status"),
    [
        ("156.3", "MSEK", "1", "differs"),
        ("156.4", "MSEK", "0", "agrees"),
        ("156400001", "SEK", "1", "agrees"),
        ("156400002", "SEK", "1", "differs"),
        ("157", "MSEK", "1%", "agrees"),
        ("0.16", "BSEK", "0", "agrees"),
    ],
)
def test_the_last_digit_published_may_be_rounded(
    value: str, unit: str, tolerance: str, status: str
) -> None:
    row = compared(
        read_tolerance(tolerance), region="Stockholm", measure="support", value=value, unit=unit
    )

    assert row["status"] == status


def test_an_amount_of_kronor_is_no_tolerance_for_people() -> None:
    row = compared(
        read_tolerance("5000"), measure="planned_participants", value="31", unit="persons"
    )

    assert (row["status"], row["here"]) == ("differs", 30.0)


def test_areas_objectives_and_the_nation_are_groups() -> None:
    assert compared(area="2", value="1")["status"] == "agrees"
    assert compared(area="2.1", value="1")["status"] == "agrees"
    assert compared(region="national", value="1")["status"] == "agrees"


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({"measure": "participants_started"}, "planned participants"),
        ({"measure": "participants_started (equal treatment)"}, "planned participants"),
        ({"measure": "projects_ongoing"}, "under way"),
        ({"measure": "made up"}, "no measure of this name"),
        ({"measure": "share"}, "no measure of this name"),
        ({"value": "201 / 107"}, "no number"),
        ({"unit": "persons"}, "unit does not fit"),
        ({"measure": "support", "unit": "MEUR"}, "euro"),
        ({"period": "2021-2027"}, "period is none"),
        ({"region": "SE99"}, "region is none"),
        ({"area": "1.1 varsel"}, "no code"),
        ({"measure": "women", "unit": "persons"}, "no project here states it"),
    ],
)
def test_what_cannot_be_compared_is_told_with_its_reason(
    values: dict[str, str], reason: str
) -> None:
    row = compared(None, **values)

    assert (row["status"], row["here"], row["difference"]) == ("not_comparable", None, None)
    assert reason in row["reason"]


def test_reasons_are_told_in_swedish_too() -> None:
    [here] = sides([("data", to_frame(ROWS).lazy())])
    total = Published("2014-2020", "all", "all", "participants_started", "9", "persons")

    table = compare_totals(here, [total], Tolerance(), "sv")

    assert "planerade deltagare" in table["reason"].item()


def test_a_measure_has_a_figure_or_a_reason_in_both_languages() -> None:
    text = files("esfkit.analysis.reconciling").joinpath("published_measures.csv").read_text()
    rows = list(csv.DictReader(StringIO(text)))

    assert [
        row for row in rows if row["figure"] and row["figure"] not in ("projects", *WORDS)
    ] == []
    explained = [bool(row["reason_sv"] and row["reason_en"]) for row in rows]
    assert explained == [not row["figure"] for row in rows]
    assert len({row["measure"] for row in rows}) == len(rows)
