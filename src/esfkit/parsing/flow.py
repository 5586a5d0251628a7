"""Labels in a running line: a page copied onto one line."""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from functools import cache
from typing import NamedTuple

from esfkit.layouts.layout import all_layouts
from esfkit.parsing.fields import FIELDS, is_lost, is_readable
from esfkit.parsing.header import Found, Header
from esfkit.parsing.lines import Lines
from esfkit.parsing.scan import Form, ends_label
from esfkit.vocabulary.fold import fold
from esfkit.vocabulary.headings import headings, is_chrome
from esfkit.vocabulary.labels import Label, holds_invisible, label_table, label_within
from esfkit.vocabulary.running import running_words

_SHORTEST_LINE = 120
_FEWEST = 2  # the layouts ask for more; a call may print no more than two
_FEWEST_WITHOUT_COLON = 4  # fewer labels without colons count only near the line's beginning
_NEAR = 200
_LONGEST_VALUE = 250
_MOST_WORDS = 8  # words that a figure, date, code or region takes at most
_LONGEST_LAST_WORDS = 120
_AGAIN = 3
_FEWEST_TELLING = 2
_FEWEST_TELLING_BESIDE_OTHERS = 3  # below a header, prose speaks of period and area too
_COLON = re.compile(r"[ \t\u00a0*_]{0,4}:")


class _Mark(NamedTuple):
    """A label's words in a line, which may be a label there or not."""

    label: Label
    start: int
    end: int
    value: int  # where its value would begin
    colon: bool


def cut_flow_headers(lines: Lines, *, beside_others: bool) -> Iterator[Header]:
    """Yield the headers that stand in single running lines, in order of place.

    Args:
        lines: The document.
        beside_others: Whether other lines of it hold a header; then most long lines
            are that header's prose, and more telling labels are asked for.
    """
    fewest = _FEWEST_TELLING_BESIDE_OTHERS if beside_others else _FEWEST_TELLING
    for number, words in enumerate(lines.words):
        if len(words) >= _SHORTEST_LINE and _telling_labels(words) >= fewest:
            yield from _headers_of_line(lines, number)


def _telling_labels(words: str) -> int:
    """Count the telling labels among the words, whatever their case and Unicode form."""
    if _frequent().search(words) is None:
        return 0
    telling = _printed_forms((*running_words("telling", "frequent"), *_own_words()))
    return sum(any(form in words for form in forms) for forms in telling)


@cache
def _own_words() -> tuple[str, ...]:
    """Return the labels by which layouts that a user has taught are known."""
    return tuple(words for layout in all_layouts() for words in layout.words)


@cache
def _frequent() -> re.Pattern[str]:
    """Return the pattern of the frequent labels; one search is quicker than one for each."""
    labels = (*running_words("frequent"), *_own_words())
    forms = sorted(form for forms in _printed_forms(labels) for form in forms)
    return re.compile("|".join(map(re.escape, forms)))


