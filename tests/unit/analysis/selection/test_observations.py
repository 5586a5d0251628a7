from itertools import permutations

import polars as pl
import pytest

from esfkit.analysis.selection.observations import one_each
from esfkit.dataset.frame import to_frame
from esfkit.model.record import Record
from factories import a_place, a_project


def kept(*records: Record) -> list[str]:
    found = {
        tuple(one_each(to_frame(order).lazy(), [pl.col("source_path")]).frame["source_path"])
        for order in permutations(records)
    }
    assert len(found) == 1, "the choice must not depend on the order of the rows"
    return list(found.pop())


def test_the_observation_that_states_most_is_kept() -> None:
    assert kept(
        a_project(source_path="a", municipalities=()),
        a_project(source_path="b", municipalities=("Växjö",)),
        a_project(source_path="c"),
    ) == ["b"]


def test_of_equals_the_first_by_source_is_kept() -> None:
    assert kept(a_project(source_path="b"), a_project(source_path="a")) == ["a"]


def test_an_observation_without_a_source_comes_last() -> None:
    assert kept(a_project(source_path=None), a_project(source_path="a")) == ["a"]


def test_what_is_said_about_the_reading_does_not_count_as_stated() -> None:
    places = (a_place("title", "x", 0),)
    assert kept(
        a_project(source_path="b", provenance=places, claimed_share=1.0, source_line=1),
        a_project(source_path="a"),
    ) == ["a"]


@pytest.mark.parametrize(("records", "left_out"), [([], 0), (["1", "2"], 0), (["1", "1"], 1)])
def test_what_was_left_out_is_counted(records: list[str], left_out: int) -> None:
    frame = to_frame(map(a_project, records)).lazy()

    assert one_each(frame, [pl.col("record_id")]).left_out == left_out
