"""The personal data in one text, and the text without it."""

import re
from collections.abc import Iterable, Iterator, Sequence
from enum import Enum, StrEnum
from functools import lru_cache
from typing import Final, NamedTuple

from esfkit.dataset.redacting.addresses import Span, find_emails
from esfkit.dataset.redacting.cuts import find_cut
from esfkit.dataset.redacting.identities import find_identity_numbers
from esfkit.dataset.redacting.persons.names import Name, find_full_name
from esfkit.dataset.redacting.persons.parts import (
    find_address_parts,
    find_lone_parts,
    find_parts,
    find_quoted_parts,
)
from esfkit.dataset.redacting.persons.roll import EMPTY, Roll, roll_of
from esfkit.dataset.redacting.persons.spelling import Spelling
from esfkit.dataset.redacting.persons.told import Told, find_told
from esfkit.dataset.redacting.phones import find_phones
from esfkit.dataset.redacting.readings import readings_of

_SHORTEST: Final = 5
_BETWEEN_DIGITS: Final = r"[\s().\-\u2010-\u2013\u2212/]{0,3}"
_FEWEST_DIGITS: Final = 5


class Kind(StrEnum):
    """What kind of personal data."""

    NAME = "name"
    EMAIL = "email"
    PHONE = "phone"
    IDENTITY = "identity_number"


class Where(Enum):
    """What kind of text it is, which tells what is looked for in it.

    In a URL, the name of a file or a code a number is rarely a telephone's, so there only
    the record's own are looked for.
    """

    PROSE = "sentences"
    NAMING = "what a record, its owner or a partner is called"
    QUOTE = "a message that quotes pieces of texts"
    ADDRESS = "a URL or the name of a file, in which names stand glued and rewritten"
    CODE = "an amount, a date, a code"


_WORDED: Final = frozenset((Where.PROSE, Where.NAMING, Where.QUOTE))


class Place(NamedTuple):
    """Where personal data stands in a text: first character and one past the last."""

    start: int
    end: int
    kind: Kind


class Secrets(NamedTuple):
    """What is known to be personal by its label, or by what the record's prose tells.

    Attributes:
        names: Of the record's own persons, full or not.
        own: The full ones among them.
        roll: The contact persons of all records.
        emails: What the record's addresses were read from.
        phones: What the record's telephone numbers were read from.
        spared: Words of what the record and its owner are called, in small letters; a part
            of a name that is one of them is no person where it stands alone.
        cut: Names, addresses and numbers of which a quotation may hold a piece.
    """

    names: tuple[Name, ...] = ()
    own: Roll = EMPTY
    roll: Roll = EMPTY
    emails: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    spared: frozenset[str] = frozenset()
    cut: tuple[str, ...] = ()


def find_personal(text: str, secrets: Secrets, where: Where = Where.PROSE) -> list[Place]:
    """Return the places of personal data in a text, in order, none over another.

    Args:
        text: The text.
        secrets: What is known of the record it belongs to.
        where: What kind of text it is.
    """
    found: list[Place] = []
    for reading in readings_of(text):
        for start, end, kind in _found_in(reading.text, secrets, where):
            found.append(Place(*reading.span(start, end), kind))
    return list(_apart(found))


def marked(text: str, places: Iterable[Place], mark: str) -> str:
    """Return the text with the mark in place of what is personal."""
    parts, last = [], 0
    for start, end, _ in places:
        parts += [text[last:start], mark]
        last = end
    return "".join((*parts, text[last:]))


def told_in(text: str) -> list[Told]:
    """Return the names of persons that a text itself tells, however it is veiled."""
    found: dict[Name, Told] = {}
    for reading in readings_of(text):
        contacts = [*find_emails(reading.text), *find_phones(reading.text)]
        found |= {told.name: told for told in find_told(reading.text, contacts)}
    return list(found.values())


def _found_in(text: str, secrets: Secrets, where: Where) -> list[Place]:
    found = list(_contacts(text, secrets, where)) if _SIGNS.search(text) else []
    told: list[Told] = []
    if where in _WORDED:
        spans = [(start, end) for start, end, kind in found if kind is not Kind.IDENTITY]
        told = list(find_told(text, spans))
        secrets = _with_told(secrets, told) if told else secrets
    found += [Place(*each.span, Kind.NAME) for each in told]
    found += [Place(*span, Kind.NAME) for span in _full_names(text, secrets, where)]
    if secrets.names:
        spans = [(start, end) for start, end, _ in found]
        for name in secrets.names:
            parts = _parts(text, name, spans, secrets, where)
            found += [Place(*span, Kind.NAME) for span in parts]
    if where is Where.QUOTE:
        found += [Place(*span, Kind.NAME) for span in find_cut(text, secrets.cut)]
    return found


