"""One document → its records, or the reason why it holds none."""

from collections.abc import Iterator, Sequence
from enum import StrEnum
from typing import NamedTuple

from esfkit.model.document import Document
from esfkit.parsing.acceptance import FEW_LABELS, is_another_record, is_convincing, is_fact_box
from esfkit.parsing.assemble import Labelled, Parsed, Place, assemble, assemble_narrative
from esfkit.parsing.detect import Detection, detect_layout
from esfkit.parsing.fields import is_readable
from esfkit.parsing.flow import cut_flow_headers
from esfkit.parsing.header import Header, cut_headers
from esfkit.parsing.lines import Lines, line_at, split_lines
from esfkit.parsing.narrative import detect_narrative
from esfkit.parsing.scan import Form, scan
from esfkit.parsing.title import Title, find_title, find_title_before


class Reason(StrEnum):
    """Why a document gives no record."""

    NO_LABELS = "no_labels"
    TOO_FEW_LABELS = "too_few_labels"
    NO_LAYOUT = "no_layout"
    NO_VALUES = "no_values"
    FACT_BOX = "fact_box"


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
        if detection.layout is not None and is_convincing(header, lines)
    ]
    parsed: list[Parsed] = []
    done = 0
    for page in _pages(lines):
        begin = done
        while done < len(taken) and taken[done].header.first_line < page.stop:
            done += 1
        parsed.extend(_parse_page(document, lines, page, taken[begin:done]))
    if parsed:
        return ParseResult(document, tuple(parsed), None)
    return ParseResult(document, (), _reject(judged, taken))


def _all_headers(lines: Lines) -> list[Header]:
    """Return the headers in lines of their own and in running lines, in order of place."""
    headers = list(cut_headers(scan(lines), lines, is_readable))
    labelled = any(len(header.found) >= FEW_LABELS for header in headers)
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
            if (
                lines.text[start - 1] == "\f"
                and lines.text[lines.starts[first] : start].strip()
            ):
                yield Place(first, number, lines.starts[first], start)
                first = number
    yield Place(first, len(lines.words), lines.starts[first], len(lines.text))


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
    first, begin = page.first, page.begin
    for candidate, following in zip(candidates, [*candidates[1:], None], strict=True):
        end = _begin(following) if following else page.end
        last = line_at(lines, end) if following else page.stop
        stop = max(last, candidate.header.first_line + 1)
        yield assemble(document, lines, Place(first, stop, begin, end), candidate)
        first, begin = last, end


def _begin(candidate: Labelled) -> int:
    """Return the offset where a record begins: its title, or its first label."""
    title = candidate.title
    return min(title.start, candidate.header.start) if title else candidate.header.start


def _with_titles(
    document: Document,
    lines: Lines,
    page: Place,
    taken: Sequence[Labelled],
) -> list[Labelled]:
    """Return the page's headers with the titles that stand above them.

    Labels below the first header that have no title of their own are a fact box or a
    list in its prose.
    """
    candidates: list[Labelled] = []
    above = lines.starts[page.first]
    heading = document.heading if len(taken) == 1 else None
    for labelled in taken:
        title = _title_of(labelled.header, lines, above, heading)
        candidate = labelled._replace(title=title)
        if candidates and not is_another_record(candidate, candidates[0], lines):
            continue
        if not candidates and is_fact_box(candidate, lines, page.first):
            continue
        candidates.append(candidate)
        above = labelled.header.end
    return candidates


def _title_of(header: Header, lines: Lines, above: int, heading: str | None) -> Title | None:
    """Return the title between offset ``above`` and a header."""
    title = None
    if header.form is Form.FLOW:
        title = find_title_before(lines, header.first_line, header.start, above)
    if title is None:
        first = line_at(lines, above)
        if above > lines.starts[first]:
            first += 1
        title = find_title(lines, first, header.first_line, heading)
    return title


def _reject(judged: Sequence[tuple[Header, Detection]], taken: Sequence[Labelled]) -> Rejection:
    """Return why no header was taken, from the one that came nearest."""
    if taken:
        fields = {found.label.field for found in taken[0].header.found}
        name = taken[0].layout.name
        message = f"{name}: its labels stand below prose and print no number, like a fact box"
        return Rejection(Reason.FACT_BOX, message, name, tuple(sorted(fields)))
    misses = [(header, seen.nearest) for header, seen in judged if seen.nearest is not None]
    if not misses:
        return Rejection(Reason.NO_LABELS, "no group of known labels stands in the text")
    header, verdict = max(misses, key=lambda miss: miss[1].points)
    labels = tuple(sorted({found.label.field for found in header.found}))
    name = verdict.layout.name
    if not verdict.lacks:
        message = f"{name}: prose stands where its labels' figures, dates and codes should"
        return Rejection(Reason.NO_VALUES, message, name, labels)
    reason = Reason.TOO_FEW_LABELS if verdict.few else Reason.NO_LAYOUT
    return Rejection(reason, f"{name}: {verdict.lacks}", name, labels)
