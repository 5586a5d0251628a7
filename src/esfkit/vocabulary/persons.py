"""Names that people bear, and the words that tell that a name follows.

Two tables: ``person_names.csv`` has the commonest first names and surnames, each with
whether it is a common word too (``Sten``, ``Berg``); ``role_words.csv`` has the words for
what somebody does in a project (``projektledare``), each with what may stand beside it.
Neither tells that a word *is* a name: only its place in a text does.
"""

from functools import cache
from typing import Final, Literal

from esfkit.vocabulary.codes import code_list
from esfkit.vocabulary.tables import read_table

Role = Literal["person", "either", "speech"]
"""``person``: a person's name stands beside the word, ``either``: it may be an
organisation's as well (``kontakt``), ``speech``: who speaks, before or behind it."""

_PLACES: Final = ("municipalities", "counties", "regions")
_SHORTEST_PLACE = 3


@cache
def given_names() -> frozenset[str]:
    """Return the commonest first names, in small letters."""
    return frozenset(
        row["name"].lower() for row in read_table("person_names") if row["part"] == "given"
    )


@cache
def surnames() -> frozenset[str]:
    """Return the commonest surnames, in small letters."""
    return frozenset(
        row["name"].lower() for row in read_table("person_names") if row["part"] == "surname"
    )


@cache
def names_that_are_words() -> frozenset[str]:
    """Return the names that are common words too, in small letters."""
    return frozenset(
        row["name"].lower() for row in read_table("person_names") if row["also"] == "word"
    )


@cache
def role_words(*tells: Role) -> frozenset[str]:
    """Return the words for roles, in small letters; those that begin with ``-`` are endings.

    Args:
        tells: What the words tell; of any kind where none is named.
    """
    rows = read_table("role_words")
    return frozenset(row["word"] for row in rows if not tells or row["tells"] in tells)


@cache
def place_words() -> frozenset[str]:
    """Return every word of a municipality's, county's or region's name, in small letters."""
    names = (
        name
        for listed in _PLACES
        for row in code_list(listed).codes
        for name in (row.name_sv, *row.variants)
    )
    words = (word.strip(",()&").lower() for name in names for word in name.split())
    return frozenset(word for word in words if len(word) >= _SHORTEST_PLACE and word.isalpha())
