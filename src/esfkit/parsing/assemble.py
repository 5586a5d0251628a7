"""Header, title and prose → one validated record."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from esfkit.layouts.layout import Layout
from esfkit.model.document import Document
from esfkit.model.finding import Finding, Problem
from esfkit.model.record import Record, Section
from esfkit.parsing.checks import check_values
from esfkit.parsing.derive import derive
from esfkit.parsing.detect import Detection
from esfkit.parsing.draft import MOST_FINDINGS, Draft, make_finding, quote
from esfkit.parsing.fields import take_value
from esfkit.parsing.header import Found, Header
from esfkit.parsing.lines import Lines, line_at, on_one_line
from esfkit.parsing.narrative import Narrative
from esfkit.parsing.prose import (
    Stretch,
    as_heading,
    cut_sections,
    is_municipality_list,
    list_items,
    targets,
)
from esfkit.parsing.scan import Form
from esfkit.parsing.title import Title
from esfkit.values.identifier import leading_number, leading_residue
from esfkit.values.place import read_municipality
from esfkit.vocabulary.headings import is_chrome
from esfkit.vocabulary.labels import Label

_NO_LABEL = Label("title", "", "", "", "")
_BLANKS = " \n\t\r\u00a0"
_MOST_UNCLAIMED = 20  # unclaimed lines that are named one by one


class Place(NamedTuple):
    """The part of a document that one record has to itself.

    Attributes:
        first: Its first line.
        stop: The line after its last.
        begin: Offset of its first character; two records may share a line.
        end: Offset past its last character.
    """

    first: int
    stop: int
    begin: int
    end: int


class Labelled(NamedTuple):
    """A header that a layout took, with the title above it."""

    header: Header
    title: Title | None
    detection: Detection
    layout: Layout


class Parsed(NamedTuple):
    """A record and how it was read, for those who want to look (``esfkit explain``).

    Attributes:
        record: The record.
        place: Its lines.
        header: Its labels and values; ``None`` for narrative pages.
        title: Its title's place.
        sections: The places of its prose and lists.
        unclaimed: Spans that nothing accounts for.
        detection: What the layouts said.
    """

    record: Record
    place: Place
    header: Header | None
    title: Title | None
    sections: tuple[Stretch, ...]
    unclaimed: tuple[tuple[int, int], ...]
    detection: Detection | None


def assemble(document: Document, lines: Lines, place: Place, labelled: Labelled) -> Parsed:
    """Return the record of one header with the prose below it."""
    header, title, detection, layout = labelled
    told = any(found.label.field in layout.period_told_by for found in header.found)
    draft = Draft(lines, layout, period_told=told)
    stray = list(header.stray)
    for found in header.found:
        if found.label.section == "generic" and found.label.field not in layout.fields:
            stray.append((found.label_start, max(found.label_end, found.end)))
        else:
            take_value(draft, found)
    _take_title(draft, title)
    sections = _sections_below(lines, header, place)
    _take_prose(draft, sections)
    if detection.tie and detection.runner_up is not None:
        draft.note(
            Problem.LAYOUT_TIE,
            "layout",
            f"the layouts {layout.name} and {detection.runner_up.name} fit equally well",
        )
    _report_missing(draft)
    above = _unclaimed_above(lines, place, header, title)
    unclaimed = _apart((*stray, *above), place)
    record = _finish(draft, document, place, unclaimed)
    return Parsed(record, place, header, title, tuple(sections), unclaimed, detection)


def assemble_narrative(
    document: Document, lines: Lines, place: Place, page: Narrative
) -> Parsed:
    """Return the record of a page without labels."""
    draft = Draft(lines, page.layout)
    _take_title(draft, page.title, numbered=False)
    if page.date is not None and page.published is not None:
        day = page.published.as_date()
        found = Found(_NO_LABEL, 0, 0, page.date.line, page.date.start, page.date.end)
        draft.put("published", day, found)
    if page.unsure:
        draft.note(
            Problem.KIND_UNSURE,
            "kind",
            "only site, theme and date tell this practice page; news of the site look the same",
        )
    begin = page.title.line + 1 if page.title else page.begin
    above = [stretch for stretch in cut_sections(lines, begin, page.begin) if page.date]
    sections = cut_sections(lines, page.begin, place.stop)
    _take_prose(draft, sections)
    unclaimed = tuple(
        span
        for number in range(place.first, page.title.line if page.title else page.begin)
        for span in [lines.content(number)]
        if span[0] < span[1] and not is_chrome(lines.text[span[0] : span[1]])
    )
    record = _finish(draft, document, place, unclaimed)
    return Parsed(record, place, None, page.title, (*above, *sections), unclaimed, None)


# --- title ------------------------------------------------------------------------------


def _take_title(draft: Draft, title: Title | None, *, numbered: bool = True) -> None:
    """Put the title line's number and title where no label gave them."""
    if title is None or title.start >= title.end:
        return
    words = draft.lines.text[title.start : title.end]
    numbered_words = leading_number(words) if numbered else None
    start = title.start
    if numbered_words is not None:
        number, rest = numbered_words
        _take_number(draft, number, title, title.start + rest)
        start += rest
    elif numbered:
        start += leading_residue(words)
    start, end = draft.lines.trim(start, title.end)
    if start == end:
        return
    if "title" not in draft.values:
        printed = on_one_line(draft.lines.text[start:end])
        draft.put("title", printed, Found(_NO_LABEL, 0, 0, title.line, start, end))


