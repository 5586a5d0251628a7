"""The share of the budget that the support of a project should come to.

Calls tell how much co-financing a project must bring; what is left is the support. Of
2007-2013 only upper bounds are known, and of the other areas nothing: they have no row.
"""

from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from esfkit.vocabulary.tables import read_table

_PERCENT = Decimal(100)


class Expected(NamedTuple):
    """What the calls of a programme area let one expect.

    Attributes:
        period: The programme period, such as ``2014-2020``.
        area: The code of the programme area.
        region_code: The region for which it holds; empty for all without a row of their own.
        share: Support as a part of the total budget, from 0 to 1.
        tolerance: How far on either side of it most calls of the area lie; ``note`` names
            those that asked for something else.
        certainty: ``read`` in a source, ``inferred`` from figures or ``recalled``.
        source: Where it was found.
        note: What else a reader should know, such as calls that asked for something else.
    """

    period: str
    area: str
    region_code: str
    share: Decimal
    tolerance: Decimal
    certainty: str
    source: str
    note: str


def expected_share(period: str, area: str, region_code: str | None = None) -> Expected | None:
    """Return what is expected of projects in a programme area; ``None`` if nothing is known.

    Args:
        period: The programme period, such as ``2014-2020``.
        area: The code of the area: 1 of 2014-2020 is another area than 1 of 2007-2013.
        region_code: Where the project is; a region may have a share of its own.
    """
    rows = expected_shares()
    return rows.get((period, area, region_code or "")) or rows.get((period, area, ""))


@cache
def expected_shares() -> Mapping[tuple[str, str, str], Expected]:
    """Return period, area and region code → what is expected there."""
    rows = map(_expected, read_table("expected_shares"))
    return {(row.period, row.area, row.region_code): row for row in rows}


def _expected(row: Mapping[str, str]) -> Expected:
    # A region with a share of its own stands behind its area: A/SE31.
    area, _, region_code = row["code"].partition("/")
    return Expected(
        period=row["period"],
        area=area,
        region_code=region_code,
        share=Decimal(row["share_percent"]) / _PERCENT,
        tolerance=Decimal(row["tolerance_points"]) / _PERCENT,
        certainty=row["certainty"],
        source=row["source"],
        note=row["note"],
    )
