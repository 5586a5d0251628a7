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
_PLACE = "__place"
_ROW = "__row"
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
    left_out = surplus(frame)
    # Only where a record stands twice do all columns have to be read.
    kept = _best(frame) if left_out else frame
    return Observations(gather(kept.select(columns)), left_out)


def in_their_order(frame: pl.LazyFrame) -> tuple[pl.LazyFrame, int]:
    """Return the rows that count, in the order in which they stand, and how many do not."""
    left_out = surplus(frame)
    if not left_out:
        return frame, 0
    columns = frame.collect_schema().names()
    kept = _best(frame.with_row_index(_PLACE)).sort(_PLACE).select(columns)
    return kept, left_out


def counted_rows(rows: pl.DataFrame) -> pl.Series:
    """Tell of each row whether it is the observation of its record that counts."""
    kept, _ = in_their_order(rows.lazy().with_row_index(_ROW))
    places = gather(kept.select(_ROW)).to_series()
    return pl.int_range(rows.height, dtype=pl.UInt32, eager=True).is_in(places.implode())


def surplus(frame: pl.LazyFrame) -> int:
    """Return how many further observations of the same records there are."""
    ids = pl.col("record_id")
    # Numbers are compared in half the time; only if two are alike do the texts matter.
    rows: int
    rows, different = gather(frame.select(pl.len(), ids.hash().n_unique())).row(0)
    if rows == different:
        return 0
    exactly: int = gather(frame.select(ids.n_unique())).item()
    return rows - exactly


def _best(frame: pl.LazyFrame) -> pl.LazyFrame:
    best_first = frame.with_columns(_stated().alias("__stated")).sort(
        "__stated", *_ORDER, descending=[True, *(False for _ in _ORDER)], nulls_last=True
    )
    return best_first.unique("record_id", keep="first", maintain_order=True)


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
