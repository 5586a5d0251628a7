import pytest

from esfkit.model.finding import Problem
from esfkit.rules.catalogue import check_record


def is_unit(owner: str) -> bool:
    found = check_record({"kind": "project", "owner": owner})
    return Problem.OWNER_IS_UNIT in [each.code for each in found]


@pytest.mark.parametrize("owner", ["Riksgäldskontoret", "Kommerskollegium", "Skatteverket"])
def test_an_authority_is_no_unit(owner: str) -> None:
    assert not is_unit(owner)


@pytest.mark.parametrize("owner", ["Äldreförvaltningen", "Utbildningskontoret"])
def test_a_part_of_a_body_alone_is_a_unit(owner: str) -> None:
    assert is_unit(owner)
