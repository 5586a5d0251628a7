import pytest

from esfkit.model.finding import Problem
from esfkit.values.count import read_count, read_women_men


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("11650", 11650),
        ("0", 0),
        ("1 200", 1200),
        ("1\xa0200", 1200),
        ("11.650", 11650),
        ("1,200", 1200),
        ("1 200 000", 1_200_000),
        ("250 st", 250),
        ("250 st.", 250),
        ("200 personer", 200),
        ("200 deltagare", 200),
        ("200 DELTAGARE", 200),
        ("120individer", 120),
        ("ca 50", 50),
        ("cirka 1 200 deltagare", 1200),
        (" 50 ", 50),
    ],
)
def test_a_count_is_read(printed: str, expected: int) -> None:
    assert read_count(printed) == expected


@pytest.mark.parametrize(
    "printed",
    [
        *("15-24", "50%", "1.5", "1,5", "2017:5", "12 företag", "50/50", "-5", "007", "²"),
        *("１２", "١٢", "9" * 10, "9" * 5000, "0" * 5000, "1_000", "2016/00130", "12 och 13"),
        *("1.20", "1.200,5", "200 personer varav 100 kvinnor", "1,200.000"),
    ],
)
def test_what_is_no_count_is_unreadable(printed: str) -> None:
    assert read_count(printed) is Problem.UNREADABLE_VALUE


@pytest.mark.parametrize("printed", ["1 20", "12 0", "st", "deltagare", "--"])
def test_a_count_that_lost_digits_is_told(printed: str) -> None:
    assert read_count(printed) is Problem.DIGITS_LOST


@pytest.mark.parametrize("printed", ["", "-", "saknas", "XX", "Uppgift saknas"])
def test_a_null_word_is_no_count(printed: str) -> None:
    assert read_count(printed) is None


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("400/400", (400, 400)),
        ("50 / 50", (50, 50)),
        ("50\xa0/\xa060", (50, 60)),
        ("0/12", (0, 12)),
        ("30 kvinnor / 20 män", (30, 20)),
    ],
)
def test_a_split_of_women_and_men_is_read(printed: str, expected: tuple[int, int]) -> None:
    assert read_women_men(printed) == expected


@pytest.mark.parametrize(
    "printed", ["", "400", "2016/00130", "1/2/3", "50/", "a/b", "1/" * 200]
)
def test_what_is_no_split_gives_nothing(printed: str) -> None:
    assert read_women_men(printed) is None
