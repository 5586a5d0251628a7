"""Which Swedish words stand for one another in a search.

Words are compared by their endings, class by class (``inflections.csv``): two words are
one if some class has both, as ``kvinna`` and ``kvinnorna`` are of the first declension.
No dictionary stands behind it, so words of one spelling are not told apart.
"""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from string import ascii_lowercase
from typing import NamedTuple

from esfkit.vocabulary.tables import read_table

VOWELS = frozenset("aeiouyåäö")

_OWN_LETTERS = "åäö"
_FOREIGN_LETTERS = {"ø": "ö", "æ": "ä"}
_ACCENTED_LETTERS = range(0xC0, 0x250)
_ACCENTS = range(0x300, 0x370)
_INVISIBLE = (0xAD, 0x200B, 0x200C, 0x200D, 0x200E, 0x200F, 0x2060, 0xFEFF)

_SHORTEST_PART = 3
_SHORTEST_IN_COMPOUND = 4
_LONGEST_COMPOUND = 60


class _Class(NamedTuple):
    """One way to inflect a word.

    Attributes:
        endings: What its forms end in, behind a stem that is common to them.
        joints: What the stem ends in where another word follows in a compound.
        after_vowel: Whether the stem has to end in a vowel.
        shortest: How many letters the stem has at least.
    """

    endings: tuple[str, ...]
    joints: tuple[str, ...]
    after_vowel: bool
    shortest: int


@dataclass(frozen=True, slots=True)
class SearchedWord:
    """A word that is searched for, with all that stands for it.

    Attributes:
        forms: The word and its inflected forms.
        heads: What stands for it at the beginning or in the middle of a compound;
            empty for a word that is too short to be looked for there.
    """

    forms: frozenset[str]
    heads: frozenset[str]

    def is_met_in(self, word: str) -> bool:
        """Tell whether a word of a text, as :func:`plain` gives it, stands for this one."""
        if word in self.forms or word in self.heads:
            return True
        if not self.heads or len(word) > _LONGEST_COMPOUND:
            return False
        return any(self._ends_or_goes_on(word, start) for start in _starts(word))

    def _ends_or_goes_on(self, word: str, start: int) -> bool:
        """Tell whether the rest is a form, or what a compound goes on from."""
        rest = word[start:]
        if start and len(rest) >= _SHORTEST_IN_COMPOUND and rest in self.forms:
            return True
        return any(rest[:end] in self.heads and _is_word(rest[end:]) for end in _ends(rest))

    @property
    def cores(self) -> frozenset[str]:
        """The fewest stretches of letters of which every word that stands for it holds one."""
        return _fewest(self.forms | self.heads)


def plain(text: str) -> str:
    """Return the text in small letters, without accents and what is invisible.

    ``é`` is ``e`` and ``ü`` is ``u``; ``å``, ``ä`` and ``ö`` are letters of their own,
    which Danish and Norwegian write ``æ`` and ``ø``.
    """
    composed = unicodedata.normalize("NFC", text.lower().translate(_invisible()))
    return composed.translate(_unaccented())


def spellings(letter: str) -> str:
    """Return every small letter that :func:`plain` makes this one of, itself first."""
    return letter + "".join(chr(code) for code, to in _unaccented().items() if to == letter)


@lru_cache(maxsize=256)
def searched_word(word: str) -> SearchedWord:
    """Return what stands for a word.

    A word of four letters, a last vowel not counted, is also found in compounds: as
    their end (``invandrarkvinnor``) or with another word behind it (``kvinnojour``).
    What stands beside it has three letters and a vowel, and is none of the prefixes and
    suffixes of ``word_parts.csv``: ``marknad`` holds no ``mark``.

    Args:
        word: One word as :func:`plain` gives it.
    """
    read = list(_readings(word))
    forms = {word} | {
        stem + ending + genitive
        for each, stem in read
        for ending in each.endings
        for genitive in ("", "s")
        if not genitive or len(stem + ending) >= _SHORTEST_IN_COMPOUND
    }
    if len(word) - (word[-1:] in VOWELS) < _SHORTEST_IN_COMPOUND:
        return SearchedWord(frozenset(forms), frozenset())
    heads = {stem + joint for each, stem in read for joint in each.joints}
    long = {head for head in heads | {word} if len(head) >= _SHORTEST_IN_COMPOUND}
    return SearchedWord(frozenset(forms), frozenset(long))


def _readings(word: str) -> Iterator[tuple[_Class, str]]:
    """Yield the classes that the word may belong to, each with its stem.

    The ``s`` of a genitive is taken off a definite or plural form only: ``kurs`` is
    not the genitive of ``kur``.
    """
    for each in _classes():
        for ending in each.endings:
            for form in (ending, f"{ending}s" if ending else ending):
                stem = word.removesuffix(form)
                fits = word.endswith(form) and len(stem) >= each.shortest
                if fits and (not each.after_vowel or stem[-1] in VOWELS):
                    yield each, stem


@cache
def _classes() -> tuple[_Class, ...]:
    return tuple(
        _Class(
            tuple(row["endings"].split("|")),
            tuple(row["joints"].split("|")) if row["joints"] else (),
            row["after"] == "vowel",
            int(row["shortest"]),
        )
        for row in read_table("inflections")
    )


def _starts(word: str) -> Iterator[int]:
    """Yield where the word may stand in a compound: at once, or behind another word."""
    yield 0
    for start in range(_SHORTEST_PART, len(word) - _SHORTEST_PART):
        if _may_precede(word[:start]):
            yield start


def _ends(rest: str) -> range:
    return range(_SHORTEST_IN_COMPOUND, len(rest) - _SHORTEST_PART + 1)


def _may_precede(part: str) -> bool:
    return not VOWELS.isdisjoint(part) and part not in _parts("prefix")


def _is_word(part: str) -> bool:
    derived = part in _parts("ending") or part.startswith(_parts("suffix"))
    return not VOWELS.isdisjoint(part) and not derived


@cache
def _parts(place: str) -> tuple[str, ...]:
    return tuple(row["part"] for row in read_table("word_parts") if row["place"] == place)


def _fewest(words: frozenset[str]) -> frozenset[str]:
    kept: list[str] = []
    for word in sorted(words, key=lambda word: (len(word), word)):
        if not any(shorter in word for shorter in kept):
            kept.append(word)
    return frozenset(kept)


@cache
def _invisible() -> dict[int, None]:
    return dict.fromkeys(_INVISIBLE)


@cache
def _unaccented() -> dict[int, str]:
    """Return letter → letter without accent; an accent of its own → nothing."""
    letters = {ord(letter): to for letter, to in _FOREIGN_LETTERS.items()}
    letters |= dict.fromkeys(_ACCENTS, "")
    for code in _ACCENTED_LETTERS:
        parts = unicodedata.normalize("NFD", chr(code).lower())
        base = unicodedata.normalize("NFC", parts[:2])
        to = base if base in _OWN_LETTERS else parts[0]
        if to in ascii_lowercase or (to in _OWN_LETTERS and to != chr(code).lower()):
            letters[code] = to
    return letters
