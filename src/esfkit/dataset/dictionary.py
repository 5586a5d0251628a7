"""What each column means, in Swedish and English.

The words live in ``dictionary.csv`` (the columns of a record) and ``figures.csv`` (those
of tables made from records). Reading them needs no table library, so that
``esfkit schema`` starts fast.
"""

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final, Literal

Language = Literal["sv", "en"]

_ANY: Final = "*"


@dataclass(frozen=True, slots=True)
class ColumnDescription:
    """One row of the data dictionary.

    Attributes:
        column: The name that everything agrees on.
        heading_sv: A heading for a Swedish table.
        heading_en: A heading for an English table.
        description_sv: What the value is, in Swedish.
        description_en: What the value is, in English.
        unit: Such as ``SEK`` or ``fraction``; empty for words.
    """

    column: str
    heading_sv: str
    heading_en: str
    description_sv: str
    description_en: str
    unit: str


@cache
def data_dictionary() -> tuple[ColumnDescription, ...]:
    """Return the description of every column, in the order of the record."""
    return _read("dictionary.csv")


@cache
def figure_dictionary() -> tuple[ColumnDescription, ...]:
    """Return the description of every column that tables of figures can have.

    ``*_median`` and its like stand for any figure; ``{}`` in their headings for its own.
    """
    return _read("figures.csv")


def _read(name: str) -> tuple[ColumnDescription, ...]:
    text = files("esfkit.dataset").joinpath(name).read_text(encoding="utf-8")
    return tuple(ColumnDescription(**row) for row in csv.DictReader(text.splitlines()))


def headings(language: Language, columns: Iterable[str] = ()) -> dict[str, str]:
    """Return column → heading in the language.

    Args:
        language: Of the headings.
        columns: Columns of a table of figures, which may be made up of a figure and a
            statistic, as ``esf_support_sek_median`` is. What has no heading is left out.
    """
    named = {
        row.column: row.heading_sv if language == "sv" else row.heading_en
        for row in (*data_dictionary(), *figure_dictionary())
    }
    for column in columns:
        if column not in named and (heading := _composed(column, named)):
            named[column] = heading
    return {column: heading for column, heading in named.items() if column[0] != _ANY}


def units(columns: Iterable[str]) -> dict[str, str]:
    """Return column → what its figures are counted in, where they have a unit."""
    named = {row.column: row.unit for row in (*data_dictionary(), *figure_dictionary())}
    return {column: unit for column in columns if (unit := _unit(column, named))}


def _unit(column: str, named: Mapping[str, str]) -> str:
    if column in named:
        return named[column]
    stem, _, last = column.rpartition("_")
    own = named.get(f"{_ANY}_{last}", "")
    return own or (_unit(stem, named) if stem else "")


def _composed(column: str, named: Mapping[str, str]) -> str | None:
    stem, _, last = column.rpartition("_")
    form = named.get(f"{_ANY}_{last}")
    if form is None or not stem:
        return None
    of_stem = named.get(stem) or _composed(stem, named)
    return None if of_stem is None else form.replace("{}", of_stem)
