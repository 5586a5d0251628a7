"""A part of a contact person's name that stands alone in a text of the own record.

*Lund* of *Per Lund* may as well be a town or a tree, and *Per* a preposition. So a part counts
behind a title, or beside something that was found. Elsewhere it counts in prose only, with a
capital that no sentence's beginning explains, unless it is among the commonest names and no
common word; and never where it is a place, stands behind *i*, *på* or *vid*, stands beside
another capital, with which it would be the name of something else, or is part of what the
record itself is called: its title, its owner.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from functools import lru_cache
from typing import Final

from esfkit.dataset.redacting.addresses import Span
from esfkit.dataset.redacting.persons.names import Name
from esfkit.dataset.redacting.persons.spelling import (
    address_part,
    name_parts,
    sign_of,
    with_halves,
)
from esfkit.dataset.redacting.wordlist import words_of
from esfkit.vocabulary.persons import (
    given_names,
    names_that_are_words,
    place_words,
    role_words,
    surnames,
)

_BESIDE = 24
_LEAST_IN_ADDRESS = 4
_LEAST_QUOTED = 3
_WORD_BEFORE = re.compile(r"([^\W\d_]{1,24}+)[^\w.\n]{1,3}+\Z")
_NEIGHBOUR_BEFORE = re.compile(r"([^\W\d_][\w-]{0,40}+)[ \t\xa0]\Z")
_CAPITAL_BEHIND = re.compile(r"[ \t\xa0]([^\W\d_a-zà-öø-ÿ])")
_LOOK_BACK: Final = 48
_SENTENCE_ENDS: Final = (*".!?:;\n•·*-–—|/", "")


def find_parts(text: str, name: Name, found: Sequence[Span]) -> Iterator[Span]:
    """Yield the places where a part of the name stands whose surroundings tell the person.

    Args:
        text: The text.
        name: The name.
        found: What was found in the text so far; a part beside it is the person's.
    """
    for each in _met(text, name):
        start, end = each.span()
        word = _word_before(text, start)
        if word in words_of("place"):
            continue
        if word in role_words() or _is_beside(text, (start, end), found):
            yield start, end


def find_lone_parts(text: str, name: Name, spared: AbstractSet[str]) -> Iterator[Span]:
    """Yield the places where a part of the name stands alone and can only be the person.

    Args:
        text: Prose of the name's own record.
        name: The name.
        spared: Words of what the record and its owner are called, in small letters.
    """
    given = {half.lower() for half in with_halves(name.parts[:1])}
    for each in _met(text, name):
        part, start = each["part"], each.start()
        word = part.lower()
        if word in spared or word in place_words() or (part.isupper() and len(part) > 1):
            continue
        if _word_before(text, start) in words_of("place") or _is_in_a_name(text, each.span()):
            continue
        if word in given:
            is_told = word in given_names() and word not in names_that_are_words()
        elif word in names_that_are_words():
            continue
        else:
            is_told = word in surnames()
        if is_told or not _begins_sentence(text, start):
            yield each.span()


def find_address_parts(address: str, name: Name, spared: AbstractSet[str]) -> Iterator[Span]:
    """Yield the places where a part of the name is a word of an address or a file's name.

    Args:
        address: Of the name's own record.
        name: The name.
        spared: Words of what the record and its owner are called, in small letters.
    """
    small = address.lower()
    for part in with_halves(name.parts):
        word = part.lower()
        is_other = word in spared or word in place_words() or word in names_that_are_words()
        if not is_other and len(part) >= _LEAST_IN_ADDRESS and sign_of(part) in small:
            yield from (found.span() for found in address_part(part).finditer(address))


def find_quoted_parts(text: str, name: Name) -> Iterator[Span]:
    """Yield where a part of the name stands in a message, which quotes pieces of a text."""
    small = text.lower()
    for part in with_halves(name.parts):
        word = part.lower()
        is_other = word in place_words() or word in names_that_are_words()
        if is_other or len(part) < _LEAST_QUOTED or sign_of(part) not in small:
            continue
        for found in address_part(part).finditer(text):
            if _word_before(text, found.start()) not in words_of("place"):
                yield found.span()


def _met(text: str, name: Name) -> Iterable[re.Match[str]]:
    """Return where parts of a name stand; of most names no pattern has to be made."""
    small = text.lower()
    if not any(half in small for half in _small_halves(name)):
        return ()
    return name_parts(name.parts).finditer(text)


@lru_cache(maxsize=16384)
def _small_halves(name: Name) -> tuple[str, ...]:
    return tuple(half.lower() for half in with_halves(name.parts))


def _is_beside(text: str, part: Span, found: Sequence[Span]) -> bool:
    """Tell whether something found stands near a part, on the same line and sentence."""
    start, end = part
    gaps = [text[end:begin] for begin, _ in found if 0 <= begin - end <= _BESIDE]
    gaps += [text[stop:start] for _, stop in found if 0 <= start - stop <= _BESIDE]
    return any("\n" not in gap and ". " not in gap for gap in gaps)


def _word_before(text: str, start: int) -> str:
    found = _WORD_BEFORE.search(text[max(0, start - _BESIDE) : start])
    return found[1].lower() if found else ""


def _begins_sentence(text: str, start: int) -> bool:
    before = text[max(0, start - _LOOK_BACK) : start].rstrip(" \t\xa0\"“”'’«»(")
    return before[-1:] in _SENTENCE_ENDS


def _is_in_a_name(text: str, part: Span) -> bool:
    """Tell whether a word with a capital stands beside: ``Ekeroth Bygg``, ``Hotell Strand``."""
    start, end = part
    if _CAPITAL_BEHIND.match(text, end):
        return True
    begin = max(0, start - _LOOK_BACK)
    before = _NEIGHBOUR_BEFORE.search(text[begin:start])
    if before is None or not before[1][0].isupper():
        return False
    return not _begins_sentence(text, begin + before.start())
