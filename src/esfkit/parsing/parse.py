"""One document → its records, or the reason why it holds none."""

from collections.abc import Iterator, Sequence
from enum import StrEnum
from typing import NamedTuple

from esfkit.model.document import Document
from esfkit.model.record import Record
from esfkit.parsing.acceptance import (
    FEW_LABELS,
    end_of_sentences,
    is_another_record,
    is_convincing,
    is_unnumbered,
)
from esfkit.parsing.assemble import assemble, assemble_narrative
from esfkit.parsing.detect import Detection, detect_layout
from esfkit.parsing.fields import is_readable
from esfkit.parsing.flow import cut_flow_headers
from esfkit.parsing.header import Header, cut_headers
from esfkit.parsing.lines import Lines, line_at, split_lines
from esfkit.parsing.listrow import read_list_row
from esfkit.parsing.narrative import Narrative, detect_narrative
from esfkit.parsing.reading import Labelled, Parsed, Place
from esfkit.parsing.scan import Form, scan
from esfkit.parsing.title import Title, find_title, find_title_before
from esfkit.values.identifier import leading_number
from esfkit.vocabulary.fold import fold
from esfkit.vocabulary.headings import is_chrome
from esfkit.vocabulary.sure import is_sure, sure_words

_SENTENCE_ENDS = (".", "!", "?", ">")  # the last is an empty line of a quoted mail


class Reason(StrEnum):
    """Why a document gives no record."""

    NO_LABELS = "no_labels"
    NO_SURE_WORD = "no_sure_word"
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
        if detection.layout is not None and is_convincing(header, lines)
    ]
    kept = taken if not taken or is_sure(document.text) else _practices(taken)
    parsed: list[Parsed] = []
    for page in _pages(document, lines, kept):
        parsed.extend(_parse_page(document, lines, page))
    if parsed:
        return ParseResult(document, tuple(parsed), None)
    rejection = _unsure(taken) if len(kept) < len(taken) else _reject(judged, taken)
    return ParseResult(document, (), rejection)


def _parse_list_row(document: Document) -> ParseResult:
    parsed = read_list_row(document)
    if isinstance(parsed, str):
        return ParseResult(document, (), Rejection(Reason.NO_VALUES, parsed))
    return ParseResult(document, (parsed,), None)


def _practices(taken: Sequence[Labelled]) -> list[Labelled]:
    """Return the headers that need no sure word: practice pages name many funds."""
    return [labelled for labelled in taken if labelled.layout.kind == "practice"]


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


class _Page(NamedTuple):
    """A part of a document that holds its own records: labelled ones, or a narrated one."""

    place: Place
    taken: Sequence[Labelled]
    narrative: Narrative | None


def _pages(document: Document, lines: Lines, taken: Sequence[Labelled]) -> list[_Page]:
    """Return the pages of a document.

    A form feed parts two pages only where the second holds a record: within a long
    page it is a page break on paper.
    """
    pages: list[_Page] = []
    done = 0
    for place in _between_form_feeds(lines):
        begin = done
        while done < len(taken) and taken[done].header.first_line < place.stop:
            done += 1
        here = taken[begin:done]
        narrative = None if here else _narrative(document, lines, place)
        if here or narrative or not pages:
            pages.append(_Page(place, here, narrative))
        else:
            longer = pages[-1].place._replace(stop=place.stop, end=place.end)
            pages[-1] = pages[-1]._replace(place=longer)
    return pages


def _narrative(document: Document, lines: Lines, place: Place) -> Narrative | None:
    return detect_narrative(lines, place.first, place.stop, document.heading)


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
    candidates = _with_titles(document, lines, place, page.taken)
    if not candidates:
        narrative = page.narrative or (
            _narrative(document, lines, place) if page.taken else None
        )
        if narrative is not None:
            yield assemble_narrative(document, lines, place, narrative)
        return
    first, begin = place.first, place.begin
    for candidate, following in zip(candidates, [*candidates[1:], None], strict=True):
        end = _begin(following) if following else place.end
        last = line_at(lines, end) if following else place.stop
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
    prose: int | None = None
    heading = document.heading if len(taken) == 1 else None
    for labelled in taken:
        title = _title_of(labelled.header, lines, above, heading)
        candidate = labelled._replace(title=title)
        if candidates and not is_another_record(candidate, candidates[0], lines):
            continue
        if not candidates and is_unnumbered(candidate, lines):
            prose = end_of_sentences(lines, page.first, page.stop) if prose is None else prose
            if labelled.header.first_line > prose:
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
        below_another = above > lines.starts[first]
        title = find_title(lines, first + below_another, header.first_line, heading)
        if title and below_another and not _stands_alone(title, header, lines):
            return None
    return title


def _stands_alone(title: Title, header: Header, lines: Lines) -> bool:
    """Return whether a line is a title and not the last of another record's prose.

    It is below a blank line, furniture or the end of a sentence, and says no other
    title than the one that the header names.
    """
    words = lines.text[title.start : title.end]
    if leading_number(words) is not None:
        return True
    for found in header.found:
        if found.label.field == "title" and found.start < found.end:
            return fold(lines.text[found.start : found.end]) == fold(words)
    above = lines.words[title.line - 1].rstrip()
    return not above or above.endswith(_SENTENCE_ENDS) or is_chrome(above)


def _unsure(taken: Sequence[Labelled]) -> Rejection:
    """Return why headers were not taken on a page that nowhere names the fund."""
    name, fields = taken[0].layout.name, _fields(taken[0].header)
    words = ", ".join(sure_words())
    message = f"{name}: none of the words {words} stands in the text"
    return Rejection(Reason.NO_SURE_WORD, message, name, fields)


def _fields(header: Header) -> tuple[str, ...]:
    return tuple(sorted({found.label.field for found in header.found}))


def _reject(judged: Sequence[tuple[Header, Detection]], taken: Sequence[Labelled]) -> Rejection:
    """Return why no header was taken, from the one that came nearest."""
    if taken:
        name = taken[0].layout.name
        message = f"{name}: its labels stand below prose and print no number, like a fact box"
        return Rejection(Reason.FACT_BOX, message, name, _fields(taken[0].header))
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
