"""What kind of text each column of a table holds."""

from collections.abc import Mapping
from typing import Final

import polars as pl

from esfkit.dataset.columns import SCHEMA
from esfkit.dataset.redacting.texts import Where

PROSE: Final = ("summary", "sections")
NAMING_RECORDS: Final = (
    *("title", "owner", "owner_name", "owner_unit", "postal_town"),
    *("municipalities", "actors"),
)
"""What a record, its owner, its partners and its places are called."""

_NAMING: Final = frozenset(
    (
        *(name for name in NAMING_RECORDS if name != "municipalities"),
        *("phase", "programme_area", "programme_area_name", "intervention_name"),
        *("postal_address", "participant_targets", "evaluation_reports"),
    )
)
_ADDRESSES: Final = frozenset(("source_path", "source_member", "source_url"))
QUOTED: Final = (*NAMING_RECORDS, *PROSE)
"""The texts of which messages quote pieces."""

_QUOTES: Final = frozenset(("findings",))
# Codes, numbers and names out of code lists: a reader has checked what stands there.
_APART: Final = SCHEMA.keys() - _NAMING - _ADDRESSES - _QUOTES - {*PROSE, "provenance"}
_WORDS_OF: Final[Mapping[str, tuple[str, ...]]] = {
    "sections": ("heading", "text"),
    "participant_targets": ("label",),
    "findings": ("message",),
    "provenance": ("raw", "label"),
}


def kind_of(name: str) -> Where:
    """Return what kind of text a column holds; one that no dataset has holds quotations."""
    if name in PROSE:
        return Where.PROSE
    if name in _NAMING:
        return Where.NAMING
    if name in _ADDRESSES:
        return Where.ADDRESS
    return Where.CODE if name in _APART else Where.QUOTE


def is_searched(series: pl.Series) -> bool:
    """Tell whether a column holds texts in which personal data may stand."""
    dtype = series.dtype
    inner = dtype.inner if isinstance(dtype, pl.List) else dtype
    return series.name not in _APART and (isinstance(inner, pl.Struct) or inner == pl.String)


def fields_of(name: str) -> tuple[str, ...]:
    """Return the fields of a column's items that hold texts."""
    return _WORDS_OF.get(name, ())


def joined(series: pl.Series) -> pl.Series:
    """Return each cell's texts as one."""
    if series.dtype == pl.String:
        return series
    texts = pl.element()
    if fields_of(series.name):
        parts = [texts.struct.field(name) for name in fields_of(series.name)]
        texts = pl.concat_str(*parts, separator="\n", ignore_nulls=True)
    one = pl.all().list.eval(texts).list.join("\n", ignore_nulls=True)
    return series.to_frame().select(one).to_series()
