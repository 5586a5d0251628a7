from datetime import date
from typing import Any

import polars as pl
import pytest

from esfkit.analysis.grouping.arrangement import SharesOf
from esfkit.analysis.grouping.groups import question
from esfkit.analysis.reports.pivot import MOST_COLUMNS, Pivot, keys_down, pivoted
from esfkit.dataset.frame import to_frame
from esfkit.model.errors import BadRequest, InputRefused
from esfkit.model.record import Record
from factories import a_project

RECORDS = [
    a_project("1", region="A", fund="ESF", esf_support_sek=1),
    a_project("2", region="A", fund="ESF+", esf_support_sek=2),
    a_project("3", region="A", fund="ESF+"),
    a_project("4", region="B", fund="ESF", esf_support_sek=4),
    a_project("5", region="B"),
]


def crossed(
    rows: str,
    cols: str,
    value: str = "support",
    records: list[Record] = RECORDS,
    shares_of: SharesOf | None = None,
) -> Pivot:
    across = cols.split(",")
    down = keys_down(rows.split(","), across)
    return pivoted(to_frame(records), down, question([*down, *across], value), shares_of)


def cells(found: Pivot) -> list[tuple[Any, ...]]:
    return found.table.select(*found.rows, *found.columns).rows()


def test_a_cross_table_worked_out_by_hand() -> None:
    found = crossed("region", "fund")

    assert found.columns == ("ESF", "ESF+", "(not stated)", "Total")
    assert cells(found) == [
        ("A", 1, 2, None, 3), ("B", 4, None, None, 4), ("Total", 5, 2, None, 7),
    ]  # fmt: skip
    assert (found.basis.records, found.basis.observations, found.basis.left_out) == (5, 5, 0)


def test_behind_each_figure_stand_how_many_state_it_and_how_many_there_are() -> None:
    table = crossed("region", "fund").table

    assert table.columns[:4] == ["region", "ESF", "ESF_stated", "ESF_projects"]
    assert table.select("ESF+_stated", "ESF+_projects").rows() == [(1, 2), (0, 0), (1, 2)]
    assert table.select("Total_stated", "Total_projects").rows() == [(2, 3), (1, 2), (3, 5)]


def test_projects_need_no_backing_and_are_0_where_there_are_none() -> None:
    found = crossed("region", "fund", "projects")

    assert found.measure is None
    assert found.table.columns == ["region", "ESF", "ESF+", "(not stated)", "Total"]
    assert cells(found) == [("A", 1, 2, 0, 3), ("B", 1, 0, 1, 2), ("Total", 2, 2, 1, 5)]


def test_totals_of_quotients_and_medians_are_worked_out_anew() -> None:
    records = [
        a_project(str(n), region="AB"[n % 2], fund="ESF", planned_participants=n)
        for n in range(1, 6)
    ]

    assert cells(crossed("region", "fund", "participants.median", records)) == [
        ("A", 3.0, 3.0), ("B", 3.0, 3.0), ("Total", 3.0, 3.0),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("shares_of", "expected"),
    [
        ("row", [("A", 0.3333, 0.6667, None, 1.0), ("B", 1.0, None, None, 1.0),
                 ("Total", 0.7143, 0.2857, None, 1.0)]),
        ("column", [("A", 0.2, 1.0, None, 0.4286), ("B", 0.8, None, None, 0.5714),
                    ("Total", 1.0, 1.0, None, 1.0)]),
        ("all", [("A", 0.1429, 0.2857, None, 0.4286), ("B", 0.5714, None, None, 0.5714),
                 ("Total", 0.7143, 0.2857, None, 1.0)]),
    ],
)  # fmt: skip
def test_cells_are_parts_of_their_row_their_column_or_all(
    shares_of: SharesOf, expected: list[tuple[Any, ...]]
) -> None:
    assert cells(crossed("region", "fund", shares_of=shares_of)) == expected


def test_projects_are_shared_out_too() -> None:
    found = crossed("region", "fund", "projects", shares_of="row")

    assert cells(found)[0] == ("A", 0.3333, 0.6667, None, 1.0)


@pytest.mark.parametrize("value", ["share", "support.median"])
def test_what_does_not_add_up_is_not_shared_out(value: str) -> None:
    with pytest.raises(BadRequest, match="does not add up"):
        crossed("region", "fund", value, shares_of="all")


# --- places

PLACED = [
    a_project("1", municipalities=("Malmö", "Växjö"), fund="ESF", esf_support_sek=1),
    a_project("2", municipalities=("Malmö",), fund="ESF", esf_support_sek=2),
    a_project("3", fund="ESF+", esf_support_sek=4),
]


def test_totals_count_each_record_once_where_places_go_down() -> None:
    found = crossed("municipality", "fund", records=PLACED)

    assert cells(found) == [
        ("Malmö", 2, None, 2), ("Växjö", None, None, None), (None, None, 4, 4),
        ("Total", 3, 4, 7),
    ]  # fmt: skip
    assert found.table["ESF_projects"].to_list() == [1, 0, 0, 2]  # Växjö shares its only one


