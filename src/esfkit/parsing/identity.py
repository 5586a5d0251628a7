"""Which headers name one project or call, and not a programme, a year or a list."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from esfkit.layouts.layout import Layout
from esfkit.parsing.fields import FIELDS, is_lost, is_readable
from esfkit.parsing.header import Found, Header
from esfkit.parsing.lines import Lines
from esfkit.parsing.reading import Labelled
from esfkit.values.identifier import leading_number
from esfkit.vocabulary.headings import is_chrome

NUMBERS: Final = frozenset({"project_number", "call_number"})
"""Fields whose values are of one project or call only."""

_DAMAGED = re.compile(r"[0-9OolIxX?#*\s/.,:;()%€-]{2,60}(?:kr|kronor|SEK|EUR)?")
_BLOTS = re.compile("[0-9OolIxX?#*]")
_FEWEST_BLOTS = 4  # digits and what stands for them: more than the number of a page
_TWO_DATES = 10  # digits of two days with their months written out; two years have 8
_ORG_DIGITS = 10  # an owner without letters is an organisation number
_MOST_LISTED = 5  # labels of a project in a list; a record's own page prints more
_FEWEST_LISTED = 2
_FEWEST_ALIKE = 3  # labels that two projects of a list share
_HEADED = 2  # lines above the first label: the list's heading and the project's name


def is_identified(candidate: Labelled, lines: Lines) -> bool:
    """Return whether a header names a project, or a call by its number or amount.

    Facts about a programme, a region or a year have the same labels for money, dates and
    participants. A heading with a number names it too.
    """
    named_by, title = candidate.layout.named_by, candidate.title
    if not named_by:
        return True
    for found in candidate.header.found:
        if found.label.field in named_by and _names(found, candidate.layout, lines):
            return True
    return title is not None and leading_number(lines.text[title.start : title.end]) is not None


def _names(found: Found, layout: Layout, lines: Lines) -> bool:
    """Return whether a label of ``named_by`` tells a record.

    A project's does without its value too; not over the number of a page. A period of
    whole years may be a programme's.
    """
    words, field = lines.text[found.start : found.end], found.label.field
    if field == "period":
        days = sum(map(str.isdigit, words)) >= _TWO_DATES
        return days and is_readable(field, words) is True
    is_call = layout.kind == "call"
    if not words:
        return not is_call
    if FIELDS[field].reader is not None and (
        is_readable(field, words) or is_lost(field, words)
    ):
        return True
    return is_damaged(words) if is_call else can_name(words)


def is_damaged(words: str) -> bool:
    """Return whether a number's digits were taken for letters or blotted out."""
    return _DAMAGED.fullmatch(words) is not None and len(_BLOTS.findall(words)) >= _FEWEST_BLOTS


def can_name(words: str) -> bool:
    """Return whether words can name somebody: a page number cannot, ten digits can."""
    if words[:1].isalpha() or any(map(str.isalpha, words)):
        return True
    digits = sum(map(str.isdigit, words))
    return digits == 0 or digits >= _ORG_DIGITS


def listed(headers: Sequence[Header], lines: Lines) -> frozenset[int]:
    """Return where the headers begin that are several without numbers below one heading.

    A list of projects, search results or the cases of a study print the same few labels
    for each, and no record of theirs says all that its own page does.
    """
    short = [header for header in headers if len(header.found) <= _MOST_LISTED]
    if len(short) < _FEWEST_LISTED:
        return frozenset()
    groups: dict[str, list[Header]] = {header.found[0].label.key: [] for header in short}
    for header in headers:
        if header.found[0].label.key in groups:
            groups[header.found[0].label.key].append(header)
    return frozenset(
        header.start
        for group in groups.values()
        if len(group) >= _FEWEST_LISTED and _is_list(group, lines)
        for header in group
    )


def _is_list(group: Sequence[Header], lines: Lines) -> bool:
    """Return whether headers that begin with the same label are a list of projects."""
    if any(len(each.found) > _MOST_LISTED or is_numbered(each, lines) for each in group):
        return False
    if not all(_are_alike(one, other) for one, other in pairwise(group)):
        return False
    if "\f" in lines.text[group[0].start : group[-1].start]:
        return False
    named = all(
        lines.text[one.end : lines.starts[other.first_line]].strip()
        for one, other in pairwise(group)
    )
    return named and _is_headed(group[0], lines)


def is_numbered(header: Header, lines: Lines) -> bool:
    """Return whether a header or the line above it prints a number."""
    if any(found.label.field in NUMBERS and found.start < found.end for found in header.found):
        return True
    above = next(filled_above(header, lines), None)
    return above is not None and leading_number(above) is not None


def _are_alike(one: Header, other: Header) -> bool:
    keys = {found.label.key for found in one.found}
    return sum(found.label.key in keys for found in other.found) >= _FEWEST_ALIKE


def _is_headed(header: Header, lines: Lines) -> bool:
    """Return whether a list's heading stands above its first project's name."""
    met = 0
    for words in filled_above(header, lines):
        met += not is_chrome(words)
        if met == _HEADED:
            return True
    return False


def filled_above(header: Header, lines: Lines) -> Iterator[str]:
    """Yield the filled lines above a header, the nearest first."""
    for number in range(header.first_line - 1, -1, -1):
        if not lines.is_blank(number):
            yield lines.words[number].strip()
