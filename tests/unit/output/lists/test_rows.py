import csv
import json
from datetime import date
from decimal import Decimal
from io import BytesIO, StringIO
from pathlib import Path

import polars as pl
import pytest

from esfkit.dataset.frame import to_frame
from esfkit.model.record import Record
from esfkit.output.csvfile import write_csv
from esfkit.output.lists import Given, Listed, filled_columns, list_columns, listed
from factories import a_full_project, a_project

KOHESIO_SCHEMA = Path(__file__).resolve().parents[5] / "shared/reference/kohesio/schema.json"
GIVEN = Given(date(2026, 11, 22), Decimal("9.4689"))


def made(name: str, *records: Record, given: Given = GIVEN) -> Listed:
    return listed(name, to_frame(records), given)


def causes(result: Listed) -> list[tuple[str, str]]:
    return [(cause.code, cause.column) for each in result.refused for cause in each.causes]


def a_kohesio_project(**values: object) -> Record:
    """Return a project that Kohesio takes, in kronor."""
    stated: dict[str, object] = {"total_budget_eur": None, "esf_support_eur": None}
    return a_full_project(**(stated | values))


def as_csv(table: pl.DataFrame) -> bytes:
    stream = BytesIO()
    write_csv(table, stream)
    return stream.getvalue()


def test_annex_xii_has_what_the_law_asks_for() -> None:
    [row] = made("annex12", a_full_project()).table.iter_rows(named=True)

    assert {heading.split(" / ")[1]: value for heading, value in row.items()} == {
        "Beneficiary name": "Växjö kommun",
        "Operation name": "Vägen in",
        "Operation summary": "Vi provar ett nytt arbetssätt.",
        "Operation start date": date(2016, 9, 1),
        "Operation end date": date(2019, 2, 28),
        "Total eligible expenditure": 5_000_000,
        "Currency": "SEK",
        "Union co-financing rate (%)": 50.0,
        "Postcode (of the beneficiary)": "35112",
        "NUTS code": "SE21",
        "Region": "Småland och Öarna",
        "Municipalities": "Växjö; Jönköping",
        "Country": "Sverige",
        "Category of intervention, code": "102",
        "Category of intervention": "Access to employment",
        "Date of last update of the list": date(2026, 11, 22),
    }


def test_article_49_has_what_the_law_asks_for_and_leaves_empty_what_no_source_says() -> None:
    project = a_full_project(
        project_number="23-017-S01", programme_period="2021-2027", fund="ESF+"
    )
    [row] = made("art49", project).table.iter_rows(named=True)

    assert {heading.split(" / ")[1]: value for heading, value in row.items()} == {
        "Operation code": "23-017-S01",
        "Beneficiary name": "Växjö kommun",
        "Contractor name": None,
        "Natural person's first name and surname": None,
        "Fishing fleet number": None,
        "Operation name": "Vägen in",
        "Purpose and expected or actual achievements": "Vi provar ett nytt arbetssätt.",
        "Planned participants": 50,
        "Start date": date(2016, 9, 1),
        "Expected or actual completion date": date(2019, 2, 28),
        "Total cost": 5_000_000,
        "Currency": "SEK",
        "Fund": "ESF+",
        "Specific objective": "2.1",
        "Union co-financing rate (%)": 50.0,
        "NUTS code": "SE21",
        "Region": "Småland och Öarna",
        "Municipalities": "Växjö; Jönköping",
        "Country": "Sverige",
        "Postcode of the beneficiary": "35112",
        "Town of the beneficiary": "Växjö",
        "Type of intervention, code": "102",
        "Type of intervention": "Access to employment",
    }


