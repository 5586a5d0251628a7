"""The provenance of records without entries that tell of a person."""

from typing import Final

import polars as pl

from esfkit.dataset.columns import PERSONAL_COLUMNS
from esfkit.dataset.redacting.cells import may_hold, replaced
from esfkit.dataset.redacting.columns import kind_of
from esfkit.dataset.redacting.known import Known
from esfkit.dataset.redacting.texts import Where, find_personal

_ROW: Final = "__row"
_NUMBER: Final = "__number"
_ENTRY: Final = "__entry"


def without_places(series: pl.Series, known: Known) -> pl.Series:
    """Return the provenance without entries that tell of a person.

    They are those of the personal columns, and those whose characters or label hold
    personal data: an entry says exactly what stands in the source, so it can hold no mark.
    """
    about = pl.element().struct.field("field").is_in(PERSONAL_COLUMNS)
    kept = series.to_frame().select(pl.all().list.filter(~about)).to_series()
    telling: dict[int, set[int]] = {}
    for row, number in _telling(kept, known):
        telling.setdefault(row, set()).add(number)
    rows = sorted(telling)
    cells = [
        [entry for number, entry in enumerate(entries) if number not in telling[row]]
        for row, entries in zip(rows, kept.gather(rows).to_list(), strict=True)
    ]
    return replaced(kept, rows, cells)


def _telling(series: pl.Series, known: Known) -> list[tuple[int, int]]:
    """Return row and number of each entry that holds personal data."""
    entries = (
        series.alias(_ENTRY)
        .to_frame()
        .with_row_index(_ROW)
        .with_columns(pl.int_ranges(pl.col(_ENTRY).list.len()).alias(_NUMBER))
        .explode(_ENTRY, _NUMBER)
        .drop_nulls(_ENTRY)
        .select(_ROW, _NUMBER, pl.col(_ENTRY).struct.field("field", "raw", "label"))
    )
    words = entries.select(pl.concat_str("raw", "label", separator="\n", ignore_nulls=True))
    flagged = entries.filter(may_hold(words.to_series(), known, Where.PROSE))
    met: dict[tuple[str, str, Where], bool] = {}
    found = []
    for row, number, field, raw, label in flagged.iter_rows():
        secrets, where = known.of_row(row), kind_of(field)
        is_own = bool(secrets.names or secrets.emails or secrets.phones)
        key = (raw, label or "", where)
        tells = None if is_own else met.get(key)
        if tells is None:
            tells = any(find_personal(text, secrets, where) for text in key[:2])
        if not is_own:
            met[key] = tells
        if tells:
            found.append((row, number))
    return found
