import pytest

from esfkit.output.lists.places import nuts_code


@pytest.mark.parametrize(
    ("region", "municipalities", "expected"),
    [
        ("SE21", None, "SE21"),
        ("SE21", ["0780"], "SE212"),
        (None, ["0114", "0115"], "SE110"),
        ("SE21", ["0780", "0680"], "SE21"),  # two counties
        ("SE22", ["0780"], "SE22"),  # the list contradicts the region
        ("SE", ["0780"], "SE"),  # a national project
        ("SE21", ["9999"], "SE21"),
        (None, None, None),
    ],
)
def test_the_place_is_the_smallest_region_that_is_named(
    region: str | None, municipalities: list[str] | None, expected: str | None
) -> None:
    row = {"region_code": region, "municipality_codes": municipalities}

    assert nuts_code(row) == expected
