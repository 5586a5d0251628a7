"""Values as people read them, for the terminal and for Markdown."""

import json
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import polars as pl

from esfkit.dataset.dictionary import Language
from esfkit.dataset.plain import json_value

_NO_BREAK_SPACE = "\xa0"
_NOT_STATED = {"en": "(not stated)", "sv": "(ej angivet)"}
_NO_FIGURE = "–"
_YES_NO = {"en": ("yes", "no"), "sv": ("ja", "nej")}


def finite(frame: pl.DataFrame) -> pl.DataFrame:
    """Return the table with null for NaN and the infinities: they are no figures."""
    fractions = pl.selectors.float()
    return frame.with_columns(pl.when(fractions.is_finite()).then(fractions))


def shown_columns(frame: pl.DataFrame, language: Language) -> list[list[str]]:
    """Return each column's cells as text; a missing text says that it is not stated."""
    return [
        [
            _shown(value, _missing(column.dtype, language), language)
            for value in column.to_list()
        ]
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


def _missing(dtype: pl.DataType, language: Language) -> str:
    return _NOT_STATED[language] if dtype == pl.String else _NO_FIGURE


def _shown(value: Any, missing: str, language: Language) -> str:  # noqa: ANN401 - a cell
    if value is None:
        return missing
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return _YES_NO[language][0 if value else 1]
    if isinstance(value, int | float | Decimal):
        return _shown_number(value, language)
    return value.isoformat() if isinstance(value, date) else _shown_list(value)


def _shown_number(value: float | Decimal, language: Language) -> str:
    text = f"{value:,.4f}" if isinstance(value, float) else f"{value:,}"
    if language == "sv":
        text = text.replace(".", "\0").replace(",", _NO_BREAK_SPACE).replace("\0", ",")
    return text.replace(",", _NO_BREAK_SPACE) if language == "en" else text


def _shown_list(items: list[object]) -> str:
    texts = [item for item in items if isinstance(item, str)]
    return ", ".join(texts) if len(texts) == len(items) else nested_text(items)
