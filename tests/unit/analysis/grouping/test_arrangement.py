from typing import Any

import polars as pl
import pytest

from esfkit.analysis.grouping.arrangement import Arrangement
from esfkit.analysis.grouping.groups import question
from esfkit.analysis.reports.summary import Summary, summarised
from esfkit.dataset.frame import to_frame
from esfkit.model.errors import BadRequest
from esfkit.model.record import Record
from factories import a_project


def in_regions(**projects: tuple[int | None, ...]) -> list[Record]:
    """Return a project for each amount of support of each region."""
    return [
        a_project(f"{region}-{n}", region=region, esf_support_sek=amount)
        for region, amounts in projects.items()
        for n, amount in enumerate(amounts)
    ]


def arranged(
    records: list[Record],
    by: str = "region",
    measures: str = "support",
    **wish: Any,  # noqa: ANN401 - the fields of an Arrangement
) -> Summary:
    asked = question(by.split(","), measures.split(","))
    return summarised(to_frame(records), asked, Arrangement(**wish))


def rows(result: Summary, *columns: str) -> list[tuple[Any, ...]]:
    return result.table.select(columns or ("region", "projects", "esf_support_sek")).rows()


FOUR = in_regions(A=(5,), B=(1, 1), C=(None, None, None), D=(3, 4, 5, 6))

# --- order


def test_groups_are_sorted_by_a_measure_and_back() -> None:
    rising = arranged(FOUR, sort=("support",)).table["region"].to_list()
    falling = arranged(FOUR, sort=("-esf_support_sek",)).table["region"].to_list()

    # What is not stated is last both ways, and the total below it.
    assert rising == ["B", "A", "D", "C", "Total"]
    assert falling == ["D", "A", "B", "C", "Total"]


def test_equal_groups_stay_in_reading_order_both_ways() -> None:
    records = in_regions(Ö=(1,), Å=(1,), Z=(1,), Ä=(2,))

    assert arranged(records, sort=("-support",), totals=False).table["region"].to_list() == [
        "Ä", "Z", "Å", "Ö",
    ]  # fmt: skip


def test_a_key_is_sorted_as_swedish_sorts_it() -> None:
    records = [*in_regions(Ö=(1,), Å=(1,), Z=(1,), Nationellt=(1,)), a_project("x")]

    assert arranged(records, sort=("region",), totals=False).table["region"].to_list() == [
        "Z", "Å", "Ö", "Nationellt", None,
    ]  # fmt: skip
    assert arranged(records, sort=("-region",), totals=False).table["region"].to_list() == [
        "Nationellt", "Ö", "Å", "Z", None,
    ]  # fmt: skip


def test_the_second_column_settles_what_the_first_leaves_equal() -> None:
    records = in_regions(A=(1, 2), B=(9,), C=(7, 7))

    table = arranged(records, sort=("-projects", "-support"), totals=False).table
    assert table["region"].to_list() == ["C", "A", "B"]


def test_statistics_and_counts_can_be_sorted_by() -> None:
    measures = "support.quartiles"

    for word in ("support.median", "esf_support_sek_median", "-projects"):
        assert arranged(FOUR, measures=measures, sort=(word,)).table.height == 5


@pytest.mark.parametrize(
    ("word", "told"),
    [
        ("budget", "cannot be sorted by 'budget'"),
        ("regoin", "Did you mean region"),
        ("-", "cannot be sorted by ''"),
        ("--support", "cannot be sorted by '-support'"),
        ("support.medain", "cannot be sorted by 'support.medain'"),
    ],
)
def test_what_is_not_in_the_table_cannot_be_sorted_by(word: str, told: str) -> None:
    with pytest.raises(BadRequest, match=told):
        arranged(FOUR, sort=(word,))


# --- the first ones, and the rest


def test_the_first_groups_are_shown_and_the_rest_counted() -> None:
    result = arranged(FOUR, sort=("-support",), top=2)

    assert rows(result) == [("D", 4, 18), ("A", 1, 5), ("Total", 10, 25)]
    assert (result.added_up, result.cut) == (0, 2)


def test_the_rest_is_added_up_anew() -> None:
    result = arranged(FOUR, measures="support,support.max", sort=("region",), top=1, other=True)

    assert rows(result, "region", "projects", "esf_support_sek", "esf_support_sek_max") == [
        ("A", 1, 5, 5), ("Other", 9, 20, 6), ("Total", 10, 25, 6),
    ]  # fmt: skip
    assert (result.added_up, result.cut) == (3, 0)


def test_where_everything_is_shown_there_is_no_rest() -> None:
    result = arranged(FOUR, top=4, other=True)

    assert "Other" not in result.table["region"].to_list()
    assert (result.added_up, result.cut) == (0, 0)


def test_what_is_not_stated_can_be_among_the_rest() -> None:
    records = [*in_regions(A=(1,)), a_project("x", esf_support_sek=2)]

    assert rows(arranged(records, sort=("region",), top=1, other=True)) == [
        ("A", 1, 1), ("Other", 1, 2), ("Total", 2, 3),
    ]  # fmt: skip


