"""Pieces of personal data at the edges of a quotation.

A message quotes so many characters, so a quotation may begin or end within a name, an
address or a number: ``“…holds markup: <b>Freja Eke”``. Such a piece is known by the whole.
"""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Final

from esfkit.dataset.redacting.addresses import Span
from esfkit.vocabulary.persons import place_words

_QUOTATION: Final = re.compile(r"“([^“”]{1,400})”?")
_MORE: Final = "…"
_LEAST = 3
_LEAST_DIGITS = 4
_MARKS: Final = " \t\n\xa0()-\u2010\u2011\u2012\u2013\u2212/.+"


def find_cut(text: str, whole: Iterable[str]) -> Iterator[Span]:
    """Yield the places of pieces of personal data at the edges of quotations.

    Args:
        text: A message, or another text that quotes pieces of texts.
        whole: The names, addresses and numbers that may have been cut.
    """
    words = list(whole)
    if not words:
        return
    edges = [found.span(1) for found in _QUOTATION.finditer(text)] or [(0, len(text))]
    for begin, stop in edges:
        quoted = text[begin:stop].rstrip(_MORE)
        end = begin + len(quoted)
        quoted = quoted.lstrip(_MORE).casefold()
        start = end - len(quoted)
        for word in words:
            last, first = _cut_at_end(quoted, word), _cut_at_start(quoted, word)
            if last:
                yield end - last, end
            if first:
                yield start, start + first


def _cut_at_end(quoted: str, word: str) -> int:
    """Return how many characters at the end of a quotation are the beginning of a word."""
    for length in range(min(len(word), len(quoted)), _least(word) - 1, -1):
        begin = len(quoted) - length
        if quoted.endswith(word[:length]) and not (begin and quoted[begin - 1].isalnum()):
            return 0 if _is_other(word[:length]) else length
    return 0


def _cut_at_start(quoted: str, word: str) -> int:
    """Return how many characters at its beginning are the end of a word."""
    for length in range(min(len(word), len(quoted)), _least(word) - 1, -1):
        ends = len(quoted) == length or not quoted[length].isalnum()
        if ends and quoted.startswith(word[-length:]):
            return 0 if _is_other(word[-length:]) else length
    return 0


@lru_cache(maxsize=4096)
def _least(word: str) -> int:
    is_number = all(letter.isdigit() or letter in _MARKS for letter in word)
    return _LEAST_DIGITS if is_number else _LEAST


def _is_other(piece: str) -> bool:
    return piece in place_words()
