"""Labels in a running line: a page copied onto one line."""

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from esfkit.parsing.broken import mended
from esfkit.parsing.fields import FIELDS, is_lost, is_readable
from esfkit.parsing.header import Found, Header
from esfkit.parsing.lines import Lines, line_at
from esfkit.parsing.marks import (
    LONGEST_VALUE,
    PARTING,
    Mark,
    find_marks,
    heading_within,
    likely_marks,
    readable_words,
    starts_again,
    without_parting,
)
from esfkit.parsing.scan import Form
from esfkit.parsing.telling import telling_labels
from esfkit.vocabulary.fold import INVISIBLE
from esfkit.vocabulary.headings import is_chrome

_SHORTEST_LINE = 120
_FEWEST = 2  # the layouts ask for more; a call may print no more than two
_FEWEST_WITHOUT_COLON = 4  # fewer labels without colons count only near the line's beginning
_NEAR = 200
_LONGEST_LAST_WORDS = 120
_FEWEST_TELLING = 2
_FEWEST_TELLING_BESIDE_OTHERS = 3  # below a header, prose speaks of period and area too


def cut_flow_headers(lines: Lines, *, beside_others: bool) -> Iterator[Header]:
    """Yield the headers that stand in single running lines, then those in broken ones.

    Args:
        lines: The document.
        beside_others: Whether other lines of it hold a header; then most long lines
            are that header's prose, and more telling labels are asked for.
    """
    fewest = _FEWEST_TELLING_BESIDE_OTHERS if beside_others else _FEWEST_TELLING
    for number, words in enumerate(lines.words):
        if len(words) >= _SHORTEST_LINE and telling_labels(words) >= fewest:
            yield from _headers_of_line(lines, number)
    whole = mended(lines)
    for number in range(len(whole.words)):
        for header in _headers_of_line(whole, number):
            yield _in_lines(header, lines)


def _in_lines(header: Header, lines: Lines) -> Header:
    """Return a header of a line that was broken with the numbers of the lines as they are."""
    found = [each._replace(line=line_at(lines, each.start)) for each in header.found]
    first_line = line_at(lines, header.start)
    return header._replace(found=tuple(found), first_line=first_line)


def _headers_of_line(lines: Lines, number: int) -> Iterator[Header]:
    begin = lines.starts[number]
    stop = begin + len(lines.words[number])
    marks = find_marks(lines.text, begin, stop)
    if not marks:
        return
    with_colon = [mark for mark in marks if mark.colon]
    chosen = max(
        with_colon, likely_marks(marks, lines.text, stop), key=_largest_group(lines.text)
    )
    starts = [mark.start for mark in chosen]
    for group in _groups(chosen, lines.text):
        near = group[-1].start - begin <= _NEAR
        if len(group) >= (_FEWEST if near or group[0].colon else _FEWEST_WITHOUT_COLON):
            after = bisect_right(starts, group[-1].start)
            yield _header(group, lines, number, starts[after] if after < len(starts) else stop)


def _largest_group(text: str) -> Callable[[Sequence[Mark]], tuple[int, bool]]:
    """Return how to compare choices of marks: by their largest group, then by colons."""

    def size(marks: Sequence[Mark]) -> tuple[int, bool]:
        largest = max((len(group) for group in _groups(marks, text)), default=0)
        return largest, all(mark.colon for mark in marks)

    return size


def _groups(marks: Sequence[Mark], text: str) -> Iterator[list[Mark]]:
    """Yield the marks of one record after another; a lone repeated label is prose."""
    group: list[Mark] = []
    seen: set[str] = set()
    below_prose = True
    for place, mark in enumerate(marks):
        if group and _far_apart(group[-1], mark, text):
            yield group
            group, seen, below_prose = [], set(), True
        if mark.label.key in seen:
            if not starts_again(marks, place, seen):
                continue
            yield group
            group, seen, below_prose = [], set(), False
        if not group and below_prose and _begins_in_prose(marks, place, text):
            continue
        group.append(mark)
        seen.add(mark.label.key)
    if group:
        yield group


def _begins_in_prose(marks: Sequence[Mark], place: int, text: str) -> bool:
    """Return whether a record would begin with a label whose words are no value of it."""
    mark = marks[place]
    if FIELDS[mark.label.field].reader is None or place + 1 == len(marks):
        return False
    words = without_parting(text[mark.value : marks[place + 1].start])[:LONGEST_VALUE]
    lost = is_lost(mark.label.field, words)
    return bool(words) and not lost and not readable_words(mark.label.field, words)


def _far_apart(one: Mark, other: Mark, text: str) -> bool:
    """Return whether prose stands between two labels: much text, or a heading."""
    if other.start - one.value > LONGEST_VALUE:
        return True
    return heading_within().search(text, one.value, other.start) is not None


def _header(group: Sequence[Mark], lines: Lines, number: int, stop: int) -> Header:
    found = []
    parting = _parting(group, lines.text)
    for mark, following in zip(group, [*group[1:], None], strict=True):
        end = following.start if following else stop
        start, end = lines.trim(mark.value, end)
        if following is None:
            end = _end_of_last(mark, lines.text, start, end)
        else:
            end = _end_before_furniture(mark, lines.text, start, end)
        start, end = _without_markup(lines, start, end, parting)
        found.append(Found(mark.label, mark.start, mark.end, number, start, end))
    return Header(
        form=Form.FLOW,
        colon=2 * sum(mark.colon for mark in group) > len(group),
        found=tuple(found),
        start=group[0].start,
        end=max(found[-1].end, group[-1].value),
        first_line=number,
        stray=(),
    )


def _end_before_furniture(mark: Mark, text: str, start: int, end: int) -> int:
    """Return where a value ends before a section line that stands between two labels."""
    words = text[start:end]
    if FIELDS[mark.label.field].reader is None or is_readable(mark.label.field, words):
        return end
    length = readable_words(mark.label.field, words)
    return start + length if length and is_chrome(words[length:]) else end


def _end_of_last(mark: Mark, text: str, start: int, end: int) -> int:
    """Return where the last label's value ends and prose begins.

    A figure, date, code or region is the longest readable beginning; other words go
    on to the first known heading, or are no value where none comes soon.
    """
    words = text[start:end]
    if FIELDS[mark.label.field].reader is not None:
        return start + readable_words(mark.label.field, words)
    heading = heading_within().search(words, 0, LONGEST_VALUE)
    if heading:
        return start + len(words[: heading.start()].rstrip())
    return end if len(words) <= _LONGEST_LAST_WORDS else start


def _parting(group: Sequence[Mark], text: str) -> str:
    """Return the semicolon or comma that parts most values of a record from the next label."""
    ends = [text[one.value : other.start].rstrip()[-1:] for one, other in pairwise(group)]
    return next((mark for mark in PARTING if 2 * ends.count(mark) > len(ends)), "")


def _without_markup(lines: Lines, start: int, end: int, parting: str) -> tuple[int, int]:
    words = lines.text[start:end]
    bare = without_parting(words.strip(f" \t\u00a0*_|•·>{INVISIBLE}"), parting)
    if not bare:
        return start, start
    start += words.index(bare)
    return start, start + len(bare)
