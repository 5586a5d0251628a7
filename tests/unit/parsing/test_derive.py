from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from esfkit.layouts.layout import layout_named
from esfkit.parsing.derive import derive, record_id


def derived(
    layout: str = "esf-2014-colon", area_words: str | None = None, **values: object
) -> dict[str, Any]:
    columns: dict[str, Any] = dict(values)
    derive(columns, layout_named(layout), area_words, period_told=True)
    return columns


def period_of(**given: Any) -> tuple[str | None, str | None]:  # noqa: ANN401 - any column
    columns = derived(**given)
    return columns.get("programme_period"), columns.get("programme_period_basis")


@pytest.mark.parametrize(
    ("given", "period", "basis"),
    [
        ({"programme_cci": "2021SE05SFPR"}, "2021-2027", "cci"),
        ({"project_number": "2009-3050012"}, "2007-2013", "number"),
        ({"project_number": "2016/00999"}, "2014-2020", "number"),
        ({"project_number": "23-017-S31"}, "2021-2027", "number"),
        ({"call_number": "24-027", "layout": "esf-call"}, "2021-2027", "number"),
        ({"layout": "esf-2007-glued"}, "2007-2013", "layout"),
        ({"area_words": "1 Kompetensförsörjning", "project_number": "dnr 1"}, None, None),
        ({}, None, None),
    ],
)
def test_the_programme_period_is_told_by_the_surest_source(
    given: dict[str, Any], period: str | None, basis: str | None
) -> None:
    assert period_of(**given) == (period, basis)


def test_a_printed_programme_period_is_left_as_it_is() -> None:
    given = {"programme_period": "2014-2020", "programme_period_basis": "printed"}

    assert period_of(**given, programme_cci="2021SE05SFPR") == ("2014-2020", "printed")


def test_the_cci_tells_the_period_before_the_number_and_the_number_before_the_layout() -> None:
    number = "2016/00999"

    assert period_of(project_number=number, programme_cci="2021SE05SFPR")[1] == "cci"
    assert period_of(project_number=number, layout="esf-2007-glued")[1] == "number"


def test_a_layout_whose_telling_labels_are_not_printed_does_not_tell_the_period() -> None:
    columns: dict[str, Any] = {}
    derive(columns, layout_named("esf-2007-glued"), None, period_told=False)

    assert "programme_period" not in columns


def test_the_name_of_an_area_tells_a_period_only_where_one_period_has_it() -> None:
    assert period_of(area_words="Programområde 2 Ökat arbetskraftsutbud") == (
        "2007-2013",
        "area",
    )


@pytest.mark.parametrize(
    ("start", "end", "period"),
    [
        (date(2007, 7, 1), date(2015, 12, 31), "2007-2013"),
        (date(2007, 6, 30), date(2010, 1, 1), None),
        (date(2013, 8, 31), date(2016, 1, 1), None),
        (date(2013, 9, 1), date(2015, 1, 1), None),
        (date(2014, 12, 31), date(2016, 1, 1), None),
        (date(2015, 1, 1), date(2016, 1, 1), "2014-2020"),
        (date(2022, 8, 31), date(2023, 1, 1), "2014-2020"),
        (date(2022, 9, 1), date(2023, 1, 1), None),
        (date(2022, 6, 1), date(2025, 5, 31), "2021-2027"),
        (date(2020, 6, 1), date(2025, 5, 31), None),
        (date(2023, 12, 31), date(2023, 12, 31), None),
        (date(2024, 1, 1), date(2026, 1, 1), "2021-2027"),
        (date(2016, 1, 2), date(2016, 1, 1), None),
        (date(2016, 1, 1), None, None),
        (None, date(2016, 1, 1), None),
    ],
)
def test_dates_tell_the_period_only_where_no_two_programmes_overlap(
    start: date | None, end: date | None, period: str | None
) -> None:
    columns = {"period_start": start, "period_end": end}

    basis = "dates" if period else None
    assert period_of(**columns) == (period, basis)


def test_a_practice_page_belongs_to_no_programme() -> None:
    dates = {"period_start": date(2016, 1, 1), "period_end": date(2018, 1, 1)}

    assert period_of(layout="county-examples", **dates) == (None, None)


