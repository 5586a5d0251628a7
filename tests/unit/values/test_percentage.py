import pytest

from esfkit.model.finding import Problem
from esfkit.values.percentage import read_percentage


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("50%", 0.5),
        ("50 %", 0.5),
        ("50\xa0%", 0.5),
        ("50 procent", 0.5),
        ("50 percent", 0.5),
        ("(40%)", 0.4),
        ("( 40 % )", 0.4),
        ("66,67 %", 0.6667),
        ("66.67%", 0.6667),
        ("100%", 1.0),
        ("0%", 0.0),
        ("0,5 %", 0.005),
        ("1 %", 0.01),
        ("50", 0.5),
        ("0", 0.0),
        ("2", 0.02),
    ],
)
def test_a_rate_is_read_as_a_fraction(printed: str, expected: float) -> None:
    assert read_percentage(printed) == expected


@pytest.mark.parametrize(
    "printed",
    [
        *(
            "0.5",
            "0,5",
            "1",
            "1,0",
            "66,67",
            "101%",
            "150 %",
            "-5%",
            "(50%",
            "50%)",
            "50‰",
            "½",
        ),
        *("1998 70% 38% 96%", "cirka 50 %", "050%", "²%", "１２%", "9" * 5000, "NaN%", "1e1%"),
    ],
)
def test_what_could_mean_something_else_is_unreadable(printed: str) -> None:
    assert read_percentage(printed) is Problem.UNREADABLE_VALUE


@pytest.mark.parametrize("printed", ["%", " %", "(%)", "procent", "--"])
def test_a_rate_that_lost_its_digits_is_told(printed: str) -> None:
    assert read_percentage(printed) is Problem.DIGITS_LOST


@pytest.mark.parametrize("printed", ["", "-", "saknas", "N.a."])
def test_a_null_word_is_no_rate(printed: str) -> None:
    assert read_percentage(printed) is None
