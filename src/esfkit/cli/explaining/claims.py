"""Which part of the parser claims which characters of a document."""

from bisect import bisect_right, insort
from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import NamedTuple

from esfkit.model.record import Record
from esfkit.parsing.bullets import without_bullet
from esfkit.parsing.goals import read_figure
from esfkit.parsing.header import Found, Header
from esfkit.parsing.lines import Lines
from esfkit.parsing.parse import ParseResult
from esfkit.parsing.prose import Item, Stretch, list_items, targets
from esfkit.parsing.reading import Parsed
from esfkit.parsing.scan import scan
from esfkit.vocabulary.headings import is_chrome


class Role(StrEnum):
    """What kind of claim a line is under."""

    VALUE = "value"
    TITLE = "title"
    HEADING = "heading"
    PROSE = "prose"
    LIST = "list"
    FURNITURE = "furniture"
    LABEL_ONLY = "label only"
    UNCLAIMED = "unclaimed"


class Claim(NamedTuple):
    """Characters that something accounts for, or that nothing does.

    Attributes:
        role: What kind of claim.
        name: What stands beside the line: a column, a section, a list with its count.
        start: First character.
        end: One past the last.
        values: Spans inside it that are values.
    """

    role: Role
    name: str
    start: int
    end: int
    values: tuple[tuple[int, int], ...] = ()


def claims_of(result: ParseResult, lines: Lines) -> list[Claim]:
    """Return the claims on a document, in order of place, none over another."""
    if not result.parsed:
        claims = [*_labels_met(lines), *_furniture(lines, 0, len(lines.words))]
    else:
        claims = [claim for parsed in result.parsed for claim in _claims(parsed, lines)]
    return sorted(_apart(claims), key=lambda claim: claim.start)


def _apart(claims: Iterable[Claim]) -> Iterator[Claim]:
    """Yield the claims that begin where no earlier claim stands; the first one wins."""
    starts: list[int] = []
    ends: dict[int, int] = {}
    for claim in claims:
        before = bisect_right(starts, claim.start) - 1
        if before < 0 or ends[starts[before]] <= claim.start:
            insort(starts, claim.start)
            ends[claim.start] = claim.end
            yield claim


def _claims(parsed: Parsed, lines: Lines) -> Iterator[Claim]:
    """Yield the claims of one record, the surest first."""
    for start, end in parsed.unclaimed:
        yield Claim(Role.UNCLAIMED, "? unclaimed", start, end)
    if parsed.header is not None:
        yield from _header_claims(parsed.header, parsed.record)
    if parsed.title is not None:
        values = _values_within(parsed.record, parsed.title.start, parsed.title.end)
        spans = tuple((start, end) for _, start, end in values)
        names = dict.fromkeys(name for name, _, _ in values)
        name = ", ".join(sorted(names, key=lambda each: each != "title")) or "title"
        yield Claim(Role.TITLE, name, parsed.title.start, parsed.title.end, spans)
    for each in parsed.record.provenance:
        if each.field == "published":
            yield Claim(Role.VALUE, each.field, each.start, each.end, ((each.start, each.end),))
    for stretch in parsed.sections:
        yield from _section_claims(stretch, parsed.record, lines)
    yield from _furniture(lines, parsed.place.first, parsed.place.stop)


def _header_claims(header: Header, record: Record) -> Iterator[Claim]:
    for found in header.found:
        values = _values_within(record, found.start, found.end)
        spans = tuple((start, end) for _, start, end in values)
        role = Role.VALUE if values else Role.LABEL_ONLY
        name = _name_of(found, [column for column, _, _ in values], record)
        yield Claim(role, name, found.label_start, max(found.label_end, found.end), spans)


def _name_of(found: Found, columns: list[str], record: Record) -> str:
    """Return the column that a label fills, else the name of the label."""
    name = found.label.field
    if columns:
        return columns[0] if len(set(columns)) == 1 else name
    repeats = any(each.field == name for each in record.provenance)
    return f"= {name}" if repeats else f"({name})"


def _values_within(record: Record, start: int, end: int) -> list[tuple[str, int, int]]:
    return [
        (each.field, each.start, each.end)
        for each in record.provenance
        if start <= each.start and each.end <= end and each.start < each.end
    ]


# --- prose ------------------------------------------------------------------------------


def _section_claims(stretch: Stretch, record: Record, lines: Lines) -> Iterator[Claim]:
    start, end = stretch.heading_at
    if start < end:
        yield Claim(Role.HEADING, _heading_name(stretch, record), start, end)
    counted = _counted_list(stretch, record)
    if counted is not None:
        yield from _list_claims(*counted, list(list_items(lines, stretch)))
        return
    if stretch.role == "goals":
        yield from _target_claims(stretch, lines)
    name = f"§ {stretch.heading}" if stretch.heading else "§"
    for number in stretch.lines:
        start, end = lines.content(number)
        start, end = max(start, stretch.start), min(end, stretch.end)
        if start < end:
            yield Claim(Role.PROSE, name, start, end)


def _counted_list(stretch: Stretch, record: Record) -> tuple[str, int] | None:
    """Return the column that a list section fills, and how many entries it has."""
    for role, items in (("actors", record.actors), ("municipalities", record.municipalities)):
        if stretch.role == role and items:
            return role, len(items)
    return None


def _heading_name(stretch: Stretch, record: Record) -> str:
    counted = _counted_list(stretch, record)
    if counted is None:
        return "heading"
    name, count = counted
    return f"{count} {name}"


def _list_claims(name: str, count: int, items: list[Item]) -> Iterator[Claim]:
    met = 0
    for item in items:
        met += bool(item.words)
        span = (item.start, item.end)
        yield Claim(Role.LIST, f"{name} {met}/{count}", *span)


def _target_claims(stretch: Stretch, lines: Lines) -> Iterator[Claim]:
    for target, item in targets(lines, stretch):
        after = [number for number in stretch.lines if number > item.line][:2]
        last = item.line
        if str(target.total) not in lines.words[item.line]:
            last = after[0] if after else last
            if target.women is not None and len(after) > 1 and not _is_split(lines, last):
                last = after[1]
        _, end = lines.content(last)
        figures = (
            (lines.content(item.line + 1)[0], end) if last > item.line else (item.start, end)
        )
        yield Claim(Role.VALUE, "participant_targets", item.start, end, (figures,))


def _is_split(lines: Lines, number: int) -> bool:
    """Return whether a target's figure has its split beside it: ``60 (30/30)``."""
    figure = read_figure(without_bullet(lines.words[number]))
    return figure is not None and figure.women is not None


# --- the rest ---------------------------------------------------------------------------


def _furniture(lines: Lines, first: int, stop: int) -> Iterator[Claim]:
    for number in range(first, min(stop, len(lines.words))):
        start, end = lines.content(number)
        if start < end and is_chrome(lines.text[start:end]):
            yield Claim(Role.FURNITURE, "furniture", start, end)


def _labels_met(lines: Lines) -> Iterator[Claim]:
    """Yield the labels of a document that gave no record."""
    for hit in scan(lines):
        end = max(hit.end, hit.value_end)
        yield Claim(Role.LABEL_ONLY, f"({hit.label.field})", hit.start, end)
