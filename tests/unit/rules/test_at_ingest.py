from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from esfkit.model.finding import Problem, Severity
from esfkit.rules.catalogue import check_values


def told(**values: Any) -> list[tuple[str, str | None]]:  # noqa: ANN401 - any column
    return [(finding.code.value, finding.field) for finding in check_values(values, "project")]


def period(start: date, end: date, programme: str | None = None) -> dict[str, Any]:
    return {"period_start": start, "period_end": end, "programme_period": programme}


def test_values_as_they_usually_are_give_no_finding() -> None:
    assert (
        told(
            **period(date(2016, 9, 1), date(2019, 2, 28), "2014-2020"),
            project_number="2016/00999",
            total_budget_sek=1_200_000,
            esf_support_sek=800_000,
            programme_area="2",
            specific_objective="2.1",
            planned_participants=120,
        )
        == []
    )


def test_no_values_give_no_finding() -> None:
    assert told() == []


@pytest.mark.parametrize(
    ("support", "codes"),
    [(99_999, []), (100_000, []), (100_001, []), (100_002, ["support_exceeds_budget"])],
)
def test_a_support_may_exceed_the_budget_by_one_krona_of_rounding(
    support: int, codes: list[str]
) -> None:
    found = list(
        check_values({"total_budget_sek": 100_000, "esf_support_sek": support}, "project")
    )

    assert [finding.code.value for finding in found] == codes
    assert all(finding.severity is Severity.ERROR for finding in found)


def test_euro_are_held_against_euro() -> None:
    eur = {"total_budget_eur": Decimal("10.00"), "esf_support_eur": Decimal("11.01")}

    assert told(**eur) == [("support_exceeds_budget", "esf_support_eur")]
    assert told(total_budget_sek=100_000, esf_support_eur=Decimal(200_000)) == []


@pytest.mark.parametrize(
    ("support", "programme", "codes"),
    [
        (450_000, "2014-2020", []),
        (449_999, "2014-2020", ["support_share_low"]),
        (449_999, "2007-2013", []),
        (449_999, "2021-2027", []),
        (449_999, None, []),
        (0, "2014-2020", ["amount_zero"]),
    ],
)
def test_less_than_every_known_call_of_2014_gave_is_worth_knowing(
    support: int, programme: str | None, codes: list[str]
) -> None:
    values = {"total_budget_sek": 1_000_000, "esf_support_sek": support}

    assert [code for code, _ in told(**values, programme_period=programme)] == codes


@pytest.mark.parametrize("share", [0.47, 0.5, 0.67, 0.75, 1.0])
def test_a_share_that_differs_from_the_printed_rate_is_normal(share: float) -> None:
    support = int(1_000_000 * share)

    assert (
        told(
            total_budget_sek=1_000_000,
            esf_support_sek=support,
            union_cofinancing_rate=0.5,
            programme_period="2014-2020",
        )
        == []
    )


@pytest.mark.parametrize("column", ["total_budget_sek", "esf_support_sek"])
def test_an_amount_of_zero_is_told(column: str) -> None:
    assert told(**{column: 0}) == [("amount_zero", column)]


def test_a_call_that_prints_zero_is_no_finding() -> None:
    assert told(call_amount_sek=0) == []


@pytest.mark.parametrize(
    ("budget", "unusual"), [(49_999, 1), (50_000, 0), (500_000_000, 0), (500_000_001, 1)]
)
def test_a_budget_has_a_usual_size(budget: int, unusual: int) -> None:
    assert (
        told(total_budget_sek=budget) == [("budget_size_unusual", "total_budget_sek")] * unusual
    )


def test_a_period_that_ends_before_it_starts_is_an_error_and_asked_nothing_more() -> None:
    [finding] = check_values(period(date(2016, 1, 2), date(2016, 1, 1), "2007-2013"), "project")

    assert (finding.code, finding.severity) == (Problem.PERIOD_REVERSED, Severity.ERROR)


