from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from esfkit.analysis.figures.measures import WORDS, named_measures, usual_measures
from esfkit.analysis.grouping.groups import question
from esfkit.analysis.reports.summary import summarised
from esfkit.dataset.frame import to_frame
from esfkit.model.errors import BadRequest, InputRefused
from esfkit.model.record import ParticipantTarget, Record
from factories import a_project


def names(*words: str) -> list[str]:
    return [each.name for each in named_measures(words)]


def figures(records: list[Record], *words: str) -> dict[str, Any]:
    [row] = summarised(to_frame(records), question((), words)).table.to_dicts()
    return row


def budgets(*amounts: int | None) -> list[Record]:
    return [
        a_project(str(n), total_budget_sek=amount) for n, amount in enumerate(amounts, start=1)
    ]


# --- words


def test_a_word_names_a_column_and_a_statistic_its_ending() -> None:
    assert names("support", "budget.mean", "share.q1") == [
        "esf_support_sek", "total_budget_sek_mean", "esf_share_q1",
    ]  # fmt: skip


def test_quartiles_and_spread_stand_for_several_statistics() -> None:
    assert names("support.quartiles") == [
        "esf_support_sek_q1", "esf_support_sek_median", "esf_support_sek_q3",
    ]  # fmt: skip
    assert names("days.spread") == [
        "project_days_min", "project_days_q1", "project_days_median", "project_days_q3",
        "project_days_max",
    ]  # fmt: skip


def test_what_is_asked_for_twice_is_shown_once() -> None:
    assert names("support.median", "support.quartiles", "esf_support_sek.q1") == [
        "esf_support_sek_median", "esf_support_sek_q1", "esf_support_sek_q3",
    ]  # fmt: skip


def test_the_number_of_projects_is_always_there_and_may_be_named() -> None:
    assert names("projects") == []
    assert names("projects", "support") == ["esf_support_sek"]
    assert list(figures(budgets(1), "projects")) == ["projects"]


def test_the_name_of_a_column_is_a_word_too() -> None:
    assert names("esf_support_sek.max", "planned_participants") == [
        "esf_support_sek_max", "planned_participants",
    ]  # fmt: skip


def test_in_euro_money_is_measured_in_euro() -> None:
    words = [word for word in WORDS if word != "call_amount"]
    in_euro = [each.name for each in named_measures(words, "EUR")]

    assert "esf_support_eur" in in_euro
    assert "support_per_month_eur" in in_euro
    assert not any(name.endswith("_sek") for name in in_euro)
    with pytest.raises(BadRequest, match="in kronor alone"):
        named_measures(["call_amount"], "EUR")


def test_without_words_the_usual_measures_are_shown() -> None:
    assert names() == [each.name for each in usual_measures()]
    assert [each.name for each in usual_measures("EUR")] == [
        "total_budget_eur", "esf_support_eur", "esf_share", "planned_participants",
        "support_per_participant_eur", "largest_participant_target",
    ]  # fmt: skip


def test_every_word_has_a_figure_with_every_statistic() -> None:
    words = [f"{word}.{each}" for word in WORDS for each in ("mean", "spread")]
    row = figures(budgets(5), *WORDS, *words)

    assert len([name for name in row if name.endswith("_stated")]) == len(WORDS) * 7


@pytest.mark.parametrize(
    ("word", "told"),
    [
        ("suport", "'suport' cannot be measured. Did you mean support"),
        ("median", "'median' of what.*support.median"),
        ("support.medain", "no statistic 'medain'. Did you mean median"),
        ("support.", "no statistic ''"),
        ("support.median.max", "no statistic 'median.max'"),
        ("", "'' cannot be measured"),
    ],
)
def test_a_mistake_is_told_with_what_it_may_mean(word: str, told: str) -> None:
    with pytest.raises(BadRequest, match=told):
        named_measures([word])


# --- statistics, worked out by hand


def test_how_budgets_are_spread_is_worked_out_as_spreadsheets_do() -> None:
    row = figures(budgets(10, 20, 40, 80, None), "budget.spread", "budget.mean")

    assert row == {
        "projects": 5,
        "total_budget_sek_min": 10, "total_budget_sek_min_stated": 4,
        # Three steps between four: a quarter of the way is 0.75 of the first step,
        # 17.5, and three quarters 0.25 of the last, 50. Halves go to the even krona.
        "total_budget_sek_q1": 18, "total_budget_sek_q1_stated": 4,
        "total_budget_sek_median": 30, "total_budget_sek_median_stated": 4,
        "total_budget_sek_q3": 50, "total_budget_sek_q3_stated": 4,
        "total_budget_sek_max": 80, "total_budget_sek_max_stated": 4,
        "total_budget_sek_mean": 38, "total_budget_sek_mean_stated": 4,
    }  # fmt: skip


def test_halves_of_a_mean_go_to_the_even_neighbour() -> None:
    assert figures(budgets(1, 2), "budget.mean")["total_budget_sek_mean"] == 2
    assert figures(budgets(2, 3), "budget.mean")["total_budget_sek_mean"] == 2


