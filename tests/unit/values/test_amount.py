import csv
from decimal import Decimal
from pathlib import Path

import pytest

from esfkit.model.finding import Problem
from esfkit.values.amount import Money, read_amount, to_kronor

FIXTURES = Path(__file__).parents[2] / "fixtures" / "values"

with (FIXTURES / "amounts.csv").open(encoding="utf-8", newline="") as stream:
    REAL_AMOUNTS = [tuple(row.values()) for row in csv.DictReader(stream, delimiter=";")]


def expectation(cell: str) -> Problem | tuple[str, Decimal] | None:
    if cell == "nothing":
        return None
    currency, _, value = cell.partition(" ")
    return (currency, Decimal(value)) if value else Problem(cell)


@pytest.mark.parametrize(("printed", "expected"), REAL_AMOUNTS)
def test_an_amount_is_read_as_the_table_of_real_strings_says(
    printed: str, expected: str
) -> None:
    read = read_amount(printed)
    found = (read.currency, read.value) if isinstance(read, Money) else read
    assert found == expectation(expected)


@pytest.mark.parametrize("printed", ["33 367 914", "33367914", "33,367,914", "33 367 914,00"])
def test_the_assumed_currency_holds_where_none_is_printed(printed: str) -> None:
    assert read_amount(printed, "EUR") == Money(Decimal(33367914), "EUR")


@pytest.mark.parametrize("printed", ["500 kr", "500\xa0kr", "500 kronor", "SEK 500", "500:-"])
def test_a_printed_currency_beats_the_assumed_one(printed: str) -> None:
    assert read_amount(printed, "EUR") == Money(Decimal(500), "SEK")


@pytest.mark.parametrize(
    ("printed", "scale", "hedged"),
    [
        ("6 113 800 kr", 1, False),
        ("drygt 6 113 800 kr", 1, True),
        ("850 tkr", 1_000, False),
        ("ca 2,9 mnkr", 1_000_000, True),
        ("1,4 miljarder kr", 1_000_000_000, False),
    ],
)
def test_an_amount_tells_how_the_text_rounded_it(
    printed: str, scale: int, *, hedged: bool
) -> None:
    read = read_amount(printed)
    assert isinstance(read, Money)
    assert (read.scale, read.hedged) == (scale, hedged)
    assert read.approximate == (hedged or scale > 1)


@pytest.mark.parametrize(
    ("printed", "kronor"),
    [
        ("2073781,25", (2073781, True)),
        ("1.234.567,5", (1234568, True)),
        ("100,50 kr", (101, True)),
        ("5 800 000,00 kr", (5800000, False)),
        ("0", (0, False)),
    ],
)
def test_kronor_are_rounded_half_up_and_the_rounding_is_told(
    printed: str, kronor: tuple[int, bool]
) -> None:
    read = read_amount(printed)
    assert isinstance(read, Money)
    assert to_kronor(read) == kronor


def test_euro_never_become_kronor_silently() -> None:
    with pytest.raises(ValueError, match="EUR is not kronor"):
        to_kronor(Money(Decimal(5), "EUR"))


@pytest.mark.parametrize("printed", ["9" * 5000, "12 " * 300, "x" * 201, "1 " * 150 + "kr"])
def test_what_is_too_long_for_an_amount_is_unreadable(printed: str) -> None:
    assert read_amount(printed) is Problem.UNREADABLE_VALUE
