import polars as pl
import pytest

from esfkit.analysis.figures.reference import expected_share_column
from esfkit.dataset.frame import to_frame
from esfkit.vocabulary.expected import expected_share
from factories import a_project

PERIODS = ("2007-2013", "2014-2020", "2021-2027", None)
AREAS = ("1", "2", "3", "4", "5", "A", "B", None)
REGIONS = ("SE22", "SE31", "SE", None)


def test_each_record_gets_the_share_of_its_own_area_and_region() -> None:
    table = to_frame(
        [
            a_project("1", programme_period="2014-2020", programme_area="1"),
            a_project("2", programme_period="2021-2027", programme_area="A"),
            a_project(
                "3", programme_period="2021-2027", programme_area="A", region_code="SE31"
            ),
            a_project("4", programme_period="2007-2013", programme_area="1"),
            a_project("5"),
        ]
    )

    shares = table.select(expected_share_column()).to_series()

    assert shares.name == "expected_share"
    assert shares.dtype == pl.Int64
    assert shares.to_list() == [4700, 5400, 6000, None, None]


@pytest.mark.parametrize("period", PERIODS)
@pytest.mark.parametrize("area", AREAS)
@pytest.mark.parametrize("region", REGIONS)
def test_the_column_says_what_the_reader_of_one_says(
    period: str | None, area: str | None, region: str | None
) -> None:
    row = {"programme_period": [period], "programme_area": [area], "region_code": [region]}
    one = expected_share(period or "", area or "", region)

    [found] = pl.DataFrame(row, schema=dict.fromkeys(row, pl.String)).select(
        expected_share_column()
    )["expected_share"]

    assert found == (None if one is None else int(one.share * 10_000))
