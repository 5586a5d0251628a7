from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from esfkit.dataset.columns import SCHEMA
from esfkit.output.lists.columns import list_columns
from esfkit.output.lists.forms import FORMS, Given, cell_of, column_type


def cells(name: str, given: Given | None = None, **values: object) -> Mapping[str, Any]:
    """Return what a list has for a record that states only these columns."""
    row = dict.fromkeys(SCHEMA) | values
    given = given or Given()
    return {column.heading: cell_of(row, column, given) for column in list_columns(name)}


def cell(name: str, heading: str, **values: object) -> object:
    [found] = [
        value
        for words, value in cells(name, None, **values).items()
        if heading in words.split(" / ")
    ]
    return found


@pytest.mark.parametrize("name", ["esf-list", "annex12", "art49", "kohesio"])
def test_a_record_that_says_nothing_fills_only_the_country(name: str) -> None:
    filled = {heading: value for heading, value in cells(name).items() if value is not None}

    assert set(filled.values()) <= {"Sverige", "Sweden"}
    assert len(filled) == (0 if name == "esf-list" else 1)


def test_esf_radets_list_prints_the_rate_as_it_does() -> None:
    heading = "Union co-financing rate"
    found = [cell("esf-list", heading, union_cofinancing_rate=rate) for rate in (0.9, 0.6667)]

    assert found == ["90%", "66.67%"]


def test_a_rate_that_is_not_printed_is_not_put_into_esf_radets_list() -> None:
    stated = {"programme_area": "2", "programme_period": "2014-2020"}

    assert cell("esf-list", "Union co-financing rate", **stated) is None
    assert cell("annex12", "Union co-financing rate (%)", **stated) == 50


def test_support_that_holds_the_states_part_is_not_given_out_as_money_of_the_eu() -> None:
    heading = "EU contribution SEK"

    assert cell("esf-list", heading, layout="esf-2014-lines", esf_support_sek=5) is None
    assert cell("esf-list", heading, layout="esf-list", esf_support_sek=5) == 5


def test_the_english_summary_is_the_section_that_a_list_was_read_into() -> None:
    sections = [
        {"heading": None, "text": "a"},
        {"heading": "Summary", "text": "b"},
        {"heading": "Sammanfattning engelsk / Summary in english", "text": "A way in."},
    ]

    assert cell("esf-list", "Summary in english", sections=sections) == "A way in."
    assert cell("esf-list", "Summary in english", sections=sections[:2]) is None


def test_the_laws_lists_prefer_kronor_and_name_the_currency() -> None:
    both = {"total_budget_sek": 900, "total_budget_eur": Decimal("100.50")}
    euro = {"total_budget_eur": Decimal("100.50")}

    assert cell("art49", "Total cost", **both) == 900
    assert cell("art49", "Currency", **both) == "SEK"
    assert cell("art49", "Total cost", **euro) == Decimal("100.50")
    assert cell("art49", "Currency", **euro) == "EUR"


def test_kohesio_prefers_euro_which_needs_no_exchange_rate() -> None:
    given = Given(sek_per_eur=Decimal("9.4689"))
    both = {"total_budget_sek": 900, "total_budget_eur": Decimal("100.50")}
    money = "Total_Eligible_Expenditure"

    in_euro, in_kronor = (
        cells("kohesio", given, **both),
        cells("kohesio", given, total_budget_sek=900),
    )

    assert in_euro[f"{money}_amount"] == Decimal("100.50")
    assert in_euro[f"{money}_Currency"] == "EUR"
    assert in_euro[f"{money}_Exchange_Rate"] is None
    assert in_kronor[f"{money}_amount"] == 900
    assert in_kronor[f"{money}_Currency"] == "SEK"
    assert in_kronor[f"{money}_Exchange_Rate"] == 9.4689


def test_an_exchange_rate_may_be_that_of_the_year_of_the_start() -> None:
    given = Given(by_year={2016: Decimal("9.4689")})
    heading = "Total_Eligible_Expenditure_Exchange_Rate"
    found = [
        cells("kohesio", given, total_budget_sek=900, period_start=start)[heading]
        for start in (date(2016, 9, 1), date(1998, 1, 1), None)
    ]

    assert found == [9.4689, None, None]


def test_kohesio_writes_the_day_first_and_the_category_as_a_number() -> None:
    given = Given(updated=date(2026, 11, 2))
    found = cells("kohesio", given, period_start=date(2016, 9, 1), intervention_code="102")

    assert found["Operation_Start_Date"] == "01/09/2016"
    assert found["Date_Of_Last_Update"] == "02/11/2026"
    assert found["Category_Of_Intervention"] == 102
    assert cells("kohesio", intervention_code="²")["Category_Of_Intervention"] is None


def test_kohesio_takes_only_funds_and_programmes_that_its_schema_knows() -> None:
    known = cells("kohesio", fund="YEI", programme_cci="2014SE05M9OP001")
    unknown = cells("kohesio", fund="ESF+", programme_cci="2021SE05SFPR001")

    assert (known["Fund_Code"], known["Programme_Code"]) == ("YEI", "2014SE05M9OP001")
    assert (unknown["Fund_Code"], unknown["Programme_Code"]) == (None, None)


def test_municipalities_stand_in_one_cell() -> None:
    found = cell("annex12", "Municipalities", municipalities=["Växjö", "Lessebo"])

    assert found == "Växjö; Lessebo"


def test_every_form_is_used_by_some_column() -> None:
    lists = ("esf-list", "annex12", "art49", "kohesio")
    used = {column.form for name in lists for column in list_columns(name)}

    assert used == set(FORMS)


def test_a_plain_column_has_the_type_of_the_records() -> None:
    types = {column.heading: column_type(column) for column in list_columns("esf-list")}

    assert types["Startdatum / Start date"] == SCHEMA["period_start"]
    assert types["Total projektbudget / Total budget SEK"] == SCHEMA["total_budget_sek"]
