"""What is known of contact persons, for each record of a table.

By their labels, from the personal columns and the places they were read from; and by what
the prose of a record tells of persons whom no label names. Rows of one record know the same:
a former contact of it is no stranger there. Whoever a label names anywhere, in the table or
in other rows of its dataset, is on the roll that is looked for everywhere.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from typing import Final

import polars as pl

from esfkit.dataset.columns import PERSONAL_COLUMNS
from esfkit.dataset.redacting import addresses, phones, readings
from esfkit.dataset.redacting.addresses import find_emails
from esfkit.dataset.redacting.columns import (
    NAMING_RECORDS,
    PROSE,
    QUOTED,
    is_searched,
    joined,
)
from esfkit.dataset.redacting.near import near
from esfkit.dataset.redacting.persons import roles
from esfkit.dataset.redacting.persons.names import Name, find_full_name, names_in
from esfkit.dataset.redacting.persons.roll import Roll, roll_of
from esfkit.dataset.redacting.persons.spelling import Spelling, signs_of
from esfkit.dataset.redacting.phones import find_phones
from esfkit.dataset.redacting.readings import plain
from esfkit.dataset.redacting.texts import Secrets, told_in

_FEW: Final = 1000
_ROW: Final = "__row"
_IDENTITY: Final = "record_id"
_PERSON: Final = "contact_person"
_Held = tuple[str, str]
"""A personal column, and what it holds or was read from."""

_Key = str | int
"""The ``record_id``, or the row of a table that has none."""


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of the persons of a table.

    Attributes:
        keys: Row → the record it belongs to.
        secrets: Record → what to look for in its texts; of those that hold anything.
        roll: The contact persons of all records.
        signs: Letters of which some stand wherever a name or its part does; ``None`` if
            a name has none, so that every text has to be looked at.
        texts: Prose and names of the rows, of which quotations hold pieces.
    """

    keys: Sequence[_Key]
    secrets: Mapping[_Key, Secrets]
    roll: Roll
    signs: tuple[str, ...] | None
    texts: Sequence[pl.Series]

    def of_row(self, row: int) -> Secrets:
        """Return what to look for in a text of a row."""
        return self.secrets.get(self.keys[row]) or Secrets(roll=self.roll)

    def of_quotation(self, row: int) -> Secrets:
        """Return what to look for in a quotation of a row's texts: also pieces of all that."""
        secrets = self.of_row(row)
        texts = [text for text in (each[row] for each in self.texts) if text]
        met = {
            name
            for text in texts
            for name in self.roll.among(text)
            if any(True for _ in find_full_name(text, name, Spelling.AS_PRINTED))
        }
        contacts = {
            text[start:end]
            for text in texts
            for start, end in (*find_emails(text), *find_phones(text))
        }
        return _quotable(secrets, sorted(met), sorted(contacts))


def known_of(frame: pl.DataFrame, everyone: pl.DataFrame | None = None) -> Known:
    """Return what is known of the persons of a table's rows.

    Args:
        frame: The rows.
        everyone: Other rows of the same dataset, of which the columns ``record_id`` and the
            personal ones are read: such as are not true any more or are not chosen.
    """
    keys = _keys_of(frame)
    held: dict[_Key, set[_Held]] = {}
    for row, name, words in chain(_columns_held(frame), _places_held(frame)):
        held.setdefault(keys[row], set()).update(_read(name, words.strip()))
    strangers: set[_Held] = set()
    own = set(keys)
    for key, name, words in _held_elsewhere(_of_interest(everyone, frame, keys)):
        if key in own:
            held.setdefault(key, set()).update(_read(name, words.strip()))
        elif name == _PERSON:
            strangers.update(_read(name, words.strip()))
    parts = chain(strangers, *held.values())
    labelled = {name for part in parts for name in _names_of(part)}
    roll = roll_of(labelled)
    told_names = _names_told(frame, keys)
    secrets = {
        key: _secrets(sorted(held.get(key, ())), told_names.get(key, ()), roll)
        for key in dict.fromkeys((*held, *told_names))
    }
    spared = _spared(frame, keys, secrets)
    secrets = {key: each._replace(spared=spared[key]) for key, each in secrets.items()}
    every = {*labelled, *chain.from_iterable(told_names.values())}
    signs = {sign for person in every for sign in signs_of(*person.parts)}
    texts = [joined(frame[name]) for name in QUOTED if name in frame.columns]
    return Known(keys, secrets, roll, None if "" in signs else tuple(sorted(signs)), texts)


def _keys_of(frame: pl.DataFrame) -> list[_Key]:
    if _IDENTITY not in frame.columns:
        return list(range(frame.height))
    stated = frame[_IDENTITY].to_list()
    return [row if identity is None else identity for row, identity in enumerate(stated)]