def test_the_rest_is_not_mistaken_for_a_group_of_that_name() -> None:
    names = {"Other": (1,), "(Other)": (1,), "Total": (1,), "(Total)": (1,), "Z": (1,)}

    table = arranged(in_regions(**names), top=4, other=True).table
    assert table["region"].to_list() == [
        "(Other)", "(Total)", "Other", "Total", "((Other))", "((Total))",
    ]  # fmt: skip


def test_a_record_in_several_places_is_once_in_the_rest() -> None:
    places = ("Malmö", "Växjö", "Kalmar")
    records = [
        a_project("1", municipalities=places, esf_support_sek=10),
        a_project("2", municipalities=("Malmö",), esf_support_sek=1),
    ]
    result = arranged(records, "municipality", sort=("municipality",), top=1, other=True)

    columns = ("municipality", "projects", "projects_elsewhere_too", "esf_support_sek")
    assert rows(result, *columns) == [
        ("Kalmar", 1, 1, None), ("Other", 2, 1, 11), ("Total", 2, 1, 11),
    ]  # fmt: skip


# --- small groups


def test_small_groups_are_added_up_until_there_are_enough() -> None:
    records = in_regions(A=(1, 1, 1, 1, 1), B=(2, 2), C=(3, 3), D=(4, 4, 4))
    result = arranged(records, min_projects=3)

    # B and C make four: D need not be hidden.
    assert rows(result) == [("A", 5, 5), ("D", 3, 12), ("Other", 4, 10), ("Total", 12, 27)]
    assert result.added_up == 2


def test_one_small_group_takes_the_next_with_it_or_the_total_would_tell_it() -> None:
    records = in_regions(A=(1, 1, 1, 1, 1), B=(2,), D=(4, 4, 4))

    assert rows(arranged(records, min_projects=3)) == [
        ("A", 5, 5), ("Other", 4, 14), ("Total", 9, 19),
    ]  # fmt: skip


def test_where_all_together_are_too_few_no_figure_is_shown() -> None:
    result = arranged(in_regions(A=(1,), B=(2,)), min_projects=3, measures="support,share")

    assert result.table.rows() == [
        ("Other", 2, None, None, None, None), ("Total", 2, None, None, None, None),
    ]  # fmt: skip


def test_groups_that_are_large_enough_are_left_alone() -> None:
    result = arranged(in_regions(A=(1, 1, 1), B=(1, 2, 3)), min_projects=3)

    assert (result.table["region"].to_list(), result.added_up) == (["A", "B", "Total"], 0)


def test_small_groups_are_hidden_before_the_first_are_chosen() -> None:
    records = in_regions(A=(900,), B=(1, 1, 1), C=(2, 2, 2), D=(100,), E=(50,))

    few = arranged(records, min_projects=3, sort=("-support",), top=1)
    assert rows(few) == [("C", 3, 6), ("Other", 3, 1050), ("Total", 9, 1059)]
    assert (few.added_up, few.cut) == (3, 1)
    rest = arranged(records, min_projects=3, sort=("-support",), top=1, other=True)
    assert rows(rest) == [("C", 3, 6), ("Other", 6, 1053), ("Total", 9, 1059)]
    assert (rest.added_up, rest.cut) == (4, 0)


def test_an_empty_dataset_has_no_groups_to_arrange() -> None:
    result = arranged([], min_projects=3, top=1, other=True, sort=("-support",))

    assert result.table.rows() == [("Total", 0, None, None)]


# --- what makes no sense


@pytest.mark.parametrize(
    ("wish", "told"),
    [
        ({"top": 0}, "first 0 groups are none"),
        ({"other": True}, "Other than what"),
        ({"shares_of": "row"}, "two keys"),
    ],
)
def test_what_cannot_be_done_is_refused(wish: dict[str, Any], told: str) -> None:
    with pytest.raises(BadRequest, match=told):
        arranged(FOUR, **wish)


@pytest.mark.parametrize("wish", [{"top": 1}, {"sort": ("projects",)}, {"min_projects": 2}])
def test_without_groups_there_is_nothing_to_arrange(wish: dict[str, Any]) -> None:
    with pytest.raises(BadRequest, match="nothing to arrange"):
        summarised(to_frame(FOUR), question(), Arrangement(**wish))


def test_the_types_do_not_depend_on_what_is_hidden() -> None:
    measures = "support,share,days.mean,budget_eur"
    schemas = {
        str(arranged(FOUR, measures=measures, min_projects=least).table.schema)
        for least in (0, 3, 100)
    }

    assert len(schemas) == 1
    assert arranged(FOUR, measures=measures).table.schema["esf_support_sek"] == pl.Int64


def test_without_an_order_the_first_groups_are_the_heaviest() -> None:
    heaviest = arranged(FOUR, sort=("-support",), top=2).table

    assert arranged(FOUR, top=2).table.equals(heaviest)
