"""Hits → headers: which labels belong together, and which characters each names."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from esfkit.parsing.lines import Lines
from esfkit.parsing.scan import Form, Hit
from esfkit.vocabulary.fold import fold
from esfkit.vocabulary.headings import headings, is_chrome
from esfkit.vocabulary.labels import Label

_WIDEST_GAP = 3  # filled lines between two labels of one header: a wrapped value and one more
_WIDEST_GAP_BESIDE = 2  # the same where the value stands beside its label
_LONGEST_VALUE = 250  # a longer line is prose and ends a header
_LONGEST_UNLABELLED = 120  # a longer line after a blank is prose, not a value
_SHORTEST_WRAPPED = 20  # nobody wraps a line before this column
_FEWEST = 2  # a lone label is no header
_TITLE_WITHIN = 8  # labels before the first repeated one among which a record may begin
_AGAIN = 3  # so many labels met again in a row begin another record


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


Readable = Callable[[str, str], bool | None]
"""Whether words are a value of a field, asked where the place leaves doubt; ``None``: any words are."""


def cut_headers(hits: Sequence[Hit], lines: Lines, readable: Readable) -> Iterator[Header]:
    """Yield the headers that the labels of a text form, in order of place.

    Labels belong together while nothing but values stands between them; labels met
    again in a row begin the next record; of a group, only the labels in its main
    form count, so that prose which imitates a label beside a header stays prose.
    """
    for near in _nearby(hits, lines):
        for group in _records(near, lines):
            chosen = _main_form(group, lines, readable)
            if len({hit.label.key for hit in chosen}) >= _FEWEST:
                yield _with_values(chosen, lines, readable)


# --- which labels belong together -------------------------------------------------------


def _nearby(hits: Sequence[Hit], lines: Lines) -> Iterator[list[Hit]]:
    group: list[Hit] = []
    for hit in hits:
        if group and _far_apart(group[-1], hit, lines):
            yield group
            group = []
        group.append(hit)
    if group:
        yield group


def _far_apart(one: Hit, other: Hit, lines: Lines) -> bool:
    """Return whether prose or too much else stands between two labels."""
    distance = other.line - one.line
    beside = one.value_end > one.value_start
    widest = _WIDEST_GAP_BESIDE if beside else _WIDEST_GAP
    if distance <= 1 or (distance == 2 and len(lines.words[one.line + 1]) <= _LONGEST_VALUE):  # noqa: PLR2004 - a label, its value, a label
        return False
    filled = 0
    for number in range(one.line + 1, other.line):
        words = lines.words[number].strip()
        if not words:
            continue
        filled += 1
        if filled > widest or len(words) > _LONGEST_VALUE:
            return True
        if (filled > 1 or beside) and _is_section(lines, number):
            return True
    return False


def _is_section(lines: Lines, number: int) -> bool:
    """Return whether a line is a section heading with a blank line above it."""
    if lines.words[number - 1].strip():
        return False
    return fold(lines.words[number]).rstrip(":") in headings()


def _records(group: list[Hit], lines: Lines) -> Iterator[list[Hit]]:
    """Yield the hits of one record after another out of a run of hits."""
    begin = 0
    seen: set[str] = set()
    for place, hit in enumerate(group):
        if place > begin and _begins_again(group, place, seen):
            cut = _widest_gap(group, max(begin + 1, place - _TITLE_WITHIN), place)
            yield group[begin:cut]
            begin = cut
            seen = {each.label.key for each in group[cut:place]}
        seen.add(hit.label.key)
    yield group[begin:]


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


def _main_form(group: Sequence[Hit], lines: Lines, readable: Readable) -> list[Hit]:
    """Return the hits in the form that most labels of the group have.

    A label alone on its line belongs to any form: there its value is missing.
    A ``label: value`` line among labels on lines of their own counts only where
    the label before it has its value already, for that line could be the value.
    """
    main = _most_labels(group, lines)
    chosen: list[Hit] = []
    for hit in group:
        fits = hit.form in (main, Form.OWN)
        if main is Form.OWN and hit.form is Form.INLINE:
            fits = bool(chosen) and hit.line > chosen[-1].line + 1 and hit is not group[-1]
        if fits:
            chosen.append(hit)
    chosen = _once(_in_main_block(chosen, lines), lines, readable)
    return _without_loose_ends(chosen, lines, readable)


def _in_main_block(hits: list[Hit], lines: Lines) -> list[Hit]:
    """Return the hits without those that blank lines part from the header and that it repeats.

    Where labels follow each other without blank lines, one that stands apart and names
    what the header names too is a heading of the prose.
    """
    if len({hit.label.key for hit in hits}) == len(hits):
        return hits
    blocks: list[list[Hit]] = [hits[:1]]
    for one, other in pairwise(hits):
        if any(not lines.words[number].strip() for number in range(one.line + 1, other.line)):
            blocks.append([])
        blocks[-1].append(other)
    main = max(blocks, key=len)
    if 2 * len(main) < len(hits):
        return hits
    keys = {hit.label.key for hit in main}
    return [
        hit for block in blocks for hit in block if block is main or hit.label.key not in keys
    ]


def _most_labels(group: Sequence[Hit], lines: Lines) -> Form:
    """Return the form of most labels; those alone on a line with no value below do not count."""
    forms = {hit.form for hit in group}
    if len(forms) == 1:
        return forms.pop()
    tally = Counter[Form]()
    for hit, following in zip(group, [*group[1:], None], strict=True):
        empty = hit.form is Form.OWN and not _has_line_below(hit, following, lines)
        tally[hit.form] += 0 if empty else 1
    return max(tally, key=lambda form: (tally[form], form is Form.OWN))


def _has_line_below(hit: Hit, following: Hit | None, lines: Lines) -> bool:
    """Return whether a line that could be a value stands between a label and the next one."""
    if following is None:
        return False
    first = lines.first_filled(hit.line + 1, following.line)
    return first < following.line and not is_chrome(lines.words[first])


def _without_loose_ends(hits: list[Hit], lines: Lines, readable: Readable) -> list[Hit]:
    """Return the hits without those at either end that a sentence of the prose made.

    Such a one stands apart, and its words are no value of its field.
    """
    while len(hits) > _FEWEST and _stands_apart(hits[0], hits[1], hits[0], lines, readable):
        hits = hits[1:]
    while len(hits) > _FEWEST and _stands_apart(hits[-2], hits[-1], hits[-1], lines, readable):
        hits = hits[:-1]
    return hits


def _stands_apart(
    one: Hit, other: Hit, loose: Hit, lines: Lines, readable: Readable
) -> bool:
    if _has_value(loose, lines, readable) is not False:
        return False
    return any(not lines.words[number].strip() for number in range(one.line + 1, other.line))


def _once(hits: list[Hit], lines: Lines, readable: Readable) -> list[Hit]:
    """Return the hits without labels met a second time.

    The first one is the header's, unless the words beside it are no value of its
    field and those beside the second are: a title may begin with a label's word.
    """
    kept: dict[str, Hit] = {}
    for hit in hits:
        key = hit.label.key
        if key not in kept or (
            _has_value(kept[key], lines, readable) is not True
            and _has_value(hit, lines, readable) is True
        ):
            kept[key] = hit
    if len(kept) == len(hits):
        return hits
    return sorted(kept.values(), key=lambda hit: hit.start)


def _has_value(hit: Hit, lines: Lines, readable: Readable) -> bool | None:
    """Return whether the words beside a label are its value; ``None`` where that is open."""
    words = lines.text[hit.value_start : hit.value_end]
    return readable(hit.label.field, words) if words else None


# --- which characters a label names -----------------------------------------------------


class _Reader(NamedTuple):
    """What is the same for all values of one header."""

    lines: Lines
    readable: Readable
    spaced: bool  # a blank line stands between label and value
    colon: bool
    stray: list[tuple[int, int]]


def _with_values(hits: list[Hit], lines: Lines, readable: Readable) -> Header:
    colon = 2 * sum(hit.colon for hit in hits) > len(hits)
    reader = _Reader(lines, readable, _is_spaced(hits, lines), colon, [])
    found = []
    for hit, following in zip(hits, [*hits[1:], None], strict=True):
        found.append(_find_value(hit, following, reader))
    last = found[-1]
    form = Counter(hit.form for hit in hits).most_common(1)[0][0]
    return Header(
        form=form,
        colon=colon,
        found=tuple(found),
        start=hits[0].start,
        end=max(last.end, hits[-1].value_end),
        first_line=hits[0].line,
        stray=tuple(reader.stray),
    )


def _is_spaced(hits: Sequence[Hit], lines: Lines) -> bool:
    """Return whether most labels have a blank line between them and what follows."""
    own = [hit.line + 1 for hit in hits[:-1] if hit.form is Form.OWN]
    blank = sum(not lines.words[number].strip() for number in own if number < len(lines.words))
    return 2 * blank > len(own)


def _find_value(hit: Hit, following: Hit | None, reader: _Reader) -> Found:
    """Return the label with the span of its value: beside it, below it, or both."""
    if following is not None and following.line == hit.line:
        return _found(hit, hit.line, hit.value_start, hit.value_end)
    numbers = (
        _last_lines(hit, reader) if following is None else _lines_between(hit, following, reader)
    )
    if hit.value_end > hit.value_start:
        return _beside(hit, numbers, reader)
    return _below(hit, numbers, reader)


def _lines_between(hit: Hit, following: Hit, reader: _Reader) -> list[int]:
    """Return the filled lines between two labels; furniture and unknown labels end them."""
    numbers: list[int] = []
    lines = reader.lines
    if following.line == hit.line + 2 and lines.words[hit.line + 1].strip():  # noqa: PLR2004 - the usual case: one line of value
        return [hit.line + 1]
    for number in range(hit.line + 1, following.line):
        words = lines.words[number].strip()
        if not words:
            continue
        if numbers and (is_chrome(words) or (reader.colon and words.endswith(":"))):
            reader.stray.extend(
                lines.content(rest)
                for rest in range(number, following.line)
                if lines.words[rest].strip()
            )
            break
        numbers.append(number)
    return numbers


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
    second = first + 1
    wrapped = (
        second < count
        and bool(lines.words[second].strip())
        and (second + 1 == count or not lines.words[second + 1].strip())
        and not _is_heading_or_chrome(lines.words[second].strip(), reader)
        and len(lines.words[second]) <= _LONGEST_UNLABELLED
    )
    return [first, second] if wrapped else [first]


def _is_heading_or_chrome(words: str, reader: _Reader) -> bool:
    if fold(words).rstrip(":") in headings() or is_chrome(words):
        return True
    return reader.colon and words.endswith(":")


def _is_prose(words: str, *, after_blank: bool) -> bool:
    """Return whether a line after the last label is a sentence and not its value."""
    longest = _LONGEST_UNLABELLED if after_blank else _LONGEST_VALUE
    return len(words) > longest or words.endswith((".", "!", "?"))


def _beside(hit: Hit, numbers: Sequence[int], reader: _Reader) -> Found:
    """Return the value beside a label, with the next line where it was wrapped."""
    found = _found(hit, hit.line, hit.value_start, hit.value_end)
    if not numbers:
        return found
    if len(numbers) == 1 and numbers[0] == hit.line + 1:
        start, end = reader.lines.content(numbers[0])
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
    if len(numbers) == _FEWEST and numbers[1] == numbers[0] + 1:
        longer = _spanning(hit, numbers, reader)
        if _is_wrapped(found, longer, reader):
            return longer
    _leave_stray(numbers[1:], reader)
    return found


def _spanning(hit: Hit, numbers: Sequence[int], reader: _Reader) -> Found:
    start, _ = reader.lines.content(numbers[0])
    _, end = reader.lines.content(numbers[-1])
    start += _bullet(reader.lines.text, start, end)
    return _found(hit, numbers[0], start, end)


def _bullet(text: str, start: int, end: int) -> int:
    """Return the length of a list or quotation mark before a value."""
    words = text[start:end]
    if words[:1] in "•>" and words[1:2] in " \t\u00a0":
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
        return broken and len(both) <= _LONGEST_VALUE
    return not verdict and reader.readable(field, both) is True


def _leave_stray(numbers: Iterable[int], reader: _Reader) -> None:
    reader.stray.extend(reader.lines.content(number) for number in numbers)


def _found(hit: Hit, line: int, start: int, end: int) -> Found:
    return Found(hit.label, hit.start, hit.end, line, start, end)
