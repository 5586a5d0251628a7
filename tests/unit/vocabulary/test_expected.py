from decimal import Decimal

import pytest

from esfkit.vocabulary.codes import code_list
from esfkit.vocabulary.expected import expected_share, expected_shares


@pytest.mark.parametrize(
    ("period", "area", "region", "share"),
    [
        ("2014-2020", "1", "SE22", "0.47"),
        ("2014-2020", "2", None, "0.47"),
        ("2014-2020", "3", "SE31", "0.67"),
        ("2014-2020", "5", None, "1"),
        ("2021-2027", "A", "SE22", "0.54"),
        ("2021-2027", "A", None, "0.54"),
        ("2021-2027", "A", "SE31", "0.6"),
    ],
)
def test_what_the_calls_of_an_area_let_one_expect(
    period: str, area: str, region: str | None, share: str
) -> None:
    found = expected_share(period, area, region)

    assert found is not None
    assert found.share == Decimal(share)


@pytest.mark.parametrize(
    ("period", "area"),
    [("2007-2013", "1"), ("2014-2020", "4"), ("2021-2027", "B"), ("2021-2027", "1"), ("", "")],
)
def test_of_other_areas_nothing_is_expected(period: str, area: str) -> None:
    assert expected_share(period, area, "SE22") is None


def test_the_calls_of_2014_lie_half_a_point_around_the_share() -> None:
    found = expected_share("2014-2020", "1")

    assert found is not None
    assert found.tolerance == Decimal("0.005")


def test_every_row_names_a_known_area_and_region_its_source_and_certainty() -> None:
    areas, regions = code_list("programme_areas"), code_list("regions")
    for row in expected_shares().values():
        assert areas.by_code(row.area, row.period) is not None
        assert not row.region_code or regions.by_code(row.region_code) is not None
        assert 0 < row.share <= 1
        assert len(row.source) > 8
        assert row.certainty in {"read", "inferred", "recalled"}
