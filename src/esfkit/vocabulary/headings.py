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
_MONTH_NAMES = tuple(_MONTHS.split("|"))
_MONTHS_IN_ENGLISH = (
    "january",
    "february",
    "march",
    "may",
    "june",
    "july",
    "august",
    "october",
)
_DATE_WORDS = frozenset(
    (
        *(*_MONTH_NAMES, *_MONTHS_IN_ENGLISH),
        *(month[:3] for month in (*_MONTH_NAMES, *_MONTHS_IN_ENGLISH)),
        *("sept", "den", "kl", "klockan", "t", "z", "tz"),
    )
)
"""The letters that a word of a date may hold: ``12``, ``maj``, ``2019-05-12T10:00Z``."""


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
        stamps: Words before the date of a page, which begin a line of nothing else.
        dated: A banner that begins with a day, or with the month that a copy left of it.
    """

    lines: frozenset[str]
    starts: tuple[str, ...]
    words: tuple[str, ...]
    word_starts: tuple[str, ...]
    stamps: tuple[str, ...]
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
        stamps=tuple(words for match, words in rows if match == "stamp"),
        dated=re.compile(rf"(?:[0-9]{{1,2}} )?(?:{_MONTHS}) - "),
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
        or (_may_be_dated(line, words) and known.dated.match(words) is not None)
        or (words.startswith(known.stamps) and _is_stamp(words))
        or (words.startswith(known.word_starts) and _names_site(words))
    )


def _may_be_dated(line: str, folded: str) -> bool:
    """Return whether a line begins with a figure or a month in small letters."""
    return folded[:1].isdigit() or (
        folded.startswith(_MONTH_NAMES) and line.lstrip()[:1].islower()
    )


def _is_stamp(folded: str) -> bool:
    """Return whether a line tells when its page was written, and nothing else."""
    return any(
        folded.startswith(words) and _is_date(folded[len(words) :]) for words in chrome().stamps
    )


def _is_date(folded: str) -> bool:
    """Return whether nothing but a date and time stands behind a stamp's words."""
    if folded[:1].isalpha():
        return False
    letters = ("".join(filter(str.isalpha, word)) for word in folded.split())
    return all(not each or each in _DATE_WORDS for each in letters)


def _names_site(folded: str) -> bool:
    return any(begins_words(each, folded) for each in chrome().words)


def begins_words(beginnings: str, folded: str) -> bool:
    """Return whether words of a folded line begin so, one after the other."""
    words = iter(folded.split())
    return all(any(word.startswith(each) for word in words) for each in beginnings.split())
