"""The Union's co-financing rate of a record: as printed, or that of its programme area."""

from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from typing import Any

from esfkit.vocabulary.tables import read_table


def union_percent(row: Mapping[str, Any]) -> float | None:
    """Return the Union co-financing rate in percent, as the law's lists have it.

    The rate printed; else that of the programme area. Either is a fact of the programme
    and no figure of the project.
    """
    printed = row["union_cofinancing_rate"]
    return percent_of_area(row) if printed is None else as_percent(printed)


def percent_of_area(row: Mapping[str, Any]) -> float | None:
    """Return the rate that the code list ``union_rates`` has for a record's area, in percent.

    Only a rate that was read in a source counts. Where a region has a rate of its own, the
    area's is not taken for it.
    """
    area, period = row["programme_area"], row["programme_period"]
    rates = _rates()
    of_region = f"{area}/{row['region_code']}"
    rate, certainty = rates.get((period, of_region)) or rates.get((period, area), ("", ""))
    return float(rate) if certainty == "read" else None


def as_percent(fraction: float) -> float:
    """Return a fraction as percents."""
    # By way of what is printed: 0.29 * 100 is 28.999999999999996 in binary.
    return float(Decimal(repr(fraction)) * 100)


@cache
def _rates() -> Mapping[tuple[str, str], tuple[str, str]]:
    """Return period and area, or area and region → percents and how certain they are."""
    return {
        (row["period"], row["code"]): (row["rate_percent"], row["certainty"])
        for row in read_table("union_rates")
    }
