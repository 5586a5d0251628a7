"""What the layouts make of pages, and whether that is what was given."""

from collections.abc import Collection, Iterator, Mapping
from typing import NamedTuple

from esfkit.layouts.layout import Layout
from esfkit.layouts.taught import in_force
from esfkit.parsing.detect import Shape, judge
from esfkit.parsing.header import Header
from esfkit.parsing.lines import line_at, split_lines
from esfkit.parsing.parse import ParseResult
from esfkit.parsing.reading import Parsed
from esfkit.parsing.scan import scan
from esfkit.pipeline.learning.gold import Gold, is_same
from esfkit.vocabulary.labels import NOT_KEPT


class Value(NamedTuple):
    """One value that was read.

    Attributes:
        column: Its column.
        value: The value.
        label: The label by which it was read; ``None`` where its place tells it.
        line: Its line, from 1.
    """

    column: str
    value: object
    label: str | None
    line: int


class Lacking(NamedTuple):
    """A taught layout that did not take a page.

    Attributes:
        layout: Its name.
        why: What it lacked.
    """

    layout: str
    why: str


class Difference(NamedTuple):
    """A given value that was not read so.

    Attributes:
        column: The column.
        given: What was given.
        read: What was read; ``None`` for nothing.
    """

    column: str
    given: object
    read: object


class Trial(NamedTuple):
    """What became of one record, or of a page without.

    Attributes:
        layout: The layout that took it; ``None`` for a page without a record.
        runner_up: The next best.
        why: Why there is no record; empty where there is one.
        values: What was read.
        unclaimed: The lines that nothing accounts for: line, from 1, and words.
        not_printed: Fields of the layout whose labels the page does not print.
        lacking: The taught layouts that did not take it.
    """

    layout: str | None
    runner_up: str | None
    why: str
    values: tuple[Value, ...]
    unclaimed: tuple[tuple[int, str], ...]
    not_printed: tuple[str, ...]
    lacking: tuple[Lacking, ...]


def try_page(result: ParseResult) -> Iterator[Trial]:
    """Yield what each record of a page is, or why the page gives none."""
    for parsed in result.parsed:
        yield _of_record(parsed, result.document.text)
    if result.rejection is not None:
        lacking = tuple(_lacking_in_text(result.document.text))
        yield Trial(None, None, result.rejection.message, (), (), (), lacking)


def _of_record(parsed: Parsed, text: str) -> Trial:
    record, lines = parsed.record, split_lines(text)
    detection = parsed.detection
    met = {found.label.field for found in parsed.header.found} if parsed.header else set()
    layout = detection.layout if detection else None
    unclaimed = tuple(
        (line_at(lines, start) + 1, text[start:end]) for start, end in parsed.unclaimed
    )
    values = tuple(
        Value(each.field, getattr(record, each.field), each.label, each.line)
        for each in record.provenance
    )
    return Trial(
        layout=record.layout,
        runner_up=detection.runner_up.name if detection and detection.runner_up else None,
        why="",
        values=values,
        unclaimed=unclaimed,
        not_printed=_not_printed(layout, met) if layout else (),
        lacking=tuple(_lacking_in_header(parsed.header, record.layout)),
    )


def _not_printed(layout: Layout, met: Collection[str]) -> tuple[str, ...]:
    return tuple(each for each in layout.fields if each not in met and each != NOT_KEPT)


def _lacking_in_header(header: Header | None, taken: str) -> Iterator[Lacking]:
    if header is None:
        return
    shape = Shape(header.form, header.colon, tuple(each.label for each in header.found))
    fields = {label.field for label in shape.labels}
    for layout in in_force().layouts:
        if layout.name != taken:
            verdict = judge(layout, shape, fields)
            why = verdict.lacks or "another layout fits better"
            yield Lacking(layout.name, why)


def _lacking_in_text(text: str) -> Iterator[Lacking]:
    """Yield which labels of each taught layout stand in a text that gives no record."""
    met = {hit.label.field for hit in scan(split_lines(text))}
    for layout in in_force().layouts:
        yield Lacking(layout.name, _which(layout, met))


def _which(layout: Layout, met: set[str]) -> str:
    printed = [field for field in layout.fields if field in met]
    lacking = [field for field in layout.fields if field not in met]
    said = f"{len(printed)} of its {len(layout.fields)} labels begin a line"
    return f"{said}; none for {', '.join(lacking)}" if lacking else said


def differences(gold: Gold, record: Mapping[str, object]) -> list[Difference]:
    """Return the given values that a record does not have."""
    return [
        Difference(column, given, record.get(column))
        for column, given in gold.items()
        if (record.get(column) is not None and not is_same(record[column], given))
        or (record.get(column) is None and given is not None)
    ]
