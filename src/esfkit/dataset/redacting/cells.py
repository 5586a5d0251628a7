"""Which cells of a column personal data may stand in, and the column with them changed.

Most texts hold none, so polars first asks every text for what must stand in one that
does (an at sign, a run of digits, letters of a name); the rest is done text by text.
"""

from collections.abc import Callable, Sequence
from typing import Any, Final

import polars as pl

from esfkit.dataset.redacting import addresses, identities, phones, readings
from esfkit.dataset.redacting.columns import joined, kind_of
from esfkit.dataset.redacting.known import Known
from esfkit.dataset.redacting.persons import roles
from esfkit.dataset.redacting.texts import Secrets, Where

_SIGNS: Final = (addresses.SIGN, phones.SIGN, identities.SIGN, readings.SIGN)


def changed(
    series: pl.Series,
    known: Known,
    change: Callable[[Any, Secrets], Any],
    also: pl.Series | None = None,
) -> pl.Series:
    """Return the column with the cells changed in which personal data may stand.

    Args:
        series: The column.
        known: What is known of its persons.
        change: Called with a cell and what to look for in it.
        also: For each row whether it is changed whatever stands there.
    """
    where, texts = kind_of(series.name), joined(series)
    may = may_hold(texts, known, where)
    look = known.of_row
    if where is Where.QUOTE:  # which may hold a piece of a name, an address or a number
        may = may | (texts.fill_null("") != "")
        look = known.of_quotation
    if also is not None:
        may = may | also
    rows = may.arg_true().to_list()
    cells = zip(rows, series.gather(rows).to_list(), strict=True)
    return replaced(series, rows, [change(cell, look(row)) for row, cell in cells])


def replaced(series: pl.Series, rows: Sequence[int], cells: Sequence[object]) -> pl.Series:
    """Return the column with other cells in these rows."""
    places = list(range(series.len()))
    for number, row in enumerate(rows):
        places[row] = series.len() + number
    both = pl.concat([series, pl.Series(series.name, cells, dtype=series.dtype)])
    return both.gather(places)


def may_hold(texts: pl.Series, known: Known, where: Where) -> pl.Series:
    """Return for each text whether personal data can stand in it."""
    if known.signs is None:
        return texts.is_not_null()
    worded = () if where in {Where.ADDRESS, Where.CODE} else (roles.sign(),)
    holds = texts.str.contains(_SIGNS[0])
    for sign in (*_SIGNS[1:], *worded):
        holds = holds | texts.str.contains(sign)
    if known.signs:
        named = texts.str.contains_any(list(known.signs), ascii_case_insensitive=True)
        holds = holds | named
    return holds.fill_null(value=False)
