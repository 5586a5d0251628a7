from datetime import date
from typing import Any

import polars as pl
import pytest

from esfkit.analysis.merging.merge import Merged, merge
from esfkit.dataset.frame import to_frame
from esfkit.model.record import Record
from factories import a_call, a_project

STATED: dict[str, Any] = {
    "title": "Nya vägar",
    "owner": "Arvika kommun",
    "owner_name": "Arvika kommun",
    "period_start": date(2016, 9, 1),
    "period_end": date(2019, 2, 28),
}
NEXT = {"period_start": date(2019, 3, 1), "period_end": date(2020, 2, 28)}


def _merged(*records: Record) -> Merged:
    return merge(to_frame(records).lazy())


def _is_one(one: dict[str, Any], other: dict[str, Any]) -> bool:
    both = (_observation("1", **STATED | one), _observation("2", **STATED | other))
    return _merged(*both).projects.height == 1


def _observation(name: str, number: str | None = None, **values: Any) -> Record:  # noqa: ANN401 - of the record
    given = {"project_number": number, "source_path": name, "source_sha256": name}
    return a_project(number or name, **given | values)


def _numbered(**values: Any) -> dict[str, Any]:  # noqa: ANN401 - of the record
    return {"number": "2016/00130", **values}


def test_one_number_is_one_project_although_title_and_money_differ() -> None:
    one = _numbered(total_budget_sek=5_000_000)
    other = _numbered(title="Gamla stigar", total_budget_sek=6_000_000)

    assert _is_one(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"phase": "Förprojektering"}, {"phase": "Genomförande"}),
        ({}, NEXT),
        (
            {"programme_period": "2007-2013", "programme_period_basis": "printed"},
            {"programme_period": "2014-2020", "programme_period_basis": "cci"},
        ),
        (
            {},
            {
                "title": "Ett helt annat ämne",
                "owner_name": "Ystads folkhögskola",
                "period_start": date(2017, 1, 1),
                "period_end": date(2018, 1, 1),
            },
        ),
    ],
    ids=["phase", "no day in common", "programme", "nothing but the number"],
)
def test_one_number_is_not_enough_against(one: dict[str, Any], other: dict[str, Any]) -> None:
    assert not _is_one(_numbered(**one), _numbered(**other))


def test_two_numbers_are_two_projects_however_alike() -> None:
    assert not _is_one({"number": "2016/00130"}, {"number": "2016/00131"})


def test_a_call_and_a_project_of_one_number_are_two() -> None:
    merged = _merged(a_project("2016/00130"), a_call("2016/00130"))

    assert merged.tally.records == {"project": 1, "call": 1}


def test_without_a_number_title_owner_and_period_make_one_project() -> None:
    assert _is_one({}, {"title": "NYA VÄGAR.", "owner": "Arvika kommun, Arvika kommun"})


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({}, {"title": "Nya vagar"}),
        ({}, {"owner_name": "Ystads kommun"}),
        ({}, {"owner_name": None, "owner": None}),
        ({}, {"period_end": date(2019, 3, 31)}),
        ({"region_code": "SE22"}, {"region_code": "SE33"}),
        ({"owner_unit": "Skolan"}, {"owner_unit": "Vården"}),
        ({"fund": "ESF"}, {"fund": "ERDF"}),
        ({"phase": "Förprojektering"}, {"phase": "Genomförande"}),
        ({"total_budget_sek": 5_000_000}, {"total_budget_sek": 6_000_000}),
        ({"owner_org_number": "2120000662"}, {"owner_org_number": "2120001157"}),
    ],
    ids=lambda each: ", ".join(each) or "-",
)
def test_without_a_number_nothing_less_is_certain(
    one: dict[str, Any], other: dict[str, Any]
) -> None:
    assert not _is_one(one, other)


def test_one_amount_that_agrees_outweighs_one_that_does_not() -> None:
    one = {"total_budget_sek": 5_000_000, "esf_support_sek": 2_000_000}
    other = {"total_budget_sek": 5_000_001, "esf_support_sek": 2_500_000}

    assert _is_one(one, other)


def test_what_has_no_number_goes_to_the_one_project_it_can_be() -> None:
    assert _is_one({"number": "2016/00130"}, {})


def test_where_two_projects_could_be_meant_nothing_is_certain() -> None:
    merged = _merged(
        _observation("1", "2016/00130", **STATED),
        _observation("2", "2016/00131", **STATED),
        _observation("3", **STATED),
    )

    assert merged.projects.height == 3
    assert merged.review["why"].to_list() == ["same_name", "same_name"]


def test_an_amount_tells_which_of_two_namesakes_is_meant() -> None:
    merged = _merged(
        _observation("1", "2016/00130", esf_support_sek=1_000_000, **STATED),
        _observation("2", "2016/00131", esf_support_sek=2_000_000, **STATED),
        _observation("3", esf_support_sek=2_000_000, **STATED),
    )

    by = merged.origins.filter(pl.col("field") == "record_id", source_path="3")
    assert by["record_id"].to_list() == ["esf:2016/00131"]
    assert merged.tally.doubtful == 0


def test_what_could_be_either_of_two_is_neither() -> None:
    merged = _merged(
        _observation("1", region_code="SE22", **STATED),
        _observation("2", region_code="SE22", esf_support_sek=5, **STATED),
        _observation("3", region_code="SE33", **STATED),
        _observation("4", region_code="SE33", phase="Genomförande", **STATED),
        _observation("5", **STATED),
    )

    assert merged.tally.merged_by == {"name": 4, "alone": 1}
    assert merged.review["why"].to_list() == ["same_name"] * 3


def test_a_list_that_prints_no_phase_is_of_neither_phase() -> None:
    merged = _merged(
        _observation("1", "2016/00130", phase="Förprojektering"),
        _observation("2", "2016/00130", phase="Genomförande"),
        _observation("3", "2016/00130", title="Nya vägar"),
    )

    assert merged.projects.height == 3
    assert merged.projects["record_id"].is_unique().all()
    assert merged.review["why"].to_list() == ["same_number"] * 3


def test_two_numbers_are_not_chained_by_what_has_none() -> None:
    renamed = STATED | {"title": "Gamla stigar"}

    merged = _merged(
        _observation("1", "2016/00130", **STATED),
        _observation("2", "2016/00131", **renamed),
        _observation("3", **STATED),
        _observation("4", **renamed),
    )

    numbers = merged.origins.filter(pl.col("field") == "project_number")
    assert numbers.group_by("record_id").agg(pl.col("value").n_unique())["value"].max() == 1
    assert merged.projects.height == 2


def test_how_each_observation_came_to_its_project_is_told() -> None:
    merged = _merged(
        _observation("1", "2016/00130", **STATED),
        _observation("2", "2016/00130", title="Nya vägar!"),
        _observation("3", **STATED),
        _observation("4", title="Care"),
        _observation("5", title="Care", source_sha256="4"),
        _observation("6", title="Ensam"),
    )

    assert merged.tally.merged_by == {"number": 2, "name": 1, "text": 2, "alone": 1}
