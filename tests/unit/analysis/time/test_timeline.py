from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import polars as pl
import pytest

from esfkit.analysis.figures.money import read_conversion
from esfkit.analysis.time.buckets import MOST_EMPTY
from esfkit.analysis.time.timeline import Timeline, at_of, timeline, timeline_keys
from esfkit.dataset.frame import to_frame
from esfkit.model.errors import BadRequest, InputRefused
from esfkit.model.record import Record
from factories import a_call, a_project

AUTUMN: dict[str, Any] = {"period_start": date(2016, 9, 1), "period_end": date(2018, 8, 31)}


def rows_of(result: Timeline) -> list[dict[str, Any]]:
    return result.table.to_dicts()


def column(name: str, result: Timeline) -> dict[str | None, Any]:
    return dict(zip(result.table["period"], result.table[name], strict=True))


def test_a_project_over_three_years_worked_out_by_hand() -> None:
    record = a_project(**AUTUMN, total_budget_sek=1_000_001, planned_participants=10)

    figures = timeline(to_frame([record]))

    assert rows_of(figures)[0] == {
        "period": "2016",
        "projects": 1,
        "total_budget_sek": 167_123,
        "total_budget_sek_stated": 1,
        "esf_support_sek": None,
        "esf_support_sek_stated": 0,
        "planned_participants": 2,
        "planned_participants_stated": 1,
    }
    assert column("total_budget_sek", figures) == {
        "2016": 167_123,
        "2017": 500_001,
        "2018": 332_877,
        "Total": 1_000_001,
    }
    assert column("projects", figures) == {"2016": 1, "2017": 1, "2018": 1, "Total": 1}
    assert column("planned_participants", figures)["Total"] == 10


def test_at_the_start_a_record_stands_whole() -> None:
    records = [
        a_project("1", **AUTUMN, esf_support_sek=100),
        a_project("2", period_start=date(2017, 4, 30), esf_support_sek=50),
    ]

    figures = timeline(to_frame(records), "quarter", "start")

    assert column("esf_support_sek", figures) == {
        "2016-Q3": 100,
        "2016-Q4": None,
        "2017-Q1": None,
        "2017-Q2": 50,
        "Total": 150,
    }
    assert column("projects", figures)["2016-Q4"] == 0
    assert figures.without_period == 0


@pytest.mark.parametrize(
    "period",
    [
        {},
        {"period_start": date(2016, 1, 1)},
        {"period_end": date(2016, 1, 1)},
        {"period_start": date(2016, 1, 2), "period_end": date(2016, 1, 1)},
        {"period_start": date(1916, 1, 1), "period_end": date(2016, 1, 1)},
    ],
)
def test_a_record_without_a_usable_period_has_a_row_of_its_own(period: dict[str, Any]) -> None:
    records = [
        a_project("1", **AUTUMN, total_budget_sek=70),
        a_project("2", **period, total_budget_sek=5),
    ]

    figures = timeline(to_frame(records))

    assert column("total_budget_sek", figures)[None] == 5
    assert column("projects", figures)[None] == 1
    assert column("total_budget_sek", figures)["Total"] == 75
    assert figures.table["period"].to_list()[-2:] == [None, "Total"]
    assert figures.without_period == 1


def test_years_without_a_record_between_others_have_a_row() -> None:
    records = [
        a_project(str(year), period_start=date(year, 1, 1), period_end=date(year, 12, 31))
        for year in (2010, 2013)
    ]

    figures = timeline(to_frame(records))

    assert column("projects", figures) == {
        "2010": 1, "2011": 0, "2012": 0, "2013": 1, "Total": 2,
    }  # fmt: skip