def _take_number(draft: Draft, number: str, title: Title, stop: int) -> None:
    """Put the number before the title; one that differs from the label's is a finding."""
    column = draft.layout.rename.get("project_number", "project_number")
    if draft.layout.kind == "call":
        column = "call_number"
    labelled = draft.values.get(column)
    if labelled is None:
        words = draft.lines.text[title.start : stop]
        end = title.start + len(words.rstrip(" \t\u00a0-–—:"))
        draft.put(column, number, Found(_NO_LABEL, 0, 0, title.line, title.start, end))
    elif labelled != number:
        draft.note(
            Problem.NUMBER_CONFLICT,
            column,
            f"the heading prints {number}, the label {labelled}",
            (title.start, title.end),
        )


# --- prose ------------------------------------------------------------------------------


def _sections_below(lines: Lines, header: Header, place: Place) -> list[Stretch]:
    """Return the sections after the header's last value."""
    line = line_at(lines, header.end)
    sections = []
    if header.form is Form.FLOW:
        rest = _rest_of_line(lines, header.end, line, place.end)
        sections = [rest] if rest else []
    return sections + cut_sections(lines, line + 1, place.stop)


def _rest_of_line(lines: Lines, begin: int, line: int, stop: int) -> Stretch | None:
    """Return the prose that follows a header on its own running line, before ``stop``."""
    stop = min(stop, lines.starts[line] + len(lines.words[line]))
    start, end = lines.trim(begin, max(begin, stop))
    if lines.text.startswith("In English", start):
        start, end = lines.trim(start + len("In English"), end)
    if start == end:
        return None
    first_word = lines.text[start:end].split(maxsplit=1)[0]
    heading = as_heading(first_word)
    after = lines.text[start + len(first_word) : end].lstrip()
    if heading is None or not heading.language or not after[:1].isupper():
        return Stretch(None, "prose", (start, start), start, end, (line,))
    at = (start, start + len(first_word))
    start, end = lines.trim(at[1], end)
    return Stretch(heading.words, heading.role, at, start, end, (line,))


def _take_prose(draft: Draft, sections: Sequence[Stretch]) -> None:
    """Put sections, lists, targets and the summary."""
    prose: list[Section] = []
    for stretch in sections:
        if stretch.role == "actors":
            _take_actors(draft, stretch)
        elif stretch.role == "municipalities" and is_municipality_list(draft.lines, stretch):
            _take_municipalities(draft, stretch)
        else:
            prose.append(
                Section(
                    heading=stretch.heading, text=draft.lines.text[stretch.start : stretch.end]
                )
            )
            if stretch.role == "goals":
                _take_targets(draft, stretch)
    draft.values["sections"] = tuple(prose)
    _take_summary(draft, sections)


def _take_summary(draft: Draft, sections: Sequence[Stretch]) -> None:
    """Put the summary: the section of that name, else the prose before any heading."""
    named = [each for each in sections if each.role == "summary" and each.start < each.end]
    first = [each for each in sections[:1] if each.heading is None]
    for stretch in (named or first)[:1]:
        text = draft.lines.text[stretch.start : stretch.end]
        line = stretch.lines[0]
        found = Found(_NO_LABEL, *stretch.heading_at, line, stretch.start, stretch.end)
        draft.put("summary", text, found)


def _take_actors(draft: Draft, stretch: Stretch) -> None:
    items = [item for item in list_items(draft.lines, stretch) if item.words]
    if items:
        found = Found(_NO_LABEL, *stretch.heading_at, items[0].line, stretch.start, stretch.end)
        draft.put("actors", tuple(item.words for item in items), found)


