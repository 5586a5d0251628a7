"""Section headings and page furniture (chrome)."""

import re
from collections.abc import Mapping
from functools import cache, lru_cache
from typing import NamedTuple

from esfkit.vocabulary.fold import fold
from esfkit.vocabulary.tables import read_table

_MONTHS = (
    "januari|februari|mars|april|maj|juni|juli|augusti|september|oktober|november|december"
)


class Heading(NamedTuple):
    """One known section heading.

    Attributes:
        role: ``summary``, ``prose``, ``goals``, ``actors``, ``municipalities`` or
            ``practice`` (prose that also tells a practice page).
        language: ``sv``, ``da``, ``nb`` or ``en``.
        words: The heading as printed.
    """

    role: str
    language: str
    words: str


class Chrome(NamedTuple):
    """How page furniture is known.

    Attributes:
        lines: Whole lines.
        starts: Beginnings of lines.
        words: Beginnings of words that follow each other in a line, from its first.
        word_starts: The first of them of each entry.
        dated: A banner that begins with a day.
    """

    lines: frozenset[str]
    starts: tuple[str, ...]
    words: tuple[str, ...]
    word_starts: tuple[str, ...]
    dated: re.Pattern[str]


@cache
def headings() -> Mapping[str, Heading]:
    """Return folded heading → heading, from ``sections.csv``."""
    return {
        fold(row["heading"]): Heading(row["role"], row["language"], row["heading"])
        for row in read_table("sections")
    }


@cache
def heading_starts() -> frozenset[str]:
    """Return the first letters of all headings, folded: other lines need no look-up."""
    return frozenset(key[0] for key in headings())


@cache
def chrome() -> Chrome:
    """Return the furniture of ``chrome.csv``, folded."""
    rows = [(row["match"], fold(row["words"])) for row in read_table("chrome")]
    return Chrome(
        lines=frozenset(words for match, words in rows if match == "line"),
        starts=tuple(words for match, words in rows if match == "start"),
        words=tuple(words for match, words in rows if match == "words"),
        word_starts=tuple(words.split()[0] for match, words in rows if match == "words"),
        dated=re.compile(rf"[0-9]{{1,2}} (?:{_MONTHS}) - "),
    )


@cache
def furniture() -> frozenset[str]:
    """Return the furniture lines as printed, for a quick look at a line."""
    return frozenset(row["words"] for row in read_table("chrome") if row["match"] == "line")


@lru_cache(maxsize=8192)
def is_chrome(line: str) -> bool:
    """Return whether a line is page furniture and neither a value nor prose.

    Remembered, for the furniture of a site is the same on all its pages.
    """
    known = chrome()
    words = fold(line).rstrip(":")
    return (
        words in known.lines
        or words.startswith(known.starts)
        or (words[:1].isdigit() and known.dated.match(words) is not None)
        or (words.startswith(known.word_starts) and _names_site(words))
    )


def _names_site(folded: str) -> bool:
    return any(begins_words(each, folded) for each in chrome().words)


def begins_words(beginnings: str, folded: str) -> bool:
    """Return whether words of a folded line begin so, one after the other."""
    words = iter(folded.split())
    return all(any(word.startswith(each) for word in words) for each in beginnings.split())
