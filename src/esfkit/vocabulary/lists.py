"""Official lists of projects: the headings of their columns → field."""

from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from esfkit.vocabulary.fold import fold
from esfkit.vocabulary.tables import read_table


class ListHeading(NamedTuple):
    """One heading of one list.

    Attributes:
        list: The list, by the name of its layout.
        words: The heading as the list has it.
        field: What stands below it; see ``parsing/fields.py`` for how it is read.
        language: ``sv`` or ``en``.
    """

    list: str
    words: str
    field: str
    language: str


def read_list_headings() -> tuple[ListHeading, ...]:
    """Return every row of ``list_headings.csv``, in file order."""
    return tuple(
        ListHeading(row["list"], row["heading"], row["field"], row["language"])
        for row in read_table("list_headings")
    )


@cache
def headings_by_list() -> Mapping[str, Mapping[str, ListHeading]]:
    """Return the lists by name, each with its headings by every folded form they are met in."""
    lists: dict[str, dict[str, ListHeading]] = {}
    for heading in read_list_headings():
        forms = lists.setdefault(heading.list, {})
        forms.update(dict.fromkeys(_forms(heading.words), heading))
    return lists


@cache
def list_headings() -> frozenset[str]:
    """Return the folded forms of the headings of all lists."""
    return frozenset(form for forms in headings_by_list().values() for form in forms)


def _forms(words: str) -> tuple[str, ...]:
    """Return the folded heading, also with the blanks and underscores that copies change."""
    folded = fold(words)
    return (folded, folded.replace(" / ", "/"), folded.replace("_", " "))
