"""Texts looked through quickly for letters that stand in every word that may be meant.

The letters are looked for in the texts as they are, whatever their case and accents. That
misses nothing but words in whose midst an unusual character stands: one that is invisible,
is written above its letter, becomes two where letters are made small, or belongs to a young
script. A text with one of those is let through unseen, and is made plain before its words
are compared; there are few of them.
"""

from collections.abc import Callable
from functools import cache
from typing import Final

import polars as pl

from esfkit.analysis.selection.query import Part
from esfkit.vocabulary.fold import INVISIBLE
from esfkit.vocabulary.inflection import spellings

_INVISIBLE: Final = f"[{INVISIBLE}]"
_SIGNS: Final = r"\p{No}"  # read_query leaves them out too
_MARKS: Final = "[\u0300-\u036f]"
_BECOMES_TWO: Final = "\u0130"
_YOUNG: Final = "[\u1c80-\u1cbf\u2e80-\U0010ffff]"
"""Scripts that still gain capitals, of which patterns may know less than texts."""
_UNUSUAL: Final = f"{_INVISIBLE}|{_SIGNS}|{_MARKS}|{_BECOMES_TWO}|{_YOUNG}"
_OF_TWO: Final = {"a\u030a": "å", "a\u0308": "ä", "o\u0308": "ö"}

Screen = Callable[[pl.Expr], pl.Expr]
"""Asks something of each text."""


def may_hold(part: Part) -> Screen:
    """Return what tells whether a word may stand in a text without unusual characters.

    A word boundary would be plainer, but it makes the search ten times as slow in text
    that is not ASCII.
    """
    start = "" if _may_be_compound(part) else r"(?:^|\W)"
    return lambda texts: texts.str.contains(f"(?i){start}{_cores(part)}")


def is_unusual(texts: pl.Expr) -> pl.Expr:
    """Tell whether a text holds a character that may stand in the midst of a word."""
    return texts.str.contains(_UNUSUAL)


def words_of(part: Part) -> str:
    """Return a pattern of whole words that may be meant, where one may begin."""
    return rf"\w*{_cores(part)}\w*" if _may_be_compound(part) else rf"{_cores(part)}\w*"


def prepared(texts: pl.Expr) -> pl.Expr:
    """Return the texts in small letters, without what is invisible or stands above a letter.

    å, ä and ö of two characters become one; a full normalisation takes ten times as long.
    """
    small = texts.str.to_lowercase().str.replace_all(_INVISIBLE, "")
    small = small.str.replace_all(_SIGNS, " ")
    return small.str.replace_many(_OF_TWO).str.replace_all(_MARKS, "")


def _cores(part: Part) -> str:
    cores = part.stands_for.cores if part.stands_for else (part.word,)
    return f"(?:{'|'.join(map(_spelt, sorted(cores)))})"


def _may_be_compound(part: Part) -> bool:
    return part.stands_for is not None and bool(part.stands_for.heads)


@cache
def _spelt(word: str) -> str:
    """Return the pattern of a word, whatever accents its letters bear."""
    return "".join(
        letter if len(forms := spellings(letter)) == 1 else f"[{forms}]" for letter in word
    )
