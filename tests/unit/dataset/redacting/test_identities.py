import pytest

from esfkit.dataset.redacting.identities import find_identity_numbers


def found_in(text: str) -> list[str]:
    return [text[start:end] for start, end in find_identity_numbers(text)]


def with_check_digit(number: str, off: int = 0) -> str:
    """Return the number with the right check digit, or one that is off by so much."""
    digits = [int(digit) for digit in number if digit.isdigit()][-10:]
    sums = [digit * (2 - place % 2) for place, digit in enumerate(digits[:-1])]
    check = -sum(each // 10 + each % 10 for each in sums) + off
    return f"{number[:-1]}{check % 10}"


@pytest.mark.parametrize(
    "number",
    [
        *("850101-1234", "19850101-1234", "8501011234", "850101+1234", "850161-1238"),
        *("19850101 1234", "850101 1234", "850101 - 1234", "850101\u20131234"),
    ],
)
def test_a_number_with_a_day_and_a_right_check_digit_is_personal(number: str) -> None:
    right = with_check_digit(number)

    assert found_in(f"Sökande: {right}, ort") == [right]


@pytest.mark.parametrize("number", ["850101-1234", "19850101-1234", "850161+1238"])
def test_with_its_dash_the_form_is_enough(number: str) -> None:
    wrong = with_check_digit(number, off=1)

    assert found_in(f"Sökande: {wrong}, ort") == [wrong]
    assert found_in(f"Personnummer{wrong}") == [wrong]


@pytest.mark.parametrize("number", ["8501011234", "850101 1234"])
def test_without_a_dash_a_wrong_check_digit_makes_it_another_number(number: str) -> None:
    assert found_in(f"Sökande: {with_check_digit(number, off=1)}") == []


@pytest.mark.parametrize(
    "text",
    [
        "Organisationsnummer 212000-3005",
        "2016/00394",
        "2009-3050012",
        "2016-09-01 2018",
        "12 500 000 kr",
        "851301-1236",
        "850132-1236",
        "Diarienummer: 120101-1235",
        "Dnr 120101-1235",
        "S850101-1234",
    ],
)
def test_other_numbers_are_none(text: str) -> None:
    assert found_in(text) == []
