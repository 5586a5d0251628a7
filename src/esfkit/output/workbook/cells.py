"""What a cell of Excel can hold, and what becomes of the rest.

The limits are those of Microsoft's "Excel specifications and limits".
"""

import re
from datetime import date
from decimal import Decimal
from html import escape
from typing import Final

import polars as pl

from esfkit.output.shown import SHARE

ROWS: Final = 1_048_576
COLUMNS: Final = 16_384
CHARACTERS: Final = 32_767
LINKS: Final = 65_530

LARGEST: Final = 10**15 - 1
"""The largest whole number of which Excel keeps every digit."""

FIRST_DAY: Final = date(1900, 3, 1)
"""Excel has a 29 February 1900, so that spreadsheets disagree on the days before."""

PER_CENT: Final = "0.00%"
WHOLE: Final = "#,##0"
FRACTION: Final = "#,##0.0000"
DAY: Final = "yyyy-mm-dd"

_DIGITS: Final = 15
_YEAR: Final = re.compile(r"(\A|_)year(_|\Z)")
_NOT_IN_XML: Final = re.compile("[\ufffe\uffff]")

# The library takes such a text for markup that it made itself, and lets it through.
_MARKUP: Final = re.compile(r"<r>.*</r>\Z", re.DOTALL)
_RUN: Final = '<r><t xml:space="preserve">{}</t></r>'


def number_format(name: str, dtype: pl.DataType, unit: str = "") -> str | None:
    """Return how Excel shows the figures of a column; ``None`` if it holds none.

    The user's own settings say with which marks: ``#,##0`` is 1 234 in Sweden.
    """
    if dtype == pl.Date:
        return DAY
    if isinstance(dtype, pl.Decimal):
        return f"{WHOLE}.{'0' * dtype.scale}" if dtype.scale else WHOLE
    if dtype.is_integer():
        return "0" if _YEAR.search(name) else WHOLE
    if dtype.is_float():
        return PER_CENT if unit == SHARE else FRACTION
    return None


def is_exact(value: float | Decimal) -> bool:
    """Tell whether Excel keeps every digit of a whole number or decimal."""
    if isinstance(value, int):
        return abs(value) <= LARGEST
    return isinstance(value, float) or len(value.normalize().as_tuple().digits) <= _DIGITS


def in_xml(text: str) -> str:
    r"""Return the text with the two characters that no XML file may hold spelled out.

    As ``\ufffe`` and ``\uffff``. The library takes care of the control characters.
    """
    return _NOT_IN_XML.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def fitting(text: str) -> str:
    """Return as much of the text as a cell can hold; if cut, a mark at its end tells so."""
    if len(text) <= CHARACTERS // 2 or length(text) <= CHARACTERS:
        return text
    mark = f"… [{CHARACTERS:,} / {length(text):,}]"
    room = CHARACTERS - length(mark)
    # Half of a pair of surrogates, at the end, is left out.
    kept = text.encode("utf-16-le")[: room * 2].decode("utf-16-le", errors="ignore")
    return kept + mark


def told_apart(text: str) -> str:
    """Return a text ``<r>…</r>`` with a blank at its end where it is too long for a run.

    The library would take it for markup of its own, which a file is torn by.
    """
    return f"{text} " if _MARKUP.match(text) and length(_run(text)) > CHARACTERS else text


def as_run(text: str) -> str:
    """Return a text ``<r>…</r>`` as the markup that shows exactly it, and others unchanged."""
    return _run(text) if _MARKUP.match(text) else text


def _run(text: str) -> str:
    return _RUN.format(escape(text, quote=False))


def length(text: str) -> int:
    """Return the length as Excel counts it: characters beyond the first plane twice."""
    return len(text.encode("utf-16-le", errors="surrogatepass")) // 2
