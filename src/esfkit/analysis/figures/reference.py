"""What the calls let one expect of each record, to set beside what the records state.

A reference is a line in a figure and never a correction: calls of one area asked for
different co-financing, and projects got other shares than they asked for.
"""

from decimal import Decimal

import polars as pl

from esfkit.vocabulary.expected import Expected, expected_shares

PER_ONE = 10_000
"""Shares are whole numbers of this part: 4700 is 47 %."""

_COLUMNS = {
    "period": "programme_period",
    "area": "programme_area",
    "region_code": "region_code",
}


def expected_share_column() -> pl.Expr:
    """Return each record's expected support share in ten-thousandths of its budget.

    It is read from ``programme_period``, ``programme_area`` and ``region_code``: an
    ``Int64`` such as 4700 for 47 %, null where no share is known for the area or the
    record does not state the area. Source: :mod:`esfkit.vocabulary.expected`.
    """
    # A region's own row is asked before the row for all regions.
    rows = sorted(expected_shares().values(), key=lambda row: row.region_code, reverse=True)
    return pl.coalesce(*map(_where_it_holds, rows)).alias("expected_share")


def _where_it_holds(row: Expected) -> pl.Expr:
    named = [
        pl.col(column) == getattr(row, name)
        for name, column in _COLUMNS.items()
        if getattr(row, name)
    ]
    share = pl.lit(int(row.share * Decimal(PER_ONE)), dtype=pl.Int64)
    return pl.when(*named).then(share)
