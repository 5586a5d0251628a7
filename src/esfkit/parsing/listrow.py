"""One row of an official list → its record, or the reason why it is none.

The row was written out as text by its source, which kept the place of each heading and
cell. Nothing is searched for: a heading names its field by ``list_headings.csv``, and the
words of its cell are read as those beside a label are.
"""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from esfkit.layouts.layout import Layout, layout_named
from esfkit.model.document import Cell, Document
from esfkit.model.record import Section
from esfkit.parsing.assemble import assemble
from esfkit.parsing.detect import Detection
from esfkit.parsing.header import Found, Header
from esfkit.parsing.lines import Lines, line_at, split_lines
from esfkit.parsing.prose import Stretch
from esfkit.parsing.reading import Labelled, Parsed, Place
from esfkit.parsing.scan import Form
from esfkit.values.nullwords import says_nothing
from esfkit.vocabulary.fold import fold
from esfkit.vocabulary.labels import Label
from esfkit.vocabulary.lists import headings_by_list

_FEWEST = 5  # as many as make a table a list
_LONGEST_REMEMBERED = 10_000  # characters of the headings of a table

_NO_LIST = "the row's headings are those of no known list"
_NO_PROJECT = "the row names no project: it has neither number nor title nor owner"


class _Plan(NamedTuple):
    """What the headings of a table say.

    Attributes:
        layout: The layout of the list that they are of.
        labels: What each heading names; ``None`` where no such list has it.
    """

    layout: Layout
    labels: tuple[Label | None, ...]


def read_list_row(document: Document) -> Parsed | str:
    """Return the record of a document with cells, or why the row is none; never raises."""
    text = document.text
    plan = _plan_of([text[cell.heading_start : cell.heading_end] for cell in document.cells])
    if plan is None:
        return _NO_LIST
    lines = split_lines(text)
    found = list(_found(document.cells, plan, lines))
    layout = _in_currency(plan.layout, found, text)
    if layout is None:
        layout, found = plan.layout, [_foreign(each) for each in found]
    header = Header(
        form=Form.INLINE,
        colon=True,
        found=tuple(found),
        start=0,
        end=len(text),
        first_line=0,
        stray=(),
    )
    place = Place(0, len(lines.words), 0, len(text))
    detection = Detection(layout, None, tie=False, nearest=None)
    parsed = assemble(document, lines, place, Labelled(header, None, detection, layout))
    record = parsed.record
    if record.project_number is None and record.title is None and record.owner is None:
        return _NO_PROJECT
    return _with_rest(parsed, document, plan, lines)


# --- headings ---------------------------------------------------------------------------


def _plan_of(headings: list[str]) -> _Plan | None:
    if sum(map(len, headings)) > _LONGEST_REMEMBERED:
        return _plan.__wrapped__(tuple(headings))
    return _plan(tuple(headings))


@lru_cache(maxsize=64)
def _plan(headings: tuple[str, ...]) -> _Plan | None:
    """Return what the headings of a table say, by the list of which they are the most."""
    keys = [fold(heading) for heading in headings]
    lists = headings_by_list()
    known = {name: len(forms.keys() & set(keys)) for name, forms in lists.items()}
    name = max(known, key=known.__getitem__)
    if known[name] < _FEWEST:
        return None
    rows = (lists[name].get(key) for key in keys)
    return _Plan(
        layout_named(name),
        tuple(row and Label(row.field, row.language, row.words, "", "") for row in rows),
    )


def _found(cells: Iterable[Cell], plan: _Plan, lines: Lines) -> Iterator[Found]:
    """Yield the cells whose heading is known, as labels with the places of their values."""
    for cell, label in zip(cells, plan.labels, strict=True):
        if label is not None:
            line = line_at(lines, cell.start)
            yield Found(label, cell.heading_start, cell.heading_end, line, cell.start, cell.end)


# --- money ------------------------------------------------------------------------------


def _in_currency(layout: Layout, found: Iterable[Found], text: str) -> Layout | None:
    """Return the layout with the currency that the row names; ``None`` if it has no column."""
    for each in found:
        if each.label.field == "currency" and each.start < each.end:
            printed = text[each.start : each.end].upper()
            if printed == layout.currency:
                return layout
            return _in_kronor(layout.name) if printed == "SEK" else None
    return layout


@lru_cache(maxsize=8)
def _in_kronor(name: str) -> Layout:
    return layout_named(name).model_copy(update={"currency": "SEK"})


def _foreign(found: Found) -> Found:
    """Return a budget as one in a currency without a column, anything else as it is."""
    if found.label.field != "listed_budget":
        return found
    return found._replace(label=found.label._replace(field="foreign_budget"))


# --- what only a list has ---------------------------------------------------------------


def _with_rest(parsed: Parsed, document: Document, plan: _Plan, lines: Lines) -> Parsed:
    """Add the summary in the other language, and tell the share of unknown columns."""
    text, record = document.text, parsed.record
    stretches = tuple(_other_summaries(parsed, lines))
    unclaimed = tuple(
        (cell.heading_start, cell.end)
        for cell, label in zip(document.cells, plan.labels, strict=True)
        if label is None and cell.start < cell.end
    )
    if not stretches and not unclaimed:
        return parsed
    filled = len("".join(text.split()))
    missed = sum(len("".join(text[start:end].split())) for start, end in unclaimed)
    sections = (
        Section(heading=each.heading, text=text[each.start : each.end]) for each in stretches
    )
    changed = {
        "sections": (*record.sections, *sections),
        "claimed_share": round(1 - missed / filled, 4),
    }
    return parsed._replace(
        record=record.model_copy(update=changed),
        sections=stretches,
        unclaimed=unclaimed,
    )


def _other_summaries(parsed: Parsed, lines: Lines) -> Iterator[Stretch]:
    for found in parsed.header.found if parsed.header else ():
        words = lines.text[found.start : found.end]
        if found.label.field == "listed_section" and not says_nothing(words):
            at = (found.label_start, found.label_end)
            heading = " ".join(lines.text[at[0] : at[1]].split())
            yield Stretch(heading, "prose", at, found.start, found.end, (found.line,))
