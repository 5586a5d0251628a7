import pytest

from esfkit.model.finding import Problem
from esfkit.rules.catalogue import check_record


def odd_phones_in(printed: str) -> list[str]:
    found = check_record({"kind": "project", "phone": printed})
    return [each.message for each in found if each.code is Problem.PHONE_UNUSUAL]


@pytest.mark.parametrize(
    "printed",
    [
        "08-123 45 67/070-123 45 67",
        "090-16 10 00 070-123 45 67",
        "0470-000 00 00 ankn 1234",
        "0470-000 00 00, anknytning 1234",
        "0470/000 00",
        "+46 070-123 45 67",
        "0046 070-123 45 67",
    ],
)
def test_several_numbers_and_an_extension_are_usual(printed: str) -> None:
    assert odd_phones_in(printed) == []


@pytest.mark.parametrize(
    "printed", ["0470-000/070-123 45 67", "070-123 45 67 0470-000", "0470-000 ankn 1234"]
)
def test_one_of_several_numbers_that_is_too_short_is_found(printed: str) -> None:
    [message] = odd_phones_in(printed)

    assert message.startswith("“0470-000” has 6 digits behind +46")
