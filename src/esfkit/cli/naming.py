"""Codes beside their names, for people."""

from collections.abc import Iterator, Sequence
from typing import Final, Literal

import polars as pl

from esfkit.vocabulary.codes import Code, code_list

_LISTS: Final = {
    "programme_cci": "programmes",
    "programme_area": "programme_areas",
    "specific_objective": "objectives",
    "intervention_code": "interventions",
    "region_code": "regions",
}
_WORDS: Final = {"owner_type": "owner_types"}
_PERIOD: Final = "programme_period"
_READ: Final = "read"


def named_keys_shown(
    table: pl.DataFrame, keys: Sequence[str], language: Literal["sv", "en"]
) -> pl.DataFrame:
    """Return the table with each code in a key column followed by its name.

    ``1`` becomes ``1 Kompetensförsörjning`` or ``1 Skills supply``, by the code list of
    the programme period that stands in the row. A code stays as it is where

    * the row has no period and several periods have the code;
    * no list has it, such as an area that is printed in words, or the word for a total;
    * its name was not read in a source: recalled or inferred names and descriptions in
      brackets keep their mark only in ``esfkit codes``.

    A name that was found in one language alone stands in both. Where the code is a word
    of esfkit's own (``owner_type``), the word of the language stands for it.

    Args:
        table: One row for each group; keys are texts.
        keys: The columns that name the group; those that hold no codes stay as they are.
        language: Of the names.
    """
    shown = [
        pl.Series(key, list(_cells(table, key, language)), dtype=pl.String)
        for key in keys
        if key in _LISTS or key in _WORDS
    ]
    return table.with_columns(shown)


def _cells(
    table: pl.DataFrame, key: str, language: Literal["sv", "en"]
) -> Iterator[str | None]:
    periods = table[_PERIOD].to_list() if _PERIOD in table.columns else [None] * table.height
    for code, period in zip(table[key].to_list(), periods, strict=True):
        if code is None:
            yield None
        elif key in _WORDS:
            row = code_list(_WORDS[key]).by_code(code)
            yield code if row is None else _name_of(row, language)
        else:
            row = code_list(_LISTS[key]).by_code(code, period)
            name = _name_of(row, language) if row and row.certainty == _READ else ""
            yield f"{code} {name}" if name else code


def _name_of(row: Code, language: Literal["sv", "en"]) -> str:
    """Return the name in the language, else in the other; empty where none is known."""
    wanted = row.name_sv if language == "sv" else row.name_en
    return wanted if wanted in row.names else next(iter(row.names), "")
