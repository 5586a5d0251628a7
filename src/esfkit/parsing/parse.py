"""One document → its records, or the reason why it holds none."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from enum import StrEnum
from typing import NamedTuple

from esfkit.model.document import Document
from esfkit.parsing.assemble import Labelled, Parsed, Place, assemble, assemble_narrative
from esfkit.parsing.detect import Detection, detect_layout
from esfkit.parsing.fields import FIELDS, is_lost, is_readable
from esfkit.parsing.flow import cut_flow_headers
from esfkit.parsing.header import Header, cut_headers
from esfkit.parsing.lines import Lines, split_lines
from esfkit.parsing.narrative import detect_narrative
from esfkit.parsing.scan import Form, scan
from esfkit.parsing.title import find_title, find_title_before

_FEWEST_REFUSED = 3  # so many labels with prose beside them and none with a value: a form
_FEW_LABELS = 4  # with fewer, every figure, date and code must be one


class Reason(StrEnum):
    """Why a document gives no record."""

    NO_LABELS = "no_labels"
    TOO_FEW_LABELS = "too_few_labels"
    NO_LAYOUT = "no_layout"
    NO_VALUES = "no_values"


class Rejection(NamedTuple):
    """Why a document gives no record, and how near it came.

    Attributes:
        reason: The kind of reason.
        message: The reason in a sentence.
        nearest: The layout that came nearest, if any label was met.
        labels: The fields whose labels were met, sorted.
    """

    reason: Reason
    message: str
    nearest: str | None = None
    labels: tuple[str, ...] = ()


class ParseResult(NamedTuple):
    """What one document gives.

    Attributes:
        document: The document.
        parsed: Its records with how they were read, in order of place.
        rejection: Why there is none; ``None`` where there is one.
    """

    document: Document
    parsed: tuple[Parsed, ...]
    rejection: Rejection | None


def parse_document(document: Document) -> ParseResult:
    """Read one document; never raises, whatever the text holds."""
    lines = split_lines(document.text)
    headers = _all_headers(lines)
    judged = [(header, detect_layout(header)) for header in headers]
    taken = [
        Labelled(header, None, detection, detection.layout)
        for header, detection in judged
        if detection.layout is not None and _is_convincing(header, lines)
    ]
    parsed: list[Parsed] = []
    for page in _pages(lines):
        parsed.extend(_parse_page(document, lines, page, taken))
    if parsed:
        return ParseResult(document, tuple(parsed), None)
    return ParseResult(document, (), _reject(judged))


def _all_headers(lines: Lines) -> list[Header]:
    """Return the headers in lines of their own and in running lines, in order of place."""
    headers = list(cut_headers(scan(lines), lines, is_readable))
    labelled = any(len(header.found) >= _FEW_LABELS for header in headers)
    flowing = list(cut_flow_headers(lines, beside_others=labelled))
    if not flowing:
        return headers
    running = {header.first_line for header in flowing}
    kept = [header for header in headers if header.first_line not in running]
    return sorted((*kept, *flowing), key=lambda header: header.start)


def _pages(lines: Lines) -> Iterator[Place]:
    """Yield the stretches of lines between form feeds."""
    first = 0
    if "\f" in lines.text:
        for number, start in enumerate(lines.starts[1:-1], 1):
            if lines.text[start - 1] == "\f":
                yield Place(first, number)
                first = number
    yield Place(first, len(lines.words))


def _parse_page(
    document: Document,
    lines: Lines,
    page: Place,
    taken: Sequence[Labelled],
) -> Iterator[Parsed]:
    """Yield the records of one page: of its headers, or as a narrative page."""
    candidates = _with_titles(document, lines, page, taken)
    if not candidates:
        narrative = detect_narrative(lines, page.first, page.stop, document.heading)
        if narrative is not None:
            yield assemble_narrative(document, lines, page, narrative)
        return
    first = page.first
    for candidate, following in zip(candidates, [*candidates[1:], None], strict=True):
        stop = _first_line(following) if following else page.stop
        yield assemble(document, lines, Place(first, stop), candidate)
        first = stop


def _first_line(candidate: Labelled) -> int:
    title = candidate.title
    return min(
        title.line if title else candidate.header.first_line, candidate.header.first_line
    )


def _with_titles(
    document: Document,
    lines: Lines,
    page: Place,
    taken: Sequence[Labelled],
) -> list[Labelled]:
    """Return the page's headers with the titles that stand above them."""
    candidates: list[Labelled] = []
    above = page.first
    here = [each for each in taken if page.first <= each.header.first_line < page.stop]
    heading = document.heading if len(here) == 1 else None
    for labelled in here:
        header, title = labelled.header, None
        if header.form is Form.FLOW:
            title = find_title_before(lines, header.first_line, header.start)
        if title is None:
            title = find_title(lines, above, header.first_line, heading)
        candidates.append(labelled._replace(title=title))
        above = bisect_right(lines.starts, header.end, hi=len(lines.words) - 1)
    return candidates


def _reject(judged: Sequence[tuple[Header, Detection]]) -> Rejection:
    """Return why no header was taken, from the one that came nearest."""
    misses = [(header, seen.nearest) for header, seen in judged if seen.nearest is not None]
    if not misses:
        return Rejection(Reason.NO_LABELS, "no group of known labels stands in the text")
    header, verdict = max(misses, key=lambda miss: miss[1].points)
    labels = tuple(sorted({found.label.field for found in header.found}))
    name = verdict.layout.name
    if not verdict.lacks:
        message = f"{name}: prose stands where its labels' figures, dates and codes should"
        return Rejection(Reason.NO_VALUES, message, name, labels)
    reason = Reason.TOO_FEW_LABELS if "labels" in verdict.lacks else Reason.NO_LAYOUT
    return Rejection(reason, f"{name}: {verdict.lacks}", name, labels)


def _is_convincing(header: Header, lines: Lines) -> bool:
    """Return whether values stand at the labels, and not the prose of a form or a heading."""
    readable = lost = refused = 0
    for found in header.found:
        field = found.label.field
        words = lines.text[found.start : found.end]
        if not words or FIELDS[field].reader is None:
            continue
        if is_readable(field, words):
            readable += 1
            if len(header.found) >= _FEW_LABELS:
                return True
        elif is_lost(field, words):
            lost += 1
        else:
            refused += 1
    if len(header.found) < _FEW_LABELS:
        return readable + lost > 0 and refused == 0
    return readable > 0 or refused < _FEWEST_REFUSED
