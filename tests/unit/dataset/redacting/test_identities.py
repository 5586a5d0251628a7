import pytest

from esfkit.dataset.redacting.identities import find_identity_numbers


def found_in(text: str) -> list[str]:
    return [text[start:end] for start, end in find_identity_numbers(text)]


@pytest.mark.parametrize(
    "number",
    ["850101-1234", "19850101-1234", "8501011234", "850101+1234", "850161-1238"],
)
def test_a_number_with_a_day_and_a_right_check_digit_is_personal(number: str) -> None:
    digits = [int(digit) for digit in number if digit.isdigit()][-10:]
    sums = [digit * (2 - place % 2) for place, digit in enumerate(digits[:-1])]
    check = -sum(each // 10 + each % 10 for each in sums) % 10
    right = f"{number[:-1]}{check}"

    assert found_in(f"Sökande: {right}, ort") == [right]
    assert found_in(f"Sökande: {number[:-1]}{(check + 1) % 10}") == []


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
    ],
)
def test_other_numbers_are_none(text: str) -> None:
    assert found_in(text) == []
