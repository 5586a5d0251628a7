from dataclasses import replace

import polars as pl
import pytest

from esfkit.analysis.grouping.groups import (
    counted,
    distinct_name,
    figures_of_all,
    question,
    unfolded,
)
from esfkit.analysis.reports.summary import summarised
from esfkit.dataset.frame import to_frame
from esfkit.model.errors import BadRequest
from factories import a_call, a_project

PLACED = [
    a_project("1", municipalities=("Malmö", "Växjö", "Malmö"), esf_support_sek=1),
    a_project("2", municipalities=("Malmö",), esf_support_sek=2),
    a_project("3", esf_support_sek=4),
]


def test_a_question_takes_one_word_or_several() -> None:
    one, several = question("region", "support"), question(["region", "fund"], ["support"])

    assert one.keys == ("region",)
    assert several.keys == ("region", "fund")
    assert [each.name for each in one.measures] == ["esf_support_sek"]


@pytest.mark.parametrize("by", ["regon", "region,fund"])
def test_a_question_about_an_unknown_key_is_refused(by: str) -> None:
    with pytest.raises(BadRequest, match="cannot be grouped by"):
        question(by)


def test_an_unknown_kind_is_refused_when_records_are_counted() -> None:
    with pytest.raises(BadRequest, match="'fish'"):
        counted(to_frame([]), question(kinds=["fish"]))


def test_a_record_in_several_places_stands_in_each_once() -> None:
    asked = question("municipality", "support")
    rows = unfolded(counted(to_frame(PLACED), asked).rows, asked)

    assert rows["municipality"].to_list() == ["Malmö", "Växjö", "Malmö", None]


def test_unfolded_records_are_added_up_once() -> None:
    asked = question("municipality", "support")
    rows = unfolded(counted(to_frame(PLACED), asked).rows, asked)

    total = figures_of_all(rows, asked.keys, asked.measures)
    assert total.rows() == [("Total", 3, 1, 7, 3)]


def test_how_many_records_were_counted_is_told() -> None:
    seen = [a_project("1", source_path="a"), a_project("1", source_path="b"), a_project("2")]

    for measures in ("support", "support.median"):  # added up where they are read, or not
        found = counted(to_frame([*seen, a_call("3")]), question("region", measures))
        assert (found.basis.records, found.basis.left_out) == (2, 1)


def test_sums_are_the_same_whether_records_are_looked_at_one_by_one() -> None:
    records = [
        a_project(str(n), region="AB"[n % 2], esf_support_sek=n or None, total_budget_sek=n * 3)
        for n in range(7)
    ]
    words = ["support", "share", "budget.mean"]

    together = summarised(to_frame(records), question("region", words)).table
    alone = summarised(to_frame(records), question("region", [*words, "support.max"])).table
    assert alone.select(together.columns).equals(together)


def test_a_lazy_dataset_gives_the_same_answer() -> None:
    frame, asked = to_frame(PLACED), question("municipality", "support")

    assert summarised(frame.lazy(), asked).table.equals(summarised(frame, asked).table)


def test_every_observation_counts_if_asked_for() -> None:
    twice = [a_project("1", esf_support_sek=5)] * 2
    asked = replace(question((), "support"), all_observations=True)

    assert summarised(to_frame(twice), asked).table.rows() == [(2, 10, 2)]


@pytest.mark.parametrize(
    ("taken", "name"),
    [
        ([], "Total"),
        (["Total"], "(Total)"),
        (["Total", "(Total)"], "((Total))"),
        ([None], "Total"),
    ],
)
def test_a_name_is_put_in_brackets_until_no_group_has_it(taken: list[str], name: str) -> None:
    assert distinct_name("Total", pl.Series(taken, dtype=pl.String)) == name
