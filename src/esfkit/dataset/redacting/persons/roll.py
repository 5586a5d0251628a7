"""Names of persons, and which of them may stand in a text.

A dataset has thousands of names, and each would have to be looked for in each text. So the
words of a text are looked up in a roll: only a name whose given name and surname stand
near one another is looked for with its pattern. A roll may offer a name too many and
never one too few.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, product
from typing import Final

from esfkit.dataset.redacting.persons.names import Name, address_words, given_signs, later_signs
from esfkit.dataset.redacting.persons.spelling import REWRITTEN, later_parts, with_halves

_CAPITALS: Final = "A-ZÀ-ÖØ-Þ"
# Of a word that a page glued to a label, KontaktpersonPer, both halves count.
_WORD: Final = re.compile(
    rf"[{_CAPITALS}]+(?![a-zà-öø-ÿ])|[{_CAPITALS}]?[^\W\d_{_CAPITALS}]+|[^\W\d_]"
)
_INITIAL = re.compile(rf"(?<!\w)[{_CAPITALS}]")
_AHEAD = 7
_BEHIND = 2
_LONGEST_SIGN = 24

_Pairs = Mapping[tuple[str, str], tuple[Name, ...]]
"""Two words that stand beside one another → the names that they may be of."""


@dataclass(frozen=True, slots=True)
class Roll:
    """The full names of some persons.

    Attributes:
        words: (given name or initial, surname) → names; of an own roll the surname's
            initial too. Words are without dots and accents.
        firsts: The given names and initials.
        signs: Letters of both → names, for addresses, in which names are glued together.
        first_signs: Letters of the given names.
        last_signs: And of the surnames.
    """

    words: _Pairs
    firsts: frozenset[str]
    signs: _Pairs
    first_signs: frozenset[str]
    last_signs: frozenset[str]

    def among(self, text: str) -> set[Name]:
        """Return the names that may stand in a text, their parts apart."""
        found: set[Name] = set()
        if not self.firsts or self.firsts.isdisjoint(_forms_in(text)):
            return found
        tokens = _tokens(text)
        for place, token in enumerate(tokens):
            for given in token:
                if given in self.firsts:
                    near = tokens[max(0, place - _BEHIND) : place + _AHEAD]
                    for last in {word for other in near for word in other}:
                        found.update(self.words.get((given, last), ()))
        return found

    def inside(self, address: str) -> set[Name]:
        """Return the names that may stand glued together in an address or a file's name."""
        if not self.signs:
            return set()
        met = _pieces(address.lower())
        initials = {f".{letter.lower()}" for letter in _INITIAL.findall(address)}
        pairs = product(self.first_signs & (met | initials), self.last_signs & met)
        return {name for pair in pairs for name in self.signs.get(pair, ())}

    def inside_words(self, text: str) -> set[Name]:
        """Return the names that may stand glued together in the addresses of a text."""
        return {
            name for start, end in address_words(text) for name in self.inside(text[start:end])
        }


EMPTY: Final = Roll({}, frozenset(), {}, frozenset(), frozenset())
"""The roll of a table that names nobody."""


def roll_of(names: Iterable[Name], *, own: bool = False) -> Roll:
    """Return the roll of these names; those that are not full are left out.

    Args:
        names: The names.
        own: Whether they are the persons of one record, in whose texts a surname may be cut
            to its initial, and letters may be rewritten.
    """
    full = sorted({name for name in names if name.is_full})
    if not own:
        full = sorted({two for name in full for two in _of_two(name)})
    words = _indexed(full, _own_pairs if own else _word_pairs)
    signs = _indexed(full, _sign_pairs)
    return Roll(
        words,
        frozenset(first for first, _ in words),
        signs,
        frozenset(first for first, _ in signs),
        frozenset(last for _, last in signs),
    )


def _indexed(
    names: Iterable[Name], pairs_of: Callable[[Name], Iterator[tuple[str, str]]]
) -> _Pairs:
    index: dict[tuple[str, str], dict[Name, None]] = {}
    for name in names:
        for pair in set(pairs_of(name)):
            index.setdefault(pair, {})[name] = None
    return {pair: tuple(found) for pair, found in index.items()}


def _of_two(name: Name) -> Iterator[Name]:
    """Yield the names of two words that lead to a name: many share one pattern of them."""
    for given, last in product(with_halves(name.parts[:1]), later_parts(name.parts)):
        yield Name((given, last))


def _word_pairs(name: Name) -> Iterator[tuple[str, str]]:
    lasts = list(map(_longest_word, later_parts(name.parts)))
    yield from product(map(_longest_word, with_halves(name.parts[:1])), lasts)
    initials = {_bare(half[0]) for half in name.parts[0].split("-") if half}
    yield from product(initials, (_longest_word(name.parts[-1]),))


def _own_pairs(name: Name) -> Iterator[tuple[str, str]]:
    for given, last in _word_pairs(name):
        yield from product(_rewritten(name, given), _rewritten(name, last))
    cut = _bare(name.parts[-1][0])
    yield from ((_longest_word(half), cut) for half in with_halves(name.parts[:1]))


def _rewritten(name: Name, word: str) -> set[str]:
    """Return a word of a name, and its forms with ``aa`` for ``å`` and the like."""
    forms = {word}
    for part in name.parts:
        for half in with_halves((part,)):
            if _longest_word(half) == word:
                letters = unicodedata.normalize("NFC", half).lower()
                forms.add(_bare("".join((*REWRITTEN.get(one, ()), one)[0] for one in letters)))
    return forms


@lru_cache(maxsize=65536)
def _longest_word(part: str) -> str:
    """Return the longest word of a part of a name, such as ``Arc`` of ``d'Arc``."""
    words = _WORD.findall(unicodedata.normalize("NFC", part)) or [part]
    return _bare(max(words, key=len))


def _sign_pairs(name: Name) -> Iterator[tuple[str, str]]:
    initials = {f".{half[0].lower()}" for half in name.parts[0].split("-") if half}
    yield from product(given_signs(name) | initials, later_signs(name))


@lru_cache(maxsize=65536)
def _bare(word: str) -> str:
    """Return a word in small letters, without dots and accents."""
    if word.isascii():
        return word.lower()
    letters = unicodedata.normalize("NFD", word.casefold())
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


@lru_cache(maxsize=16)
def _forms_in(text: str) -> frozenset[str]:
    return frozenset(chain.from_iterable(_tokens(text)))


@lru_cache(maxsize=16)
def _tokens(text: str) -> Sequence[tuple[str, ...]]:
    """Return the words of a text, each also without a genitive's *s*."""
    return [_forms(word) for word in _WORD.findall(text)]


@lru_cache(maxsize=65536)
def _forms(word: str) -> tuple[str, ...]:
    if len(word) == 1 and not word.isupper():  # no initial
        return ()
    bare = _bare(word)
    return (bare, bare[:-1]) if bare.endswith("s") else (bare,)


@lru_cache(maxsize=16)
def _pieces(words: str) -> frozenset[str]:
    """Return every run of letters that a sign may be."""
    return frozenset(
        words[start:end]
        for start in range(len(words))
        for end in range(start, min(start + _LONGEST_SIGN, len(words)) + 1)
    )
