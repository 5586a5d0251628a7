"""What is withheld where a table of records is given out."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

import polars as pl

from esfkit.dataset.columns import PERSONAL_COLUMNS
from esfkit.dataset.redacting.known import known_of
from esfkit.dataset.redacting.near import near
from esfkit.dataset.redacting.table import redact
from esfkit.dataset.redacting.texts import Secrets, Where, find_personal, marked
from esfkit.dataset.store import gather
from esfkit.vocabulary.fold import fold

WITHHELD: Final = "[withheld]"
"""Stands where personal data was withheld from a text."""

_ORGANISATION: Final = "organisation"  # a key that is worked out of the owner's name
_NAMING: Final = (
    *("title", "owner", "owner_name", "owner_unit", "phase", "programme_area_name"),
    "intervention_name",
)
"""Columns of texts that records are grouped by or shown with beside figures."""

TELLING: Final = ("record_id", *PERSONAL_COLUMNS)
"""Columns by which the persons of other rows are known."""


def withheld(
    frame: pl.DataFrame,
    everyone: pl.DataFrame | None = None,
    only: Sequence[str] | None = None,
) -> pl.DataFrame:
    """Return the table without personal data.

    The personal columns go, and so do the provenance entries and findings that belong to
    them or quote what they hold. In other texts :data:`WITHHELD` stands in their place.

    Args:
        frame: A table of records, with all its columns or some.
        everyone: Other rows of the same data, with the columns :data:`TELLING`.
        only: The columns that are wanted; the others only tell of persons, and go.
    """
    without = redact(frame, WITHHELD, findings="drop", everyone=everyone, only=only).frame
    return without.drop(PERSONAL_COLUMNS, strict=False)


def with_withheld_names(
    frame: pl.LazyFrame, columns: Iterable[str], everyone: pl.LazyFrame | None = None
) -> pl.LazyFrame:
    """Return the records with personal data withheld from what they are grouped by.

    Groups stay apart: two owners are never one because something of both is withheld.

    Args:
        frame: Records.
        columns: Keys that they are grouped by, and columns shown beside the figures.
        everyone: All rows of the data, with the columns :data:`TELLING`; without it the
            records themselves.
    """
    asked = set(columns)
    if _ORGANISATION in asked:
        asked |= {"owner", "owner_name"}
    naming = [name for name in _NAMING if name in asked]
    if not naming:
        return frame
    words = gather(frame.select(*naming).unique())
    telling = gather((frame if everyone is None else everyone).select(TELLING).unique())
    found = {name: withheld_names(words[name], telling) for name in naming}
    return frame.with_columns(pl.col(name).replace(its) for name, its in found.items() if its)


def withheld_names(
    words: Iterable[str | None], everyone: pl.DataFrame, where: Where = Where.NAMING
) -> Mapping[str, str]:
    """Return word → what is given out of it, of those that hold personal data.

    Two words never become one: what is grouped by them stays in its groups.

    Args:
        words: Names of owners, titles and the like.
        everyone: The rows by which persons are known, with the columns :data:`TELLING`.
        where: What kind of text they are.
    """
    distinct = sorted({each for each in words if each})
    secrets = Secrets(roll=known_of(everyone.clear(), near(everyone, distinct, ())).roll)
    places = ((each, find_personal(each, secrets, where)) for each in distinct)
    return kept_apart({each: marked(each, its, WITHHELD) for each, its in places if its})


def kept_apart(told: Mapping[str, str]) -> dict[str, str]:
    """Return what is given out of each word: numbered where two would be alike.

    Spellings of one owner have one number and differ in blanks, so that whoever takes
    spellings for one still does, and whoever does not, does not.
    """
    numbers: dict[str, list[str]] = {}
    spellings: dict[tuple[str, str], int] = {}
    apart = {}
    for each, its in told.items():
        alike, folded = numbers.setdefault(its, []), fold(each)
        if folded not in alike:
            alike.append(folded)
        number = alike.index(folded) + 1
        told_so_far = spellings[its, folded] = spellings.get((its, folded), -1) + 1
        apart[each] = its + (f" ({number})" if number > 1 else "") + " " * told_so_far
    return apart
