"""Codes beside their names, for people."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

import polars as pl

from esfkit.analysis.grouping.arrangement import OTHER
from esfkit.analysis.grouping.classes import CLASSES
from esfkit.analysis.grouping.groups import TOTAL
from esfkit.dataset.dictionary import Language
from esfkit.vocabulary.codes import Code, code_list

_LISTS: Final = {
    "programme_cci": "programmes",
    "programme_area": "programme_areas",
    "specific_objective": "objectives",
    "intervention_code": "interventions",
    "region_code": "regions",
}
_WORDS: Final = {"owner_type": "owner_types"}
_DIGITS: Final = re.compile("[0-9]{4,18}")
_PERIOD: Final = "programme_period"
_READ: Final = "read"


_IN_SWEDISH: Final = {TOTAL: "Summa", OTHER: "Övriga"}
_RECORDS: Final = {"en": "Records", "sv": "Poster"}


def total_in_words(table: pl.DataFrame, rows: int, language: Language) -> pl.DataFrame:
    """Return the table with its totals called what they are called in the language.

    Args:
        table: Groups, and what adds several of them up.
        rows: How many rows at the end are such; their names stand in the first column.
        language: Of the words.
    """
    if language == "en" or not rows:
        return table
    first = table.to_series(0).to_list()
    for place in range(len(first) - rows, len(first)):
        first[place] = word_in(str(first[place]), language)
    return table.with_columns(pl.Series(table.columns[0], first, dtype=pl.String))


def word_in(name: str, language: Language) -> str:
    """Return the name of a row or column that adds others up, in the language."""
    if language == "sv":
        for word, swedish in _IN_SWEDISH.items():
            name = name.replace(word, swedish)
    return name


def is_stated(table: pl.DataFrame, name: str) -> bool:
    """Tell whether the table has the figure, and some record states it."""
    stated = f"{name}_stated"
    if name not in table.columns:
        return False
    return stated not in table.columns or bool(table[stated].sum())


def records_heading(kinds: Sequence[str], language: Language) -> dict[str, str]:
    """Return what stands over the number of records where they are not projects alone."""
    return {} if tuple(kinds) == ("project",) else {"projects": _RECORDS[language]}


def named_keys_shown(
    table: pl.DataFrame, keys: Sequence[str], language: Language
) -> pl.DataFrame:
    """Return the table with each code in a key column followed by its name.

    ``1`` becomes ``1 Kompetensförsörjning`` or ``1 Skills supply``, by the code list of
    the programme period that stands in the row. A code stays as it is where

    * the row has no period and several periods have the code;
    * no list has it, such as an area that is printed in words, or the word for a total;
    * its name was not read in a source: recalled or inferred names and descriptions in
      brackets keep their mark only in ``esfkit codes``.

    A name that was found in one language alone stands in both. Where the code is a word
    of esfkit's own (``owner_type``), the word of the language stands for it, and classes
    of size are grouped as figures are.

    Args:
        table: One row for each group; keys are texts.
        keys: The columns that name the group; those that hold no codes stay as they are.
        language: Of the names.
    """
    shown = [
        pl.Series(key, list(_cells(table, key, language)), dtype=pl.String)
        for key in keys
        if key in _LISTS or key in _WORDS or key in CLASSES
    ]
    return table.with_columns(shown)


def named_words_shown(table: pl.DataFrame, language: Language) -> pl.DataFrame:
    """Return the table with esfkit's own codes in words and its classes as people read them.

    Other codes stay without their names: there is little room above a column.
    """
    words = [key for key in table.columns if key in _WORDS or key in CLASSES]
    return named_keys_shown(table, words, language)


def _cells(table: pl.DataFrame, key: str, language: Language) -> Iterator[str | None]:
    periods = table[_PERIOD].to_list() if _PERIOD in table.columns else [None] * table.height
    for code, period in zip(table[key].to_list(), periods, strict=True):
        if code is None:
            yield None
        elif key in CLASSES:
            yield _DIGITS.sub(lambda found: _grouped(found[0], language), code)
        elif key in _WORDS:
            row = code_list(_WORDS[key]).by_code(code)
            yield code if row is None else _name_of(row, language)
        else:
            row = code_list(_LISTS[key]).by_code(code, period)
            name = _name_of(row, language) if row and row.certainty == _READ else ""
            yield f"{code} {name}" if name else code


def _grouped(digits: str, language: Language) -> str:
    return f"{int(digits):,}".replace(",", "," if language == "en" else "\xa0")


def _name_of(row: Code, language: Language) -> str:
    """Return the name in the language, else in the other; empty where none is known."""
    wanted = row.name_sv if language == "sv" else row.name_en
    return wanted if wanted in row.names else next(iter(row.names), "")
