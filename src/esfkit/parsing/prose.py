"""Prose → sections, lists and participant targets."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from esfkit.model.finding import Problem
from esfkit.model.record import ParticipantTarget
from esfkit.parsing.bullets import has_bullet, is_entry, join_wrapped, without_bullet
from esfkit.parsing.goals import LINES_OF_A_TARGET, names_participants, read_target
from esfkit.parsing.lines import Lines, on_one_line
from esfkit.parsing.rank import names_goals, rank_of
from esfkit.values.place import read_municipality
from esfkit.vocabulary.fold import fold
from esfkit.vocabulary.headings import Heading, heading_starts, headings, is_chrome

LONGEST_HEADING = 80
_LONGEST_HEADING_LINE = LONGEST_HEADING + 8  # with its markup
_LONGEST_COLON_HEADING = 60
_LONGEST_CHROME = 400
_HEADING_MARKUP = " \t\u00a0#*_:>"
_QUOTED = " \t\u00a0>"
_LISTS = ("actors", "municipalities")
_BETWEEN_NAMES = re.compile("[,;]| (?:och|samt) ")


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
    line that ends in a colon. Page furniture at both ends belongs to no section, and
    what follows the entries of a list begins a section without heading.
    """
    first, stop = _without_furniture(lines, first, stop)
    sections: list[Stretch] = []
    top = _Open(None, 0, (0, 0), [])
    in_list = False
    for number, words in enumerate(_without_common_bullets(lines, first, stop), first):
        if not words or words.isspace():
            continue
        known = as_heading(words) if len(words) <= _LONGEST_HEADING_LINE else None
        if known is not None or (in_list and not has_bullet(words)):
            below = _opened(lines, number, words, known, top)
            if below is not None:
                if top.filled or top.heading is not None:
                    sections.append(_stretch(lines, top))
                top, in_list = below, _is_list(below)
                continue
        top.filled.append(number)
    if top.filled or top.heading is not None:
        sections.append(_stretch(lines, top))
    return sections


class _Open(NamedTuple):
    """The section that is being read.

    Attributes:
        heading: Its heading, if it has one.
        rank: Of a section of goals, the rank of the heading that makes it one.
        at: The heading's span.
        filled: The numbers of its filled lines so far.
    """

    heading: Heading | None
    rank: int
    at: tuple[int, int]
    filled: list[int]


def _without_common_bullets(lines: Lines, first: int, stop: int) -> Sequence[str]:
    """Return some lines, without bullets where each has one.

    So it is in some copies, whose headings are bullets like all the rest.
    """
    printed = lines.words[first:stop]
    for words in printed:
        if words and not words.isspace() and not has_bullet(words):
            return printed
    return [without_bullet(words) for words in printed]


def _is_list(section: _Open) -> bool:
    return section.heading is not None and section.heading.role in _LISTS


def _opened(
    lines: Lines, number: int, words: str, known: Heading | None, above: _Open
) -> _Open | None:
    """Return the section that a line opens below another one, if it opens one."""
    if known is not None and known.language:
        rank = rank_of(words) if known.role == "goals" else 0
        return _Open(known, rank, lines.content(number), [])
    if known is not None and not _is_entry(above.heading, words):
        own, rank = _with_role(known, words, above)
        return _Open(own, rank, lines.content(number), [])
    if _is_list(above) and _ends_list(lines, number, above.filled):
        start, _ = lines.content(number)
        return _Open(None, 0, (start, start), [number])
    return None


def _with_role(own: Heading, printed: str, above: _Open) -> tuple[Heading, int]:
    """Return a heading of the author's own with its role, and the rank that goes with it.

    It stands over goals if it says so, or if it parts a section of goals: its rank is
    lower than that of the section's heading, or there is nothing between the two.
    """
    if names_goals(own.words):
        return own._replace(role="goals"), rank_of(printed)
    if above.heading is None or above.heading.role != "goals":
        return own, 0
    if not above.filled or rank_of(printed) > above.rank:
        return own._replace(role="goals"), above.rank
    return own, 0


def _is_entry(heading: Heading | None, words: str) -> bool:
    """Return whether a line that looks like an author's heading is an entry of a section.

    In a list of names it is a name in capitals, among goals a target before its figure.
    """
    if heading is None:
        return False
    if heading.role == "goals":
        return names_participants(words.strip(_HEADING_MARKUP))
    return heading.role in _LISTS


def _ends_list(lines: Lines, number: int, filled: Sequence[int]) -> bool:
    """Return whether a line is the first below the entries of a list.

    Page furniture is, and in a list with bullets a line without one behind a blank line;
    right below an entry it is the rest of that entry.
    """
    words = lines.words[number]
    if not filled or has_bullet(words) or lines.is_blank(number):
        return False
    apart = lines.is_blank(number - 1) and is_entry(lines.words[filled[0]])
    return apart or _is_furniture(words)


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


def _stretch(lines: Lines, section: _Open) -> Stretch:
    heading, _, at, filled = section
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
    """Yield the entries of a list section, bullets taken off and wrapped ones whole."""
    several = stretch.role == "municipalities"
    for start, end, number, marked in join_wrapped(lines, stretch.lines):
        words = on_one_line(lines.text[start:end])
        if not words or (words.endswith(":") and not marked):  # it announces the entries
            continue
        item = Item(words, start, end, number)
        if several and _BETWEEN_NAMES.search(words) is not None:
            yield from _municipalities(lines, item)
        else:
            yield item


def _municipalities(lines: Lines, item: Item) -> Iterator[Item]:
    """Yield the municipalities of a line that names several, else the line."""
    begin, parts = item.start, []
    for joint in _BETWEEN_NAMES.finditer(lines.text, item.start, item.end):
        parts.append(lines.trim(begin, joint.start()))
        begin = joint.end()
    parts.append(lines.trim(begin, item.end))
    if all(_is_municipality(lines.text[slice(*part)]) for part in parts):
        for start, end in parts:
            yield Item(on_one_line(lines.text[start:end]), start, end, item.line)
    else:
        yield item


def _is_municipality(words: str) -> bool:
    reading = read_municipality(words.strip())
    return reading is not None and not isinstance(reading, Problem)


def is_municipality_list(lines: Lines, stretch: Stretch) -> bool:
    """Return whether the first entry under the heading is a municipality."""
    for item in list_items(lines, stretch):
        return _is_municipality(item.words)
    return False


def targets(lines: Lines, stretch: Stretch) -> Iterator[tuple[ParticipantTarget, Item]]:
    """Yield the participant targets of a goals section with the lines that they begin in."""
    numbers = stretch.lines
    for place, number in enumerate(numbers):
        if not _speaks_of_number(lines.words[number]):
            continue
        printed = [lines.words[each] for each in numbers[place : place + LINES_OF_A_TARGET]]
        target = read_target(printed)
        if target is not None:
            start, end = lines.content(number)
            yield target, Item(target.label, start, end, number)


def _speaks_of_number(words: str) -> bool:
    """Return whether a line may begin a target: most of a section's lines do not."""
    return "ntal" in words or "NTAL" in words