def test_people_and_days_are_spread_in_hundredths() -> None:
    records = [a_project(str(n), planned_participants=n) for n in (0, 1, 4)]
    row = figures(records, "participants.mean", "participants.q1", "participants")

    assert row["planned_participants_mean"] == 1.67
    assert row["planned_participants_q1"] == 0.5
    assert row["planned_participants"] == 5


def test_nothing_stated_has_no_statistic() -> None:
    row = figures(budgets(None, None), "budget.spread", "budget.mean", "share.mean")

    stated = [value for name, value in row.items() if name.endswith("_stated")]
    assert stated == [0] * 7
    assert {value for name, value in row.items() if not name.endswith("_stated")} == {2, None}


def test_the_mean_of_shares_is_not_the_share_of_sums() -> None:
    records = [
        a_project("1", total_budget_sek=100, esf_support_sek=100),
        a_project("2", total_budget_sek=300, esf_support_sek=150),
        a_project("3", total_budget_sek=0, esf_support_sek=0),
    ]
    row = figures(records, "share", "share.mean", "share.min")

    assert (row["esf_share"], row["esf_share_stated"]) == (0.625, 3)
    # A project without a budget has no share of its own.
    assert (row["esf_share_mean"], row["esf_share_mean_stated"]) == (0.75, 2)
    assert row["esf_share_min"] == 0.5


def test_euro_is_spread_in_cents() -> None:
    records = [
        a_project(str(n), esf_support_eur=Decimal(amount))
        for n, amount in enumerate(["0.10", "0.15"])
    ]
    row = figures(records, "support_eur", "support_eur.mean", "support_eur.max")

    assert row["esf_support_eur"] == Decimal("0.25")
    assert row["esf_support_eur_mean"] == Decimal("0.12")
    assert row["esf_support_eur_max"] == Decimal("0.15")


# --- figures, worked out by hand


def test_a_month_is_a_twelfth_of_a_year_of_365_and_a_quarter_days() -> None:
    four_years = a_project(
        period_start=date(2016, 1, 1),
        period_end=date(2019, 12, 31),
        total_budget_sek=4_800,
        esf_support_sek=2_424,
    )
    row = figures([four_years], "budget_per_month", "support_per_month", "days")

    assert row["project_days"] == 1461
    assert row["budget_per_month"] == 100
    assert row["support_per_month"] == 50  # 50.5


def test_a_period_of_one_day_has_one_and_a_reversed_one_none() -> None:
    day = date(2016, 1, 1)
    records = [
        a_project("1", period_start=day, period_end=day, esf_support_sek=48),
        a_project("2", period_start=day, period_end=date(2015, 12, 31), esf_support_sek=48),
        a_project("3", period_start=day, esf_support_sek=48),
    ]
    row = figures(records, "days", "support_per_month")

    assert (row["project_days"], row["project_days_stated"]) == (1, 1)
    assert (row["support_per_month"], row["support_per_month_stated"]) == (1461, 1)


def test_the_share_of_women_rests_on_projects_that_state_both() -> None:
    records = [
        a_project("1", planned_women=1, planned_men=2),
        a_project("2", planned_women=100),
        a_project("3", planned_women=0, planned_men=0),
    ]
    row = figures(records, "women", "men", "women_share")

    assert (row["planned_women"], row["planned_men"]) == (101, 2)
    assert (row["women_share"], row["women_share_stated"]) == (0.3333, 1)


def test_women_and_men_beyond_64_bits_do_not_wrap_around() -> None:
    row = figures([a_project(planned_women=2**62, planned_men=2**62)], "women_share")

    assert (row["women_share"], row["women_share_stated"]) == (0.5, 1)


def test_the_expected_share_is_weighed_by_budget() -> None:
    area = {"programme_period": "2014-2020", "programme_area": "1"}
    other = {"programme_period": "2021-2027", "programme_area": "A", "region_code": "SE31"}
    records = [
        a_project("1", total_budget_sek=100, **area),
        a_project("2", total_budget_sek=300, **other),
        a_project("3", total_budget_sek=999),
        a_project("4", **area),
    ]
    row = figures(records, "expected_share")

    # (0.47 × 100 + 0.6 × 300) ÷ 400
    assert (row["expected_share"], row["expected_share_stated"]) == (0.5675, 2)


def test_the_largest_target_of_each_project_counts() -> None:
    targets = tuple(ParticipantTarget(label="x", total=n) for n in (5, 9))
    row = figures([a_project("1", participant_targets=targets), a_project("2")], "targets")

    assert (row["largest_participant_target"], row["largest_participant_target_stated"]) == (
        9, 1,
    )  # fmt: skip


@pytest.mark.parametrize("word", ["budget", "budget_per_participant", "budget.max"])
def test_what_no_table_can_hold_is_refused(word: str) -> None:
    largest = 2**63 - 1
    day = date(2016, 1, 1)
    stated = {"planned_participants": 1, "period_start": day, "period_end": day}
    one = a_project("1", total_budget_sek=largest, **stated)
    two = a_project("2", total_budget_sek=largest, **stated)

    assert figures([one], word)[named_measures([word])[0].name] == largest
    if word == "budget":
        with pytest.raises(InputRefused, match=r"total_budget_sek is 18446744073709551614"):
            figures([one, two], word)
    with pytest.raises(InputRefused, match="budget_per_month"):
        figures([one], "budget_per_month")
