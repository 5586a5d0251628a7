from collections.abc import Mapping
from datetime import date

import pytest

from esfkit.analysis.reconciling.matching import BY_NAME, BY_NUMBER, match_projects

STATED: Mapping[str, object] = {
    "project_number": "23-001-S01",
    "title": "Bron till bygget",
    "owner": "Umeå kommun",
    "owner_name": None,
    "owner_org_number": None,
    "phase": None,
    "programme_period": "2021-2027",
    "period_start": date(2023, 1, 1),
    "period_end": date(2024, 12, 31),
}


def row(record_id: str, **values: object) -> dict[str, object]:
    return {"record_id": record_id, **STATED, **values}


def test_one_number_is_one_project_whatever_else_differs() -> None:
    there = row("b", project_number="23-001-s01 ", title="Annat", owner="Någon annan")

    [pair] = match_projects([row("a")], [there])

    assert (pair.by, pair.perhaps) == (BY_NUMBER, None)


def test_two_numbers_are_two_projects_however_alike() -> None:
    pairs = match_projects([row("a")], [row("b", project_number="23-002-S01")])

    assert [(pair.here is None, pair.there is None, pair.by) for pair in pairs] == [
        (False, True, None),
        (True, False, None),
    ]
    assert [(pair.perhaps or {})["record_id"] for pair in pairs] == ["b", "a"]
    assert [pair.score for pair in pairs] == [100.0, 100.0]


def test_without_a_number_title_owner_and_days_decide() -> None:
    there = row("b", project_number=None, title="BRON TILL  BYGGET", owner="UMEÅ KOMMUN")

    [pair] = match_projects([row("a")], [there])

    assert pair.by == BY_NAME


@pytest.mark.parametrize(
    "other",
    [
        {"period_start": date(2023, 2, 1)},
        {"period_end": None},
        {"owner": None},
        {"title": "Bron till bygget 2"},
        {"phase": "Förprojektering"},
        {"owner_org_number": "2120002627"},
        {"programme_period": "2014-2020"},
    ],
)
def test_what_is_not_certain_is_no_match(other: dict[str, object]) -> None:
    here = row("a", phase="Genomförande", owner_org_number="2120000662")

    pairs = match_projects([here], [row("b", project_number=None, **other)])

    assert [pair.by for pair in pairs] == [None, None]


def test_a_name_that_stands_twice_matches_nothing() -> None:
    here = [row("a"), row("b", project_number="23-002-S01")]

    pairs = match_projects(here, [row("c", project_number=None)])

    assert [pair.by for pair in pairs] == [None, None, None]
    assert [(pair.perhaps or {}).get("record_id") for pair in pairs] == ["c", "c", "a"]


def test_a_second_observation_without_number_is_pointed_to_its_project() -> None:
    here = [row("a"), row("b", project_number=None)]

    pairs = match_projects(here, [row("c")])

    assert [pair.by for pair in pairs] == [BY_NUMBER, None]
    assert (pairs[1].perhaps or {})["record_id"] == "c"


def test_namesakes_that_are_matched_elsewhere_are_no_perhaps() -> None:
    two = row("b", project_number="23-002-S01")

    pairs = match_projects([row("a"), two], [row("c")])

    assert [pair.perhaps for pair in pairs] == [None, None]


def test_the_same_identity_without_number_is_one_project() -> None:
    bare = row("esf:0123", project_number=None, period_end=None)

    assert [pair.by for pair in match_projects([bare], [bare])] == [BY_NAME]


def test_what_has_no_title_is_like_nothing() -> None:
    pairs = match_projects([row("a", title=None)], [row("b", title=None, project_number="2")])

    assert [pair.perhaps for pair in pairs] == [None, None]


@pytest.mark.parametrize("stated", [{"project_number": "23-017"}, {"call_number": "7 a"}])
def test_the_number_of_a_call_is_no_number_of_a_project(stated: dict[str, object]) -> None:
    both = {"project_number": "7 A"} | stated
    here, there = row("a", **both), row("b", **both, title="Annat", owner="Någon annan")

    pairs = match_projects([here], [there])

    assert [pair.by for pair in pairs] == [None, None]


def test_projects_with_the_number_of_their_call_are_matched_by_name() -> None:
    [pair] = match_projects([row("a", project_number="23-017")], [row("b")])

    assert pair.by == BY_NAME
