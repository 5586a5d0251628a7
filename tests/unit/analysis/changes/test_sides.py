import pytest

from esfkit.analysis.changes.sides import sides_at, sides_of
from esfkit.dataset.frame import to_frame
from esfkit.dataset.history import History, Ingest, Mark
from esfkit.dataset.parquet import Kept
from esfkit.model.errors import BadRequest
from factories import a_project

INGESTS = (
    Ingest(number=1, sources=("a",), rules="r1"),
    Ingest(number=2, sources=("a",), rules="r2"),
    Ingest(number=3, sources=("b",), rules="r2"),
)


def a_dataset(*rows: tuple[str, Mark], ingests: tuple[Ingest, ...] = INGESTS) -> Kept:
    records = [
        a_project(number, source_sha256=f"{number}-{mark.since}") for number, mark in rows
    ]
    history = History(ingests, tuple(mark for _, mark in rows))
    return Kept(to_frame(records).lazy(), history)


KEPT = a_dataset(
    ("kept", Mark(1, "added")),
    ("changed", Mark(2, "source")),
    ("other", Mark(3, "added")),
    ("reread", Mark(2, "reading")),
    ("changed", Mark(1, "added", 2, "source")),
    ("gone", Mark(1, "added", 3, "vanished")),
    ("unread", Mark(1, "added", 2, "reading")),
)


def test_each_moment_has_the_rows_that_held_then() -> None:
    sides = sides_at(KEPT, 1, 2)

    assert sides.old.rows["project_number"].to_list() == ["kept", "changed", "gone", "unread"]
    assert sides.new.rows["project_number"].to_list() == ["kept", "changed", "reread", "gone"]


def test_a_row_was_last_read_by_the_rules_of_the_last_ingest_of_its_sources() -> None:
    assert list(sides_at(KEPT, 1, 3).new.rules) == ["r2", "r2", "r2", "r2"]
    assert set(sides_at(KEPT, 1, 3).old.rules) == {"r1"}


def test_the_last_two_ingests_are_compared_if_none_is_named() -> None:
    assert sides_at(KEPT, None, None).went == {"esf:gone": "source"}


def test_why_a_record_came_or_went_is_told_by_its_marks() -> None:
    sides = sides_at(KEPT, 1, 3)

    assert sides.came == {
        "esf:changed": "unclear",  # the rules of ingest 2 are others too
        "esf:reread": "reading",
        "esf:other": "source",
    }
    assert sides.went == {
        "esf:changed": "unclear",
        "esf:unread": "reading",
        "esf:gone": "source",
    }


@pytest.mark.parametrize(
    ("begin", "end", "said"),
    [(2, 1, "earlier"), (2, 2, "earlier"), (None, 1, "first"), (1, 9, "no ingest 9")],
)
def test_moments_that_make_no_sense_are_refused(begin: int | None, end: int, said: str) -> None:
    with pytest.raises(BadRequest, match=said):
        sides_at(KEPT, begin, end)


def test_a_dataset_without_history_has_no_moments() -> None:
    with pytest.raises(BadRequest, match="no history"):
        sides_at(Kept(to_frame([a_project()]).lazy()), None, None)


def test_two_datasets_stand_as_they_are_now() -> None:
    plain = Kept(to_frame([a_project("x", source_sha256="xx")]).lazy())

    sides = sides_of(KEPT, plain, (["no record"], []))
    assert sides.old.rows.height == 4
    assert sides.old.knows_all
    assert "no record" in sides.old.texts
    assert list(sides.new.rules) == [None]
    assert not sides.new.knows_all


def test_why_a_record_is_missing_depends_on_what_the_other_side_read() -> None:
    plain = Kept(to_frame([a_project("x", source_sha256="xx")]).lazy())

    sides = sides_of(KEPT, plain, (["no record"], []))
    assert sides.why_added("esf:x", "no record") == "reading"
    assert sides.why_added("esf:x", "never seen") == "source"
    assert sides.why_gone("esf:kept", "never seen") == "unclear"
    assert sides.why_gone("esf:kept", "xx") == "reading"


def test_a_dataset_that_began_without_history_never_knew_all() -> None:
    before = (Ingest(number=1), Ingest(number=2, rules="r1"))
    kept = a_dataset(("kept", Mark(1, "before")), ingests=before)

    assert not sides_of(kept, kept, ([], [])).old.knows_all