def test_kohesio_has_its_thirty_three_columns_filled_from_the_record() -> None:
    [row] = made("kohesio", a_kohesio_project()).table.iter_rows(named=True)

    assert {heading: value for heading, value in row.items() if value is not None} == {
        "Operation_Unique_Identifier": "2016/00130",
        "Operation_Name_Programme_Language": "Vägen in",
        "Country": "Sweden",
        "Location_Indicator_Postcode": "35112",
        "Operation_Start_Date": "01/09/2016",
        "Operation_End_Date": "28/02/2019",
        "CoFinancing_Rate": 50.0,
        "Total_Eligible_Expenditure_amount": 5_000_000,
        "Total_Eligible_Expenditure_Currency": "SEK",
        "Total_Eligible_Expenditure_Exchange_Rate": 9.4689,
        "Location_Indicator_NUTS_code": "SE21",
        "Beneficiary_Name": "Växjö kommun",
        "Category_Of_Intervention": 102,
        "Fund_Code": "ESF",
        "Programme_Code": "2014SE05M9OP001",
        "Operation_Summary_Programme_Language": "Vi provar ett nytt arbetssätt.",
        "Programming_Period": "2014-2020",
        "Program_Priority_Axis_Code": "2",
        "Program_Priority_Axis_Name": "Öka övergångarna till arbete",
        "Program_Specific_Objective_Code": "2.1",
        "Date_Of_Last_Update": "22/11/2026",
        "Beneficiary_Unique_Identifier": "2120000662",
    }


@pytest.mark.parametrize(
    ("name", "period"),
    [("annex12", "2021-2027"), ("art49", "2014-2020"), ("kohesio", "2007-2013")],
)
def test_a_project_of_another_period_is_refused_for_that_alone(name: str, period: str) -> None:
    result = made(name, a_project(programme_period=period))

    assert result.table.is_empty()
    assert causes(result) == [("other_period", "")]
    assert period in result.refused[0].causes[0].told("en")


def test_a_project_of_unknown_period_is_refused_by_a_list_of_one_period() -> None:
    assert causes(made("annex12", a_project())) == [("unknown_period", "")]
    assert causes(made("esf-list", a_project())) == []


def test_the_refused_tell_where_they_were_read() -> None:
    [refusal] = made("art49", a_full_project()).refused

    assert refusal.record_id == "esf:2016/00130"
    assert refusal.project_number == "2016/00130"
    assert refusal.source == {
        "source_path": "pages/2016-00130.txt",
        "source_member": "page-1.txt",
        "source_line": 7,
        "source_url": "https://example.se/projekt/1",
    }


@pytest.mark.parametrize(
    ("values", "column"),
    [
        ({"title": None}, "Operation_Name_Programme_Language"),
        ({"summary": None}, "Operation_Summary_Programme_Language"),
        ({"owner_name": None}, "Beneficiary_Name"),
        ({"period_start": None}, "Operation_Start_Date"),
        ({"period_end": None}, "Operation_End_Date"),
        ({"intervention_code": None}, "Category_Of_Intervention"),
        ({"union_cofinancing_rate": None, "programme_area": None}, "CoFinancing_Rate"),
    ],
)
def test_kohesio_refuses_a_row_without_a_required_value(
    values: dict[str, object], column: str
) -> None:
    assert causes(made("kohesio", a_kohesio_project(**values))) == [("value_missing", column)]


def test_kohesio_refuses_what_its_validator_would() -> None:
    backwards = a_kohesio_project(period_end=date(2015, 1, 1))
    nowhere = a_kohesio_project(postal_code=None, region_code=None, municipality_codes=())
    without_rate = made("kohesio", a_kohesio_project(), given=Given())

    assert causes(made("kohesio", backwards)) == [("dates_reversed", "")]
    assert causes(made("kohesio", nowhere)) == [("no_place", "")]
    assert causes(without_rate) == [("no_exchange_rate", "")]


def test_kohesio_refuses_what_is_out_of_its_range() -> None:
    category = a_kohesio_project(intervention_code="134")
    below = a_kohesio_project(intervention_code="0")
    amount = a_kohesio_project(total_budget_sek=-1)

    assert causes(made("kohesio", category, below)) == [
        ("out_of_range", "Category_Of_Intervention"),
        ("out_of_range", "Category_Of_Intervention"),
    ]
    assert causes(made("kohesio", amount)) == [
        ("out_of_range", "Total_Eligible_Expenditure_amount")
    ]


