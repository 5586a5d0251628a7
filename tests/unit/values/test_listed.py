from datetime import date
from decimal import Decimal

import pytest

from esfkit.model.finding import Problem
from esfkit.values.amount import Money
from esfkit.values.dates import PartialDate
from esfkit.values.listed import read_listed_amount, read_listed_date, read_listed_rate


@pytest.mark.parametrize(
    ("words", "amount"),
    [
        ("4 973 906", "4973906"),
        ("4\u00a0973\u00a0906", "4973906"),
        ("4973906.0", "4973906"),
        ("4973906,50", "4973906.5"),
        ("973906.5", "973906.5"),
        ("99.25", "99.25"),
        ("0", "0"),
        ("0.0", "0"),
        ("134991.36000000002", "134991.36000000002"),
        ("12.3456", "12.3456"),
        ("1 234 567 kr", "1234567"),
    ],
)
def test_an_amount_needs_no_unit(words: str, amount: str) -> None:
    money = read_listed_amount(words, "SEK")

    assert isinstance(money, Money)
    assert (money.value, money.currency) == (Decimal(amount), "SEK")


@pytest.mark.parametrize(
    ("words", "problem"),
    [
        ("12.345", Problem.AMOUNT_AMBIGUOUS),
        ("12,345", Problem.AMOUNT_AMBIGUOUS),
        ("1.1", Problem.AMOUNT_IS_OBJECTIVE),
        ("4.97e6", Problem.UNREADABLE_VALUE),
        ("-5000", Problem.UNREADABLE_VALUE),
        ("NaN5", Problem.UNREADABLE_VALUE),
        ("9" * 30, Problem.UNREADABLE_VALUE),
        ("kr", Problem.DIGITS_LOST),
        ("-", None),
        ("", None),
    ],
)
def test_what_is_no_sure_amount_gives_none(words: str, problem: Problem | None) -> None:
    assert read_listed_amount(words, "SEK") is problem


def test_a_unit_printed_weighs_more_than_the_heading() -> None:
    money = read_listed_amount("1 500,25 €", "SEK")

    assert money == Money(Decimal("1500.25"), "EUR")


@pytest.mark.parametrize(
    ("words", "rate"),
    [
        *(("90%", 0.9), ("90", 0.9), ("90.0", 0.9), ("90,00", 0.9), ("0.9", 0.9), ("0,9", 0.9)),
        *(("66.67", 0.6667), ("100.0", 1.0), ("0", 0.0), ("0.5 %", 0.005), ("50 procent", 0.5)),
    ],
)
def test_a_rate_is_a_fraction_whether_written_as_one_or_in_percents(
    words: str, rate: float
) -> None:
    assert read_listed_rate(words) == rate


@pytest.mark.parametrize("words", ["1", "1.0", "100.1", "250", "halva", "-3"])
def test_a_rate_that_could_be_two_or_none_is_not_guessed(words: str) -> None:
    assert read_listed_rate(words) is Problem.UNREADABLE_VALUE


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("01/02/2018", date(2018, 2, 1)),
        ("1/2/2018", date(2018, 2, 1)),
        ("31/12/2020", date(2020, 12, 31)),
        ("2018-02-01", date(2018, 2, 1)),
        ("2018-02-01 00:00:00", date(2018, 2, 1)),
        ("2018-02-01T00:00:00.000Z", date(2018, 2, 1)),
    ],
)
def test_the_day_comes_before_the_month(words: str, day: date) -> None:
    read = read_listed_date(words)

    assert isinstance(read, PartialDate)
    assert read.as_date() == day


@pytest.mark.parametrize(
    ("words", "problem"),
    [
        ("12/31/2020", Problem.DATE_IMPOSSIBLE),
        ("30/02/2020", Problem.DATE_IMPOSSIBLE),
        ("00/00/0000", Problem.UNREADABLE_VALUE),
        ("2018-02-01T23:00:00Z", Problem.UNREADABLE_VALUE),
        ("-", None),
    ],
)
def test_no_other_date_is_made_of_the_words(words: str, problem: Problem | None) -> None:
    assert read_listed_date(words) is problem
