"""A contact person's name as its label gives it, and the places where it stands in a text.

How a full name may be spelt is told in ``spelling``; of a part of it that stands alone
``parts`` tells whether it is the person.
"""

import re
from collections.abc import Iterator
from functools import cache
from typing import Final, NamedTuple

from esfkit.dataset.redacting.addresses import Span, find_emails
from esfkit.dataset.redacting.persons.spelling import (
    Spelling,
    full_name,
    later_parts,
    sign_of,
    with_halves,
)
from esfkit.dataset.redacting.phones import find_phones
from esfkit.dataset.redacting.readings import plain
from esfkit.dataset.redacting.wordlist import words_of
from esfkit.values.owner_type import read_owner_type
from esfkit.vocabulary.persons import role_words

_PIECES = re.compile(r"[;/&()|\n]|\b(?:och|eller|samt|and)\b", re.IGNORECASE)
_TOKEN: Final = re.compile(r"[^\W\d_](?:[\w'’.-]*[^\W_])?")
_MOST_TOKENS = 6
_LONGEST = 200


class Name(NamedTuple):
    """A person's name.

    Attributes:
        parts: Its words as printed, the given name first; a single one where no more
            is known.
    """

    parts: tuple[str, ...]

    @property
    def is_full(self) -> bool:
        """Whether it names one person: a given name and a surname."""
        return len(self.parts) > 1


def names_in(words: str) -> list[Name]:
    """Return the names of persons that a labelled value holds.

    Titles, telephone numbers and e-mail addresses beside them are none, and neither is
    an organisation that stands for a person, such as ``Växjö kommun``, or behind one.
    """
    bare = _without_addresses(plain(words[:_LONGEST]))
    names: list[Name] = []
    for piece in _PIECES.split(bare):
        names.extend(_names_of_piece(piece))
    return list(dict.fromkeys(names))


def _without_addresses(words: str) -> str:
    for start, end in (*find_emails(words), *find_phones(words)):
        words = f"{words[:start]}{' ' * (end - start)}{words[end:]}"
    return words


def _names_of_piece(piece: str) -> Iterator[Name]:
    halves = [_person_words(half) for half in piece.split(",")]
    halves = [half for half in halves if half]
    if [len(half) for half in halves] == [1, 1]:  # Lund, Per
        yield Name((*halves[1], *halves[0]))
        return
    for half in halves:
        yield Name(half)


def _person_words(words: str) -> tuple[str, ...]:
    """Return the words of a name, without titles; nothing for an organisation."""
    tokens = [
        token
        for token in _TOKEN.findall(words)
        if token.lower() not in role_words() | words_of("telephone")
    ]
    body = next((place for place, token in enumerate(tokens) if body_told_by(token)), None)
    if body is None:
        return () if read_owner_type(words.strip()) else _named(tokens)
    # Eva Holm Växjö kommun: the word before is the organisation's. Projektkontoret has none.
    before = _named(tokens[: max(0, body - (body_told_by(tokens[body]) == "body"))])
    return before if len(before) > 1 else ()


def body_told_by(token: str) -> str | None:
    """Return how a word tells an organisation: with the word before it, or by itself."""
    word = token.lower()
    if word in words_of("body") or word in words_of("ending"):
        return "body"
    by_itself = word in words_of("unit_body") or word.endswith(tuple(words_of("ending")))
    return "alone" if by_itself else None


def _named(tokens: list[str]) -> tuple[str, ...]:
    """Return the words of a name among words."""
    particles = words_of("particle")
    capitals = [token for token in tokens if token[0].isupper()]
    if capitals:
        tokens = [token for token in tokens if token[0].isupper() or token.lower() in particles]
    while tokens and tokens[0].lower() in particles and not tokens[0][0].isupper():
        tokens = tokens[1:]
    return tuple(token for token in tokens if len(token) > 1)[:_MOST_TOKENS]


# --- where it stands --------------------------------------------------------------------


_WORD: Final = re.compile(r"\S+")
_ADDRESS_SIGN: Final = re.compile(r"[@\uff20]|://|www\.|%[0-9A-Fa-f]{2}")


def address_words(text: str) -> Iterator[Span]:
    """Yield the places of words of a text in which an address may stand."""
    if _ADDRESS_SIGN.search(text):
        for word in _WORD.finditer(text):
            if _ADDRESS_SIGN.search(word[0]):
                yield word.span()


def find_full_name(
    text: str, name: Name, spelling: Spelling = Spelling.ALIKE
) -> Iterator[Span]:
    """Yield the places where a full name stands, in addresses in any spelling."""
    if not name.is_full:
        return
    taken = {found.span() for found in full_name(name.parts, spelling).finditer(text)}
    if spelling is not Spelling.IN_ADDRESS:
        for span in address_words(text):
            glued = full_name(name.parts, Spelling.IN_ADDRESS)
            taken |= {found.span() for found in glued.finditer(text, *span)}
    yield from sorted(taken)


@cache
def later_signs(name: Name) -> frozenset[str]:
    """Return letters of which some stand wherever a full name does."""
    return frozenset(map(sign_of, (*later_parts(name.parts), *name.parts[1:])))


@cache
def given_signs(name: Name) -> frozenset[str]:
    """Return letters of which some stand wherever its given name does."""
    return frozenset(map(sign_of, with_halves(name.parts[:1])))
