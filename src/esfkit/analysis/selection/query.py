"""What a search asks for: words, phrases and what must not occur."""

import re
import unicodedata
from collections.abc import Iterator
from typing import Final, NamedTuple

from esfkit.model.errors import BadRequest
from esfkit.vocabulary.inflection import SearchedWord, plain, searched_word

LONGEST_QUERY: Final = 200
"""Characters."""

MOST_WORDS: Final = 12

_ENDS_SENTENCE: Final = frozenset(".!?:;")

_DASHES: Final = re.compile("[\u2010-\u2015\u2212]")
_QUOTES: Final = re.compile("[\u201c-\u201f\u00ab\u00bb]")
_ASKED: Final = re.compile(r'(?P<no>-?)(?:"(?P<phrase>[^"]*)"|(?P<words>[^\s"]+))')
WORD: Final = re.compile(r"\w+")


class Part(NamedTuple):
    """One word of what is asked for.

    Attributes:
        word: As :func:`esfkit.vocabulary.inflection.plain` gives it.
        gap: What stands between it and the word before; empty for the first.
        stands_for: Whatever stands for the word; ``None`` where it is meant exactly.
    """

    word: str
    gap: str
    stands_for: SearchedWord | None

    def is_met_in(self, word: str) -> bool:
        """Tell whether a word of a text is meant."""
        return word == self.word if self.stands_for is None else self.stands_for.is_met_in(word)

    def follows(self, gap: str) -> bool:
        """Tell whether the word goes on from the one before: no sentence ends between."""
        if gap == self.gap:
            return True
        return _ENDS_SENTENCE.isdisjoint(self.gap) and _ENDS_SENTENCE.isdisjoint(gap)


class Asked(NamedTuple):
    """A word or phrase that is asked for, or must not occur."""

    parts: tuple[Part, ...]
    wanted: bool


def without_signs(text: str) -> str:
    """Return the text with a blank for each raised figure, fraction and the like.

    Python takes them for letters of a word, the table library does not.
    """
    return "".join(" " if unicodedata.category(sign) == "No" else sign for sign in text)


def read_query(query: str) -> tuple[Asked, ...]:
    """Return what a query asks for.

    Raises:
        BadRequest: It has no word that is wanted, is too long, or has a quotation mark
            too few.
    """
    if len(query) > LONGEST_QUERY:
        raise BadRequest(
            f"The query has {len(query)} characters; {LONGEST_QUERY} are allowed. "
            "Search for the words that tell."
        )
    written = without_signs(_QUOTES.sub('"', _DASHES.sub("-", query)))
    if written.count('"') % 2:
        raise BadRequest(
            f"The query {query!r} has a quotation mark too few. "
            'A phrase stands between two, such as "utrikes födda".'
        )
    asked = tuple(dict.fromkeys(filter(lambda each: each.parts, _read(written))))
    if not any(each.wanted for each in asked):
        raise BadRequest(
            f"The query {query!r} names no word to search for. "
            "Name one that is to occur, then what must not, as in `arbete -skola`."
        )
    words = sum(len(each.parts) for each in asked)
    if words > MOST_WORDS:
        raise BadRequest(
            f"The query has {words} words; {MOST_WORDS} are allowed. "
            "Search for the words that tell."
        )
    return asked


def _read(written: str) -> Iterator[Asked]:
    for each in _ASKED.finditer(written):
        phrase = each["phrase"]
        parts = tuple(_parts(plain(phrase or each["words"] or ""), exact=phrase is not None))
        yield Asked(parts, wanted=not each["no"])


def _parts(words: str, *, exact: bool) -> Iterator[Part]:
    """Yield the words; of ``a-kassa`` only the last may be inflected."""
    found = list(WORD.finditer(words))
    for each, before in zip(found, [None, *found], strict=False):
        gap = words[before.end() : each.start()] if before else ""
        stands_for = None if exact or each is not found[-1] else searched_word(each[0])
        yield Part(each[0], gap, stands_for)
