from typing import Any

import pytest

from esfkit.output.lists.rates import as_percent, percent_of_area, union_percent


def a_row(**values: object) -> dict[str, Any]:
    stated: dict[str, Any] = {
        "programme_area": None,
        "programme_period": "2014-2020",
        "region_code": None,
        "union_cofinancing_rate": None,
    }
    return stated | values


def test_the_rate_printed_wins_over_that_of_the_programme_area() -> None:
    assert union_percent(a_row(programme_area="2", union_cofinancing_rate=0.67)) == 67


@pytest.mark.parametrize(
    ("period", "area", "expected"),
    [("2014-2020", "1", 50), ("2014-2020", "3", 66.67), ("2021-2027", "C", 90)],
)
def test_a_rate_that_was_read_for_the_area_stands_for_one_not_printed(
    period: str, area: str, expected: float
) -> None:
    assert union_percent(a_row(programme_period=period, programme_area=area)) == expected


@pytest.mark.parametrize(
    "values",
    [
        {},
        {"programme_area": "React-EU"},
        {"programme_area": "2", "programme_period": None},
        {"programme_area": "3", "programme_period": "2007-2013"},  # inferred
        {"programme_area": "A", "programme_period": "2021-2027", "region_code": "SE31"},
    ],
)
def test_no_rate_is_guessed(values: dict[str, Any]) -> None:
    assert percent_of_area(a_row(**values)) is None


def test_a_region_without_a_rate_of_its_own_has_that_of_the_area() -> None:
    row = a_row(programme_area="A", programme_period="2021-2027", region_code="SE22")

    assert percent_of_area(row) == 40


def test_percents_are_as_printed_and_not_as_binary_has_them() -> None:
    assert [as_percent(0.29), as_percent(0.6667), as_percent(1.0)] == [29, 66.67, 100]