def _take_municipalities(draft: Draft, stretch: Stretch) -> None:
    names, codes = [], []
    for item in list_items(draft.lines, stretch):
        code = read_municipality(item.words)
        found = Found(_NO_LABEL, *stretch.heading_at, item.line, item.start, item.end)
        if isinstance(code, Problem):
            draft.refuse(code, "municipalities", found)
        elif code is not None:
            names.append(code.name_sv)
            codes.append(code.code)
    if names:
        first = stretch.lines[0]
        found = Found(_NO_LABEL, *stretch.heading_at, first, stretch.start, stretch.end)
        draft.put("municipalities", tuple(names), found)
        draft.values["municipality_codes"] = tuple(codes)


def _take_targets(draft: Draft, stretch: Stretch) -> None:
    met = list(targets(draft.lines, stretch))
    if met:
        first = stretch.lines[0]
        found = Found(_NO_LABEL, *stretch.heading_at, first, stretch.start, stretch.end)
        draft.put("participant_targets", tuple(target for target, _ in met), found)


# --- the whole --------------------------------------------------------------------------


def _report_missing(draft: Draft) -> None:
    """Report the identity that a page does not print: title and project number."""
    if "title" not in draft.values:
        draft.note(Problem.TITLE_MISSING, "title", "no title stands above or among the labels")
    if draft.layout.kind == "project" and "project_number" not in draft.values:
        draft.note(
            Problem.PROJECT_NUMBER_MISSING,
            "project_number",
            f"pages of layout {draft.layout.name} print no project number"
            if "project_number" in draft.layout.absent
            or "project_number" not in draft.layout.fields
            else "the page prints no project number",
        )


def _unclaimed_above(
    lines: Lines, place: Place, header: Header, title: Title | None
) -> Iterable[tuple[int, int]]:
    """Yield the filled lines above the first label that are neither title nor furniture."""
    if header.form is Form.FLOW and title is not None and title.line == header.first_line:
        last = title.line
    else:
        last = header.first_line
    for number in range(place.first, last):
        start, end = lines.content(number)
        if start == end or is_chrome(lines.text[start:end]):
            continue
        if title is None or end <= title.start or start >= title.end:
            yield start, end


def _apart(spans: Iterable[tuple[int, int]], place: Place) -> tuple[tuple[int, int], ...]:
    """Return the spans within a place in order, each character in one of them only."""
    apart: list[tuple[int, int]] = []
    done = place.begin
    for start, end in sorted(spans):
        begin, stop = max(start, done), min(end, place.end)
        if begin < stop:
            apart.append((begin, stop))
            done = stop
    return tuple(apart)


def _finish(
    draft: Draft, document: Document, place: Place, unclaimed: Sequence[tuple[int, int]]
) -> Record:
    """Derive, check, count what was claimed, and validate."""
    lines, values, layout = draft.lines, draft.values, draft.layout
    for start, end in unclaimed[:_MOST_UNCLAIMED]:
        words = lines.text[start:end]
        problem = Problem.LABEL_UNKNOWN if words.endswith(":") else Problem.LINE_UNCLAIMED
        said = "is no known label" if problem is Problem.LABEL_UNKNOWN else "was not understood"
        draft.note(problem, None, f"{quote(words)} {said}", (start, end))
    raws = {each["field"]: each["raw"] for each in draft.provenance}
    derive(values, layout, raws.get("programme_area"), period_told=draft.period_told)
    if layout.kind != "practice":
        draft.findings.extend(check_values(values))
    origin = document.origin
    return Record(
        **values,
        kind=layout.kind,
        layout=layout.name,
        provenance=tuple(draft.provenance),
        findings=_cut((*document.findings, *draft.findings)),
        claimed_share=_claimed_share(lines, place, unclaimed),
        source_path=origin.path,
        source_member=origin.member,
        source_line=origin.line,
        source_url=origin.url,
        source_sha256=origin.sha256,
        source_encoding=origin.encoding,
    )


def _cut(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    if len(findings) <= MOST_FINDINGS:
        return findings
    left = len(findings) - MOST_FINDINGS
    more = make_finding(Problem.FINDINGS_CUT, None, f"{left} more findings are not kept")
    return (*findings[:MOST_FINDINGS], more)


def _claimed_share(
    lines: Lines, place: Place, unclaimed: Sequence[tuple[int, int]]
) -> float | None:
    """Return the share of non-blank characters that something accounts for, to 4 decimals."""
    filled = _filled(lines.text[place.begin : place.end])
    if not filled:
        return None
    missed = sum(_filled(lines.text[start:end]) for start, end in unclaimed)
    return round(1 - missed / filled, 4)


def _filled(text: str) -> int:
    """Count the characters that are no blank, tab or line end."""
    return len(text) - sum([text.count(blank) for blank in _BLANKS])
