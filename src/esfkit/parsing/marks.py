"""Labels within a running line: which of their words are labels there."""

import re
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from functools import cache
from typing import NamedTuple

from esfkit.parsing.fields import FIELDS, is_lost, is_readable
from esfkit.parsing.scan import ends_label
from esfkit.vocabulary.fold import fold
from esfkit.vocabulary.headings import headings
from esfkit.vocabulary.labels import Label, holds_invisible, label_table, label_within
from esfkit.vocabulary.running import running_words

LONGEST_VALUE = 250
"""Characters beyond which what follows a label in a running line is prose."""

PARTING = ";,"
"""What some copies print between a value and the next label."""

_MOST_WORDS = 8  # words that a figure, date, code or region takes at most
_AGAIN = 3  # so many labels met again in a row begin another record
_COLON = re.compile(r"[ \t\u00a0*_]{0,4}:")


class Mark(NamedTuple):
    """A label's words in a line, which may be a label there or not."""

    label: Label
    start: int
    end: int
    value: int  # where its value would begin
    colon: bool


def find_marks(text: str, begin: int, stop: int) -> list[Mark]:
    """Return every place in a line that reads as a label."""
    by_key = label_table().by_key
    invisible = holds_invisible(text[begin:stop])
    marks = []
    for match in label_within(invisible=invisible).finditer(text, begin, stop):
        label = by_key.get(fold(match.group()))
        if label is None:  # letters that differ in more than case, as dotless i
            continue
        colon = _COLON.match(text, match.end(), stop)
        value = colon.end() if colon else match.end()
        rest = text[match.end() : match.end() + len("saknas")]
        if colon is None and (label.section or not ends_label(label, rest)):
            continue
        marks.append(Mark(label, match.start(), match.end(), value, colon is not None))
    return marks


def likely_marks(marks: Sequence[Mark], text: str, stop: int) -> list[Mark]:
    """Return the marks without colon that are labels by what follows them.

    A figure, date, code or region must be readable where its label stands; words
    such as an owner's may follow any label, and may hold label words themselves.
    """
    likely: list[Mark] = []
    seen: set[str] = set()
    for place, mark in enumerate(marks):
        following = marks[place + 1].start if place + 1 < len(marks) else stop
        if place + 1 < len(marks) and marks[place + 1].label.key == mark.label.key:
            following = marks[place + 2].start if place + 2 < len(marks) else stop
        if not _could_be(mark, text, following):
            continue
        if mark.label.key not in seen or starts_again(marks, place, seen):
            likely.append(mark)
            seen.add(mark.label.key)
    return likely


def _could_be(mark: Mark, text: str, following: int) -> bool:
    if not text[mark.start].isupper():
        return False
    words = without_parting(text[mark.value : following])
    field = mark.label.field
    if not words or FIELDS[field].reader is None or heading_within().match(words):
        return True
    return readable_words(field, words) > 0 or is_lost(field, words)


def starts_again(marks: Sequence[Mark], place: int, seen: AbstractSet[str]) -> bool:
    """Return whether a label met before begins another record in the same line."""
    ahead = {mark.label.key for mark in marks[place : place + _AGAIN]}
    return len(ahead) == _AGAIN and ahead <= seen


def readable_words(field: str, words: str) -> int:
    """Return the length of the longest beginning of the words that is a value, or 0."""
    ends = [match.end() for match in re.finditer(r"\S+", words[:LONGEST_VALUE])][:_MOST_WORDS]
    if len(words) <= LONGEST_VALUE and (not ends or ends[-1] != len(words)):
        ends.append(len(words))
    for end in reversed(ends):
        if is_readable(field, words[:end]):
            return end
    return 0


def without_parting(words: str, parting: str = PARTING) -> str:
    """Return a value without what parts it from the next label; a lone mark is none."""
    words = words.strip()
    return words.rstrip(f"{parting} ") or words


@cache
def heading_within() -> re.Pattern[str]:
    """Return the pattern of the headings that begin prose in a running line."""
    words = {known.words for known in headings().values() if known.role == "summary"}
    words.update(running_words("heading", "link"))
    alternation = "|".join(re.escape(each) for each in sorted(words))
    return re.compile(rf"(?:^|(?<=\s))(?:{alternation})(?![a-zåäö])")
