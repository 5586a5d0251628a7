"""What figures rest on: which records were counted, and which were not."""

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from esfkit.analysis.figures.money import Conversion, start_years, unconverted
from esfkit.dataset.store import gather


@dataclass(frozen=True, slots=True, kw_only=True)
class Basis:
    """What a table of figures rests on.

    Attributes:
        kinds: The kinds of record that were asked for.
        records: How many records were counted.
        left_out: How many further observations of the same records were not.
        conversion: At which rate kronor became euro, if they did.
        years: Of a conversion: the years in which converted records start.
        unconverted: Of a conversion: how many records have kronor and no rate.
    """

    kinds: tuple[str, ...]
    records: int
    left_out: int = 0
    conversion: Conversion | None = None
    years: tuple[int, ...] = ()
    unconverted: int = 0

    @property
    def observations(self) -> int:
        """How many rows of the dataset were of the kinds asked for."""
        return self.records + self.left_out


def basis_of(
    kept: pl.LazyFrame,
    kinds: Sequence[str],
    records: int,
    left_out: int,
    conversion: Conversion | None,
) -> Basis:
    """Return what the figures of these records rest on.

    Args:
        kept: The records that count, before any conversion.
        kinds: The kinds that were asked for.
        records: How many they are.
        left_out: How many further observations of them there were.
        conversion: At which rate their kronor become euro, if they do.
    """
    if conversion is None:
        return Basis(kinds=tuple(kinds), records=records, left_out=left_out)
    return Basis(
        kinds=tuple(kinds),
        records=records,
        left_out=left_out,
        conversion=conversion,
        years=tuple(gather(start_years(kept)).to_series().to_list()),
        unconverted=gather(unconverted(kept, conversion).select(pl.len())).item(),
    )