def test_a_misprinted_year_does_not_make_thousands_of_rows() -> None:
    records = [
        a_project("1", period_start=date(2016, 1, 1)),
        a_project("2", period_start=date(2016 + MOST_EMPTY // 12, 2, 1)),
        a_project("3", period_start=date(9016, 1, 1)),
    ]

    assert timeline(to_frame(records[:2]), "month", "start").table.height == MOST_EMPTY + 3
    assert column("projects", timeline(to_frame(records), "month", "start")) == {
        "2016-01": 1, "2116-02": 1, "9016-01": 1, "Total": 3,
    }  # fmt: skip


def test_dates_outside_the_calendar_are_no_period() -> None:
    beyond = pl.lit(2**31 - 1, dtype=pl.Int32).cast(pl.Date)
    frame = to_frame([a_project()]).with_columns(period_start=beyond, period_end=beyond)

    for place in ("days", "start"):
        assert timeline(frame, "month", at_of(place)).without_period == 1

    last_day = pl.lit(date(9999, 12, 31))
    frame = frame.with_columns(period_start=last_day, period_end=last_day + pl.duration(days=1))
    assert timeline(frame, "month", "days").without_period == 1
    assert timeline(frame, "month", "start").table["period"].to_list() == ["9999-12", "Total"]


def test_groups_have_their_own_years_and_the_country_comes_last() -> None:
    records = [
        a_project("1", region="Nationellt", **AUTUMN),
        a_project("2", region="Östra Mellansverige", **AUTUMN),
        a_project("3", **AUTUMN),
        a_project("4", region="Sydsverige", period_start=date(2014, 1, 1)),
    ]

    figures = timeline(to_frame(records), by="region")

    assert figures.table.select("region", "period").rows() == [
        ("Sydsverige", None),
        *(("Östra Mellansverige", str(year)) for year in (2016, 2017, 2018)),
        *(("Nationellt", str(year)) for year in (2016, 2017, 2018)),
        *((None, str(year)) for year in (2016, 2017, 2018)),
        ("Total", ""),
    ]
    assert figures.keys == ("region",)


def test_the_total_is_told_apart_from_a_group_of_that_name() -> None:
    figures = timeline(to_frame([a_project(owner_name="Total", **AUTUMN)]), by=["owner_name"])

    assert figures.table["owner_name"].to_list() == ["Total"] * 3 + ["(Total)"]


@pytest.mark.parametrize("key", ["county", "municipality"])
def test_what_a_record_can_have_several_of_is_refused(key: str) -> None:
    with pytest.raises(BadRequest, match=f"cannot be grouped by {key}: a record may belong"):
        timeline_keys([key])


@pytest.mark.parametrize(
    "arguments", [{"every": "week"}, {"at": "end"}, {"by": "x"}, {"kinds": ["x"]}]
)
def test_what_does_not_exist_is_refused(arguments: dict[str, Any]) -> None:
    with pytest.raises(BadRequest):
        timeline(to_frame([]), **arguments)


def test_only_the_kinds_asked_for_count_and_each_record_once() -> None:
    records = [
        a_project("1", **AUTUMN, total_budget_sek=7, title="Ett"),
        a_project("1", **AUTUMN, total_budget_sek=7),
        a_call(**AUTUMN),
    ]

    once, every = (
        timeline(to_frame(records), kinds=["project"], all_observations=each)
        for each in (False, True)
    )
    both = timeline(to_frame(records), kinds=["project", "call"])

    assert (once.basis.records, once.basis.observations, once.basis.left_out) == (1, 2, 1)
    assert (every.basis.records, every.basis.observations, every.basis.left_out) == (2, 2, 0)
    assert column("total_budget_sek", once)["Total"] == 7
    assert column("total_budget_sek", every)["Total"] == 14
    assert both.basis.records == 2


def test_euro_are_spread_to_the_cent() -> None:
    record = a_project(**AUTUMN, total_budget_eur=Decimal("10000.01"))

    table = timeline(to_frame([record])).table

    assert table["total_budget_eur"].to_list() == [
        Decimal("1671.23"), Decimal("5000.01"), Decimal("3328.77"), Decimal("10000.01"),
    ]  # fmt: skip
    assert table["total_budget_eur_stated"].to_list() == [1, 1, 1, 1]


def test_kronor_become_euro_before_they_are_spread() -> None:
    records: Sequence[Record] = [
        a_project("1", **AUTUMN, total_budget_sek=94_689),
        a_project("2", total_budget_sek=5),
    ]

    figures = timeline(to_frame(records), conversion=read_conversion("avg"))

    assert column("total_budget_eur", figures) == {
        "2016": Decimal("1671.23"),
        "2017": Decimal("5000.00"),
        "2018": Decimal("3328.77"),
        None: None,
        "Total": Decimal("10000.00"),
    }
    assert set(figures.table["total_budget_sek"]) == {None}
    assert (figures.basis.unconverted, figures.basis.years) == (1, (2016,))
    assert column("total_budget_eur_stated", figures)["Total"] == 1


def test_a_conversion_of_nothing_still_has_its_columns() -> None:
    figures = timeline(to_frame([a_project(**AUTUMN)]), conversion=read_conversion("10"))

    assert set(figures.table["total_budget_eur"]) == {None}
    assert set(figures.table["esf_support_eur_stated"]) == {0}


def test_of_nothing_there_is_only_the_total() -> None:
    assert rows_of(timeline(to_frame([]), by="region")) == [
        {
            "region": "Total",
            "period": "",
            "projects": 0,
            "total_budget_sek": None,
            "total_budget_sek_stated": 0,
            "esf_support_sek": None,
            "esf_support_sek_stated": 0,
            "planned_participants": None,
            "planned_participants_stated": 0,
        }
    ]


def test_a_sum_that_no_table_can_hold_is_refused() -> None:
    records = [a_project(str(n), **AUTUMN, total_budget_sek=2**63 - 1) for n in range(2)]

    with pytest.raises(
        InputRefused, match="The figure of total_budget_sek is 18446744073709551614"
    ):
        timeline(to_frame(records))


def test_the_largest_amount_keeps_its_last_krona() -> None:
    record = a_project(**AUTUMN, total_budget_sek=2**63 - 1)

    sums = column("total_budget_sek", timeline(to_frame([record]), "month"))

    assert sums.pop("Total") == 2**63 - 1
    assert sum(sums.values()) == 2**63 - 1
