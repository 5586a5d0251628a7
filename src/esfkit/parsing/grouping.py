"""Hits → groups: which labels belong to one record."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple, Self

from esfkit.parsing.lines import Lines
from esfkit.parsing.scan import Form, Hit
from esfkit.values.identifier import leading_number
from esfkit.vocabulary.fold import fold
from esfkit.vocabulary.headings import headings, is_chrome

LONGEST_VALUE = 250
"""Characters beyond which a line is prose and ends a header."""

_WIDEST_GAP = 3  # filled lines between two labels of one header: a wrapped value and one more
_WIDEST_GAP_BESIDE = 2  # the same where the value stands beside its label
_FEWEST = 2  # a lone label is no header
_TITLE_WITHIN = 8  # labels before the first repeated one among which a record may begin
_NAMING = frozenset({"title", "owner", "contact_person", "email", "phone", "postal_town"})
_NAMED_AGAIN = 2  # so many fields named again below a blank line begin another record
_DENSE = 4  # so many labels without a blank line between them are a header of their own
_SENTENCE = 60  # characters from which a line that ends in a full stop is prose
_AGAIN = 3  # so many labels met again in a row begin another record

Readable = Callable[[str, str], bool | None]
"""Whether words are a value of a field, where the place leaves doubt; ``None``: any are."""


class Group(NamedTuple):
    """The labels of one header.

    Attributes:
        form: The form that most of them have.
        hits: The labels, in order of place, each once.
    """

    form: Form
    hits: list[Hit]


def group_hits(hits: list[Hit], lines: Lines, readable: Readable) -> Iterator[Group]:
    """Yield the labels of one header after another.

    Labels belong together while nothing but values stands between them; labels met
    again in a row begin the next record; of a group, only the labels in its main
    form count, so that prose which imitates a label beside a header stays prose.
    """
    for near in _nearby(_without_low(hits), lines):
        if _is_plain(near):
            yield Group(Form.OWN, near)
            continue
        for record in _records(near, lines):
            group = _main_form(record, lines, readable)
            if len(group.hits) >= _FEWEST:
                yield group


def _without_low(hits: list[Hit]) -> list[Hit]:
    """Return the hits without glued ones in lower case that stand beside no other label.

    ``Projektägaresandvikens kommun`` is a label among labels, ``Projektägaren ansvarar``
    a word in prose.
    """
    if not any(hit.form is Form.LOW for hit in hits):
        return hits
    glued = {hit.line for hit in hits if hit.form is Form.GLUED}
    return [
        hit._replace(form=Form.GLUED) if hit.form is Form.LOW else hit
        for hit in hits
        if hit.form is not Form.LOW or hit.line - 1 in glued or hit.line + 1 in glued
    ]


def _is_plain(hits: list[Hit]) -> bool:
    """Return whether all labels stand alone on their lines and none twice: the usual page."""
    if len(hits) < _FEWEST:
        return False
    if len({hit.label.key for hit in hits}) < len(hits):
        return False
    if hits[-1].line - hits[0].line > 2 * (len(hits) - 1):
        return False
    return all(hit.form is Form.OWN for hit in hits)


def _nearby(hits: list[Hit], lines: Lines) -> Iterator[list[Hit]]:
    begin = 0
    for place in range(1, len(hits)):
        one, other = hits[place - 1], hits[place]
        if other.line > one.line + 1 and _far_apart(one, other, lines):
            yield hits[begin:place]
            begin = place
    if hits:
        yield hits[begin:]


def _far_apart(one: Hit, other: Hit, lines: Lines) -> bool:
    """Return whether prose or too much else stands between two labels."""
    if other.line == one.line + 2 and len(lines.words[one.line + 1]) <= LONGEST_VALUE:
        return False
    beside = one.value_end > one.value_start
    widest = _WIDEST_GAP_BESIDE if beside else _WIDEST_GAP
    filled = 0
    for number in range(one.line + 1, other.line):
        if lines.is_blank(number):
            continue
        words = lines.words[number].strip()
        filled += 1
        if filled > widest or len(words) > LONGEST_VALUE:
            return True
        if len(words) > _SENTENCE and words[-1] in ".!?" and (filled > 1 or beside):
            return True
        if (filled > 1 or beside) and _is_section(lines, number):
            return True
    return False


def _is_section(lines: Lines, number: int) -> bool:
    """Return whether a line is a section heading with a blank line above it."""
    if not lines.is_blank(number - 1):
        return False
    return fold(lines.words[number]).rstrip(":") in headings()


def _records(group: list[Hit], lines: Lines) -> Iterator[list[Hit]]:
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
        blank = [False, *(_has_blank(one, other, lines) for one, other in pairwise(group))]
        spaced = 2 * sum(blank) > len(group)
        title = [
            False,
            *(_has_title(one, other, lines, spaced=spaced) for one, other in pairwise(group)),
        ]
        return cls(blank, title, spaced)


def _has_blank(one: Hit, other: Hit, lines: Lines) -> bool:
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


def _main_form(group: Sequence[Hit], lines: Lines, readable: Readable) -> Group:
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
    return Group(main, _without_loose_ends(chosen, lines, readable))


def _in_main_block(hits: list[Hit], lines: Lines) -> list[Hit]:
    """Return the hits without those that blank lines part from a dense header.

    Where labels follow each other without blank lines, one or two that stand apart
    are headings of the prose, and so are those that name what the header names too.
    """
    blocks: list[list[Hit]] = [hits[:1]]
    for one, other in pairwise(hits):
        if _has_blank(one, other, lines):
            blocks.append([])
        blocks[-1].append(other)
    main = max(blocks, key=len)
    if len(main) < _DENSE or 2 * len(main) < len(hits):
        return hits
    kept: list[Hit] = []
    for block in blocks:
        if block is main or _continues(main, block, lines):
            kept.extend(block)
    return kept


def _continues(main: Sequence[Hit], block: Sequence[Hit], lines: Lines) -> bool:
    """Return whether labels beyond a blank line go on with a dense header.

    They do not where they name again what the header names, give a title, or are a
    list with bullets where the header is none; and where more than a blank line
    stands between, not where they are few or only name somebody.
    """
    fields = {hit.label.field for hit in block}
    if "title" in fields or {hit.label.key for hit in main} & {hit.label.key for hit in block}:
        return False
    if not _stands_next(main, block, lines) and (len(block) < _AGAIN or fields <= _NAMING):
        return False
    if len(block) == 1 and block[0].form is Form.OWN:
        return False
    indented = [hit.start > lines.starts[hit.line] for hit in (*main, *block)]
    return any(indented[: len(main)]) or not all(indented[len(main) :])


def _stands_next(main: Sequence[Hit], block: Sequence[Hit], lines: Lines) -> bool:
    """Return whether nothing but one value and blank lines stands between two blocks."""
    first, second = sorted((main, block), key=lambda hits: hits[0].line)
    one, other = first[-1], second[0]
    filled = sum(not lines.is_blank(number) for number in range(one.line + 1, other.line))
    return filled <= (1 if one.form is Form.OWN else 0)


def _most_labels(group: Sequence[Hit], lines: Lines) -> Form:
    """Return the form of most labels; those alone on a line over no value do not count."""
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


def _stands_apart(one: Hit, other: Hit, loose: Hit, lines: Lines, readable: Readable) -> bool:
    if _has_value(loose, lines, readable) is not False:
        return False
    return _has_blank(one, other, lines)


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