@pytest.mark.parametrize(
    ("start", "end", "unusual"),
    [
        (date(2016, 1, 1), date(2016, 1, 1), 1),
        (date(2016, 1, 1), date(2016, 3, 1), 1),
        (date(2016, 1, 1), date(2016, 3, 2), 0),
        (date(2016, 1, 1), date(2016, 3, 31), 0),
        (date(2016, 1, 1), date(2016, 4, 3), 0),
        (date(2016, 1, 1), date(2020, 12, 31), 0),
        (date(2016, 1, 1), date(2021, 1, 1), 0),
        (date(2016, 1, 1), date(2021, 1, 2), 1),
    ],
)
def test_a_project_takes_three_to_sixty_months(
    start: date,
    end: date,
    unusual: int,
) -> None:
    finding = ("period_length_unusual", "period_end")

    assert told(**period(start, end)) == [finding] * unusual


@pytest.mark.parametrize(
    ("programme", "first", "last"),
    [
        ("2007-2013", date(2007, 1, 1), date(2015, 12, 31)),
        ("2014-2020", date(2013, 9, 1), date(2023, 12, 31)),
        ("2021-2027", date(2021, 1, 1), date(2029, 12, 31)),
    ],
)
def test_expenditure_is_eligible_in_the_window_of_its_programme(
    programme: str, first: date, last: date
) -> None:
    def outside(start: date, end: date) -> list[str | None]:
        found = told(**period(start, end, programme))
        return [field for code, field in found if code == "period_outside_programme"]

    day = date.resolution
    assert outside(first, last) == []
    assert outside(first - day, last) == ["period_start"]
    assert outside(first, last + day) == ["period_end"]


def test_a_programme_without_a_window_or_a_lone_date_is_not_checked() -> None:
    assert told(**period(date(2001, 1, 1), date(2002, 1, 1), "2000-2006")) == []
    assert told(period_start=date(1999, 1, 1), programme_period="2014-2020") == []
    assert told(period_end=date(1999, 1, 1), programme_period="2014-2020") == []


@pytest.mark.parametrize(
    ("number", "programme", "told_so"),
    [
        ("2016/00999", "2014-2020", 0),
        ("2016/00999", "2021-2027", 1),
        ("23-017-S31", "2014-2020", 1),
        ("dnr 7", "2014-2020", 0),
        ("2016/00999", None, 0),
        (None, "2014-2020", 0),
    ],
)
def test_a_number_s_shape_belongs_to_its_period(
    number: str | None, programme: str | None, told_so: int
) -> None:
    finding = ("number_contradicts_period", "project_number")

    assert told(project_number=number, programme_period=programme) == [finding] * told_so


@pytest.mark.parametrize(
    ("area", "objective", "outside"),
    [
        ("2", "2.1", 0),
        ("A", "A2A", 0),
        ("a", "A2A", 0),
        ("5", "7.2", 1),
        ("2", None, 0),
        (None, "2.1", 0),
    ],
)
def test_an_objective_belongs_to_its_area(
    area: str | None, objective: str | None, outside: int
) -> None:
    found = list(
        check_values({"programme_area": area, "specific_objective": objective}, "project")
    )

    assert [finding.code for finding in found] == [Problem.OBJECTIVE_OUTSIDE_AREA] * outside
    assert all(finding.severity is Severity.ERROR for finding in found)


@pytest.mark.parametrize(
    ("number", "unusual"), [(0, 0), (4, 1), (5, 0), (20_000, 0), (20_001, 1), (None, 0)]
)
def test_five_to_twenty_thousand_participants_are_usual_and_none_is_real(
    number: int | None, unusual: int
) -> None:
    finding = ("participants_unusual", "planned_participants")

    assert told(planned_participants=number) == [finding] * unusual


def test_every_finding_says_what_was_met() -> None:
    [finding] = check_values({"total_budget_sek": 12}, "project")

    assert finding.message == "a budget of 12 kronor lies outside 50000–500000000"