def _secrets(held: Sequence[_Held], told_names: Iterable[Name], roll: Roll) -> Secrets:
    labelled = chain.from_iterable(map(_names_of, held))
    names = tuple(dict.fromkeys((*labelled, *told_names)))
    emails = tuple(words for name, words in held if name == "email")
    numbers = tuple(words for name, words in held if name == "phone")
    return Secrets(names, roll_of(names, own=True), roll, emails, numbers)


def _quotable(secrets: Secrets, met: Iterable[Name], contacts: Iterable[str]) -> Secrets:
    names = tuple(dict.fromkeys((*secrets.names, *met)))
    parts = (part for name in names for part in name.parts)
    whole = (*parts, *secrets.emails, *secrets.phones, *contacts)
    return secrets._replace(
        names=names,
        own=secrets.own if names == secrets.names else roll_of(names, own=True),
        cut=tuple(dict.fromkeys(each.casefold() for each in whole)),
    )


# --- by labels --------------------------------------------------------------------------


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


def _of_interest(
    everyone: pl.DataFrame | None, frame: pl.DataFrame, keys: Sequence[_Key]
) -> pl.DataFrame | None:
    """Return the other rows; of very many those whose contacts may stand in a few rows."""
    if everyone is None or frame.height > _FEW:
        return everyone
    texts = [
        joined(frame[name]).drop_nulls() for name in frame.columns if is_searched(frame[name])
    ]
    return near(everyone, chain.from_iterable(texts), map(str, keys))


def _held_elsewhere(everyone: pl.DataFrame | None) -> Iterator[tuple[str | None, str, str]]:
    for name in PERSONAL_COLUMNS if everyone is not None else ():
        assert everyone is not None  # noqa: S101 - asked above
        if name in everyone.columns:
            stated = everyone.select(_IDENTITY, name).drop_nulls(name).unique()
            yield from ((key, name, words) for key, words in stated.iter_rows())


@lru_cache(maxsize=65536)
def _read(name: str, words: str) -> Sequence[_Held]:
    """Return what a labelled value holds; a number may stand beside a name."""
    read = plain(words)
    held = [(name, each) for each in dict.fromkeys((words, read)) if each]
    if name != "email":
        held += [("email", read[start:end]) for start, end in find_emails(read)]
    numbers = [("phone", read[start:end]) for start, end in find_phones(read)]
    if name == "phone" and len(numbers) > 1:
        return numbers
    return held + numbers


@lru_cache(maxsize=65536)
def _names_of(held: _Held) -> tuple[Name, ...]:
    name, words = held
    return tuple(names_in(words)) if name == _PERSON else ()


# --- by prose ---------------------------------------------------------------------------


def _names_told(frame: pl.DataFrame, keys: Sequence[_Key]) -> dict[_Key, tuple[Name, ...]]:
    """Return the persons that the prose of each record tells."""
    found: dict[_Key, dict[Name, None]] = {}
    for column in PROSE:
        if column in frame.columns:
            texts = joined(frame[column])
            rows = _may_tell(texts).arg_true()
            for row, text in zip(rows.to_list(), texts.gather(rows).to_list(), strict=True):
                names = dict.fromkeys(each.name for each in told_in(text))
                if names:
                    found.setdefault(keys[row], {}).update(names)
    return {key: tuple(names) for key, names in found.items()}


def _may_tell(texts: pl.Series) -> pl.Series:
    signs = (addresses.SIGN, phones.SIGN, readings.SIGN, roles.sign())
    may = texts.str.contains(signs[0])
    for sign in signs[1:]:
        may = may | texts.str.contains(sign)
    return may.fill_null(value=False)


def _spared(
    frame: pl.DataFrame, keys: Sequence[_Key], secrets: Mapping[_Key, Secrets]
) -> dict[_Key, frozenset[str]]:
    """Return the words of what records and owners are called, without their persons' names."""
    words: dict[_Key, set[str]] = {key: set() for key in secrets}
    rows = [row for row, key in enumerate(keys) if key in secrets]
    for column in NAMING_RECORDS:
        if column in frame.columns:
            texts = joined(frame[column]).gather(rows).to_list()
            for row, text in zip(rows, texts, strict=True):
                if text:
                    words[keys[row]] |= _words_without(text, secrets[keys[row]].own)
    return {key: frozenset(each) for key, each in words.items()}


def _words_without(text: str, own: Roll) -> set[str]:
    for name in own.among(text):
        for start, end in find_full_name(text, name):
            text = f"{text[:start]}{' ' * (end - start)}{text[end:]}"
    return {word.strip(".,:;()\"'”“").lower() for word in text.split()}
