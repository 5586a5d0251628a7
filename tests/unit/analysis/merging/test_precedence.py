from datetime import date
from pathlib import Path

import pytest

from esfkit.analysis.merging.precedence import (
    in_precedence,
    newest_day,
    read_precedence,
    usual_precedence,
)
from esfkit.dataset.frame import to_frame
from esfkit.layouts.layout import all_layouts
from esfkit.model.errors import BadRequest
from esfkit.model.record import Record
from factories import a_full_project, a_project


def _order(*records: Record, ranks: dict[str, int] | None = None) -> list[int]:
    return in_precedence(to_frame(records).lazy(), ranks or usual_precedence())


def test_every_layout_of_projects_has_a_rank() -> None:
    ranks = usual_precedence()

    assert {each.name for each in all_layouts() if each.kind == "project"} <= ranks.keys()
    assert ranks.keys() - {each.name for each in all_layouts()} == {"*"}


def test_the_documentation_shows_the_table() -> None:
    page = (Path(__file__).parents[4] / "docs" / "merging.md").read_text("utf-8")

    for layout, rank in usual_precedence().items():
        name = "every other" if layout == "*" else f"`{layout}`"
        assert f"\n| {rank} | {name} | " in page


def test_the_official_list_comes_before_any_page() -> None:
    page = a_full_project(layout="esf-plus")

    assert _order(page, a_project(layout="esf-list")) == [1, 0]


def test_of_one_rank_the_newest_day_that_a_place_names_comes_first() -> None:
    old = a_full_project(source_path="lists/2023-11-01.csv", source_url=None)
    new = a_project(layout="esf-2014-colon", source_path="lists/20240501.csv")
    undated = a_full_project(source_path="lists/list.csv", source_url=None)

    ranks = {"*": 1}

    assert _order(undated, old, new, ranks=ranks) == [2, 1, 0]


def test_of_equals_the_one_that_states_most_comes_first_and_then_its_place() -> None:
    rows = (
        a_project("1", source_path="b"),
        a_project("2", source_path="a"),
        a_project("3", source_path="c", title="Väg"),
    )

    assert _order(*rows) == [2, 1, 0]


@pytest.mark.parametrize(
    ("place", "day"),
    [
        ("list-2024-05-01.xlsx", date(2024, 5, 1)),
        ("https://web.archive.org/web/20190301120000/https://x.se", date(2019, 3, 1)),
        ("2023-01-02/list-2024-05-01.csv", date(2024, 5, 1)),
        ("2016/00130.txt", None),
        ("2009-3050012.txt", None),
        ("2023-02-31.csv", None),
        ("202405011.csv", None),
        ("2024-0501.csv", None),
        (None, None),
    ],
)
def test_a_day_is_read_from_a_place_only_where_it_is_whole(
    place: str | None, day: date | None
) -> None:
    assert newest_day([place]) == day


@pytest.mark.parametrize(
    ("table", "complaint"),
    [
        ("layout\nesf-list\n", "has the columns rank and layout"),
        ("rank,layout\nfirst,esf-list\n", "own.csv:2: A row has a rank"),
        ("rank,layout\n1,\n", "own.csv:2: A row has a rank"),
        ("rank,layout\n1,esf-list\n", r"lacks the row \*"),
    ],
)
def test_a_table_that_is_none_is_refused(table: str, complaint: str) -> None:
    with pytest.raises(BadRequest, match=complaint):
        read_precedence(table, "own.csv")


def test_a_table_of_ones_own_is_read() -> None:
    assert read_precedence("\ufeffrank,layout,why\n2,esf-list,x\n1,*,y\n", "own.csv") == {
        "esf-list": 2,
        "*": 1,
    }


@pytest.mark.usefixtures("usual_cells")
@pytest.mark.parametrize("before", ["", "rank,layout\n1,"])
def test_a_cell_larger_than_any_table_has_is_refused(before: str) -> None:
    with pytest.raises(BadRequest, match=r"mine.csv:[0-9]+: This is no CSV"):
        read_precedence(before + "x" * 200_000, "mine.csv")
