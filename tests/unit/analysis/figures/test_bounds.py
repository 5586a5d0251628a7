from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from esfkit.analysis.figures.money import read_conversion
from esfkit.analysis.grouping.arrangement import Arrangement
from esfkit.analysis.grouping.groups import question
from esfkit.analysis.reports.summary import summarised
from esfkit.dataset.frame import to_frame
from esfkit.model.errors import BadRequest
from esfkit.model.finding import Finding, Problem, Severity
from esfkit.model.record import Record
from factories import a_finding, a_project


def bounds(
    *records: Record, of: str = "esf_support_sek", measure: str = "support"
) -> tuple[Any, ...]:
    """Return the low sum, the sum and the high sum over everything."""
    asked = replace(question((), measure), bounds=True)
    [row] = summarised(to_frame(records), asked).table.to_dicts()
    return row[f"{of}_low"], row[of], row[f"{of}_high"]


def a_doubt(field: str | None, severity: Severity = Severity.WARNING) -> tuple[Finding, ...]:
    return (a_finding(Problem.AMOUNT_AMBIGUOUS, severity, field=field),)


def seen_as(*amounts: int | None, number: str = "1") -> list[Record]:
    """Return observations of one record; the first states most and counts."""
    return [
        a_project(
            number, source_path=f"{place}", esf_support_sek=amount,
            title="Ett" if place == 0 else None, fund="ESF" if place == 0 else None,
        )
        for place, amount in enumerate(amounts)
    ]  # fmt: skip


def test_where_nothing_is_in_doubt_both_bounds_are_the_sum() -> None:
    assert bounds(a_project("1", esf_support_sek=5), a_project("2", esf_support_sek=7)) == (
        12, 12, 12,
    )  # fmt: skip


def test_observations_that_disagree_make_the_bounds() -> None:
    assert bounds(*seen_as(5, 3, 9), a_project("2", esf_support_sek=100)) == (103, 105, 109)


def test_what_the_counted_observation_does_not_state_is_only_in_the_high_sum() -> None:
    assert bounds(*seen_as(None, 3, 9), a_project("2", esf_support_sek=100)) == (100, 100, 109)
    assert bounds(*seen_as(None, 3)) == (0, None, 3)


def test_where_nobody_states_anything_there_are_no_bounds() -> None:
    assert bounds(a_project()) == (None, None, None)


@pytest.mark.parametrize("field", ["esf_support_sek", "esf_support", "esf_support_eur"])
@pytest.mark.parametrize("severity", [Severity.ERROR, Severity.WARNING])
def test_a_finding_on_the_figure_takes_it_out_of_the_low_sum(
    field: str, severity: Severity
) -> None:
    doubted = a_project("1", esf_support_sek=5, findings=a_doubt(field, severity))

    assert bounds(doubted, a_project("2", esf_support_sek=7)) == (7, 12, 12)


@pytest.mark.parametrize(
    "findings",
    [
        a_doubt("esf_support_sek", Severity.NOTE),
        a_doubt("total_budget_sek"),
        a_doubt("esf_support_sek_low"),
        a_doubt(None),
        (),
    ],
)
def test_other_findings_do_not(findings: tuple[Finding, ...]) -> None:
    assert bounds(a_project(esf_support_sek=5, findings=findings)) == (5, 5, 5)


def test_a_doubt_in_another_observation_counts_as_well() -> None:
    sure, doubted = seen_as(5, 9)
    doubted = doubted.model_copy(update={"findings": a_doubt("esf_support_sek")})

    assert bounds(sure, doubted) == (0, 5, 9)


def test_euro_has_bounds_in_cents() -> None:
    records = [
        a_project("1", source_path="a", title="x", esf_support_eur=Decimal("1.50")),
        a_project("1", source_path="b", esf_support_eur=Decimal("1.25")),
    ]

    assert bounds(*records, of="esf_support_eur", measure="support_eur") == (
        Decimal("1.25"), Decimal("1.50"), Decimal("1.50"),
    )  # fmt: skip


def test_bounds_are_converted_as_their_sum_is() -> None:
    asked = replace(question((), "support", conversion=read_conversion("10")), bounds=True)
    [row] = summarised(to_frame(seen_as(50, 30)), asked).table.to_dicts()

    assert (row["esf_support_eur_low"], row["esf_support_eur_high"]) == (
        Decimal("3.00"), Decimal("5.00"),
    )  # fmt: skip


def test_only_what_adds_up_has_bounds_and_they_have_no_count_of_their_own() -> None:
    asked = replace(question("region", ["support", "share", "support.median"]), bounds=True)

    assert summarised(to_frame([a_project()]), asked).table.columns == [
        "region", "projects", "esf_support_sek", "esf_support_sek_stated",
        "esf_support_sek_low", "esf_support_sek_high", "esf_share", "esf_share_stated",
        "esf_support_sek_median", "esf_support_sek_median_stated",
    ]  # fmt: skip


def test_bounds_are_hidden_with_the_figures_of_small_groups() -> None:
    asked = replace(question("region", "support"), bounds=True)
    table = summarised(to_frame(seen_as(5, 9)), asked, Arrangement(min_projects=2)).table

    assert [row[-2:] for row in table.rows()] == [(None, None), (None, None)]


def test_a_record_in_several_places_has_its_bounds_in_the_total_only() -> None:
    places = {"municipalities": ("Malmö", "Växjö")}
    records = [each.model_copy(update=places) for each in seen_as(5, 9)]
    asked = replace(question("municipality", "support"), bounds=True)

    table = summarised(to_frame(records), asked).table
    assert table["esf_support_sek_high"].to_list() == [None, None, 9]


def test_single_observations_have_no_bounds() -> None:
    asked = replace(question(), bounds=True, all_observations=True)

    with pytest.raises(BadRequest, match="count each record once"):
        summarised(to_frame([a_project()]), asked)