@cache
def _printed_forms(labels: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    """Return each label as written and in capitals, composed and decomposed."""
    return tuple(
        tuple(
            {
                unicodedata.normalize(form, case)
                for form in ("NFC", "NFD")
                for case in (label, label.upper())
            }
        )
        for label in labels
    )


def _headers_of_line(lines: Lines, number: int) -> Iterator[Header]:
    begin = lines.starts[number]
    stop = begin + len(lines.words[number])
    marks = _marks(lines.text, begin, stop)
    if not marks:
        return
    with_colon = [mark for mark in marks if mark.colon]
    chosen = max(with_colon, _likely(marks, lines.text, stop), key=_largest_group(lines.text))
    starts = [mark.start for mark in chosen]
    for group in _groups(chosen, lines.text):
        near = group[-1].start - begin <= _NEAR
        if len(group) >= (_FEWEST if near or group[0].colon else _FEWEST_WITHOUT_COLON):
            after = bisect_right(starts, group[-1].start)
            yield _header(group, lines, number, starts[after] if after < len(starts) else stop)


def _largest_group(text: str) -> Callable[[Sequence[_Mark]], tuple[int, bool]]:
    """Return how to compare choices of marks: by their largest group, then by colons."""

    def size(marks: Sequence[_Mark]) -> tuple[int, bool]:
        largest = max((len(group) for group in _groups(marks, text)), default=0)
        return largest, all(mark.colon for mark in marks)

    return size


def _marks(text: str, begin: int, stop: int) -> list[_Mark]:
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
        marks.append(_Mark(label, match.start(), match.end(), value, colon is not None))
    return marks


def _likely(marks: Sequence[_Mark], text: str, stop: int) -> list[_Mark]:
    """Return the marks without colon that are labels by what follows them.

    A figure, date, code or region must be readable where its label stands; words
    such as an owner's may follow any label, and may hold label words themselves.
    """
    likely: list[_Mark] = []
    seen: set[str] = set()
    for place, mark in enumerate(marks):
        following = marks[place + 1].start if place + 1 < len(marks) else stop
        if place + 1 < len(marks) and marks[place + 1].label.key == mark.label.key:
            following = marks[place + 2].start if place + 2 < len(marks) else stop
        if not _could_be(mark, text, following):
            continue
        if mark.label.key not in seen or _starts_again(marks, place, seen):
            likely.append(mark)
            seen.add(mark.label.key)
    return likely


def _could_be(mark: _Mark, text: str, following: int) -> bool:
    if not text[mark.start].isupper():
        return False
    words = text[mark.value : following].strip()
    field = mark.label.field
    if not words or FIELDS[field].reader is None or _heading_within().match(words):
        return True
    return _readable_words(field, words) > 0 or is_lost(field, words)


def _starts_again(marks: Sequence[_Mark], place: int, seen: AbstractSet[str]) -> bool:
    """Return whether a label met before begins another record in the same line."""
    ahead = {mark.label.key for mark in marks[place : place + _AGAIN]}
    return len(ahead) == _AGAIN and ahead <= seen


def _readable_words(field: str, words: str) -> int:
    """Return the length of the longest beginning of the words that is a value, or 0."""
    ends = [match.end() for match in re.finditer(r"\S+", words[:_LONGEST_VALUE])][:_MOST_WORDS]
    if len(words) <= _LONGEST_VALUE and (not ends or ends[-1] != len(words)):
        ends.append(len(words))
    for end in reversed(ends):
        if is_readable(field, words[:end]):
            return end
    return 0


def _groups(marks: Sequence[_Mark], text: str) -> Iterator[list[_Mark]]:
    """Yield the marks of one record after another; a lone repeated label is prose."""
    group: list[_Mark] = []
    seen: set[str] = set()
    below_prose = True
    for place, mark in enumerate(marks):
        if group and _far_apart(group[-1], mark, text):
            yield group
            group, seen, below_prose = [], set(), True
        if mark.label.key in seen:
            if not _starts_again(marks, place, seen):
                continue
            yield group
            group, seen, below_prose = [], set(), False
        if not group and below_prose and _begins_in_prose(marks, place, text):
            continue
        group.append(mark)
        seen.add(mark.label.key)
    if group:
        yield group


def _begins_in_prose(marks: Sequence[_Mark], place: int, text: str) -> bool:
    """Return whether a record would begin with a label whose words are no value of it."""
    mark = marks[place]
    if FIELDS[mark.label.field].reader is None or place + 1 == len(marks):
        return False
    words = text[mark.value : marks[place + 1].start].strip()[:_LONGEST_VALUE]
    lost = is_lost(mark.label.field, words)
    return bool(words) and not lost and not _readable_words(mark.label.field, words)


def _far_apart(one: _Mark, other: _Mark, text: str) -> bool:
    """Return whether prose stands between two labels: much text, or a heading."""
    if other.start - one.value > _LONGEST_VALUE:
        return True
    return _heading_within().search(text, one.value, other.start) is not None


def _header(group: Sequence[_Mark], lines: Lines, number: int, stop: int) -> Header:
    found = []
    for mark, following in zip(group, [*group[1:], None], strict=True):
        end = following.start if following else stop
        start, end = lines.trim(mark.value, end)
        if following is None:
            end = _end_of_last(mark, lines.text, start, end)
        else:
            end = _end_before_furniture(mark, lines.text, start, end)
        start, end = _without_markup(lines, start, end)
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


def _end_before_furniture(mark: _Mark, text: str, start: int, end: int) -> int:
    """Return where a value ends before a section line that stands between two labels."""
    words = text[start:end]
    if FIELDS[mark.label.field].reader is None or is_readable(mark.label.field, words):
        return end
    length = _readable_words(mark.label.field, words)
    return start + length if length and is_chrome(words[length:]) else end


def _end_of_last(mark: _Mark, text: str, start: int, end: int) -> int:
    """Return where the last label's value ends and prose begins.

    A figure, date, code or region is the longest readable beginning; other words go
    on to the first known heading, or are no value where none comes soon.
    """
    words = text[start:end]
    if FIELDS[mark.label.field].reader is not None:
        return start + _readable_words(mark.label.field, words)
    heading = _heading_within().search(words, 0, _LONGEST_VALUE)
    if heading:
        return start + len(words[: heading.start()].rstrip())
    return end if len(words) <= _LONGEST_LAST_WORDS else start


@cache
def _heading_within() -> re.Pattern[str]:
    """Return the pattern of the headings that begin prose in a running line."""
    words = {known.words for known in headings().values() if known.role == "summary"}
    words.update(running_words("heading", "link"))
    alternation = "|".join(re.escape(each) for each in sorted(words))
    return re.compile(rf"(?:^|(?<=\s))(?:{alternation})(?![a-zåäö])")


def _without_markup(lines: Lines, start: int, end: int) -> tuple[int, int]:
    words = lines.text[start:end]
    bare = words.strip(" \t\u00a0*_|•·>")
    if not bare:
        return start, start
    start += words.index(bare)
    return start, start + len(bare)
