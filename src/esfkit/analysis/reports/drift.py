"""Whether a layout's labels are still met as often as they were.

The rates of a dataset that somebody has looked at are kept; those of a later one are held
against them. A label that has left its past band tells that pages have changed, or that
esfkit reads them otherwise.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Final, NamedTuple

import polars as pl

from esfkit.dataset.columns import SCHEMA
from esfkit.dataset.store import gather

FEWEST: Final = 20
"""Documents of a layout, then and now, below which nothing is said of its labels."""

_NORMAL_995: Final = 2.5758293035489004
_DECIMALS: Final = 4


@dataclass(frozen=True, slots=True)
class Printed:
    """How often the documents of a layout print a label of each column.

    Attributes:
        documents: How many documents there are of the layout.
        columns: Column → in how many of them a label of it was met.
    """

    documents: int
    columns: Mapping[str, int]


def printed_labels(frame: pl.LazyFrame | pl.DataFrame) -> dict[str, Printed]:
    """Return layout → how often its documents print a label of each column.

    A label counts where a value was read beside it, or where a finding points to its
    place: one without a value was met too.
    """
    numbered = frame.lazy().with_row_index("__document")
    read = pl.col("provenance").list.eval(pl.element().struct.field("field"))
    pointed = pl.element().filter(pl.element().struct.field("start").is_not_null())
    found = pl.col("findings").list.eval(pointed.struct.field("field"))
    both = pl.concat_list(read, found).list.drop_nulls().list.unique()
    counts = gather(
        numbered.select("layout", both.alias("column"))
        .explode("column")
        .drop_nulls("column")
        .group_by("layout", "column")
        .len()
    )
    documents = gather(numbered.group_by("layout").len().sort("layout"))
    met: dict[str, dict[str, int]] = {layout: {} for layout, _ in documents.iter_rows()}
    for layout, column, count in counts.iter_rows():
        met[layout][column] = count
    return {
        layout: Printed(
            count, {name: met[layout][name] for name in SCHEMA if name in met[layout]}
        )
        for layout, count in documents.iter_rows()
    }


_DRIFT: Final = {
    **dict.fromkeys(("layout", "column", "status"), pl.String),
    **dict.fromkeys(("documents_past", "documents_now"), pl.Int64),
    **dict.fromkeys(("rate_past", "past_low", "past_high"), pl.Float64),
    **dict.fromkeys(("rate_now", "now_low", "now_high"), pl.Float64),
}


def label_drift(
    past: Mapping[str, Printed], now: Mapping[str, Printed], fewest: int = FEWEST
) -> pl.DataFrame:
    """Return how often each layout's labels are met now, beside their past band.

    ``status`` is ``drifted`` where the rate has left its past band, ``steady`` where it has
    not, ``few`` where there are too few documents to tell, and ``new`` or ``gone`` where
    only one of both has documents of the layout. The band is Wilson's 99 % interval of
    the past rate; a rate has left it when its own 99 % interval lies wholly outside, so
    that few documents raise no alarm by chance. Drifted labels come first.

    Args:
        past: From :func:`printed_labels`, of a dataset that was looked at and found good.
        now: The same of another.
        fewest: Documents of a layout that both must have.
    """
    rows = [
        _drift(layout, column, (past.get(layout), now.get(layout)), fewest)
        for layout in sorted({*past, *now})
        for column in _columns(past.get(layout), now.get(layout))
    ]
    order = {each: at for at, each in enumerate(("drifted", "gone", "new", "few", "steady"))}
    table = pl.DataFrame(rows, schema=_DRIFT, orient="row")
    at = pl.col("status").replace_strict(order, return_dtype=pl.Int64)
    return table.sort(at, maintain_order=True)


def _columns(*sides: Printed | None) -> Sequence[str]:
    met = {name for side in sides if side is not None for name in side.columns}
    return [name for name in SCHEMA if name in met]


def _drift(
    layout: str, column: str, sides: tuple[Printed | None, Printed | None], fewest: int
) -> tuple[object, ...]:
    rates = [_rate(side, column) for side in sides]
    documents = [side.documents if side else 0 for side in sides]
    past, now = rates
    if past is None or now is None:
        status = "new" if now else "gone"
    elif min(documents) < fewest:
        status = "few"
    else:
        status = "drifted" if now.high < past.low or now.low > past.high else "steady"
    figures = [part for rate in rates for part in rate or (None, None, None)]
    return layout, column, status, *documents, *figures


class _Rate(NamedTuple):
    """A share of documents and its interval, each with four decimals."""

    share: float
    low: float
    high: float


def _rate(side: Printed | None, column: str) -> _Rate | None:
    if side is None or not side.documents:
        return None
    met = side.columns.get(column, 0)
    parts = (met / side.documents, *wilson(met, side.documents))
    return _Rate(*(round(each, _DECIMALS) for each in parts))


def wilson(met: int, of: int) -> tuple[float, float]:
    """Return Wilson's 99 % interval of a share (Wilson 1927).

    Args:
        met: How many were met.
        of: Of how many; at least one.
    """
    share, square = met / of, _NORMAL_995**2
    middle = share + square / (2 * of)
    room = _NORMAL_995 * sqrt(share * (1 - share) / of + square / (4 * of**2))
    whole = 1 + square / of
    return max(0.0, (middle - room) / whole), min(1.0, (middle + room) / whole)
