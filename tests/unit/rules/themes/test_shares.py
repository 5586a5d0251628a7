import pytest

from esfkit.model.finding import Problem
from esfkit.rules.catalogue import check_record


@pytest.mark.parametrize("rate", [0.5, 0.6667, 0.667, 0.67, 1.0])
def test_a_union_rate_may_be_printed_rounded(rate: float) -> None:
    record = {
        "kind": "project",
        "programme_period": "2014-2020",
        "union_cofinancing_rate": rate,
    }

    assert Problem.UNION_RATE_UNKNOWN not in {each.code for each in check_record(record)}


def test_a_rate_that_no_area_has_is_told() -> None:
    record = {"kind": "project", "programme_period": "2014-2020", "union_cofinancing_rate": 0.7}

    assert Problem.UNION_RATE_UNKNOWN in {each.code for each in check_record(record)}
