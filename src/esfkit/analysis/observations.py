"""One observation of each record.

The same project may have been read from several pages. Money is counted once: the
observation that states most is kept, and of equals the one that comes first by
``source_path``, ``source_member``, ``source_line``, ``source_sha256`` and ``layout``.
The choice does not depend on the order of the rows.
"""

from typing import NamedTuple

import polars as pl

from esfkit.dataset.columns import SCHEMA
from esfkit.dataset.store import gather

_ORDER = ("source_path", "source_member", "source_line", "source_sha256", "layout")
_ABOUT_THE_READING = ("provenance", "findings", "claimed_share")
_STATED = tuple(
    name for name in SCHEMA if name not in _ABOUT_THE_READING and not name.startswith("source_")
)


class Observations(NamedTuple):
    """The rows that count.

    Attributes:
        frame: The columns asked for, one row for each record.
        left_out: How many further observations of the same records there were.
    """

    frame: pl.DataFrame
    left_out: int


def one_each(frame: pl.LazyFrame, columns: list[pl.Expr]) -> Observations:
    """Return one observation of each record.

    Args:
        frame: The dataset, or a part of it.
        columns: What to return of the rows that are kept.
    """
    ids = gather(frame.select("record_id")).to_series()
    left_out = ids.len() - ids.n_unique()
    if left_out == 0:
        return Observations(gather(frame.select(columns)), 0)
    # Only now do all columns have to be read.
    best_first = frame.with_columns(_stated().alias("__stated")).sort(
        "__stated", *_ORDER, descending=[True, *(False for _ in _ORDER)], nulls_last=True
    )
    kept = best_first.unique("record_id", keep="first", maintain_order=True)
    return Observations(gather(kept.select(columns)), left_out)


def _stated() -> pl.Expr:
    """Return how many columns of a row hold something."""
    return pl.sum_horizontal(
        (
            pl.col(name).list.len() > 0
            if isinstance(SCHEMA[name], pl.List)
            else pl.col(name).is_not_null()
        ).cast(pl.Int64)
        for name in _STATED
    )
