from datetime import date

import polars as pl
import pytest

from esfkit.analysis.figures.money import read_conversion
from esfkit.analysis.grouping.classes import CLASSES, class_column, read_edges
from esfkit.analysis.grouping.groups import question
from esfkit.analysis.reports.summary import summarised, summary
from esfkit.dataset.frame import to_frame
from esfkit.model.errors import BadRequest
from factories import a_project


def class_of(frame: pl.DataFrame, column: pl.Expr) -> str | None:
    found: list[str | None] = frame.select(column).to_series().to_list()
    return found[0]


def budget_class(amount: int | None, *edges: int) -> str | None:
    frame = to_frame([a_project(total_budget_sek=amount)])
    return class_of(frame, class_column("budget_class", edges))


def months(start: date | None, end: date | None) -> str | None:
    frame = to_frame([a_project(period_start=start, period_end=end)])
    return class_of(frame, class_column("duration", range(1, 121)))


@pytest.mark.parametrize(
    ("amount", "expected"),
    [
        (0, "0–999999"), (999_999, "0–999999"), (1_000_000, "1000000–4999999"),
        (4_999_999, "1000000–4999999"), (5_000_000, "5000000+"), (2**63 - 1, "5000000+"),
        (-1, None), (None, None),
    ],
)  # fmt: skip
def test_an_amount_is_in_the_class_that_it_reaches(
    amount: int | None, expected: str | None
) -> None:
    assert budget_class(amount, 1_000_000, 5_000_000) == expected


def test_a_class_of_one_number_is_called_by_it() -> None:
    frame = to_frame([a_project(str(n), planned_participants=n) for n in (0, 1, 1000)])

    assert frame.select(class_column("participants_class")).to_series().to_list() == [
        "0", "1–24", "1000+",
    ]  # fmt: skip


def test_no_class_is_a_date_or_a_sum_to_a_spreadsheet() -> None:
    assert budget_class(7, 6, 12) == "6–11"
    assert "-" not in str(budget_class(7, 6, 12))


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        (date(2016, 1, 1), date(2016, 1, 1), "0"),
        (date(2016, 1, 1), date(2016, 1, 30), "0"),
        (date(2016, 1, 1), date(2016, 1, 31), "1"),
        (date(2016, 1, 15), date(2016, 2, 14), "1"),
        (date(2016, 1, 15), date(2016, 2, 13), "0"),
        (date(2016, 2, 29), date(2017, 2, 27), "11"),
        (date(2016, 2, 29), date(2017, 2, 28), "12"),
        (date(2016, 9, 1), date(2019, 2, 28), "30"),
        (date(2016, 1, 1), date(2015, 12, 31), None),
        (date(2016, 1, 1), None, None),
        (None, date(2016, 1, 1), None),
    ],
)
def test_a_duration_is_in_whole_months_with_the_last_day(
    start: date, end: date, expected: str | None
) -> None:
    assert months(start, end) == expected


def test_classes_stand_by_their_size_and_not_by_their_letters() -> None:
    amounts = (30_000_000, 7_000_000, 600_000, None, 0, 12_000_000, 3_000_000)
    records = [a_project(str(n), total_budget_sek=a) for n, a in enumerate(amounts)]

    assert summary(to_frame(records), "budget_class").table["budget_class"].to_list() == [
        "0–499999", "500000–1999999", "2000000–4999999", "5000000–9999999",
        "10000000–24999999", "25000000+", None, "Total",
    ]  # fmt: skip


def test_classes_are_of_kronor_even_where_figures_are_in_euro() -> None:
    records = [a_project("1", total_budget_sek=600_000), a_project("2", total_budget_sek=5)]
    asked = question("budget_class", "budget", conversion=read_conversion("10"))

    table = summarised(to_frame(records), asked).table
    assert table.select("budget_class", pl.col("total_budget_eur").cast(pl.Float64)).rows() == [
        ("0–499999", 0.5), ("500000–1999999", 60_000.0), ("Total", 60_000.5),
    ]  # fmt: skip


# --- edges


def test_edges_are_read_with_thousands_and_millions() -> None:
    assert read_edges(["budget_class=500000/1m/5M", " duration = 6 / 12k "], CLASSES) == {
        "budget_class": (500_000, 1_000_000, 5_000_000),
        "duration": (6, 12_000),
    }


def test_every_class_takes_edges() -> None:
    for key in CLASSES:
        table = to_frame([a_project()]).select(class_column(key, (1,)))
        assert table.dtypes == [pl.String]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("budgetclass=1m", "Did you mean budget_class"),
        ("region=1/2", "'region' is not divided into classes"),
        ("budget_class", "'' is no whole number"),
        ("budget_class=", "'' is no whole number"),
        ("budget_class=5m/1m", "rise"),
        ("budget_class=1m/1m", "rise"),
        ("budget_class=0/1m", "begin above 0"),
        ("budget_class=-1", "no whole number"),
        ("budget_class=1.5", "no whole number"),
        ("budget_class=١", "no whole number"),
        ("budget_class=k", "no whole number"),
        ("budget_class=9999999999999999", "no whole number"),
        ("duration=1//2", "'' is no whole number"),
    ],
)
def test_wrong_edges_are_refused(words: str, told: str) -> None:
    with pytest.raises(BadRequest, match=told):
        read_edges([words], CLASSES)


def test_the_largest_edge_that_can_be_written_can_be_used() -> None:
    edges = read_edges(["budget_class=999999999999999m"], CLASSES)["budget_class"]

    assert budget_class(2**63 - 1, *edges) == "0–999999999999998999999"


def test_edges_may_be_written_in_parts_of_millions() -> None:
    found = read_edges(["budget_class=500k/1.5m/2,25m"], CLASSES)

    assert found == {"budget_class": (500_000, 1_500_000, 2_250_000)}
