"""Prose → sections, lists and participant targets."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from esfkit.model.finding import Problem
from esfkit.model.record import ParticipantTarget
from esfkit.parsing.lines import Lines, on_one_line
from esfkit.values.count import read_count, read_women_men
from esfkit.values.place import read_municipality
from esfkit.vocabulary.fold import fold
from esfkit.vocabulary.headings import Heading, heading_starts, headings, is_chrome

LONGEST_HEADING = 80
_LONGEST_HEADING_LINE = LONGEST_HEADING + 8  # with its markup
_LONGEST_COLON_HEADING = 60
_LONGEST_TARGET = 120
_LONGEST_CHROME = 400
_BULLET = re.compile("[ \t\u00a0>]{0,8}(?:[•·▪◦‣●○■*–-][ \t\u00a0]{1,4})?")
_HEADING_MARKUP = " \t\u00a0#*_:>"
_QUOTED = " \t\u00a0>"


class Stretch(NamedTuple):
    """One section's place.

    Attributes:
        heading: The heading as printed, or ``None``.
        role: What the heading means; see :class:`~esfkit.vocabulary.headings.Heading`.
        heading_at: The heading's span, empty where there is none.
        start: Offset of the section's first character.
        end: Offset past its last character.
        lines: Numbers of its filled lines.
    """

    heading: str | None
    role: str
    heading_at: tuple[int, int]
    start: int
    end: int
    lines: tuple[int, ...]


class Item(NamedTuple):
    """One entry of a list section: its words and its place."""

    words: str
    start: int
    end: int
    line: int


def cut_sections(lines: Lines, first: int, stop: int) -> list[Stretch]:
    """Return the sections of the lines from ``first`` before ``stop``, in order.

    A heading is a known one alone on its line, a short line in capitals, or a short
    line that ends in a colon. Page furniture at both ends belongs to no section.
    """
    first, stop = _without_furniture(lines, first, stop)
    sections: list[Stretch] = []
    heading: Heading | None = None
    at = (0, 0)
    filled: list[int] = []
    for number in range(first, stop):
        words = lines.words[number]
        if not words or words.isspace():
            continue
        known = as_heading(words) if len(words) <= _LONGEST_HEADING_LINE else None
        if known is None or (not known.language and _is_entry(heading, words)):
            filled.append(number)
            continue
        if filled or heading is not None:
            sections.append(_stretch(lines, heading, at, filled))
        heading, at, filled = known, lines.content(number), []
    if filled or heading is not None:
        sections.append(_stretch(lines, heading, at, filled))
    return sections


def _is_entry(heading: Heading | None, words: str) -> bool:
    """Return whether a line that looks like an author's heading is an entry of a section.

    In a list of names it is a name in capitals, among goals a target before its figure.
    """
    if heading is None:
        return False
    if heading.role == "goals":
        return _names_participants(words.strip(_HEADING_MARKUP))
    return heading.role in ("actors", "municipalities")


def as_heading(words: str) -> Heading | None:
    """Return the heading that a line is, if it is one."""
    if len(words) > _LONGEST_HEADING_LINE:
        return _heading_of(words)
    return _remembered_heading(words)


@lru_cache(maxsize=8192)
def _remembered_heading(words: str) -> Heading | None:
    """Return the same of a short line: the headings of a site are the same on all its pages."""
    return _heading_of(words)


def _heading_of(words: str) -> Heading | None:
    bare = words.strip(_HEADING_MARKUP)
    if not bare or len(bare) > LONGEST_HEADING:
        return None
    if bare[0].casefold() in heading_starts():
        known = headings().get(fold(bare))
        if known is not None:
            return known._replace(words=bare)
    if _is_authors_heading(words.strip(_QUOTED), bare):
        return Heading("prose", "", bare)
    return None


def _is_authors_heading(line: str, bare: str) -> bool:
    """Return whether a line is a heading of the author's own making."""
    if line.startswith("#"):
        return True
    if line[0] in "•·▪◦‣●○■-–":
        return False
    if bare.isupper():
        return sum(letter.isalpha() for letter in bare) > 3  # noqa: PLR2004 - ESF and the like are words, not headings
    return line.endswith(":") and len(bare) <= _LONGEST_COLON_HEADING and bare[0].isupper()


def _stretch(
    lines: Lines, heading: Heading | None, at: tuple[int, int], filled: list[int]
) -> Stretch:
    if filled:
        start, _ = lines.content(filled[0])
        _, end = lines.content(filled[-1])
    else:
        start = end = at[1]
    role = heading.role if heading else "prose"
    return Stretch(heading.words if heading else None, role, at, start, end, tuple(filled))


def _without_furniture(lines: Lines, first: int, stop: int) -> tuple[int, int]:
    """Return the range without blank lines and page furniture at its ends."""
    while first < stop and _is_furniture(lines.words[first]):
        first += 1
    while stop > first and _is_furniture(lines.words[stop - 1]):
        stop -= 1
    return first, stop


def _is_furniture(words: str) -> bool:
    bare = words.strip(_QUOTED)
    return not bare or (len(bare) <= _LONGEST_CHROME and is_chrome(bare))


def list_items(lines: Lines, stretch: Stretch) -> Iterator[Item]:
    """Yield the entries of a list section, bullets taken off."""
    for number in stretch.lines:
        start, end = lines.content(number)
        bullet = _BULLET.match(lines.text, start, end)
        start, end = lines.trim(bullet.end() if bullet else start, end)
        if start == end:
            continue
        yield Item(on_one_line(lines.text[start:end]), start, end, number)


def is_municipality_list(lines: Lines, stretch: Stretch) -> bool:
    """Return whether the first entry under the heading is a municipality."""
    for item in list_items(lines, stretch):
        reading = read_municipality(item.words)
        return reading is not None and not isinstance(reading, Problem)
    return False


def targets(lines: Lines, stretch: Stretch) -> Iterator[tuple[ParticipantTarget, Item]]:
    """Yield the participant targets of a goals section.

    A target is a line that begins ``Antal`` and speaks of participants, with its
    figure behind a colon or on the next line, and on the line after that the split
    between women and men as ``400/400``.
    """
    numbers = stretch.lines
    for place, number in enumerate(numbers):
        start, end = lines.content(number)
        label, colon, rest = lines.text[start:end].lstrip(_QUOTED).partition(":")
        if not _names_participants(label):
            continue
        figures = [lines.words[each].strip(_QUOTED) for each in numbers[place + 1 : place + 3]]
        if colon and rest.strip():
            figures.insert(0, rest.strip())
        if not figures:
            continue
        total = read_count(figures[0])
        if not isinstance(total, int):
            continue
        split = read_women_men(figures[1]) if len(figures) > 1 else None
        women, men = split or (None, None)
        target = ParticipantTarget(label=on_one_line(label), total=total, women=women, men=men)
        yield target, Item(target.label, start, end, number)


def _names_participants(label: str) -> bool:
    words = fold(label) if len(label) <= _LONGEST_TARGET else ""
    return words.startswith("antal ") and "deltagar" in words
