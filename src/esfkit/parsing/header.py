"""Hits → headers: which labels belong together, and which characters each names."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from esfkit.parsing.grouping import LONGEST_VALUE, group_hits
from esfkit.parsing.lines import Lines
from esfkit.parsing.main_form import Group, Readable
from esfkit.parsing.scan import Form, Hit
from esfkit.vocabulary.fold import fold
from esfkit.vocabulary.headings import furniture, headings, is_chrome
from esfkit.vocabulary.labels import Label

_USUAL_DISTANCE = 2  # a label, its value, a label
_MONEY = frozenset({"total_budget", "esf_support", "call_amount"})
_MORE_DIGITS = re.compile("[0-9]{3}(?:[ \u00a0\u202f][0-9]{3}){0,4}(?:[ \u00a0\u202f]?kr)?")
_JOINTS = ("-", "–", "—", "→", "till", "t.o.m.", ",")  # a value that ends so goes on
_LONGEST_UNLABELLED = 120  # a longer line after a blank is prose, not a value
_SHORTEST_PROSE = 60  # a longer line with another right below it is the begin of prose
_SHORTEST_WRAPPED = 20  # nobody wraps a line before this column
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


class _Reader(NamedTuple):
    """What is the same for all values of one header."""

    lines: Lines
    readable: Readable
    spaced: bool  # a blank line stands between label and value
    colon: bool
    stray: list[tuple[int, int]]


def _with_values(group: Group, lines: Lines, readable: Readable) -> Header:
    hits = group.hits
    colon = 2 * sum([hit.colon for hit in hits]) > len(hits)
    reader = _Reader(lines, readable, _is_spaced(hits, lines), colon, [])
    found = [_find_value(hit, following, reader) for hit, following in pairwise(hits)]
    last = _find_value(hits[-1], None, reader)
    found.append(last)
    return Header(
        form=group.form,
        colon=colon,
        found=tuple(found),
        start=hits[0].start,
        end=max(last.end, hits[-1].value_end),
        first_line=hits[0].line,
        stray=tuple(reader.stray),
    )


def _may_be_no_value(words: str) -> bool:
    """Return whether the line below a label may be furniture or an unknown label."""
    return words.endswith(":") or words in furniture()


def _is_spaced(hits: Sequence[Hit], lines: Lines) -> bool:
    """Return whether most labels have a blank line between them and what follows."""
    if hits[-1].line - hits[0].line <= _USUAL_DISTANCE * (len(hits) - 1):
        return False
    own = [hit.line + 1 for hit in hits[:-1] if hit.form is Form.OWN]
    blank = sum(lines.is_blank(number) for number in own if number < len(lines.words))
    return 2 * blank > len(own)


def _find_value(hit: Hit, following: Hit | None, reader: _Reader) -> Found:
    """Return the label with the span of its value: beside it, below it, or both.

    Args:
        hit: The label.
        following: The next label of the header; ``None`` for the last one.
        reader: What is the same for all values of the header.
    """
    if following is None:
        numbers = _last_lines(hit, reader)
    elif following.line < hit.line + _USUAL_DISTANCE:
        return _found(hit, hit.line, hit.value_start, hit.value_end)
    elif _is_line_alone(hit, following, reader.lines):
        return _on_line(hit, hit.line + 1, reader.lines)
    else:
        numbers = _lines_between(hit, following, reader)
    if hit.value_end > hit.value_start:
        return _beside(hit, numbers, reader)
    return _below(hit, numbers, reader)


def _is_line_alone(hit: Hit, following: Hit, lines: Lines) -> bool:
    """Return whether a single line stands between two labels that can only be a value."""
    return (
        following.line == hit.line + _USUAL_DISTANCE
        and hit.value_end == hit.value_start
        and not _may_be_no_value(lines.words[hit.line + 1])
    )


def _lines_between(hit: Hit, following: Hit, reader: _Reader) -> list[int]:
    """Return the filled lines between two labels; an unknown label ends them."""
    numbers: list[int] = []
    lines = reader.lines
    for number in range(hit.line + 1, following.line):
        if lines.is_blank(number):
            continue
        words = lines.words[number].strip()
        if is_chrome(words) and _is_furniture_here(hit, words, numbers, reader):
            continue
        if reader.colon and words.endswith(":") and (numbers or hit.label.field != "title"):
            rest = range(number, following.line)
            _leave_stray([each for each in rest if not lines.is_blank(each)], reader)
            break
        numbers.append(number)
    return numbers


def _is_furniture_here(hit: Hit, words: str, numbers: Sequence[int], reader: _Reader) -> bool:
    """Return whether furniture is not this label's value.

    ``Nej`` is a button and an answer, ``Lyssna`` a button and perhaps a project.
    """
    if numbers or hit.value_end > hit.value_start:
        return True
    verdict = reader.readable(hit.label.field, words)
    return " " in words if verdict is None else not verdict


def _last_lines(hit: Hit, reader: _Reader) -> list[int]:
    """Return the lines that may be the last label's value: prose must not become one."""
    lines, count = reader.lines, len(reader.lines.words)
    first = lines.first_filled(hit.line + 1, count)
    if first == count or (first > hit.line + 1 and not reader.spaced):
        return []
    words = lines.words[first].strip()
    if reader.readable(hit.label.field, words) is True:
        return [first]
    if _is_heading_or_chrome(words, reader) or _is_prose(
        words, after_blank=first > hit.line + 1
    ):
        return []
    second = lines.words[first + 1].strip() if first + 1 < count else ""
    if not second or lines.is_blank(first + 1):
        return [first]
    if _goes_on(words, second):
        return [first, first + 1]
    return [] if len(words) >= _SHORTEST_PROSE and hit.value_end == hit.value_start else [first]


