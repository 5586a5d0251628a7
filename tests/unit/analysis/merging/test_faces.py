from datetime import date
from typing import Any

import pytest

from esfkit.analysis.merging.faces import Node, nodes_of
from esfkit.dataset.frame import to_frame
from esfkit.model.record import Record
from factories import a_call, a_place, a_project

SPRING: dict[str, Any] = {"period_start": date(2016, 1, 1), "period_end": date(2017, 12, 31)}


def _nodes(*records: Record) -> list[Node]:
    return nodes_of(to_frame(records).lazy())


def test_a_number_has_one_spelling() -> None:
    printed = a_project("23-017-S01", project_number="2021SE05SFPR001_23-017-S01")

    [node] = _nodes(printed, a_project("23-017-S01"))

    assert (node.face.number, node.rows) == ("23-017-S01", (0, 1))


def test_a_number_that_nobody_knows_is_only_folded() -> None:
    [node] = _nodes(a_project("1", project_number="  DNR Sju "))

    assert node.face.number == "dnr sju"


def test_a_call_is_known_by_its_own_number_and_a_project_not_by_its_calls() -> None:
    call = a_call(project_number=None, call_number="2015/00201")
    project = a_project(project_number=None, call_number="2015/00201")

    numbers = {node.face.kind: node.face.number for node in _nodes(call, project)}

    assert numbers == {"call": "2015/00201", "project": None}


def test_a_project_without_a_number_is_known_by_title_owner_and_period() -> None:
    [node] = _nodes(
        a_project(project_number=None, title="Väg", owner="X, X", owner_name="X", **SPRING)
    )

    assert node.face.identity == ("project", "väg", "x", *SPRING.values())


@pytest.mark.parametrize("missing", ["title", "owner_name", "period_start", "period_end"])
def test_where_one_of_them_is_missing_it_is_not(missing: str) -> None:
    stated: dict[str, Any] = {"title": "Väg", "owner_name": "X", **SPRING, missing: None}

    [node] = _nodes(a_project(project_number=None, **stated))

    assert node.face.identity is None


def test_a_call_is_known_by_its_region_in_place_of_an_owner() -> None:
    stated: dict[str, Any] = {"title": "Utlysning", "project_number": None, **SPRING}

    [without] = _nodes(a_call(**stated))
    [within] = _nodes(a_call(region_code="SE22", **stated))

    assert without.face.identity is None
    assert within.face.identity == (
        "call",
        "utlysning",
        "region SE22",
        *SPRING.values(),
    )


def test_a_practice_page_is_known_by_title_and_day() -> None:
    [node] = _nodes(
        a_project(kind="practice", project_number=None, title="Väg", published=date(2017, 3, 1))
    )

    assert node.face.identity == (
        "practice",
        "väg",
        "no owner",
        date(2017, 3, 1),
        date(2017, 3, 1),
    )


def test_a_title_alone_makes_copies_of_one_text_one_and_nothing_else() -> None:
    stated: dict[str, Any] = {"project_number": None, "title": "Care"}
    here = (a_place("title", "Care", 4),)
    there = (a_place("title", "Care", 90),)

    nodes = _nodes(
        a_project("1", source_sha256="aa", provenance=here, **stated),
        a_project("2", source_sha256="aa", provenance=here, **stated),
        a_project("3", source_sha256="aa", provenance=there, **stated),
        a_project("4", source_sha256="bb", provenance=here, **stated),
    )

    assert sorted(node.rows for node in nodes) == [(0, 1), (2,), (3,)]
    assert {node.texts for node in nodes} == {("aa",), ("bb",)}


def test_the_period_of_the_programme_counts_only_where_it_is_printed() -> None:
    derived = a_project(programme_period="2014-2020", programme_period_basis="number")
    printed = a_project(programme_period="2014-2020", programme_period_basis="printed")

    assert {node.face.period for node in _nodes(derived, printed)} == {None, "2014-2020"}


@pytest.mark.parametrize(
    ("number", "call"), [("23-017", None), ("23 – 017", None), ("7 A", "7 a")]
)
def test_a_project_is_not_known_by_the_number_of_its_call(
    number: str, call: str | None
) -> None:
    titles = ("Väg", "Bro")
    records = (a_project(number, title=each, call_number=call) for each in titles)

    assert [node.face.number for node in _nodes(*records)] == [None, None]
