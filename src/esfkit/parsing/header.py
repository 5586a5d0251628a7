"""Hits → headers: which labels belong together, and which characters each names."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from esfkit.parsing.grouping import LONGEST_VALUE, group_hits
from esfkit.parsing.lines import Lines
from esfkit.parsing.main_form import Group, Readable
from esfkit.parsing.scan import Form, Hit
from esfkit.parsing.value_lines import (
    USUAL_DISTANCE,
    ValueLines,
    last_lines,
    lines_between,
    may_be_no_value,
)
from esfkit.parsing.wrapping import Room, figure_goes_on, words_go_on
from esfkit.vocabulary.labels import Label

_FEWEST_ALONE = 4  # so many labels without any value: their values stand elsewhere
_TWO_LINES = 2


class Found(NamedTuple):
    """A label with the place of its value; ``start == end`` where there is no value.

    Attributes:
        label: Which label.
        label_start: Offset of the printed label.
        label_end: Offset past it.
        line: The value's (or the empty label's) line, from 0.
        start: Offset of the value.
        end: Offset past the value.
    """

    label: Label
    label_start: int
    label_end: int
    line: int
    start: int
    end: int


class Header(NamedTuple):
    """The labelled part of one record.

    Attributes:
        form: The form most of its labels have.
        colon: Whether most of its labels end in a colon.
        found: Its labels with their values, in order of place.
        start: Offset of its first label.
        end: Offset past its last value: prose may begin here.
        first_line: The line of its first label, from 0.
        stray: Spans of filled lines inside it that no label accounts for.
    """

    form: Form
    colon: bool
    found: tuple[Found, ...]
    start: int
    end: int
    first_line: int
    stray: tuple[tuple[int, int], ...]


def cut_headers(hits: list[Hit], lines: Lines, readable: Readable) -> Iterator[Header]:
    """Yield the headers that the labels of a text form, in order of place."""
    for group in group_hits(hits, lines, readable):
        yield _with_values(group, lines, readable)


def _with_values(group: Group, lines: Lines, readable: Readable) -> Header:
    hits = group.hits
    reader = ValueLines.of(hits, lines, readable)
    found = [_find_value(hit, following, reader) for hit, following in pairwise(hits)]
    if _stand_alone(hits, found, lines):
        last = _found(hits[-1], hits[-1].line, hits[-1].value_end, hits[-1].value_end)
    else:
        last = _find_value(hits[-1], None, reader)
    found.append(last)
    return Header(
        form=group.form,
        colon=reader.colon,
        found=tuple(found),
        start=hits[0].start,
        end=max(last.end, hits[-1].value_end),
        first_line=hits[0].line,
        stray=tuple(reader.stray),
    )


def _stand_alone(hits: Sequence[Hit], found: Sequence[Found], lines: Lines) -> bool:
    """Return whether labels stand in a row with no value among them, above other lines.

    What follows the last one is then no more its value than any other's: a copy printed
    the labels first and all values after them, or they are a menu. A single line below
    the last one is its own.
    """
    if len(hits) < _FEWEST_ALONE or hits[-1].form is not Form.OWN:
        return False
    if any(each.start < each.end for each in found):
        return False
    second = hits[-1].line + USUAL_DISTANCE
    return second < len(lines.words) and not lines.is_blank(second)


def _find_value(hit: Hit, following: Hit | None, reader: ValueLines) -> Found:
    """Return the label with the span of its value: beside it, below it, or both.

    Args:
        hit: The label.
        following: The next label of the header; ``None`` for the last one.
        reader: What is the same for all values of the header.
    """
    if following is None:
        numbers = last_lines(hit, reader)
    elif following.line < hit.line + USUAL_DISTANCE:
        return _found(hit, hit.line, hit.value_start, hit.value_end)
    elif _is_line_alone(hit, following, reader.lines):
        return _on_line(hit, hit.line + 1, reader)
    else:
        numbers = lines_between(hit, following, reader)
    if hit.value_end > hit.value_start:
        return _beside(hit, numbers, reader)
    return _below(hit, numbers, reader)


def _is_line_alone(hit: Hit, following: Hit, lines: Lines) -> bool:
    """Return whether a single line stands between two labels that can only be a value."""
    return (
        following.line == hit.line + USUAL_DISTANCE
        and hit.value_end == hit.value_start
        and not may_be_no_value(lines.words[hit.line + 1])
    )


def _beside(hit: Hit, numbers: Sequence[int], reader: ValueLines) -> Found:
    """Return the value beside a label, with the next line where it was wrapped."""
    found = _found(hit, hit.line, hit.value_start, hit.value_end)
    if not numbers:
        return found
    if hit.label.field == "evaluation_reports":
        return found._replace(end=reader.content(hit, numbers[-1])[1])
    if len(numbers) == 1 and numbers[0] == hit.line + 1:
        _, end = reader.content(hit, numbers[0])
        longer = found._replace(end=end)
        if _is_wrapped(hit, found, longer, reader):
            return longer
    reader.leave_stray(numbers)
    return found


def _below(hit: Hit, numbers: Sequence[int], reader: ValueLines) -> Found:
    """Return the value below a label: its first line, with the second where it was wrapped."""
    if not numbers:
        return _found(hit, hit.line, hit.value_end, hit.value_end)
    if hit.label.field == "evaluation_reports":
        return _spanning(hit, numbers, reader)
    found = _spanning(hit, numbers[:1], reader)
    if len(numbers) == _TWO_LINES and numbers[1] == numbers[0] + 1:
        longer = _spanning(hit, numbers, reader)
        if _is_wrapped(hit, found, longer, reader):
            return longer
    reader.leave_stray(numbers[1:])
    return found


def _spanning(hit: Hit, numbers: Sequence[int], reader: ValueLines) -> Found:
    found = _on_line(hit, numbers[0], reader)
    if len(numbers) == 1:
        return found
    return found._replace(end=reader.content(hit, numbers[-1])[1])


def _on_line(hit: Hit, number: int, reader: ValueLines) -> Found:
    """Return the label with a line as its value; a blank line is none."""
    start, end = reader.content(hit, number)
    return Found(hit.label, hit.start, hit.end, number, start, end)


def _is_wrapped(hit: Hit, short: Found, longer: Found, reader: ValueLines) -> bool:
    """Return whether a value goes on in the next line.

    Words do if they end or go on as no name does, or else if the line they begin on had
    no room for the next word where other lines of the header have.
    """
    lines, field = reader.lines, hit.label.field
    first, both = lines.text[short.start : short.end], lines.text[longer.start : longer.end]
    if reader.readable(field, first) is not None:
        return figure_goes_on(field, first, both, reader.readable)
    second = both[len(first) :].strip()
    told = words_go_on(first, second, hit.form) if second else False
    if told is not None:
        return told and len(both) <= LONGEST_VALUE
    line = lines.words[short.line].strip()
    room = Room.of(reader.hits, lines)
    return len(both) <= LONGEST_VALUE and room.is_taken(first, line, second)


def _found(hit: Hit, line: int, start: int, end: int) -> Found:
    return Found(hit.label, hit.start, hit.end, line, start, end)
