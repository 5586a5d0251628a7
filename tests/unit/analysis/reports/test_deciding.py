from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from esfkit.analysis.figures.money import read_conversion
from esfkit.analysis.grouping.arrangement import Arrangement
from esfkit.analysis.grouping.groups import question
from esfkit.analysis.reports.deciding import deciding, thin_figures
from esfkit.analysis.reports.summary import summarised
from esfkit.dataset.frame import to_frame
from esfkit.model.errors import BadRequest
from esfkit.model.record import Record
from factories import a_project

RECORDS = [
    a_project("1", region="A", title="Ett", owner_name="X", esf_support_sek=10),
    a_project("2", region="A", owner_name="Y", esf_support_sek=30),
    a_project("3", region="A", esf_support_sek=30),
    a_project("4", region="B", esf_support_sek=0),
    a_project("5", region="B"),
    a_project("6", esf_support_sek=5),
]

# --- which records decide


def test_the_heaviest_come_first_and_of_equals_the_first_by_its_id() -> None:
    table = deciding(to_frame(RECORDS), question("region", "support"), 2).table

    assert table.columns == [
        "region", "rank", "record_id", "title", "owner_name", "esf_support_sek", "part",
    ]  # fmt: skip
    assert table.rows() == [
        ("A", 1, "esf:2", None, "Y", 30, 0.4286),
        ("A", 2, "esf:3", None, None, 30, 0.4286),
        ("B", 1, "esf:4", None, None, 0, None),
        (None, 1, "esf:6", None, None, 5, 1.0),
    ]


def test_without_groups_the_heaviest_of_all_are_shown() -> None:
    table = deciding(to_frame(RECORDS), question((), "support"), 3).table

    assert table.select("rank", "record_id", "part").rows() == [
        (1, "esf:2", 0.4), (2, "esf:3", 0.4), (3, "esf:1", 0.1333),
    ]  # fmt: skip


def test_the_owner_can_be_the_group() -> None:
    table = deciding(to_frame(RECORDS), question("owner_name", "support"), 1).table

    assert table.columns == [
        "owner_name", "rank", "record_id", "title", "esf_support_sek", "part",
    ]  # fmt: skip
    assert table["owner_name"].to_list() == ["X", "Y", None]


def test_the_first_measure_that_adds_up_decides() -> None:
    asked = question("region", ["share", "participants.median", "support", "budget"])

    assert "esf_support_sek" in deciding(to_frame(RECORDS), asked, 1).table.columns


def test_a_quotient_is_decided_by_no_record() -> None:
    for measures in ("share", "support.median", "projects"):
        with pytest.raises(BadRequest, match="of a sum only"):
            deciding(to_frame(RECORDS), question("region", measures), 1)


def test_a_record_in_several_places_decides_in_none_of_them() -> None:
    records = [
        a_project("1", municipalities=("Malmö", "Växjö"), esf_support_sek=100),
        a_project("2", municipalities=("Malmö",), esf_support_sek=1),
    ]
    table = deciding(to_frame(records), question("municipality", "support"), 5).table

    assert table.select("municipality", "record_id", "part").rows() == [("Malmö", "esf:2", 1.0)]


def test_only_the_counted_observation_decides() -> None:
    seen = [
        a_project("1", source_path="a", esf_support_sek=99),
        a_project("1", source_path="b", esf_support_sek=7, title="Ett"),
    ]

    assert deciding(to_frame(seen), question((), "support"), 5).table[
        "esf_support_sek"
    ].to_list() == [7]


def test_euro_keeps_its_cents() -> None:
    asked = question("region", "support", conversion=read_conversion("3"))

    table = deciding(to_frame(RECORDS), asked, 1).table
    assert table["esf_support_eur"].to_list() == [Decimal("10.00"), Decimal(0), Decimal("1.67")]


def test_amounts_beyond_64_bits_are_parts_of_their_sum() -> None:
    records = [a_project(str(n), esf_support_sek=2**62) for n in range(4)]

    found = deciding(to_frame(records), question((), "support"), 9)
    assert found.table["part"].to_list() == [0.25] * 4


def test_an_empty_dataset_is_decided_by_nothing() -> None:
    table = deciding(to_frame([]), question("region", "support"), 3).table

    assert table.is_empty()
    full = deciding(to_frame(RECORDS), question("region", "support"), 3).table
    assert table.schema == full.schema


# --- which figures rest on too few


def thin(
    records: list[Record], by: str, least: float, measures: str = "support"
) -> list[tuple[Any, ...]]:
    asked = question(by, measures)
    return thin_figures(summarised(to_frame(records), asked), asked.measures, least).rows()


def test_groups_in_which_too_few_state_a_figure_are_named() -> None:
    assert thin(RECORDS, "region", 0.9) == [
        ("B", "esf_support_sek", 1, 2, 0.5), ("Total", "esf_support_sek", 5, 6, 5 / 6),
    ]  # fmt: skip


def test_what_reaches_the_share_is_not() -> None:
    assert thin(RECORDS, "region", 0.5) == []
    assert thin(RECORDS, "region", 0) == []


def test_of_a_place_only_projects_whose_figures_can_count_are_asked() -> None:
    both = {"municipalities": ("Malmö", "Växjö")}
    records = [
        a_project("1", esf_support_sek=1, **both),
        a_project("2", municipalities=("Malmö",), esf_support_sek=1),
        a_project("3", **both),
        a_project("4", **both),
    ]

    # Malmö has one project of its own, and it states its support; Växjö has none. The
    # total has all four with their figures, and two of them state none.
    assert thin(records, "municipality", 1) == [("Total", "esf_support_sek", 2, 4, 0.5)]


def test_groups_added_up_have_every_figure_of_their_records() -> None:
    both = {"municipalities": ("Malmö", "Växjö")}
    records = [a_project("1", municipalities=("Arvika",), esf_support_sek=1)]
    records += [a_project("2", esf_support_sek=1, **both), a_project("3", **both)]
    asked = question("municipality", "support")

    figures = summarised(to_frame(records), asked, Arrangement(top=1, other=True))
    assert thin_figures(figures, asked.measures, 0.6).rows() == [
        ("Other", "esf_support_sek", 1, 2, 0.5)
    ]


def test_figures_that_are_kept_from_sight_are_not_asked_for() -> None:
    asked = question("region", "support")
    figures = summarised(to_frame(RECORDS[4:]), asked, Arrangement(min_projects=5))

    assert thin_figures(figures, asked.measures, 1).is_empty()


def test_bounds_are_not_asked_for_their_coverage() -> None:
    asked = replace(question("region", "support"), bounds=True)

    found = thin_figures(summarised(to_frame(RECORDS), asked), asked.measures, 0.9)
    assert set(found["measure"]) == {"esf_support_sek"}
