from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from esfkit.analysis.reconciling.differences import (
    COMPARED_FIELDS,
    Difference,
    Tolerance,
    compare_projects,
    read_tolerance,
)
from esfkit.model.errors import BadRequest

Row = dict[str, object]


def row(**values: object) -> Row:
    silent = dict.fromkeys((*COMPARED_FIELDS, "owner_name", "owner_org_number"), None)
    return {**silent, "layout": "esf-plus", **values}


def differing(here: Row, there: Row, tolerance: str = "1") -> list[str]:
    found = compare_projects(here, there, read_tolerance(tolerance))
    return [each.field for each in found.differences]


def test_both_values_are_told() -> None:
    here = row(
        total_budget_sek=100, period_end=date(2024, 1, 1), total_budget_eur=Decimal("9.50")
    )
    there = row(total_budget_sek=200, period_end=date(2024, 1, 2), total_budget_eur=Decimal(7))

    found = compare_projects(here, there, Tolerance())

    assert found.differences == (
        Difference("total_budget_sek", "100", "200"),
        Difference("total_budget_eur", "9.50", "7"),
        Difference("period_end", "2024-01-01", "2024-01-02"),
    )
    assert found.compared == 3


def test_silence_is_no_difference() -> None:
    found = compare_projects(row(title="A"), row(total_budget_sek=1), Tolerance())

    assert found == ((), 0, ())


@pytest.mark.parametrize(
    ("there", "tolerance", "differs"),
    [
        (1_000_001, "1", False),
        (1_000_002, "1", True),
        (1_000_001, "0", True),
        (1_005_000, "0.5%", False),
        (1_005_026, "0,5 %", True),
    ],
)
def test_money_may_lie_apart_as_far_as_the_tolerance(
    there: int, tolerance: str, *, differs: bool
) -> None:
    here = row(total_budget_sek=1_000_000)

    assert bool(differing(here, row(total_budget_sek=there), tolerance)) is differs


def test_people_are_held_against_a_share_alone() -> None:
    here, there = row(planned_participants=100), row(planned_participants=101)

    assert differing(here, there, "5000") == ["planned_participants"]
    assert differing(here, there, "1%") == []


def test_words_are_compared_folded() -> None:
    assert differing(row(title="Bron  –  till"), row(title="BRON - TILL")) == []


def test_an_owner_is_the_same_by_number_or_by_one_of_its_names() -> None:
    unit = row(owner="Umeå kommun, Kultur", owner_name="Umeå kommun")

    assert differing(unit, row(owner="UMEÅ KOMMUN")) == []
    assert differing(unit, row(owner="Lunds kommun")) == ["owner"]
    named = row(owner="A", owner_org_number="2120002627")
    assert differing(named, row(owner="B", owner_org_number="2120002627")) == []
    assert differing(named, row(owner="A", owner_org_number="2120000662")) == ["owner"]


def test_the_support_of_eu_and_state_is_not_the_eus() -> None:
    here = row(esf_support_sek=600)
    there = row(esf_support_sek=400, layout="esf-list")

    found = compare_projects(here, there, Tolerance())

    assert found == ((), 0, ("esf_support_sek",))
    assert differing({**here, "layout": "esf-list"}, there) == ["esf_support_sek"]
    assert compare_projects(there, there, Tolerance()).compared == 1


def test_a_tolerance_is_an_amount_or_a_share() -> None:
    assert read_tolerance(" 1000 ") == Tolerance(Fraction(1000), Fraction(0))
    assert read_tolerance("0.5%") == Tolerance(Fraction(0), Fraction(1, 200))


@pytest.mark.parametrize("words", ["", "-1", "a lot", "1 kr", "5%%", "1e9"])
def test_anything_else_is_refused(words: str) -> None:
    with pytest.raises(BadRequest, match="tolerance is an amount"):
        read_tolerance(words)
