from collections.abc import Sequence
from decimal import Decimal

import pytest

from esfkit.analysis.changes.compare import compared
from esfkit.analysis.changes.moved import money_moved
from esfkit.analysis.changes.sides import Side, Sides
from esfkit.dataset.frame import to_frame
from esfkit.model.errors import BadRequest
from esfkit.model.record import Record
from factories import a_project


def sides_of(old: Sequence[Record], new: Sequence[Record]) -> Sides:
    def side(records: Sequence[Record], rules: str) -> Side:
        frame = to_frame(records)
        texts = frozenset(frame["source_sha256"].drop_nulls())
        return Side(frame, [rules] * frame.height, texts, knows_all=True)

    return Sides(side(old, "r1"), side(new, "r1"))


def a_grant(number: str, sha256: str, region: str, support: int | None) -> Record:
    return a_project(number, source_sha256=sha256, region=region, esf_support_sek=support)


OLD = (
    a_grant("1", "a", "Stockholm", 100),
    a_grant("2", "b", "Stockholm", 200),
    a_grant("3", "c", "Västsverige", 300),
)
NEW = (
    a_grant("1", "a2", "Stockholm", 150),  # its text changed
    a_grant("2", "b", "Västsverige", 200),  # the same text, read otherwise
    a_grant("4", "d", "Mellansverige", None),  # new; the third is gone
)
SUPPORT = [f"esf_support_sek_{end}" for end in ("before", "by_source", "by_reading", "after")]


def test_what_each_cause_moved_leads_from_before_to_after() -> None:
    table = money_moved(sides_of(OLD, NEW), ["region"]).table

    assert table.select("region", *SUPPORT).rows() == [
        ("Mellansverige", None, 0, 0, None),
        ("Stockholm", 300, 50, -200, 150),
        ("Västsverige", 300, -300, 200, 200),
        ("Total", 600, -250, 0, 350),
    ]


def test_projects_are_counted_likewise() -> None:
    table = money_moved(sides_of(OLD, NEW), ["region"]).table
    names = [f"projects_{end}" for end in ("before", "by_source", "by_reading", "after")]

    assert table.select(names).rows() == [
        (0, 1, 0, 1),
        (2, 0, -1, 1),
        (1, -1, 1, 1),
        (3, 0, 0, 3),
    ]


def test_what_is_unclear_has_columns_of_its_own_where_there_is_some() -> None:
    clear = money_moved(sides_of(OLD, NEW), ["region"]).table
    sides = sides_of(OLD, (*OLD, a_project("9", source_sha256=None, esf_support_sek=7)))
    unclear = money_moved(sides, ["region"]).table

    assert "esf_support_sek_by_unclear" not in clear.columns
    assert unclear["esf_support_sek_by_unclear"].to_list() == [0, 0, 7, 7]


def test_euro_has_columns_where_a_side_states_some() -> None:
    euro = a_project("1", source_sha256="a", esf_support_eur=Decimal("2.50"))
    with_euro = money_moved(sides_of([], [euro]), ["region"]).table

    assert not any(
        "_eur" in name for name in money_moved(sides_of(OLD, NEW), ["region"]).table.columns
    )
    assert with_euro["esf_support_eur_by_source"].to_list() == [Decimal("2.50")] * 2


def test_each_record_is_counted_once_on_each_side() -> None:
    twice = [*OLD, a_project("1", source_path="z.txt", source_sha256="z")]

    moved = money_moved(sides_of(OLD, twice), ["region"])
    assert moved.left_out == 1
    assert moved.table["esf_support_sek_after"].to_list() == [300, 300, 600]


def observed_twice(first: int, second: int) -> tuple[Record, ...]:
    """A project on two pages, of which the first states more."""
    told = {"region": "Stockholm", "record_id": "esf:1"}
    return (
        a_project("1", **told, source_sha256="a", esf_support_sek=first, title="Väg"),
        a_project(
            *("1",),
            **told,
            source_path="z.txt",
            source_sha256=f"z{second}",
            esf_support_sek=second,
        ),
    )


def test_what_changed_in_an_observation_that_does_not_count_moves_no_money() -> None:
    sides = sides_of(observed_twice(100, 100), observed_twice(100, 130))
    told = compared(sides)

    assert told.select("field", "old", "new").rows() == [("esf_support_sek", "100", "130")]
    once = money_moved(sides, ["region"]).table
    assert once.select(SUPPORT).row(-1) == (100, 0, 0, 100)
    assert once["projects_after"].to_list() == [1, 1]


def test_every_observation_can_be_counted_so_that_all_changes_add_up() -> None:
    sides = sides_of((*OLD, *observed_twice(100, 100)), (*NEW, *observed_twice(100, 130)))
    told = compared(sides)
    support = told.filter(field="esf_support_sek")
    then, now = (sum(map(int, support[name])) for name in ("old", "new"))
    came, went = (told.filter(change=each).height for each in ("added", "gone"))

    moved = money_moved(sides, ["region"], all_observations=True)
    before, *by_cause, after = moved.table.select(SUPPORT).row(-1)
    assert (before, after) == (800, 580)
    assert after - before == sum(by_cause) == now - then - 300
    assert (came, went, moved.left_out) == (1, 1, 0)


def test_an_area_stands_beside_its_period() -> None:
    assert money_moved(sides_of(OLD, NEW), ["programme_area"]).keys == (
        "programme_area",
        "programme_period",
    )


def test_a_key_that_does_not_exist_is_refused() -> None:
    with pytest.raises(BadRequest, match="Did you mean region"):
        money_moved(sides_of(OLD, NEW), ["regoin"])