def _goes_on(words: str, second: str) -> bool:
    """Return whether the second line is the rest of a wrapped value and no prose."""
    if _is_prose(f"{words} {second}", after_blank=True):
        return False
    return words.endswith((",", "-")) or second[0].islower()


def _is_heading_or_chrome(words: str, reader: _Reader) -> bool:
    if fold(words).rstrip(":") in headings() or is_chrome(words):
        return True
    return reader.colon and words.endswith(":")


def _is_prose(words: str, *, after_blank: bool) -> bool:
    """Return whether a line after the last label is a sentence and not its value."""
    longest = _LONGEST_UNLABELLED if after_blank else LONGEST_VALUE
    return len(words) > longest or words.endswith((".", "!", "?"))


def _beside(hit: Hit, numbers: Sequence[int], reader: _Reader) -> Found:
    """Return the value beside a label, with the next line where it was wrapped."""
    found = _found(hit, hit.line, hit.value_start, hit.value_end)
    if not numbers:
        return found
    if len(numbers) == 1 and numbers[0] == hit.line + 1:
        _, end = reader.lines.content(numbers[0])
        longer = found._replace(end=end)
        if _is_wrapped(found, longer, reader):
            return longer
    _leave_stray(numbers, reader)
    return found


def _below(hit: Hit, numbers: Sequence[int], reader: _Reader) -> Found:
    """Return the value below a label: its first line, with the second where it was wrapped."""
    if not numbers:
        return _found(hit, hit.line, hit.value_end, hit.value_end)
    if hit.label.field == "evaluation_reports":
        return _spanning(hit, numbers, reader)
    found = _spanning(hit, numbers[:1], reader)
    if len(numbers) == _TWO_LINES and numbers[1] == numbers[0] + 1:
        longer = _spanning(hit, numbers, reader)
        if _is_wrapped(found, longer, reader):
            return longer
    _leave_stray(numbers[1:], reader)
    return found


def _spanning(hit: Hit, numbers: Sequence[int], reader: _Reader) -> Found:
    found = _on_line(hit, numbers[0], reader.lines)
    if len(numbers) == 1:
        return found
    return found._replace(end=reader.lines.content(numbers[-1])[1])


def _on_line(hit: Hit, number: int, lines: Lines) -> Found:
    """Return the label with a line as its value; a blank line is none."""
    start, end = lines.content(number)
    if lines.text[start : start + 1] in ("•", ">", ":"):
        start += _bullet(lines.text, start, end)
    return Found(hit.label, hit.start, hit.end, number, start, end)


def _bullet(text: str, start: int, end: int) -> int:
    """Return the length of a list or quotation mark, or a colon, before a value."""
    words = text[start:end]
    if words[:1] in "•>:" and words[1:2] in " \t\u00a0":
        return len(words) - len(words[1:].lstrip())
    return 0


def _is_wrapped(short: Found, longer: Found, reader: _Reader) -> bool:
    """Return whether a value goes on in the next line.

    A figure, date or code does if only both lines together can be read; words do if
    the first line is as long as a line that somebody wraps.
    """
    text, field = reader.lines.text, longer.label.field
    first, both = text[short.start : short.end], text[longer.start : longer.end]
    verdict = reader.readable(field, first)
    if verdict is None:
        broken = len(first) >= _SHORTEST_WRAPPED or first.endswith(",")
        return broken and len(both) <= LONGEST_VALUE
    second = both[len(first) :].strip()
    if verdict and not (first.endswith(_JOINTS) or second.startswith(_JOINTS)):
        return field in _MONEY and _MORE_DIGITS.fullmatch(second) is not None
    return reader.readable(field, both) is True


def _leave_stray(numbers: Iterable[int], reader: _Reader) -> None:
    reader.stray.extend(reader.lines.content(number) for number in numbers)


def _found(hit: Hit, line: int, start: int, end: int) -> Found:
    return Found(hit.label, hit.start, hit.end, line, start, end)
