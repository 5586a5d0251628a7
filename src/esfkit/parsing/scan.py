"""Where the lines of a text carry labels, and in which form."""

import re
from collections.abc import Sequence
from enum import StrEnum
from typing import NamedTuple

from esfkit.parsing.beginnings import LONG_BEGINNING, begins_as_prose, lines_to_read
from esfkit.parsing.broken import broken_lines
from esfkit.parsing.cells import BARS, cut_cells, is_in_cells
from esfkit.parsing.lines import Lines
from esfkit.vocabulary.fold import INVISIBLE, fold
from esfkit.vocabulary.labels import (
    Label,
    LabelTable,
    holds_invisible,
    label_start,
    label_table,
)

LONGEST_HEADER_LINE = 400
"""Characters beyond which a line is prose or a whole page on one line."""

HARD_BREAK = "\\"
"""What a copy in Markdown prints before a line end that counts."""

_MARKUP = f" \t\u00a0*_#>{BARS}•·▪◦‣●○■□-–—+{INVISIBLE}"
_LEAD = re.compile(
    r"(?:[^\w]|_){0,12}(?:(?:[0-9]{1,2}|[A-Za-zÅÄÖåäö])[.)][ \t\u00a0]{1,3})?(?:[^\w]|_){0,8}"
)
"""What may stand before a label: bullets of any kind, quotation marks, a list's number."""

_SEPARATOR = re.compile(r"[ \t\u00a0]{0,8}(?:[=;→⇒：]|[–—-](?=[ \t\u00a0])|\.{2,80}|…{1,20})")
"""What stands for a colon between label and value in some copies."""

_LONE_SEPARATOR = f" \t\u00a0:;=→⇒–—.…*_{BARS}"
_LABEL_TAIL = f" \t\u00a0*_:{BARS}{HARD_BREAK}"
_VALUE_MARKUP = f" \t\u00a0*_{INVISIBLE}"
_VALUE_TAIL = f" \t\u00a0{INVISIBLE}{HARD_BREAK}"
_CELL_MARKUP = f" \t\u00a0*_{BARS}{INVISIBLE}"
_MARKED_TAIL = _CELL_MARKUP + HARD_BREAK
_DIGITS = "0123456789"  # no label begins with one
_HEADED = 40  # letters of the second line of a label at most
_MOST_PIECES = 3  # cells over which a label is spread where each of its words has one
_HEAD = 4  # letters looked up before a line is looked at; those of LabelTable.starts
_LONGEST_LABEL_WITH_COLON = 70


class Form(StrEnum):
    """How a label stands to its value in the text at hand."""

    OWN = "own"  # alone on its line or in its cell, the value after it
    INLINE = "inline"  # a colon, then the value
    GLUED = "glued"  # the value directly behind
    LOW = "low"  # the same with a value in lower case: a label only among glued ones
    SPACED = "spaced"  # one blank, then the value
    FLOW = "flow"  # many labels in one running line


class Hit(NamedTuple):
    """One label met in the text.

    Attributes:
        label: Which label.
        form: How it stands to its value.
        line: Its line, from 0.
        start: Offset of its first character.
        end: Offset past its last character, without colon and markup.
        value_start: Where the value beside it begins; ``value_end`` where there is none.
        value_end: Where that value ends.
        colon: Whether a colon follows the label.
    """

    label: Label
    form: Form
    line: int
    start: int
    end: int
    value_start: int
    value_end: int
    colon: bool


def scan(lines: Lines) -> list[Hit]:
    """Return every label that begins a line or a cell, in order of place.

    Lines that were one running line are left to ``flow``.
    """
    numbers = lines_to_read(lines)
    broken = broken_lines(lines)
    if broken:
        left = {number for stretch in broken for number in stretch}
        numbers = [number for number in numbers if number not in left]
    hits = [hit for number in numbers for hit in _hits_of_line(lines, number)]
    return _joined(hits, lines) if any(map(_may_go_on, hits)) else hits


def _hits_of_line(lines: Lines, number: int) -> Sequence[Hit]:
    """Return the labels that begin a line or its cells."""
    table = label_table()
    words, start = lines.words[number], lines.starts[number]
    label = table.exact.get(words)
    if label is not None and label.section != "value":
        end = start + len(words)
        colon = words[-1] == ":"
        return (Hit(label, Form.OWN, number, start, end - colon, end, end, colon),)
    if len(words) > LONGEST_HEADER_LINE or begins_as_prose(words[:LONG_BEGINNING]):
        return ()
    return _look_closely(words, number, start, table)


def _joined(hits: list[Hit], lines: Lines) -> list[Hit]:
    """Return the hits with labels that narrow columns broke over two lines made whole.

    ``Projektägare`` over ``organisationsnummer:`` is one longer label.
    """
    joined: list[Hit] = []
    taken: set[int] = set()
    for hit in hits:
        if hit.line in taken:
            continue
        whole = _whole_label(hit, lines)
        joined.append(whole)
        if whole is not hit:
            taken.add(whole.line)
    return joined


def _may_go_on(hit: Hit) -> bool:
    """Return whether a label may be the first half of a longer one."""
    return hit.form is Form.OWN and not hit.colon and hit.label.key in label_table().beginnings


def _whole_label(hit: Hit, lines: Lines) -> Hit:
    """Return the label with its second half where that stands on the next line, else itself."""
    below = hit.line + 1
    if not _may_go_on(hit) or below >= len(lines.words):
        return hit
    start, end = lines.content(below)
    rest = lines.text[start:end].rstrip(_LABEL_TAIL)
    label = rest and label_table().by_key.get(f"{hit.label.key} {fold(rest[:_HEADED])}")
    if not label:
        return hit
    colon = lines.text[start:end].endswith(":")
    return Hit(label, Form.OWN, below, hit.start, start + len(rest), end, end, colon=colon)


