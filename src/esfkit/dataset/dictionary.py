"""What each column means, in Swedish and English.

The words live in ``dictionary.csv``. Reading them needs no table library, so that
``esfkit schema`` starts fast.
"""

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

Language = Literal["sv", "en"]


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
    text = files("esfkit.dataset").joinpath("dictionary.csv").read_text(encoding="utf-8")
    return tuple(ColumnDescription(**row) for row in csv.DictReader(text.splitlines()))


def headings(language: Language) -> dict[str, str]:
    """Return column → heading in the language."""
    return {
        row.column: row.heading_sv if language == "sv" else row.heading_en
        for row in data_dictionary()
    }
