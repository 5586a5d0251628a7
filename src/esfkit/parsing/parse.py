"""One document → its records, or the reason why it holds none."""

from collections.abc import Iterator, Sequence
from enum import StrEnum
from typing import NamedTuple

from esfkit.model.document import Document
from esfkit.model.record import Record
from esfkit.parsing.acceptance import FEW_LABELS, is_convincing, is_whole
from esfkit.parsing.assemble import assemble, assemble_narrative
from esfkit.parsing.belonging import belonging
from esfkit.parsing.candidates import begin_of, with_titles
from esfkit.parsing.detect import Detection, detect_layout
from esfkit.parsing.fields import is_readable
from esfkit.parsing.flow import cut_flow_headers
from esfkit.parsing.header import Header, cut_headers
from esfkit.parsing.identity import is_identified, is_numbered, listed
from esfkit.parsing.lines import Lines, line_at, split_lines
from esfkit.parsing.listrow import read_list_row
from esfkit.parsing.narrative import Narrative, detect_narrative, detect_narrative_above
from esfkit.parsing.pagebreak import joined
from esfkit.parsing.reading import Labelled, Parsed, Place
from esfkit.parsing.scan import scan
from esfkit.vocabulary.sure import is_sure, sure_words


class Reason(StrEnum):
    """Why a document gives no record."""

    NO_LABELS = "no_labels"
    NO_SURE_WORD = "no_sure_word"
    TOO_FEW_LABELS = "too_few_labels"
    NO_LAYOUT = "no_layout"
    NO_VALUES = "no_values"
    NO_IDENTITY = "no_identity"
    LISTED = "listed"
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

    @property
    def records(self) -> tuple[Record, ...]:
        """The records alone, in order of place."""
        return tuple(each.record for each in self.parsed)


def parse_document(document: Document) -> ParseResult:
    """Read one document; never raises, whatever the text holds."""
    if document.cells:
        return _parse_list_row(document)
    lines = split_lines(document.text)
    headers = _all_headers(lines)
    judged = [(header, detect_layout(header)) for header in headers]
    taken = [
        Labelled(header, None, detection, detection.layout)
        for header, detection in judged
        if detection.layout is not None and is_convincing(header, detection.layout.kind, lines)
    ]
    ours = belonging(taken, lines)
    kept = _not_listed(ours, headers, lines)
    parsed: list[Parsed] = []
    for page in _pages(document, lines, kept):
        parsed.extend(_parse_page(document, lines, page))
    if parsed:
        return ParseResult(document, tuple(parsed), None)
    if len(ours) < len(taken):
        return ParseResult(document, (), _unsure(taken, document.text))
    if kept:
        return ParseResult(document, (), _no_record(kept, lines))
    return ParseResult(document, (), _in_list(ours) if ours else _reject(judged))


def _not_listed(
    taken: list[Labelled], headers: Sequence[Header], lines: Lines
) -> list[Labelled]:
    """Return the headers that are no projects of a list."""
    in_list = listed(headers, lines) if taken else None
    if not in_list:
        return taken
    return [
        each
        for each in taken
        if each.layout.kind != "project" or each.header.start not in in_list
    ]


def _parse_list_row(document: Document) -> ParseResult:
    parsed = read_list_row(document)
    if isinstance(parsed, str):
        return ParseResult(document, (), Rejection(Reason.NO_VALUES, parsed))
    return ParseResult(document, (parsed,), None)


def _all_headers(lines: Lines) -> list[Header]:
    """Return the headers in lines of their own and in running lines, in order of place."""
    hits = scan(lines)
    headers = list(cut_headers(hits, lines, is_readable))
    if "\f" in lines.text:
        headers = joined(headers, hits, lines, is_readable)
    labelled = any(len(header.found) >= FEW_LABELS for header in headers)
    flowing = list(cut_flow_headers(lines, beside_others=labelled))
    if not flowing:
        return headers
    running = {header.first_line for header in flowing}
    kept = [header for header in headers if header.first_line not in running]
    return sorted((*kept, *flowing), key=lambda header: header.start)


class _Page(NamedTuple):
    """A part of a document that holds its own records: labelled ones, or a narrated one."""

    place: Place
    taken: Sequence[Labelled]
    narrative: Narrative | None


def _pages(document: Document, lines: Lines, taken: Sequence[Labelled]) -> list[_Page]:
    """Return the pages of a document.

    A form feed parts two pages only where the second holds a record: within a long
    page, and above labels that name nothing, it is a page break on paper.
    """
    pages: list[_Page] = []
    done = 0
    for place in _between_form_feeds(lines):
        begin = done
        while done < len(taken) and taken[done].header.first_line < place.stop:
            done += 1
        here = taken[begin:done]
        if pages and not any(_may_begin(each, lines) for each in here):
            here = []
        narrative = _narrative(document, lines, place, here)
        here = [] if narrative else here
        if here or narrative or not pages:
            pages.append(_Page(place, here, narrative))
        else:
            longer = pages[-1].place._replace(stop=place.stop, end=place.end)
            pages[-1] = pages[-1]._replace(place=longer)
    return pages


