"""Which lines may begin with a label, told by their first letters.

Few lines of a text do. The others are passed over after one look-up, and only these are
looked at closely (``scan``).
"""

import re
import unicodedata
from functools import cache, lru_cache
from itertools import compress, count

from esfkit.parsing.lines import Lines
from esfkit.vocabulary.labels import label_table

LONG_BEGINNING = 10
"""Letters that tell most prose which begins like a label from a label."""

_BEGINNING = 4  # letters looked up first; those of LabelTable.starts
_LISTED = re.compile("[0-9]{1,2}[.)][ \t\u00a0]")
_DIGITS = "0123456789"  # no label begins with one
_WORDS = re.compile("[A-Za-zÀ-ÖØ-Þà-öø-ÿ]{1,10}(?: [A-Za-zÀ-ÖØ-Þà-öø-ÿ0-9]{1,10}){0,5} ?")
"""Ordinary words: nothing invisible, combined or marked among them."""


def lines_to_read(lines: Lines) -> list[int]:
    """Return the numbers of the lines that may begin with a label, by their first letters."""
    begins = [words[:_BEGINNING] for words in lines.words]
    return list(compress(count(), map(_may_begin_label, begins)))


@lru_cache(maxsize=16_384)
def _may_begin_label(beginning: str) -> bool:
    """Return whether a line that begins so may begin with a label, however it is printed.

    Remembered, for lines begin with the same few letters on page after page.
    """
    if beginning in label_table().starts:
        return True
    if not beginning or beginning.isalnum() or _is_figure(beginning):
        return False
    return not begins_as_prose(beginning)


@lru_cache(maxsize=16_384)
def begins_as_prose(beginning: str) -> bool:
    """Return whether a line begins with ordinary words that no label begins with.

    Neither case nor Unicode form could make a label of them, so the line needs no
    closer look.
    """
    if _WORDS.fullmatch(beginning) is None:
        return False
    letters = unicodedata.normalize("NFD", beginning.casefold()).rstrip()
    known, keys = _decomposed_keys()
    return letters not in known and not letters.startswith(keys)


@cache
def _decomposed_keys() -> tuple[frozenset[str], tuple[str, ...]]:
    """Return every beginning of every folded label, and the folded labels, all decomposed."""
    keys = tuple(unicodedata.normalize("NFD", key) for key in label_table().by_key)
    return frozenset(key[:end] for key in keys for end in range(1, len(key) + 1)), keys


def _is_figure(beginning: str) -> bool:
    """Return whether a line begins with a figure and not with a list's number."""
    return beginning[0] in _DIGITS and _LISTED.match(beginning) is None
