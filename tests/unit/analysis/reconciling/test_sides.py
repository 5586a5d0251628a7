import polars as pl
import pytest

from esfkit.analysis.reconciling.sides import CHOSEN, JUDGED, group_keys, key_name, sides
from esfkit.dataset.frame import to_frame
from esfkit.model.errors import BadRequest
from factories import a_call, a_full_project, a_project


def test_only_projects_take_part_each_of_them_once() -> None:
    frame = to_frame([a_project("2"), a_project("1"), a_project("1", title="Mer"), a_call()])

    [side] = sides([("data", frame.lazy())])

    assert side.rows["record_id"].to_list() == ["esf:1", "esf:2"]
    assert side.rows["title"].to_list() == ["Mer", None]
    assert side.left_out == 1


def test_personal_data_is_not_even_read() -> None:
    [side] = sides([("data", to_frame([a_full_project()]).lazy())])

    assert {"contact_person", "email", "phone"}.isdisjoint(side.rows.columns)


def test_a_condition_removes_nothing_and_is_told() -> None:
    frame = to_frame([a_project("1", region="Stockholm"), a_project("2", region="Sydsverige"),
                      a_project("3")])  # fmt: skip

    [side] = sides([("data", frame.lazy())], condition="region == 'Stockholm'")

    assert side.rows[CHOSEN].to_list() == [True, False, False]
    assert side.rows[JUDGED].to_list() == [True, True, False]


def test_spellings_of_an_owner_are_one_over_all_sides() -> None:
    here = to_frame([a_project("1", owner="Umeå kommun")]).lazy()
    there = to_frame([a_project("1", owner="UMEÅ KOMMUN")]).lazy()

    both = sides([("data", here), ("list", there)], ["organisation"])

    assert [side.rows[key_name("organisation")].item() for side in both] == ["Umeå kommun"] * 2


def test_origins_are_layouts_and_sites() -> None:
    rows = [
        a_project("1", source_url="https://www.exempel.se/a", programme_period="2014-2020"),
        a_project("2", layout="esf-plus", source_url="https://[broken"),
        a_project("3"),
    ]

    [side] = sides([("data", to_frame(rows).lazy())])

    assert side.layouts == {"esf-2014-lines", "esf-plus"}
    assert side.hosts == {"exempel.se"}
    assert side.periods == {"2014-2020"}


def test_a_period_stands_beside_an_area() -> None:
    assert group_keys(["programme_area"]) == ("programme_area", "programme_period")


def test_a_key_of_which_a_project_can_have_several_is_refused() -> None:
    with pytest.raises(BadRequest, match="by municipality"):
        group_keys(["municipality"])


def test_nothing_gives_a_side_without_rows() -> None:
    [side] = sides([("data", to_frame([]).lazy())])

    assert side.rows.is_empty()
    assert side.rows.schema[CHOSEN] == pl.Boolean
