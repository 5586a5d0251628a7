from decimal import Decimal

import pytest

from esfkit.vocabulary.rates import Rate, annual_rate, annual_rates
from esfkit.vocabulary.tables import read_table


def test_the_average_of_a_year_comes_with_its_source_and_date() -> None:
    rate = annual_rate(2016)

    assert rate == Rate(
        value=Decimal("9.4689"),
        year=2016,
        source="ECB euro reference rates eurofxref-hist; mean of the daily rates",
        date="2026-10-30",
    )


@pytest.mark.parametrize(
    ("year", "value"), [(2000, "8.4452"), (2009, "10.6191"), (2025, "11.0663")]
)
def test_averages_as_published(year: int, value: str) -> None:
    rate = annual_rate(year)

    assert rate is not None
    assert str(rate.value) == value


@pytest.mark.parametrize("year", [1999, 2026, 0, -1])
def test_a_year_without_a_whole_series_has_no_rate(year: int) -> None:
    assert annual_rate(year) is None


def test_no_year_between_the_first_and_the_last_is_missing() -> None:
    assert list(annual_rates()) == list(range(2000, 2026))


def test_each_average_lies_between_the_years_lowest_and_highest_rate() -> None:
    for row in read_table("exchange_rates"):
        lowest, average, highest = (
            Decimal(row[name]) for name in ("lowest", "sek_per_eur", "highest")
        )
        assert lowest < average < highest
        assert 250 <= int(row["trading_days"]) <= 262


def test_nobody_can_change_the_rates() -> None:
    with pytest.raises(TypeError):
        annual_rates()[2016] = annual_rates()[2017]  # type: ignore[index]
