import pytest

from esfkit.analysis.grouping.keys import KEYS, named_keys
from esfkit.analysis.reports.summary import summary
from esfkit.dataset.frame import to_frame
from esfkit.model.errors import BadRequest
from factories import a_full_project, a_project


@pytest.mark.parametrize("key", KEYS)
def test_every_key_groups_a_dataset(key: str) -> None:
    table = summary(to_frame([a_full_project()]), [key]).table

    assert table.columns[0] == key
    assert table[key].null_count() == 0
    assert table["projects"][-1] == 1


def test_a_key_asked_for_twice_is_used_once() -> None:
    assert named_keys(["region", "region", "period_start.year", "start_year"]) == [
        "region",
        "start_year",
    ]


def test_the_period_follows_the_first_key_whose_codes_begin_anew_in_each() -> None:
    assert named_keys(["region", "programme_area", "specific_objective"]) == [
        "region", "programme_area", "programme_period", "specific_objective",
    ]  # fmt: skip
    assert named_keys(["programme_area_name"]) == ["programme_area_name", "programme_period"]


def test_the_period_stands_where_it_was_asked_for() -> None:
    for asked in (
        ["programme_period", "programme_area"],
        ["programme_area", "programme_period"],
    ):
        assert named_keys(asked) == asked


def test_areas_of_two_periods_are_two_groups() -> None:
    records = [
        a_project(str(n), programme_area="1", programme_period=period)
        for n, period in enumerate(("2007-2013", "2014-2020", None))
    ]

    table = summary(to_frame(records), "programme_area", totals=False).table
    assert table.select("programme_area", "programme_period").rows() == [
        ("1", "2007-2013"), ("1", "2014-2020"), ("1", None),
    ]  # fmt: skip


@pytest.mark.parametrize("key", ["", "Region", "region ", "total_budget_sek", "programme_erea"])
def test_what_is_no_key_is_refused(key: str) -> None:
    with pytest.raises(BadRequest, match="cannot be grouped by"):
        named_keys([key])


def test_the_nationwide_code_stands_behind_those_of_the_regions() -> None:
    codes = ["SE", "SE33", None, "SE11"]
    records = [a_project(str(n), region_code=code) for n, code in enumerate(codes)]

    table = summary(to_frame(records), "region_code", totals=False).table
    assert table["region_code"].to_list() == ["SE11", "SE33", "SE", None]
