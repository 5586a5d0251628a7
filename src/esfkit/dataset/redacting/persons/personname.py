"""Whether words in a row are the name of a person, by their shape and by common names.

::

    name     = given {given | initial | particle} surname [second surname]
    given    = a word with a capital, among the commonest first names
    surname  = a word with a capital that is no word of an organisation, place, role or label

"""

import re
from collections.abc import Sequence
from functools import cache
from typing import Final, NamedTuple

from esfkit.dataset.redacting.persons.names import body_told_by
from esfkit.dataset.redacting.wordlist import words_of
from esfkit.vocabulary.persons import given_names, place_words, role_words, surnames
from esfkit.vocabulary.tables import read_table

_TOKEN: Final = re.compile(
    r"[^\W\d_](?:[^\W\d_]|['’](?=[^\W\d_])){0,40}(?:[-\u2010\u2011][^\W\d_]{1,40}){0,3}"
)
_BLANK = re.compile(r"\.?[ \t\xa0]{1,3}\Z")
_OVER_LINE = re.compile(r"[ \t\xa0]?\r?\n[ \t\xa0]{0,3}\Z")
_CAMEL = re.compile(r"(?<=[a-zà-öø-ÿ])(?=[A-ZÀ-ÖØ-Þ])")
_SURNAME_ENDINGS: Final = ("sson", "ström", "qvist", "kvist", "gren", "lund", "berg", "dahl")
_MOST_BETWEEN = 3
_LEAST = 2
_LABELS: Final = frozenset(
    ("e-post", "epost", "email", "mail", "webb", "hemsida", "adress", "projekt", "projektet")
)


class Words(NamedTuple):
    """The words of a text with their places.

    Attributes:
        text: The text.
        tokens: The words.
        starts: The first character of each.
        ends: One past its last.
    """

    text: str
    tokens: Sequence[str]
    starts: Sequence[int]
    ends: Sequence[int]

    def small(self, place: int) -> str:
        """Return a word in small letters."""
        return self.tokens[place].lower()

    def gap(self, place: int) -> str:
        """Return what stands between a word and the next one."""
        return self.text[self.ends[place] : self.starts[place + 1]]


def words_in(text: str) -> Words:
    """Return the words of a text; a label that a page glued to a name is a word of its own."""
    tokens: list[str] = []
    starts: list[int] = []
    for found in _TOKEN.finditer(text):
        place = found.start()
        for piece in _CAMEL.split(found[0]):
            tokens.append(piece)
            starts.append(place)
            place += len(piece)
    ends = [start + len(token) for start, token in zip(starts, tokens, strict=True)]
    return Words(text, tokens, starts, ends)


def is_given(word: str) -> bool:
    """Tell whether a word with a capital is a common first name, or two with a hyphen."""
    if not word[:1].isupper():
        return False
    small = word.lower()
    return small in given_names() or all(
        half in given_names() for half in re.split("[-\u2010\u2011]", small)
    )


def name_at(words: Words, place: int, *, anybody: bool = False) -> int | None:
    """Return one past the last word of the name that begins at a word, if one does.

    Args:
        words: The words of a text.
        place: The word.
        anybody: Whether the given name may be one that is not common.
    """
    first = words.tokens[place]
    if len(first) < _LEAST or not (is_given(first) or (anybody and _may_be_given(first))):
        return None
    last = _surname_behind(words, place)
    if last is None or _is_organisation(words, last):
        return None
    if not is_given(first) and words.small(last) in place_words():  # Coompanion Lund
        return None
    return last + 1 + _second_surname(words, last)


def _may_be_given(word: str) -> bool:
    return word[0].isupper() and not word.isupper() and not _is_stop(word)


def _surname_behind(words: Words, place: int) -> int | None:
    """Return where the surname of a given name stands."""
    for at in range(place + 1, min(place + 2 + _MOST_BETWEEN, len(words.tokens))):
        gap, word = words.gap(at - 1), words.tokens[at]
        over_line = _OVER_LINE.match(gap) is not None
        if not over_line and not _BLANK.match(gap):
            return None
        if "." in gap and len(words.tokens[at - 1]) > 1:
            return None
        is_middle = (len(word) == 1 and word.isupper()) or words.small(at) in _particles()
        if is_middle or (is_given(word) and _goes_on(words, at)):
            continue
        if over_line and words.small(at) not in surnames():
            return None
        return at if _may_be_surname(word) else None
    return None


def _goes_on(words: Words, place: int) -> bool:
    """Tell whether behind a further given name a surname stands."""
    if place + 1 >= len(words.tokens) or not _BLANK.match(words.gap(place)):
        return False
    return "." not in words.gap(place) and _may_be_surname(words.tokens[place + 1])


def _may_be_surname(word: str) -> bool:
    if len(word) < _LEAST or not word[0].isupper():
        return False
    small = word.lower()
    return small in surnames() or not _is_stop(word)


def _second_surname(words: Words, last: int) -> int:
    """Return 1 if another surname stands behind one, else 0."""
    if last + 1 >= len(words.tokens) or not _BLANK.match(words.gap(last)):
        return 0
    if "." in words.gap(last) or _is_organisation(words, last + 1):
        return 0
    word = words.tokens[last + 1]
    small = word.lower()
    is_one = small in surnames() or (small.endswith(_SURNAME_ENDINGS) and not _is_stop(word))
    return int(word[0].isupper() and is_one)


def _is_organisation(words: Words, last: int) -> bool:
    """Tell whether the word behind makes an organisation of it: ``Lund kommun``, ``Ek AB``."""
    if last + 1 >= len(words.tokens) or not _BLANK.match(words.gap(last)):
        return False
    behind = words.small(last + 1)
    two = f"{behind} {words.small(last + 2)}" if last + 2 < len(words.tokens) else behind
    return behind in words_of("body") or not _legal_forms().isdisjoint((behind, two))


def _is_stop(word: str) -> bool:
    """Tell whether a word is one of an organisation, a place, a role or a label."""
    small = word.lower()
    halves = {small, small.removesuffix("s"), *re.split("[-\u2010\u2011]", small)}
    return any(
        half in place_words() or half in _others() or body_told_by(half) is not None
        for half in halves
    )


@cache
def _particles() -> frozenset[str]:
    return words_of("particle")


@cache
def _others() -> frozenset[str]:
    roles = {word.lstrip("-") for word in role_words()}
    return frozenset(
        (*roles, *words_of("telephone"), *words_of("number"), *_LABELS, *_words_of_bodies())
    )


@cache
def _words_of_bodies() -> frozenset[str]:
    """Return the words of authorities and other public bodies, ``statens``, ``skolverket``."""
    return frozenset(
        word
        for row in read_table("legal_forms")
        if row["place"] != "number"
        for word in row["words"].split()
    )


@cache
def _legal_forms() -> frozenset[str]:
    """Return what tells a company or association behind its name: ``AB``, ``ek för``."""
    return frozenset(
        row["words"]
        for row in read_table("legal_forms")
        if row["rank"] == "legal" and row["place"] in ("within", "end")
    )
