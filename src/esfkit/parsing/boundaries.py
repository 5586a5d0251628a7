"""Where one record's labels end and the next one's begin."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple, Self

from esfkit.parsing.lines import Lines
from esfkit.parsing.scan import Form, Hit
from esfkit.values.identifier import leading_number

_TITLE_WITHIN = 8  # labels before the first repeated one among which a record may begin
_NAMED_AGAIN = 2  # so many fields named again below a blank line begin another record
_AGAIN = 3  # so many labels met again in a row begin another record


def cut_records(group: list[Hit], lines: Lines) -> Iterator[list[Hit]]:
    """Yield the hits of one record after another out of a run of hits."""
    begin = 0
    seen: set[str] = set()
    gaps = _Gaps.between(group, lines)
    for place, hit in enumerate(group):
        if place > begin:
            cut = _cut_before(group, place, begin, seen, gaps)
            if cut is not None:
                yield group[begin:cut]
                begin = cut
                seen = {each.label.key for each in group[cut:place]}
        seen.add(hit.label.key)
    yield group[begin:]


class _Gaps(NamedTuple):
    """What stands before each label of a run of labels, besides values.

    Attributes:
        blank: Whether a blank line does; the first label counts as having none.
        title: Whether a heading with a project number does.
        spaced: Whether blank lines part most labels, so that one tells nothing.
    """

    blank: list[bool]
    title: list[bool]
    spaced: bool

    @classmethod
    def between(cls, group: Sequence[Hit], lines: Lines) -> Self:
        blank = [False, *(has_blank(one, other, lines) for one, other in pairwise(group))]
        spaced = 2 * sum(blank) > len(group)
        title = [
            False,
            *(_has_title(one, other, lines, spaced=spaced) for one, other in pairwise(group)),
        ]
        return cls(blank, title, spaced)


def has_blank(one: Hit, other: Hit, lines: Lines) -> bool:
    """Return whether a blank line parts two labels; the place of an empty value does not."""
    between = range(one.line + 1, other.line)
    if one.form is Form.OWN and all(lines.is_blank(number) for number in between):
        return False
    return any(lines.is_blank(number) for number in between)


def _has_title(one: Hit, other: Hit, lines: Lines, *, spaced: bool) -> bool:
    """Return whether a line between two labels begins with a number and goes on."""
    first = one.line + 1
    if one.form is Form.OWN:
        value = lines.first_filled(first, other.line)
        first = value + 1 if spaced or value == first else first
    return any(_is_numbered(lines.words[number].strip()) for number in range(first, other.line))


def _is_numbered(words: str) -> bool:
    number = leading_number(words)
    return number is not None and number[1] < len(words)


def _cut_before(
    group: Sequence[Hit], place: int, begin: int, seen: set[str], gaps: _Gaps
) -> int | None:
    """Return where a record ends, if one does before this label or just above it."""
    if gaps.title[place]:
        return place
    if _begins_again(group, place, seen):
        return _widest_gap(group, max(begin + 1, place - _TITLE_WITHIN), place)
    if gaps.blank[place] and not gaps.spaced and _names_again(group, place, begin, gaps):
        return place
    return None


def _names_again(group: Sequence[Hit], place: int, begin: int, gaps: _Gaps) -> bool:
    """Return whether the labels up to the next blank line name what was named before."""
    stop = next((n for n in range(place + 1, len(group)) if gaps.blank[n]), len(group))
    before = {hit.label.field for hit in group[begin:place]}
    after = {hit.label.field for hit in group[place:stop]}
    return len(before & after) >= _NAMED_AGAIN


def _begins_again(group: Sequence[Hit], place: int, seen: Iterable[str]) -> bool:
    """Return whether the labels from here on were all met before, or all change form."""
    ahead = group[place : place + _AGAIN]
    if len(ahead) < _AGAIN:
        return False
    if all(hit.label.key in seen for hit in ahead):
        return True
    before = group[max(0, place - _AGAIN) : place]
    return (
        len(before) == _AGAIN
        and ahead[0].line > before[-1].line + 1
        and len({hit.form for hit in before}) == 1
        and len({hit.form for hit in ahead}) == 1
        and before[0].form is not ahead[0].form
        and not _without_values(before)
        and not _without_values(ahead)
    )


def _without_values(hits: Sequence[Hit]) -> bool:
    """Return whether labels alone on lines that follow each other only lack their values."""
    return hits[0].form is Form.OWN and hits[-1].line - hits[0].line < 2 * (len(hits) - 1)


def _widest_gap(group: Sequence[Hit], first: int, last: int) -> int:
    """Return the place in ``first..last`` before which most lines stand: the title is there."""
    return max(
        range(first, last + 1),
        key=lambda place: (group[place].line - group[place - 1].line, place),
    )