def test_totals_count_each_record_once_where_places_go_across() -> None:
    assert cells(crossed("fund", "municipality", records=PLACED)) == [
        ("ESF", 2, None, None, 3), ("ESF+", None, None, 4, 4), ("Total", 2, None, 4, 7),
    ]  # fmt: skip


# --- names


def owners(*names: str | None) -> list[Record]:
    return [
        a_project(str(n), region="A", owner_name=name, esf_support_sek=n)
        for n, name in enumerate(names, start=1)
    ]


def test_a_group_that_is_called_total_is_not_the_total() -> None:
    records = owners("Total", "(Total)")

    across = crossed("region", "owner_name", records=records)
    assert cells(across)[0] == ("A", 2, 1, 3)
    assert across.columns == ("(Total)", "Total", "((Total))")
    down = crossed("owner_name", "region", records=records)
    assert down.table["owner_name"].to_list() == ["(Total)", "Total", "((Total))"]


@pytest.mark.parametrize(
    "names",
    [
        ("A", "A_stated", "A_projects"),
        ("region", "region_stated"),
        ("(not stated)", None),
        ("Total_projects", "Total"),
        ("=1+1", "\x1b[31m", "", " ", "a\nb", "A", "a"),
    ],
)
def test_no_two_columns_have_one_name(names: tuple[str | None, ...]) -> None:
    found = crossed("region", "owner_name", records=owners(*names))

    assert len(set(found.table.columns)) == len(found.table.columns)
    assert len(found.columns) == len(names) + 1
    [row, _] = found.table.select(found.columns).rows()
    assert sorted(row[:-1]) == [*range(1, len(names) + 1)]
    assert sum(row[:-1]) == row[-1]


def test_several_keys_across_make_one_name() -> None:
    found = crossed("fund", "region,start_year")

    assert found.columns == ("A ((not stated))", "B ((not stated))", "Total")


# --- keys


def test_the_period_stands_beside_an_area() -> None:
    assert keys_down(["programme_area"], ["region"]) == ["programme_area", "programme_period"]


def test_the_period_goes_across_where_it_was_asked_for_there() -> None:
    area = {"programme_area": "1", "esf_support_sek": 1}
    records = [
        a_project("1", programme_period="2014-2020", **area),
        a_project("2", programme_period="2007-2013", **area),
    ]

    found = crossed("programme_area", "programme_period", records=records)
    assert (found.rows, found.columns) == (
        ("programme_area",), ("2007-2013", "2014-2020", "Total"),
    )  # fmt: skip
    assert cells(found) == [("1", 1, 1, 2), ("Total", 1, 1, 2)]


@pytest.mark.parametrize(
    ("rows", "cols"), [([], ["fund"]), (["fund"], []), (["fund"], ["fund"])]
)
def test_a_cross_table_needs_keys_on_both_edges(rows: list[str], cols: list[str]) -> None:
    with pytest.raises(BadRequest, match="needs a key for its rows"):
        pivoted(to_frame(RECORDS), keys_down(rows, cols), question([*rows, *cols], "support"))


def test_too_many_columns_are_refused_with_what_to_do() -> None:
    records = [a_project(str(n), owner_name=f"{n:05}") for n in range(MOST_COLUMNS + 1)]

    assert len(crossed("region", "owner_name", records=records[1:]).columns) == MOST_COLUMNS + 1
    with pytest.raises(BadRequest, match=r"401 columns; 400 are allowed\. Turn"):
        crossed("region", "owner_name", records=records)


def test_classes_and_years_stand_in_their_order_across() -> None:
    records = [
        a_project(str(n), total_budget_sek=amount, period_start=date(2016 - n, 1, 1))
        for n, amount in enumerate((30_000_000, 0, 3_000_000))
    ]

    assert crossed("kind", "budget_class", records=records).columns == (
        "0–499999", "2000000–4999999", "25000000+", "Total",
    )  # fmt: skip
    assert crossed("kind", "start_year", records=records).columns[:3] == (
        "2014",
        "2015",
        "2016",
    )


# --- edges of what there is


def test_an_empty_dataset_has_a_total_of_nothing() -> None:
    assert crossed("region", "fund", records=[]).table.rows() == [("Total", None, 0, 0)]


def test_a_sum_that_no_table_can_hold_is_refused() -> None:
    records = [a_project(str(n), region=str(n), esf_support_sek=2**62) for n in range(2)]

    with pytest.raises(InputRefused, match="9223372036854775808"):
        crossed("region", "fund", records=records)


def test_the_types_do_not_depend_on_the_shares() -> None:
    table = crossed("region", "fund", "projects").table

    assert table.schema["ESF"] == pl.Int64
    assert crossed("region", "fund", shares_of="all").table.schema["ESF"] == pl.Float64