def _look_closely(words: str, number: int, offset: int, table: LabelTable) -> list[Hit]:
    """Return the labels of one line: cells first, then colon, then glued."""
    lead = _LEAD.match(words)
    begin = lead.end() if lead else 0
    marked = bool(words[:begin].strip())
    offset += begin
    bare = words[begin:].rstrip()
    head = bare[:_HEAD]
    if head not in table.starts and (head.isalnum() or not head or head[0] in _DIGITS):
        return []
    if is_in_cells(bare):
        cells = _read_cells(bare, number, offset, table)
        if cells:
            return cells
    hit = (
        _read_own(bare, number, offset, table)
        or _read_colon(bare, number, offset, table, marked=marked)
        or _read_glued(bare, number, offset, table)
    )
    return [hit] if hit else []


def _read_own(bare: str, number: int, offset: int, table: LabelTable) -> Hit | None:
    """Return the label that a line or cell consists of."""
    words = bare.rstrip(_LABEL_TAIL)
    if len(words) > 2 * table.longest:  # invisible letters may stand between the others
        return None
    label = table.exact.get(words) or table.by_key.get(fold(words))
    if label is None or label.section == "value":
        return None
    end = offset + len(words)
    colon = ":" in bare[len(words) :]
    past = offset + len(bare)
    return Hit(label, Form.OWN, number, offset, end, past, past, colon)


def _read_colon(
    bare: str, number: int, offset: int, table: LabelTable, *, marked: bool
) -> Hit | None:
    """Return the label before the first colon of a line, with the value behind it."""
    at = bare.find(":", 0, _LONGEST_LABEL_WITH_COLON)
    if at < 0:
        return None
    words = bare[:at].rstrip(_LABEL_TAIL)
    label = table.exact.get(words) or table.by_key.get(fold(words))
    if label is None:
        return None
    start, end = _value_span(bare, at + 1, marked=marked)
    span = (offset, offset + len(words), offset + start, offset + end)
    return Hit(label, Form.INLINE, number, *span, colon=True)


def _value_span(bare: str, begin: int, *, marked: bool) -> tuple[int, int]:
    """Return the span of the value in a line from ``begin``, without markup around it."""
    rest = bare[begin:]
    value = rest.lstrip(_VALUE_MARKUP)
    start = begin + len(rest) - len(value)
    value = value.rstrip(_MARKED_TAIL if marked else _VALUE_TAIL)
    return start, start + len(value)


def _read_cells(bare: str, number: int, offset: int, table: LabelTable) -> list[Hit]:
    """Return the labels among the cells of a line that tabs, bars or wide gaps divide.

    The cells after a label, up to the next label, are its value.
    """
    hits: list[Hit] = []
    cells = cut_cells(bare)
    place = 0
    while place < len(cells):
        begin, stop = cells[place]
        for many in (_MOST_PIECES, 2, 1):
            if place + many > len(cells):
                continue
            stop = cells[place + many - 1][1]
            lead = len(bare[begin:stop]) - len(bare[begin:stop].lstrip(_MARKUP))
            cell = bare[begin + lead : stop].rstrip()
            hit = _cell_label(cell, number, offset + begin + lead, table)
            if hit and hit.end > offset + cells[place + many - 1][0]:
                hits.append(hit)
                place += many
                break
        else:
            if not hits:
                return []
            hits[-1] = _with_cell(hits[-1], bare, offset, *cells[place])
            place += 1
    return hits


def _cell_label(cell: str, number: int, offset: int, table: LabelTable) -> Hit | None:
    if not cell:
        return None
    hit = _read_own(cell, number, offset, table)
    return hit or _read_colon(cell, number, offset, table, marked=True)


def _with_cell(hit: Hit, bare: str, offset: int, begin: int, stop: int) -> Hit:
    """Return the hit with one more cell counted to its value."""
    cell = bare[begin:stop]
    value = cell.strip(_CELL_MARKUP)
    if not value.strip(_LONE_SEPARATOR):
        return hit
    start = offset + begin + cell.index(value)
    first = hit.value_start if hit.value_end > hit.value_start else start
    return hit._replace(form=Form.INLINE, value_start=first, value_end=start + len(value))


def _read_glued(bare: str, number: int, offset: int, table: LabelTable) -> Hit | None:
    """Return the label that a line begins with when no colon or cell divides it off."""
    match = label_start(invisible=holds_invisible(bare)).match(bare)
    if match is None:
        return None
    words = match.group()
    label = table.exact.get(words) or table.by_key.get(fold(words))
    rest = bare[match.end() :]
    if label is None or not rest or label.section == "value":
        return None
    separator = _SEPARATOR.match(rest)
    if separator:
        start, end = _value_span(bare, match.end() + separator.end(), marked=True)
        span = (offset, offset + match.end(), offset + start, offset + end)
        return Hit(label, Form.INLINE, number, *span, colon=True)
    if label.section:
        return None
    start, end = _value_span(bare, match.end(), marked=False)
    form = Form.SPACED if rest[0].isspace() else Form.GLUED
    if not ends_label(label, rest):
        form = Form.LOW
    span = (offset, offset + match.end(), offset + start, offset + end)
    return Hit(label, form, number, *span, colon=False)


def ends_label(label: Label, rest: str) -> bool:
    """Return whether a label may end where ``rest`` follows, and is no part of a longer word.

    A glued value begins in lower case only if it is an address or a null word.
    """
    return not rest[:1].islower() or label.field == "email" or rest.startswith("saknas")
