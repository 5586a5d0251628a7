"""Values as people read them, for the terminal and for Markdown."""

import json
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any, Final, NamedTuple

import polars as pl

from esfkit.dataset.dictionary import Language
from esfkit.dataset.plain import json_value

NOT_STATED = {"en": "(not stated)", "sv": "(ej angivet)"}
"""What stands for a text that is missing, by language."""

_NO_FIGURE = "–"
_YES_NO = {"en": ("yes", "no"), "sv": ("ja", "nej")}

SHARE: Final = "fraction"
"""The unit of a share; 1 is the whole, and people read it as 100 %."""

_DECIMALS: Final = {"SEK": 2, "EUR": 2, "persons": 1, "projects": 1, "months": 1, "days": 1}
_OTHER_DECIMALS: Final = 4


class _Writing(NamedTuple):
    """How a language writes figures."""

    marks: dict[int, str]
    per_cent: str


def finite(frame: pl.DataFrame) -> pl.DataFrame:
    """Return the table with null for NaN and the infinities: they are no figures."""
    fractions = pl.selectors.float()
    return frame.with_columns(pl.when(fractions.is_finite()).then(fractions))


def shown_columns(
    frame: pl.DataFrame, language: Language, units: Mapping[str, str] | None = None
) -> list[list[str]]:
    """Return each column's cells as text; a missing text says that it is not stated.

    Figures are grouped and marked as the Unicode CLDR has it for the language (read
    through Babel): ``1 234 567,89`` in Swedish, ``1,234,567.89`` in English.

    Args:
        frame: The table.
        language: For the form of figures and the words for what is missing.
        units: Column → its unit. A share (``fraction``) becomes a percentage with one
            decimal, ``76,0 %`` or ``76.0%``; of other fractions the unit settles how
            many decimals there are, four where it is unknown.
    """
    return [
        _shown_cells(column, language, (units or {}).get(column.name, ""))
        for column in finite(frame).get_columns()
    ]


def is_figure(dtype: pl.DataType) -> bool:
    """Tell whether the column holds numbers, which stand to the right."""
    return dtype.is_numeric()


def nested_text(value: object) -> str:
    """Return a list as JSON on one line."""
    return json.dumps(value, ensure_ascii=False, default=json_value, separators=(",", ":"))


def headings_of(frame: pl.DataFrame, headings: Mapping[str, str] | None) -> list[str]:
    """Return what stands over each column: its heading, or else its name."""
    return [(headings or {}).get(name, name) for name in frame.columns]


def _shown_cells(column: pl.Series, language: Language, unit: str) -> list[str]:
    missing = NOT_STATED[language] if column.dtype == pl.String else _NO_FIGURE
    shown = _figures_in(language, unit) if is_figure(column.dtype) else _words_in(language)
    return [missing if value is None else shown(value) for value in column.to_list()]


def _words_in(language: Language) -> Callable[[Any], str]:
    def shown(value: Any) -> str:  # noqa: ANN401 - a cell
        if isinstance(value, str):
            return value
        if isinstance(value, bool):
            return _YES_NO[language][0 if value else 1]
        return value.isoformat() if isinstance(value, date) else _shown_list(value)

    return shown


def _figures_in(language: Language, unit: str) -> Callable[[Any], str]:
    marks, per_cent = _writing_of(language)
    places = _DECIMALS.get(unit, _OTHER_DECIMALS)

    def shown(value: float | Decimal) -> str:
        if unit == SHARE:
            return f"{value:,.1%}".removesuffix("%").translate(marks) + per_cent
        text = f"{value:,.{places}f}" if isinstance(value, float) else f"{value:,}"
        return text.translate(marks)

    return shown


@cache
def _writing_of(language: Language) -> _Writing:
    """Return the marks of the language, by which Python's own are replaced.

    Babel is asked once for its symbols: formatting a cell through it takes ten times as
    long. A minus stays the hyphen that Babel writes too, which every screen can show
    and every spreadsheet reads.
    """
    from babel import Locale  # noqa: PLC0415 - formats for machines do without

    locale = Locale.parse(language)
    symbols = locale.number_symbols["latn"]
    _before, after = locale.percent_formats[None].suffix
    marks = {ord(","): symbols["group"], ord("."): symbols["decimal"]}
    return _Writing(marks, after)


def _shown_list(items: list[object]) -> str:
    texts = [item for item in items if isinstance(item, str)]
    return ", ".join(texts) if len(texts) == len(items) else nested_text(items)
