from typing import Any

import pytest

from esfkit.analysis.changes.pairs import Pairs, paired
from esfkit.dataset.frame import to_frame
from esfkit.model.record import Record
from factories import a_project


def pairs_of(old: list[Record], new: list[Record]) -> Pairs:
    return paired(to_frame(old), to_frame(new))


def test_a_record_is_known_by_its_identity_wherever_it_stands() -> None:
    old = [a_project("1", source_path="a.txt"), a_project("2", source_path="b.txt")]
    new = [a_project("2", source_path="c.txt"), a_project("1", source_path="b.txt")]

    assert pairs_of(old, new) == Pairs([(0, 1), (1, 0)], [], [], [], [])


def test_what_is_on_one_side_alone_came_or_went() -> None:
    found = pairs_of([a_project("1"), a_project("2")], [a_project("2"), a_project("3")])

    assert found == Pairs([(1, 0)], gone=[0], added=[1], fewer=[], more=[])


def test_observations_of_a_record_are_told_by_their_place() -> None:
    old = [a_project("1", source_path="a.txt"), a_project("1", source_path="b.txt")]
    new = [a_project("1", source_path="b.txt"), a_project("1", source_path="a.txt")]

    assert pairs_of(old, new).both == [(0, 1), (1, 0)]


def test_an_observation_more_or_fewer_is_no_record_more_or_fewer() -> None:
    once = [a_project("1", source_path="a.txt")]
    twice = [*once, a_project("1", source_path="b.txt")]

    assert pairs_of(once, twice) == Pairs([(0, 0)], [], [], fewer=[], more=[1])
    assert pairs_of(twice, once) == Pairs([(0, 0)], [], [], fewer=[1], more=[])


def test_a_number_read_otherwise_from_the_same_text_is_the_same_record() -> None:
    old = [a_project("2016/00001", source_sha256="aa")]
    new = [a_project("2016/00007", source_sha256="aa")]

    assert pairs_of(old, new).both == [(0, 0)]


def test_a_number_that_changed_below_the_same_title_is_the_same_record() -> None:
    old = [a_project("1", source_path="a.txt", title="Väg", source_sha256="aa")]
    new = [a_project("7", source_path="a.txt", title="Väg", source_sha256="bb")]

    assert pairs_of(old, new).both == [(0, 0)]


def test_another_project_in_the_same_place_is_another() -> None:
    old = [a_project("1", source_path="a.txt", title="Väg", source_sha256="aa")]
    new = [a_project("7", source_path="a.txt", title="Bro", source_sha256="bb")]

    assert pairs_of(old, new) == Pairs([], gone=[0], added=[0], fewer=[], more=[])


def test_two_records_of_one_text_are_not_guessed_to_be_one() -> None:
    old = [a_project("1", source_sha256="aa")]
    new = [a_project("7", source_sha256="aa"), a_project("8", source_sha256="aa")]

    assert pairs_of(old, new) == Pairs([], gone=[0], added=[0, 1], fewer=[], more=[])


def _page(title: str, **values: Any) -> Record:  # noqa: ANN401 - of the record
    told = {"project_number": None, "source_path": "a.txt", "title": title}
    return a_project(title, **{**told, "source_sha256": title, **values})


@pytest.mark.parametrize("values", [{}, {"source_line": 4, "owner": "Arvika kommun"}])
def test_a_page_without_a_number_keeps_its_place_below_another_title(
    values: dict[str, Any],
) -> None:
    found = pairs_of([_page("Väg", **values)], [_page("Bro", **values)])

    assert found == Pairs([(0, 0)], [], [], [], [])


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ([_page("Väg")], [_page("Bro"), _page("Tåg")]),
        ([_page("Väg"), _page("Tåg")], [_page("Bro"), _page("Tåg")]),
        ([_page("Väg")], [_page("Bro", project_number="2016/00130")]),
        ([_page("Väg", source_path=None)], [_page("Bro", source_path=None)]),
        ([_page("Väg", source_line=4)], [_page("Bro", source_line=4)]),
        (
            [_page("Väg", source_line=4, owner="A")],
            [_page("Bro", source_line=4, owner="B")],
        ),
    ],
)
def test_where_it_is_not_alone_or_not_certain_it_is_another(
    old: list[Record], new: list[Record]
) -> None:
    found = pairs_of(old, new)

    assert (0, 0) not in found.both
    assert (0 in found.gone, 0 in found.added) == (True, True)