_SIGNS: Final = re.compile(
    r"[@\uff20]|%40|=40|&|\d\D{0,4}\d\D{0,4}\d|(?i:snabel|at\b|\Wa\W|ät)|_at_"
)
"""What stands in every text that has an address or a number."""


def _contacts(text: str, secrets: Secrets, where: Where) -> Iterator[Place]:
    """Yield the addresses and numbers in a text."""
    yield from (Place(*span, Kind.EMAIL) for span in find_emails(text))
    yield from (Place(*span, Kind.IDENTITY) for span in find_identity_numbers(text))
    yield from _known(text, secrets)
    if where in _WORDED:
        yield from (Place(*span, Kind.PHONE) for span in find_phones(text))


def _with_told(secrets: Secrets, told: Sequence[Told]) -> Secrets:
    """Return what to look for, with the persons that the text itself tells."""
    new = dict.fromkeys(each.name for each in told if each.name not in secrets.names)
    if not new:
        return secrets
    names = (*secrets.names, *new)
    return secrets._replace(names=names, own=roll_of(names, own=True))


def _full_names(text: str, secrets: Secrets, where: Where) -> Iterator[Span]:
    own, roll = secrets.own, secrets.roll
    if where is Where.ADDRESS:
        for name in own.inside(text) | roll.inside(text):
            yield from find_full_name(text, name, Spelling.IN_ADDRESS)
        return
    known = own.among(text) | own.inside_words(text)
    for name in known:
        yield from find_full_name(text, name)
    for name in (roll.among(text) | roll.inside_words(text)) - known:
        yield from find_full_name(text, name, Spelling.AS_PRINTED)


def _parts(
    text: str, name: Name, found: Sequence[Span], secrets: Secrets, where: Where
) -> Iterator[Span]:
    yield from find_parts(text, name, found)
    if where is Where.PROSE:
        yield from find_lone_parts(text, name, secrets.spared)
    if where is Where.ADDRESS:
        yield from find_address_parts(text, name, secrets.spared)
    if where is Where.QUOTE:
        yield from find_quoted_parts(text, name)


def _known(text: str, secrets: Secrets) -> Iterator[Place]:
    small = text.lower() if secrets.emails else ""
    for email in secrets.emails:
        if len(email) >= _SHORTEST and email.lower() in small:
            pattern = re.compile(re.escape(email), re.IGNORECASE)
            yield from (Place(*each.span(), Kind.EMAIL) for each in pattern.finditer(text))
    digits = "".join(filter(str.isdigit, text)) if secrets.phones else ""
    for phone in secrets.phones:
        number = _digits_of(phone) if _core(phone) in digits else None
        if number is not None:
            yield from (Place(*each.span(), Kind.PHONE) for each in number.finditer(text))


def _core(phone: str) -> str:
    """Return the digits of a number that stand wherever it does, without a leading 0."""
    return "".join(filter(str.isdigit, phone)).removeprefix("0")


@lru_cache(maxsize=4096)
def _digits_of(phone: str) -> re.Pattern[str] | None:
    """Return a pattern of the number in any grouping, at home or from abroad."""
    digits = [letter for letter in phone if letter.isdigit()]
    if len(digits) < _FEWEST_DIGITS:
        return None
    first = digits.pop(0) if digits[0] == "0" else ""
    abroad = rf"(?:\+|00)?46{_BETWEEN_DIGITS}0?"
    before = rf"(?:{abroad}|0){_BETWEEN_DIGITS}" if first else ""
    return re.compile(rf"(?<!\d){before}{_BETWEEN_DIGITS.join(digits)}(?!\d)")


def _apart(places: Sequence[Place]) -> Iterator[Place]:
    """Yield the places; those that overlap become one, of the kind that begins first."""
    held: Place | None = None
    for place in sorted(places, key=lambda each: (each.start, -each.end)):
        if held is not None and place.start < held.end:
            held = held._replace(end=max(held.end, place.end))
            continue
        if held is not None:
            yield held
        held = place
    if held is not None:
        yield held
