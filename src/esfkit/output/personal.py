"""What is withheld from every output unless it is asked for.

The same is withheld as :func:`esfkit.dataset.redacting.table.redact` takes out for good:
the contact fields, the places they were read from, and in every other text the contact
persons' names, e-mail addresses and telephone numbers. People whom no label names are not
found.
"""

from collections.abc import Iterable, Sequence
from typing import Final, Literal

import polars as pl

from esfkit.dataset.columns import PERSONAL_COLUMNS, require_columns
from esfkit.dataset.redacting.table import redact
from esfkit.dataset.redacting.texts import Secrets, find_personal, marked
from esfkit.model.errors import BadRequest

WITHHELD: Final = "[withheld]"
"""Stands where personal data was withheld from a text."""

_NOTE: Final = {
    "en": "Withheld: {fields} of {records} records; --personal-data lets them out.",
    "sv": "Utelämnat: {fields} av {records} poster; --personal-data släpper ut dem.",
}


def withhold(frame: pl.DataFrame, *, personal: bool = False) -> pl.DataFrame:
    """Return the table without personal data.

    The personal columns go, and so do the provenance entries and findings that belong to
    them or quote what they hold. In other texts :data:`WITHHELD` stands in their place.

    Args:
        frame: A table of records, with all its columns or some.
        personal: Whether personal data was asked for; then nothing is withheld.
    """
    if personal:
        return frame
    without = redact(frame, WITHHELD, findings="drop").frame
    return without.drop(PERSONAL_COLUMNS, strict=False)


def withhold_from(text: str) -> str:
    """Return a text that belongs to no record without e-mail addresses and phone numbers."""
    return marked(text, find_personal(text, Secrets()), WITHHELD)


def withheld_note(frame: pl.DataFrame, language: Literal["sv", "en"]) -> str:
    """Return in a sentence how many contact fields are withheld of a table of records.

    Args:
        frame: The records with their personal columns, as far as they have them.
        language: Of the sentence.

    Returns:
        Nothing if no record states any.
    """
    stated = {
        name: frame.height - frame[name].null_count()
        for name in PERSONAL_COLUMNS
        if name in frame.columns
    }
    fields = ", ".join(f"{name} {count}" for name, count in stated.items() if count)
    return _NOTE[language].format(fields=fields, records=frame.height) if fields else ""


def choose_columns(
    frame: pl.DataFrame, columns: Sequence[str], *, personal: bool = False
) -> pl.DataFrame:
    """Return the columns asked for, in that order, with personal data withheld.

    Raises:
        BadRequest: A column is unknown, or personal and not asked for as such.
    """
    require_columns(columns, frame.columns)
    refuse_personal(columns, personal=personal)
    if personal:
        return frame.select(*dict.fromkeys(columns))
    known_by = [name for name in _TELLING if name in frame.columns and name not in columns]
    needed = frame.select(*dict.fromkeys(columns), *known_by)
    return withhold(needed).select(*dict.fromkeys(columns))


_TELLING: Final = (*PERSONAL_COLUMNS, "provenance")
"""Columns by which personal data in the others is known."""


def refuse_personal(columns: Iterable[str], *, personal: bool) -> None:
    """Make sure that no personal column is used unless it was asked for as such.

    Raises:
        BadRequest: One is.
    """
    for name in columns:
        if name in PERSONAL_COLUMNS and not personal:
            raise BadRequest(f"{name} is personal data. Add --personal-data to let it out.")
