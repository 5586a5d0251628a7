"""Records → one table, in memory that grows with the rows and not with the records."""

from collections.abc import Iterable
from itertools import islice
from typing import Final

import polars as pl

from esfkit.dataset.frame import to_frame
from esfkit.model.record import Record

_BATCH: Final = 2000


def framed(records: Iterable[Record]) -> pl.DataFrame:
    """Return the table of the records, made a part at a time: a row is far smaller."""
    rest = iter(records)
    frames = [to_frame([])]
    while batch := list(islice(rest, _BATCH)):
        frames.append(to_frame(batch))
    return pl.concat(frames)
