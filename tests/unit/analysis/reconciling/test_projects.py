import random
from collections.abc import Iterable, Sequence

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from esfkit.analysis.reconciling.differences import Tolerance
from esfkit.analysis.reconciling.projects import COLUMNS, grouped, reconciled
from esfkit.analysis.reconciling.sides import Side, group_keys, sides
from esfkit.dataset.frame import to_frame
from esfkit.model.record import Record
from factories import a_project
from lists import a_page_of, operations

KEYS = group_keys(["programme_area", "region"])


def both(
    here: Iterable[Record], there: Iterable[Record], condition: str | None = None
) -> tuple[Side, Side]:
    named = [("data", to_frame(here).lazy()), ("list", to_frame(there).lazy())]
    one, other = sides(named, KEYS, condition)
    return one, other


def status_of(table: pl.DataFrame) -> dict[str, str]:
    return dict(table.select("project_number", "status").iter_rows())


def test_a_project_has_one_row_with_what_was_found() -> None:
    here = [a_project("1", title="Ett", total_budget_sek=5), a_project("2")]
    there = [a_project("1", title="Ett", total_budget_sek=9), a_project("3", title="Tre")]

    table = reconciled(*both(here, there), Tolerance(), KEYS)

    assert table.columns[: len(COLUMNS)] == list(COLUMNS)
    assert table["status"].to_list() == ["missing_here", "missing_there", "differing"]
    assert table.row(2, named=True)["differences"] == [
        {"field": "total_budget_sek", "here": "5", "there": "9"}
    ]
    assert table["fields_compared"].to_list() == [None, None, 2]
    assert table["total_budget_sek_there"].to_list() == [None, None, 9]


def test_a_condition_chooses_by_what_either_side_states() -> None:
    here = [a_project("1", region="Stockholm"), a_project("2", region="Sydsverige")]
    there = [a_project("1"), a_project("2"), a_project("3")]

    table = reconciled(*both(here, there, "region == 'Stockholm'"), Tolerance(), KEYS)

    assert status_of(table) == {"1": "matched"}


def test_groups_add_up_what_both_sides_state() -> None:
    here = [
        a_project("1", region="Stockholm", total_budget_sek=5, esf_support_sek=1),
        a_project("2", region="Stockholm"),
        a_project("3", region="Nationellt"),
    ]
    there = [a_project("1", total_budget_sek=7), a_project("4", total_budget_sek=1)]
    rows = reconciled(*both(here, there), Tolerance(), KEYS)

    table = grouped(rows, ["region"])

    assert table.select("region", "projects_here", "projects_there").rows() == [
        ("Stockholm", 2, 1),
        ("Nationellt", 1, 0),
        (None, 0, 1),
        ("Total", 3, 2),
    ]
    assert table.select("matched", "differing", "missing_there", "missing_here").rows() == [
        (0, 1, 1, 0),
        (0, 0, 1, 0),
        (0, 0, 0, 1),
        (0, 1, 2, 1),
    ]
    assert table["total_budget_sek_here"].to_list() == [5, None, None, 5]
    assert table["total_budget_sek_there"].to_list() == [7, None, 1, 8]
    assert table["total_budget_sek_there_stated"].to_list() == [1, 0, 1, 2]
    assert table["esf_support_sek_here_stated"].to_list() == [1, 0, 0, 1]


def test_without_keys_there_is_the_total_alone() -> None:
    rows = reconciled(*both([a_project("1")], [a_project("1")]), Tolerance(), KEYS)

    assert grouped(rows, []).select("list", "matched").rows() == [("list", 1)]


TEXTS = st.one_of(st.none(), st.sampled_from(["Väg", "VÄG", "Bro", "Bro till jobb"]))
ROWS = st.lists(
    st.builds(
        lambda number, title, owner, money, region: a_project(
            number,
            record_id=f"esf:{number}",
            project_number=number if len(number) > 1 else None,
            title=title,
            owner=owner,
            total_budget_sek=money,
            region=region,
        ),
        st.sampled_from(["1", "2", "3", "11", "12", "13", "14", "15"]),
        TEXTS,
        TEXTS,
        st.one_of(st.none(), st.integers(0, 10**9)),
        st.sampled_from([None, "Stockholm", "Sydsverige"]),
    ),
    max_size=12,
)


@settings(deadline=None)
@given(ROWS)
def test_a_dataset_reconciled_with_itself_has_no_difference(rows: Sequence[Record]) -> None:
    table = reconciled(*both(rows, rows), Tolerance(), KEYS)

    assert table.height == len({row.record_id for row in rows})
    assert set(table["status"].to_list()) <= {"matched"}


@settings(deadline=None)
@given(ROWS, ROWS)
def test_every_project_of_both_sides_stands_in_one_row(
    here: Sequence[Record], there: Sequence[Record]
) -> None:
    table = reconciled(*both(here, there), Tolerance(), KEYS)

    for column, rows in (("record_id_here", here), ("record_id_there", there)):
        ids = table[column].drop_nulls().to_list()
        assert sorted(ids) == sorted({row.record_id for row in rows})


@settings(deadline=None, max_examples=30)
@given(st.integers(0, 2**32), st.integers(0, 30), st.integers(0, 10))
def test_what_is_planted_is_found_and_nothing_else(seed: int, gaps: int, changes: int) -> None:
    draw = random.Random(seed)  # noqa: S311 - a simulation, no secret
    operated = operations(60)
    gone = set(draw.sample(range(60), gaps))
    kept = [number for number in range(60) if number not in gone]
    changed = set(draw.sample(kept, changes))
    there = [
        a_page_of(row, total_budget_sek=row["total_budget_sek"] + 2 * (number in changed))
        for number, row in enumerate(operated)
        if number not in gone
    ]
    draw.shuffle(there)

    table = reconciled(*both(map(a_page_of, operated), there), Tolerance(), KEYS)

    expected = {
        row["project_number"]: "missing_there"
        if number in gone
        else "differing"
        if number in changed
        else "matched"
        for number, row in enumerate(operated)
    }
    assert status_of(table) == expected
