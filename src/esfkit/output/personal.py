"""What is withheld from every output unless it is asked for.

The same is withheld as :func:`esfkit.dataset.redacting.table.redact` takes out for good:
the contact fields, the places they were read from, and in every other text the contact
persons' names, e-mail addresses, telephone and personal identity numbers, and persons whom
the text itself tells.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final, Literal

import polars as pl

from esfkit.dataset.columns import PERSONAL_COLUMNS, require_columns
from esfkit.dataset.redacting import withholding
from esfkit.dataset.redacting.texts import Secrets, Where, find_personal, marked
from esfkit.dataset.store import gather
from esfkit.model.errors import BadRequest

WITHHELD: Final = withholding.WITHHELD
"""Stands where personal data was withheld from a text."""

TELLING: Final = withholding.TELLING
"""Columns by which the persons of other rows are known."""

_NOTE: Final = {
    "en": "Withheld: {fields} of {records} records; --personal-data lets them out.",
    "sv": "Utelämnat: {fields} av {records} poster; --personal-data släpper ut dem.",
}


def withhold(
    frame: pl.DataFrame, *, personal: bool = False, everyone: pl.LazyFrame | None = None
) -> pl.DataFrame:
    """Return the table without personal data.

    The personal columns go, and so do the provenance entries and findings that belong to
    them or quote what they hold. In other texts :data:`WITHHELD` stands in their place.

    Args:
        frame: A table of records, with all its columns or some.
        personal: Whether personal data was asked for; then nothing is withheld.
        everyone: All rows of the data, chosen or not: a contact person of any of them is
            withheld.
    """
    if personal:
        return frame
    return withholding.withheld(frame, _telling(everyone))


def withhold_names(
    frame: pl.LazyFrame,
    columns: Iterable[str],
    *,
    personal: bool = False,
    everyone: pl.LazyFrame | None = None,
) -> pl.LazyFrame:
    """Return the records with personal data withheld from what they are grouped by.

    Groups stay apart: two owners are never one because something of both is withheld.

    Args:
        frame: Records.
        columns: What they are grouped by, and what is shown beside the figures.
        personal: Whether personal data was asked for; then nothing is withheld.
        everyone: As :func:`withhold` takes it.
    """
    if personal:
        return frame
    return withholding.with_withheld_names(frame, columns, everyone)


def kept_apart(told: Mapping[str, str]) -> Mapping[str, str]:
    """Return word → what is given out of it, such that two words never become one.

    Args:
        told: Word → what is given out of it, of those of which something is withheld.
    """
    return withholding.kept_apart(told)


def _telling(everyone: pl.LazyFrame | None) -> pl.DataFrame | None:
    return None if everyone is None else gather(everyone.select(TELLING).unique())


def withhold_from(text: str, *, is_address: bool = False) -> str:
    """Return a text that belongs to no record without personal data.

    Args:
        text: The text.
        is_address: Whether it is a URL or the name of a file.
    """
    where = Where.ADDRESS if is_address else Where.PROSE
    return marked(text, find_personal(text, Secrets(), where), WITHHELD)


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
    frame: pl.DataFrame,
    columns: Sequence[str],
    *,
    personal: bool = False,
    everyone: pl.LazyFrame | None = None,
) -> pl.DataFrame:
    """Return the columns asked for, in that order, with personal data withheld.

    Args:
        frame: Records, with the columns by which personal data in the others is known.
        columns: What is asked for.
        personal: Whether personal data was asked for.
        everyone: As :func:`withhold` takes it.

    Raises:
        BadRequest: A column is unknown, or personal and not asked for as such.
    """
    require_columns(columns, frame.columns)
    refuse_personal(columns, personal=personal)
    if personal:
        return frame.select(*dict.fromkeys(columns))
    known_by = [name for name in _TELLING if name in frame.columns and name not in columns]
    needed = frame.select(*dict.fromkeys(columns), *known_by)
    wanted = list(dict.fromkeys(columns))
    return withholding.withheld(needed, _telling(everyone), wanted).select(wanted)


_TELLING: Final = (
    *(*TELLING, "provenance", "summary", "sections", "title"),
    *("owner", "owner_name", "owner_unit", "municipalities", "actors"),
)
"""Columns by which personal data in the others is known: labels, what prose tells, and what
a record is called."""


def refuse_personal(columns: Iterable[str], *, personal: bool) -> None:
    """Make sure that no personal column is used unless it was asked for as such.

    Raises:
        BadRequest: One is.
    """
    for name in columns:
        if name in PERSONAL_COLUMNS and not personal:
            raise BadRequest(f"{name} is personal data. Add --personal-data to let it out.")
