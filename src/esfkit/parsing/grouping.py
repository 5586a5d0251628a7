"""Hits → groups: which labels belong to one record."""

from collections.abc import Iterator
from itertools import pairwise

from esfkit.parsing.boundaries import cut_records
from esfkit.parsing.lines import Lines
from esfkit.parsing.main_form import FEWEST, Group, Readable, choose_form
from esfkit.parsing.scan import Form, Hit
from esfkit.vocabulary.fold import fold
from esfkit.vocabulary.headings import headings

LONGEST_VALUE = 250
"""Characters beyond which a line is prose and ends a header."""

_WIDEST_GAP = 3  # filled lines between two labels of one header: a wrapped value and one more
_WIDEST_GAP_BESIDE = 2  # the same where the value stands beside its label
_FEWEST_IN_COLUMN = 4  # labels right below each other that have their values elsewhere
_SENTENCE = 60  # characters from which a line that ends in a full stop is prose


def group_hits(hits: list[Hit], lines: Lines, readable: Readable) -> Iterator[Group]:
    """Yield the labels of one header after another.

    Labels belong together while nothing but values stands between them; labels met
    again in a row begin the next record; of a group, only the labels in its main
    form count, so that prose which imitates a label beside a header stays prose.
    """
    for near in runs_of_labels(hits, lines):
        if _is_plain(near, lines):
            yield Group(near[0].form, near)
            continue
        for record in cut_records(near, lines):
            group = choose_form(record, lines, readable)
            if len(group.hits) >= FEWEST:
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


def _without_column_of_values(hits: list[Hit], lines: Lines) -> list[Hit]:
    """Return the hits without those among values that a copy printed below all labels.

    Labels alone on lines that nothing parts have their values in as many lines below;
    a label's word there begins a value, such as ``Programområde 1``.
    """
    if len(hits) < _FEWEST_IN_COLUMN:
        return hits
    many = 1
    while many < len(hits) and _is_right_below(hits[many - 1], hits[many], lines):
        many += 1
    if many < _FEWEST_IN_COLUMN or any(hit.form is Form.OWN for hit in hits[many:]):
        return hits
    stop = len(lines.words)
    number = hits[many - 1].line
    for _ in range(many):
        number = lines.first_filled(number + 1, stop)
    return hits[:many] + [
        hit for hit in hits[many:] if hit.form is Form.INLINE or hit.line > number
    ]


def _is_right_below(one: Hit, other: Hit, lines: Lines) -> bool:
    """Return whether two labels stand alone on lines with nothing between them."""
    if one.form is not Form.OWN or other.form is not Form.OWN:
        return False
    return lines.first_filled(one.line + 1, other.line) == other.line


def _is_plain(hits: list[Hit], lines: Lines) -> bool:
    """Return whether all labels have one form, none stands twice and only values part them."""
    if len(hits) < FEWEST or len({hit.label.key for hit in hits}) < len(hits):
        return False
    form = hits[0].form
    if any(hit.form is not form for hit in hits):
        return False
    if form is Form.OWN:
        return not _has_gap([hit.line for hit in hits], lines)
    return all(other.line == one.line + 1 for one, other in pairwise(hits))


def _has_gap(numbers: list[int], lines: Lines) -> bool:
    """Return whether anything but one filled line stands between two of some lines."""
    for one, other in pairwise(numbers):
        if other > one + 1 and (other > one + 2 or lines.is_blank(one + 1)):
            return True
    return False


def runs_of_labels(hits: list[Hit], lines: Lines) -> Iterator[list[Hit]]:
    """Yield runs of labels that nothing but values may part, so that they may be one header."""
    hits = _without_low(hits)
    begin = 0
    for place in range(1, len(hits)):
        one, other = hits[place - 1], hits[place]
        if other.line > one.line + 1 and _far_apart(one, other, lines):
            yield _without_column_of_values(hits[begin:place], lines)
            begin = place
    if hits:
        yield _without_column_of_values(hits[begin:], lines)


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