def _may_begin(candidate: Labelled, lines: Lines) -> bool:
    """Return whether labels name a record of their own."""
    return is_identified(candidate, lines) or is_numbered(candidate.header, lines)


def _narrative(
    document: Document, lines: Lines, place: Place, taken: Sequence[Labelled] = ()
) -> Narrative | None:
    """Return the narrated page in a place; of labels on it, a whole header is a record."""
    if not taken:
        return detect_narrative(lines, place.first, place.stop, document.heading)
    if any(is_whole(each.header) for each in taken):
        return None
    labelled = taken[0].header.first_line
    return detect_narrative_above(lines, place.first, labelled, place.stop, document.heading)


def _between_form_feeds(lines: Lines) -> Iterator[Place]:
    """Yield the stretches of lines between form feeds that hold anything."""
    first = 0
    if "\f" in lines.text:
        for number, start in enumerate(lines.starts[1:-1], 1):
            ends = lines.text[start - 1] == "\f"
            if ends and lines.text[lines.starts[first] : start].strip():
                yield Place(first, number, lines.starts[first], start)
                first = number
    yield Place(first, len(lines.words), lines.starts[first], len(lines.text))


def _parse_page(document: Document, lines: Lines, page: _Page) -> Iterator[Parsed]:
    """Yield the records of one page: of its headers, or as a narrative page."""
    place = page.place
    candidates = with_titles(document, lines, place, page.taken)
    if not candidates:
        narrative = page.narrative or (
            _narrative(document, lines, place) if page.taken else None
        )
        if narrative is not None:
            yield assemble_narrative(document, lines, place, narrative)
        return
    first, begin = place.first, place.begin
    for candidate, following in zip(candidates, [*candidates[1:], None], strict=True):
        end = begin_of(following) if following else place.end
        last = line_at(lines, end) if following else place.stop
        stop = max(last, candidate.header.first_line + 1)
        yield assemble(document, lines, Place(first, stop, begin, end), candidate)
        first, begin = last, end


def _unsure(taken: Sequence[Labelled], text: str) -> Rejection:
    """Return why headers were not taken on a page that nowhere names the fund."""
    name, own = taken[0].layout.name, taken[0].layout.without_fund
    message = f"{name}: none of the words {', '.join(sure_words())} stands in the text"
    if own:
        message = f"{name}: names no fund and prints none of {', '.join(own)}"
    elif is_sure(text):
        message = (
            f"{name}: other authorities print its labels too, and neither the fund's name, "
            "a number of its projects nor a label of its own stands beside them"
        )
    return _rejection(Reason.NO_SURE_WORD, message, taken)


def _in_list(taken: Sequence[Labelled]) -> Rejection:
    """Return why the projects of a list are no records."""
    message = f"{taken[0].layout.name}: several without numbers stand in a list of projects"
    return _rejection(Reason.LISTED, message, taken)


def _no_record(taken: Sequence[Labelled], lines: Lines) -> Rejection:
    """Return why headers with values of their own are no records."""
    name = taken[0].layout.name
    if is_identified(taken[0], lines):
        message = f"{name}: its labels stand below prose and print no number, like a fact box"
        return _rejection(Reason.FACT_BOX, message, taken)
    wanted = ", ".join(taken[0].layout.named_by)
    return _rejection(Reason.NO_IDENTITY, f"{name}: states none of {wanted}", taken)


def _rejection(reason: Reason, message: str, taken: Sequence[Labelled]) -> Rejection:
    return Rejection(reason, message, taken[0].layout.name, _fields(taken[0].header))


def _fields(header: Header) -> tuple[str, ...]:
    return tuple(sorted({found.label.field for found in header.found}))


def _reject(judged: Sequence[tuple[Header, Detection]]) -> Rejection:
    """Return why no header was taken, from the one that came nearest."""
    misses = [(header, seen.nearest) for header, seen in judged if seen.nearest is not None]
    if not misses:
        return Rejection(Reason.NO_LABELS, "no group of known labels stands in the text")
    header, verdict = max(misses, key=lambda miss: len(miss[0].found))
    labels = _fields(header)
    name = verdict.layout.name
    if not verdict.lacks:
        message = f"{name}: prose stands where its labels' figures, dates and codes should"
        return Rejection(Reason.NO_VALUES, message, name, labels)
    reason = Reason.TOO_FEW_LABELS if verdict.few else Reason.NO_LAYOUT
    return Rejection(reason, f"{name}: {verdict.lacks}", name, labels)
