from collections.abc import Sequence
from datetime import date
from decimal import Decimal

import pytest

from esfkit.analysis.changes.compare import FIELDS, compared
from esfkit.analysis.changes.sides import Side, Sides
from esfkit.dataset.columns import SCHEMA
from esfkit.dataset.frame import to_frame
from esfkit.model.record import Record
from factories import a_call, a_full_project, a_place, a_project


def a_side(records: Sequence[Record], rules: str | None) -> Side:
    frame = to_frame(records)
    return Side(frame, [rules] * frame.height, frozenset(frame["source_sha256"].drop_nulls()))


def changes(
    old: Record, new: Record, rules: tuple[str | None, str | None] = ("r1", "r1")
) -> dict[str, tuple[str | None, str | None, str]]:
    """Return field → old value, new value and cause."""
    table = compared(Sides(a_side([old], rules[0]), a_side([new], rules[1])))
    assert set(table["change"]) <= {"changed"}
    columns = table.select("field", "old", "new", "cause")
    return {field: (old, new, cause) for field, old, new, cause in columns.iter_rows()}


def a_text(sha256: str, raw: str | None = None, **values: object) -> Record:
    """A project whose support was read from some characters."""
    places = () if raw is None else (a_place("esf_support_sek", raw, 10),)
    return a_project("2016/00130", source_sha256=sha256, provenance=places, **values)


def test_everything_a_page_says_is_compared_and_nothing_about_where_it_was_read() -> None:
    assert set(SCHEMA) - set(FIELDS) == {
        "provenance",
        "findings",
        "claimed_share",
        "source_path",
        "source_member",
        "source_line",
        "source_url",
        "source_sha256",
        "source_encoding",
    }


def test_what_is_equal_is_not_told() -> None:
    old = a_full_project(source_path="a.txt", findings=())

    assert changes(old, a_full_project(source_path="b.txt", claimed_share=0.1)) == {}


def test_another_value_of_the_same_text_was_read_otherwise() -> None:
    found = changes(a_text("aa", esf_support_sek=1), a_text("aa", esf_support_sek=2))

    assert found == {"esf_support_sek": ("1", "2", "reading")}


def test_another_value_of_another_text_by_the_same_rules_is_the_sources() -> None:
    found = changes(a_text("aa", esf_support_sek=1), a_text("bb"))

    assert found == {"esf_support_sek": ("1", None, "source")}


@pytest.mark.parametrize("rules", [("r1", "r2"), (None, None), (None, "r1")])
@pytest.mark.parametrize(
    ("then", "now", "cause"),
    [
        ("1 tkr", "1 tkr", "reading"),
        ("1 kr", "1 000 kr", "source"),
        (None, "1 000 kr", "unclear"),
        ("1 kr", None, "unclear"),
        (None, None, "unclear"),
    ],
)
def test_where_text_and_rules_are_others_the_characters_decide(
    rules: tuple[str | None, str | None], then: str | None, now: str | None, cause: str
) -> None:
    old = a_text("aa", then, esf_support_sek=1)
    new = a_text("bb", now, esf_support_sek=1000)

    assert changes(old, new, rules) == {"esf_support_sek": ("1", "1000", cause)}


def test_a_text_of_unknown_hash_is_never_the_same_text() -> None:
    old = a_project(title="Väg", source_sha256=None)
    new = a_project(title="Bro", source_sha256=None)

    assert changes(old, new, (None, None)) == {"title": ("Väg", "Bro", "unclear")}


def test_what_follows_from_another_column_changed_for_its_reason() -> None:
    old = a_text("aa", "1 kr", esf_support_sek=1, total_budget_sek=4, esf_share=0.25)
    new = a_text("bb", "2 kr", esf_support_sek=2, total_budget_sek=4, esf_share=0.5)

    assert changes(old, new, ("r1", "r2"))["esf_share"] == ("0.25", "0.5", "source")


def test_what_follows_from_columns_that_changed_for_two_reasons_is_unclear() -> None:
    def side(sha256: str, raw: str, support: int, budget: int) -> Record:
        places = (
            a_place("esf_support_sek", raw, 10),
            a_place("total_budget_sek", "4 tkr", 30),
        )
        return a_project(
            source_sha256=sha256,
            provenance=places,
            esf_support_sek=support,
            total_budget_sek=budget,
            esf_share=support / budget,
        )

    found = changes(side("aa", "1 kr", 1, 4), side("bb", "2 kr", 2, 4000), ("r1", "r2"))
    assert {field: cause for field, (_, _, cause) in found.items()} == {
        "esf_support_sek": "source",
        "total_budget_sek": "reading",
        "esf_share": "unclear",
    }


def test_values_of_every_type_are_told_as_text() -> None:
    old = a_full_project()
    new = a_full_project(
        period_end=date(2020, 1, 31),
        total_budget_eur=Decimal("1.50"),
        strategic_importance=True,
        actors=("Å",),
        participant_targets=(),
    )

    assert changes(old, new) == {
        "period_end": ("2019-02-28", "2020-01-31", "reading"),
        "total_budget_eur": ("500000.50", "1.50", "reading"),
        "strategic_importance": ("false", "true", "reading"),
        "actors": ('["Arbetsförmedlingen", "Arbetsförmedlingen"]', '["Å"]', "reading"),
        "participant_targets": (
            '[{"label": "I utbildning", "total": 40, "women": 25, "men": null}]',
            "[]",
            "reading",
        ),
    }


def test_records_and_observations_that_came_or_went_stand_as_such() -> None:
    old = a_side([a_project("1"), a_project("2"), a_project("2", source_path="b.txt")], "r1")
    new = a_side([a_project("2"), a_project("3"), a_project("2", source_path="c.txt")], "r1")
    more = a_side([*[a_project("2", source_path=f"{n}.txt") for n in range(3)]], "r1")

    table = compared(Sides(old, new))
    assert table.select("change", "record_id").rows() == [("added", "esf:3"), ("gone", "esf:1")]
    table = compared(Sides(new, more))
    assert table.select("change", "record_id").rows() == [
        ("gone", "esf:3"),
        ("observed", "esf:2"),
    ]


def test_only_the_kinds_asked_for_are_told() -> None:
    sides = Sides(a_side([], "r1"), a_side([a_project("1"), a_call("2")], "r1"))

    assert compared(sides, kinds=["call"])["record_id"].to_list() == ["esf:2"]
