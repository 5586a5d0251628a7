"""The personal data in one text, and the text without it."""

import re
from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from functools import lru_cache
from typing import Final, NamedTuple

from esfkit.dataset.redacting.addresses import find_emails
from esfkit.dataset.redacting.identities import find_identity_numbers
from esfkit.dataset.redacting.names import Name, Spelling, find_full_name, find_parts
from esfkit.dataset.redacting.phones import find_phones

_SHORTEST: Final = 5
_BETWEEN_DIGITS: Final = r"[\s().\-\u2010-\u2013\u2212/]{0,3}"
_FEWEST_DIGITS: Final = 5


class Kind(StrEnum):
    """What kind of personal data."""

    NAME = "name"
    EMAIL = "email"
    PHONE = "phone"
    IDENTITY = "identity_number"


class Place(NamedTuple):
    """Where personal data stands in a text: first character and one past the last."""

    start: int
    end: int
    kind: Kind


class Secrets(NamedTuple):
    """What is known to be personal by its label.

    Attributes:
        names: Of the record's own contact persons, full or not.
        others: Full names of contact persons of other records that may stand here.
        emails: What the record's addresses were read from.
        phones: What the record's telephone numbers were read from.
    """

    names: tuple[Name, ...] = ()
    others: tuple[Name, ...] = ()
    emails: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()


def find_personal(
    text: str, secrets: Secrets, *, is_prose: bool = True, is_address: bool = False
) -> list[Place]:
    """Return the places of personal data in a text, in order, none over another.

    Args:
        text: The text.
        secrets: What is known of the record it belongs to.
        is_prose: Whether any telephone number counts; in a URL or the name of a file a
            number is rarely one, so there only the record's own are looked for.
        is_address: Whether the whole text is a URL or the name of a file, in which names
            stand glued together and rewritten.
    """
    found = [Place(*span, Kind.EMAIL) for span in find_emails(text)]
    found += [Place(*span, Kind.IDENTITY) for span in find_identity_numbers(text)]
    found += _known(text, secrets)
    if is_prose:
        found += [Place(*span, Kind.PHONE) for span in find_phones(text)]
    own, others = Spelling.ALIKE, Spelling.AS_PRINTED
    if is_address:
        own = others = Spelling.IN_ADDRESS
    sought = [(name, own) for name in secrets.names]
    sought += [(name, others) for name in secrets.others]
    for name, spelling in sought:
        found += [Place(*span, Kind.NAME) for span in find_full_name(text, name, spelling)]
    spans = [(place.start, place.end) for place in found]
    for name in secrets.names:
        found += [Place(*span, Kind.NAME) for span in find_parts(text, name, spans)]
    return list(_apart(found))


def marked(text: str, places: Iterable[Place], mark: str) -> str:
    """Return the text with the mark in place of what is personal."""
    parts, last = [], 0
    for start, end, _ in places:
        parts += [text[last:start], mark]
        last = end
    return "".join((*parts, text[last:]))


def _known(text: str, secrets: Secrets) -> Iterator[Place]:
    for email in secrets.emails:
        if len(email) >= _SHORTEST:
            pattern = re.compile(re.escape(email), re.IGNORECASE)
            yield from (Place(*each.span(), Kind.EMAIL) for each in pattern.finditer(text))
    for digits in filter(None, map(_digits_of, secrets.phones)):
        yield from (Place(*each.span(), Kind.PHONE) for each in digits.finditer(text))


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
