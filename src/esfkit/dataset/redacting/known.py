"""What is known of contact persons by its label, for each row of a table."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import chain
from typing import NamedTuple

import polars as pl

from esfkit.dataset.columns import PERSONAL_COLUMNS
from esfkit.dataset.redacting.addresses import find_emails
from esfkit.dataset.redacting.names import Name, names_in, signs_of
from esfkit.dataset.redacting.phones import find_phones
from esfkit.dataset.redacting.texts import Secrets

_ROW = "__row"
_Held = tuple[str, str]
"""A personal column, and what it holds or was read from."""


class Known(NamedTuple):
    """What is known of the contact persons of a table.

    Attributes:
        held: Row → what its personal columns hold and were read from.
        names: The full names of all rows.
        signs: Letters of which some stand wherever a name or its part does; ``None`` if
            a name has none, so that every text has to be looked at.
    """

    held: Mapping[int, frozenset[_Held]]
    names: Mapping[str, tuple[Name, ...]]
    signs: tuple[str, ...] | None

    def of_row(self, row: int, met: Iterable[str]) -> Secrets:
        """Return what to look for in a text of a row, in which these signs were met."""
        held = self.held.get(row, frozenset())
        signs = {*met, ""}
        own = {
            name: None
            for name in chain.from_iterable(map(_names_of, sorted(held)))
            if not signs.isdisjoint(signs_of(*name.parts))
        }
        others = {
            name
            for sign in signs
            for name in self.names.get(sign, ())
            if not signs.isdisjoint(signs_of(*name.parts[1:]))
        }
        return Secrets(
            names=tuple(own),
            others=tuple(sorted(others - own.keys())),
            emails=tuple(sorted(words for name, words in held if name == "email")),
            phones=tuple(sorted(words for name, words in held if name == "phone")),
        )


def known_of(frame: pl.DataFrame) -> Known:
    """Return what is known of the contact persons of a table's rows."""
    held: dict[int, set[_Held]] = {}
    for row, name, words in chain(_columns_held(frame), _places_held(frame)):
        held.setdefault(row, set()).update(_read(name, words.strip()))
    frozen = {row: frozenset(each) for row, each in held.items()}
    named = {name for each in frozen.values() for part in each for name in _names_of(part)}
    by_sign: dict[str, list[Name]] = {}
    for person in sorted(named):
        if person.is_full:
            for sign in signs_of(person.parts[0]):
                by_sign.setdefault(sign, []).append(person)
    signs = {sign for person in named for sign in signs_of(*person.parts)}
    return Known(
        frozen,
        {sign: tuple(names) for sign, names in by_sign.items()},
        None if "" in signs else tuple(sorted(signs)),
    )


def _columns_held(frame: pl.DataFrame) -> Iterator[tuple[int, str, str]]:
    for name in PERSONAL_COLUMNS:
        if name in frame.columns:
            stated = frame.select(name).with_row_index(_ROW).drop_nulls(name)
            yield from ((row, name, words) for row, words in stated.iter_rows())


def _places_held(frame: pl.DataFrame) -> Iterator[tuple[int, str, str]]:
    if "provenance" not in frame.columns:
        return
    places = (
        frame.select("provenance")
        .with_row_index(_ROW)
        .explode("provenance")
        .select(_ROW, pl.col("provenance").struct.field("field", "raw"))
        .filter(pl.col("field").is_in(PERSONAL_COLUMNS))
    )
    yield from places.iter_rows()


def _read(name: str, words: str) -> Sequence[_Held]:
    """Return what a labelled value holds; a number may stand beside a name."""
    held = [(name, words)] if words else []
    if name != "email":
        held += [("email", words[start:end]) for start, end in find_emails(words)]
    phones = [("phone", words[start:end]) for start, end in find_phones(words)]
    if name == "phone" and len(phones) > 1:
        return phones
    return held + phones


@lru_cache(maxsize=65536)
def _names_of(held: _Held) -> tuple[Name, ...]:
    name, words = held
    return tuple(names_in(words)) if name == "contact_person" else ()