def test_area_and_intervention_get_the_names_of_their_period() -> None:
    columns = derived(project_number="2016/00999", programme_area="2", intervention_code="102")

    assert columns["programme_area_name"] == "Ökade övergångar till arbete"
    assert columns["intervention_name"] is not None


def test_an_unknown_code_has_no_name() -> None:
    columns = derived(project_number="2016/00999", programme_area="9", intervention_code="1")

    assert (columns["programme_area_name"], columns["intervention_name"]) == (None, None)


@pytest.mark.parametrize(
    ("amounts", "share"),
    [
        ({"total_budget_sek": 200, "esf_support_sek": 100}, 0.5),
        ({"total_budget_sek": 200, "esf_support_sek": 0}, 0.0),
        ({"total_budget_eur": Decimal("4.00"), "esf_support_eur": Decimal("1.00")}, 0.25),
        ({"total_budget_sek": 0, "esf_support_sek": 100}, None),
        ({"total_budget_sek": 200}, None),
        ({"esf_support_sek": 100}, None),
        ({"total_budget_sek": 200, "esf_support_eur": Decimal(1)}, None),
        ({}, None),
    ],
)
def test_the_share_is_support_through_budget_of_one_currency(
    amounts: dict[str, Any], share: float | None
) -> None:
    assert derived(**amounts).get("esf_share") == share


def test_the_share_is_never_taken_from_the_printed_rate() -> None:
    columns = derived(union_cofinancing_rate=0.5, total_budget_sek=200)

    assert "esf_share" not in columns
    assert "esf_support_sek" not in columns


@pytest.mark.parametrize(
    ("owner", "name", "unit"),
    [
        ("Umeå kommun, Umeå kommun", "Umeå kommun", None),
        ("Region Gotland", "Region Gotland", None),
        ("Kulturförvaltningen, Umeå kommun", "Umeå kommun", "Kulturförvaltningen"),
        ("556036-0793", None, None),
        (None, None, None),
    ],
)
def test_an_owner_has_a_name_and_perhaps_a_unit(
    owner: str | None, name: str | None, unit: str | None
) -> None:
    columns = derived(**({} if owner is None else {"owner": owner}))

    assert (columns.get("owner_name"), columns.get("owner_unit")) == (name, unit)
    assert columns.get("owner") == owner


def test_a_project_number_is_the_identity() -> None:
    assert derived(project_number="2016/00999", title="A")["record_id"] == "esf:2016/00999"


def test_without_a_number_kind_title_owner_and_period_are_the_identity() -> None:
    values: dict[str, Any] = {
        "title": "Nya vägar",
        "owner": "Umeå",
        "period_start": date(2016, 1, 1),
    }

    identity = record_id(values, "project")
    assert identity == "esf:a9a371e39520"
    assert record_id(values | {"title": "NYA  VÄGAR", "region": "Syd"}, "project") == identity


@pytest.mark.parametrize(
    ("change", "kind"),
    [
        ({"title": "Andra vägar"}, "project"),
        ({"owner": "Boden"}, "project"),
        ({"period_start": date(2017, 1, 1)}, "project"),
        ({"period_end": date(2017, 1, 1)}, "project"),
        ({"published": date(2017, 1, 1)}, "project"),
        ({}, "call"),
    ],
)
def test_each_part_of_the_identity_tells_records_apart(
    change: dict[str, Any], kind: str
) -> None:
    values = {"title": "Nya vägar", "owner": "Umeå", "period_start": date(2016, 1, 1)}

    assert record_id(values | change, kind) != record_id(values, "project")


def test_a_call_is_told_from_others_by_its_number_but_never_named_like_a_project() -> None:
    one = record_id({"title": "A", "call_number": "2018/00777"}, "call")

    assert one != record_id({"title": "A", "call_number": "2018/00778"}, "call")
    assert one != "esf:2018/00777"


def test_a_title_with_a_broken_letter_has_an_identity_too() -> None:
    assert record_id({"title": "\ud800"}, "project").startswith("esf:")
