from dataclasses import replace
from typing import Any

from esfkit.analysis.figures.money import read_conversion
from esfkit.analysis.grouping.arrangement import Arrangement, SharesOf
from esfkit.analysis.grouping.groups import question
from esfkit.analysis.reports.summary import summarised
from esfkit.dataset.frame import to_frame
from factories import a_project

RECORDS = [
    a_project("1", region="A", fund="ESF", esf_support_sek=1),
    a_project("2", region="A", fund="ESF+", esf_support_sek=2),
    a_project("3", region="B", fund="ESF", esf_support_sek=4),
    a_project("4", region="B", fund="ESF"),
]


def parts(
    shares_of: SharesOf,
    by: str = "region,fund",
    **wish: Any,  # noqa: ANN401 - the fields of an Arrangement
) -> list[tuple[Any, ...]]:
    asked = question(by.split(","), "support")
    table = summarised(to_frame(RECORDS), asked, Arrangement(shares_of=shares_of, **wish)).table
    return table.select(*asked.keys, "projects_part", "esf_support_sek_part").rows()


def test_parts_of_all_are_of_the_sum_over_all_records() -> None:
    assert parts("all") == [
        ("A", "ESF", 0.25, 0.1429), ("A", "ESF+", 0.25, 0.2857), ("B", "ESF", 0.5, 0.5714),
        ("Total", "", 1.0, 1.0),
    ]  # fmt: skip


def test_parts_of_a_row_are_of_the_group_of_all_keys_but_the_last() -> None:
    assert parts("row") == [
        ("A", "ESF", 0.5, 0.3333), ("A", "ESF+", 0.5, 0.6667), ("B", "ESF", 1.0, 1.0),
        ("Total", "", None, None),
    ]  # fmt: skip


def test_parts_of_a_column_are_of_the_group_of_the_last_key() -> None:
    assert parts("column") == [
        ("A", "ESF", 0.3333, 0.2), ("A", "ESF+", 1.0, 1.0), ("B", "ESF", 0.6667, 0.8),
        ("Total", "", None, None),
    ]  # fmt: skip


def test_with_one_key_a_column_is_all() -> None:
    assert parts("column", "region") == parts("all", "region")
    assert parts("all", "region")[0] == ("A", 0.5, 0.4286)


def test_what_is_added_up_has_a_part_of_all_too() -> None:
    assert parts("all", "region", sort=("region",), top=1, other=True)[1] == (
        "Other",
        0.5,
        0.5714,
    )


def test_a_part_stands_behind_its_figure_and_only_behind_what_adds_up() -> None:
    asked = question("region", ["support", "share", "support.median"])
    table = summarised(to_frame(RECORDS), asked, Arrangement(shares_of="all")).table

    assert table.columns == [
        "region", "projects", "projects_part", "esf_support_sek", "esf_support_sek_stated",
        "esf_support_sek_part", "esf_share", "esf_share_stated", "esf_support_sek_median",
        "esf_support_sek_median_stated",
    ]  # fmt: skip


def test_a_part_of_nothing_is_none() -> None:
    records = [a_project("1", region="A", esf_support_sek=0), a_project("2", region="B")]
    table = summarised(
        to_frame(records), question("region", "support"), Arrangement(shares_of="all")
    ).table

    assert table["esf_support_sek_part"].to_list() == [None, None, None]


def test_parts_of_euro_are_worked_out_to_the_cent() -> None:
    asked = question("region", "support", conversion=read_conversion("3"))
    table = summarised(to_frame(RECORDS), asked, Arrangement(shares_of="all")).table

    # 0.33 + 0.67 of 2.33 euro, and 1.33
    assert table["esf_support_eur_part"].to_list() == [0.4292, 0.5708, 1.0]


def test_parts_of_places_are_of_each_record_once() -> None:
    records = [
        a_project("1", municipalities=("Malmö", "Växjö"), esf_support_sek=6),
        a_project("2", municipalities=("Malmö",), esf_support_sek=2),
    ]
    asked = replace(question("municipality", "support"))
    table = summarised(to_frame(records), asked, Arrangement(shares_of="all")).table

    assert table.select("municipality", "projects_part", "esf_support_sek_part").rows() == [
        ("Malmö", 1.0, 0.25), ("Växjö", 0.5, None), ("Total", 1.0, 1.0),
    ]  # fmt: skip