def test_every_cause_of_a_row_is_given() -> None:
    project = a_kohesio_project(title=None, postal_code=None, region_code=None)

    assert causes(made("kohesio", project, given=Given())) == [
        ("value_missing", "Operation_Name_Programme_Language"),
        ("no_place", ""),
        ("no_exchange_rate", ""),
    ]


def test_a_row_in_euro_needs_no_exchange_rate() -> None:
    project = a_full_project(total_budget_sek=None)
    result = made("kohesio", project, given=Given())

    assert result.refused == ()
    assert result.table["Total_Eligible_Expenditure_amount"].to_list() == [Decimal("500000.50")]


def test_how_many_rates_are_the_programme_areas_is_counted() -> None:
    printed, silent = a_full_project(), a_full_project(union_cofinancing_rate=None)

    assert made("annex12", printed, silent).rates_of_areas == 1
    assert made("esf-list", printed, silent).rates_of_areas == 0


def test_how_far_each_column_is_filled_is_counted_with_why_it_is_empty() -> None:
    result = made("art49", a_project(programme_period="2021-2027"), given=Given())
    filled = {
        each.heading.split(" / ")[1]: each for each in filled_columns("art49", result.table)
    }

    assert filled["Operation code"].stated == 1
    assert (filled["Fund"].stated, filled["Fund"].empty) == (0, "not_in_source")
    assert filled["Contractor name"].empty == "never_read"


def test_amounts_are_whole_numbers_where_none_has_decimals() -> None:
    money = "Totala stödberättigande utgifter / Total eligible expenditure"
    kronor = a_full_project()
    euro = a_full_project(project_number="2016/00131", total_budget_sek=None)

    assert as_csv(made("annex12", kronor).table.select(money)).split(b"\n")[1] == b"5000000"
    assert as_csv(made("annex12", kronor, euro).table.select(money)).split(b"\n")[1:3] == [
        b"5000000.00",
        b"500000.50",
    ]


def test_no_list_holds_a_contact_person() -> None:
    for name, period in (
        ("esf-list", "2014-2020"),
        ("annex12", "2014-2020"),
        ("kohesio", "2014-2020"),
        ("art49", "2021-2027"),
    ):
        written = as_csv(made(name, a_kohesio_project(programme_period=period)).table)

        assert "Växjö".encode() in written
        assert b"Berit" not in written
        assert b"example.se" not in written
        assert b"0470" not in written


def test_a_written_file_keeps_the_rules_of_kohesios_table() -> None:
    written = as_csv(made("kohesio", a_kohesio_project(), a_full_project()).table).decode()
    rows = list(csv.DictReader(StringIO(written, newline="")))

    assert len(rows) == 2
    for row in rows:
        for column in list_columns("kohesio"):
            cell = row[column.heading]
            assert cell or not column.required
            assert not column.allowed or cell in (*column.allowed, "")
            if column.maximum is not None:
                assert (column.minimum or 0) <= float(cell) <= column.maximum
        assert row["Programming_Period"] == "2014-2020"


@pytest.mark.skipif(not KOHESIO_SCHEMA.exists(), reason="the published schema is not shipped")
def test_a_written_file_is_valid_by_kohesios_published_schema(tmp_path: Path) -> None:
    frictionless = pytest.importorskip("frictionless")
    hostile = a_kohesio_project(title='=1+1;"a"\n-x', summary="a\r\nb")
    records = (hostile, a_kohesio_project(project_number="2016/00131"), a_full_project())
    (tmp_path / "kohesio.csv").write_bytes(as_csv(made("kohesio", *records).table))

    schema = frictionless.Schema.from_descriptor(json.loads(KOHESIO_SCHEMA.read_bytes()))
    resource = frictionless.Resource(path="kohesio.csv", basepath=str(tmp_path), schema=schema)
    report = resource.validate()

    assert report.flatten(["rowNumber", "fieldName", "message"]) == []
    assert report.tasks[0].stats["rows"] == 3
