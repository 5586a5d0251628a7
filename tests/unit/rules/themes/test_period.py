from datetime import date

import pytest

from esfkit.model.finding import Problem
from esfkit.rules.catalogue import check_record


@pytest.mark.parametrize(
    ("kind", "expected"),
    [("project", [Problem.PERIOD_OUTSIDE_PROGRAMME]), ("call", [])],
)
def test_only_a_project_has_to_be_within_the_days_of_payment(
    kind: str, expected: list[Problem]
) -> None:
    record = {
        "kind": kind,
        "programme_period": "2021-2027",
        "period_start": date(2020, 11, 1),
        "period_end": date(2021, 11, 30),
    }

    assert [each.code for each in check_record(record)] == expected
