from datetime import date
from decimal import ROUND_HALF_EVEN, Decimal, localcontext

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from esfkit.analysis.figures.money import (
    Conversion,
    in_euro,
    read_conversion,
    start_years,
    unconverted,
)
from esfkit.dataset.columns import SCHEMA
from esfkit.dataset.dictionary import Language
from esfkit.dataset.frame import to_frame
from esfkit.model.errors import BadRequest
from esfkit.vocabulary.rates import annual_rates
from factories import a_full_project, a_project

CENT = Decimal("0.01")
INT64 = st.integers(-(2**63), 2**63 - 1)


def converted(kronor: list[int | None], words: str) -> list[Decimal | None]:
    frame = pl.LazyFrame(
        {"total_budget_sek": kronor, "period_start": [None] * len(kronor)},
        schema={name: SCHEMA[name] for name in ("total_budget_sek", "period_start")},
    ).with_columns(
        pl.lit(None, SCHEMA[name]).alias(name)
        for name in ("esf_support_sek", "total_budget_eur", "esf_support_eur")
    )
    table = in_euro(frame, read_conversion(words)).collect()
    assert table.schema["total_budget_eur"] == pl.Decimal(18, 2)
    return table["total_budget_eur"].to_list()


def test_an_amount_worked_out_by_hand() -> None:
    # 1 000 000 / 9.4689 = 105 608.8880...
    assert converted([1_000_000, 0, -1_000_000, None], "2016") == [
        Decimal("105608.89"),
        Decimal("0.00"),
        Decimal("-105608.89"),
        None,
    ]


def test_halves_go_to_the_even_cent() -> None:
    # At 8 kronor for a euro, 1 krona is 12.5 cents, 3 are 37.5, 5 are 62.5.
    assert converted([1, 3, 5, -1, -3, -5], "8") == [
        Decimal(cents) * CENT for cents in (12, 38, 62, -12, -38, -62)
    ]


@given(kronor=INT64, rate=st.decimals(1, 99, places=6, allow_nan=False))
@settings(max_examples=300)
def test_every_amount_is_what_exact_decimals_give(kronor: int, rate: Decimal) -> None:
    with localcontext(prec=60):
        exact = (Decimal(kronor) / rate).quantize(CENT, ROUND_HALF_EVEN)
    fits = abs(exact) < Decimal(10) ** 16

    assert converted([kronor], f"{rate:f}") == [exact if fits else None]


def test_printed_euro_stays_and_no_krona_is_left() -> None:
    table = to_frame([a_full_project(esf_support_eur=None)]).lazy()

    row = in_euro(table, read_conversion("10")).collect().to_dicts()[0]

    assert row["total_budget_eur"] == Decimal("500000.50")
    assert row["esf_support_eur"] == Decimal("335000.00")
    assert row["total_budget_sek"] is None
    assert row["esf_support_sek"] is None
    assert row["call_amount_sek"] == 40_000_000


def test_each_project_is_converted_at_the_rate_of_its_first_year() -> None:
    records = [
        a_project("1", period_start=date(2016, 12, 31), total_budget_sek=94_689),
        a_project("2", period_start=date(2017, 1, 1), total_budget_sek=96_351),
        a_project("3", total_budget_sek=1),
        a_project("4", period_start=date(1999, 1, 1), esf_support_sek=1),
        a_project("5", total_budget_eur=Decimal(7), total_budget_sek=70),
        a_project("6"),
    ]
    frame, average = to_frame(records).lazy(), read_conversion("avg")

    table = in_euro(frame, average).collect()

    assert table["total_budget_eur"].to_list() == [10_000, 10_000, None, None, 7, None]
    assert table["total_budget_sek"].null_count() == 6
    assert unconverted(frame, average).collect()["project_number"].to_list() == ["3", "4"]
    assert start_years(frame).collect()["year"].to_list() == [1999, 2016, 2017]


def test_with_one_rate_a_start_is_not_needed() -> None:
    frame = to_frame([a_project(total_budget_sek=1_050)]).lazy()

    assert unconverted(frame, read_conversion("10,5")).collect().height == 0
    assert converted([1_050], "10,5") == [Decimal("100.00")]


@pytest.mark.parametrize("words", ["10.5", "10,5", " 10.5 ", "10.500000"])
def test_a_rate_is_read_in_both_ways_of_writing(words: str) -> None:
    assert read_conversion(words) == Conversion(given=Decimal("10.5"))


@pytest.mark.parametrize(
    "words",
    ["", "medel", "0", "0,0952", "-10", "1e1", "100", "10.1234567", "10.5.1", "１０", "nan"],
)
def test_what_is_no_rate_is_refused_with_what_is_possible(words: str) -> None:
    with pytest.raises(BadRequest, match=r"avg .* a year \(2000-2025\) .* such as 10.5"):
        read_conversion(words)


@pytest.mark.parametrize("words", ["1999", "2026", "9999"])
def test_a_year_without_a_rate_is_refused(words: str) -> None:
    with pytest.raises(BadRequest, match=f"known for {words}, only for 2000-2025"):
        read_conversion(words)


@pytest.mark.parametrize(
    ("words", "language", "said"),
    [
        (
            "2016",
            "en",
            (
                "In euro at 9.4689 kronor for a euro, the average of 2016 (ECB euro reference "
                "rates eurofxref-hist; mean of the daily rates, read up to 2026-10-30)."
            ),
        ),
        ("10.5", "sv", "I euro efter 10,5 kronor per euro, den kurs som angavs."),
    ],
)
def test_a_conversion_tells_its_rate_and_source(
    words: str, language: Language, said: str
) -> None:
    assert read_conversion(words).told(language) == said


def test_of_the_averages_those_are_told_that_were_used() -> None:
    average = read_conversion("AVG")

    told = average.told("sv", (2016, 2017, 1999))
    assert "2016 9,4689; 2017 9,6351 (ECB" in told
    assert "2015" not in told
    assert "2026-10-30" in told
    assert all(
        f"{year} {rate.value}" in average.told("en") for year, rate in annual_rates().items()
    )
    assert ": – (ECB" in average.told("en", ())
    assert "\n" not in average.told("en")
