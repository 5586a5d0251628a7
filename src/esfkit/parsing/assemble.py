"""Header, title and prose → one validated record."""

from collections.abc import Iterable, Sequence

from esfkit.layouts.layout import Layout, Style
from esfkit.model.document import Document
from esfkit.model.finding import Finding, Problem
from esfkit.model.record import Record
from esfkit.parsing.derive import derive
from esfkit.parsing.draft import MOST_FINDINGS, Draft, make_finding, quote
from esfkit.parsing.fields import take_value
from esfkit.parsing.header import Found, Header
from esfkit.parsing.lines import Lines
from esfkit.parsing.narrative import Narrative
from esfkit.parsing.prose import cut_sections
from esfkit.parsing.reading import Labelled, Parsed, Place
from esfkit.parsing.scan import Form
from esfkit.parsing.taking import NO_LABEL, sections_below, take_prose, take_title
from esfkit.parsing.title import Title
from esfkit.rules.catalogue import check_values
from esfkit.vocabulary.headings import is_chrome

_BLANKS = " \n\t\r\u00a0"
_MOST_UNCLAIMED = 20  # unclaimed lines that are named one by one


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
    take_title(draft, title)
    sections = sections_below(lines, header, place)
    take_prose(draft, sections)
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
    take_title(draft, page.title, numbered=False)
    if page.date is not None and page.published is not None:
        day = page.published.as_date()
        found = Found(NO_LABEL, 0, 0, page.date.line, page.date.start, page.date.end)
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
    take_prose(draft, sections)
    unclaimed = tuple(
        span
        for number in range(place.first, page.title.line if page.title else page.begin)
        for span in [lines.content(number)]
        if span[0] < span[1] and not is_chrome(lines.text[span[0] : span[1]])
    )
    record = _finish(draft, document, place, unclaimed)
    return Parsed(record, place, None, page.title, (*above, *sections), unclaimed, None)


def _report_missing(draft: Draft) -> None:
    """Report the identity that a page does not print: title and project number."""
    if "title" not in draft.values:
        draft.note(Problem.TITLE_MISSING, "title", "no title stands above or among the labels")
    if draft.layout.kind == "project" and "project_number" not in draft.values:
        draft.note(
            Problem.PROJECT_NUMBER_MISSING,
            "project_number",
            _why_no_number(draft.layout),
        )


def _why_no_number(layout: Layout) -> str:
    if layout.style is Style.LIST:
        return "the row has no project number"
    if "project_number" in layout.absent or "project_number" not in layout.fields:
        return f"pages of layout {layout.name} print no project number"
    return "the page prints no project number"


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
    derive(values, layout, draft.raw("programme_area"), period_told=draft.period_told)
    if layout.kind != "practice":
        draft.findings.extend(check_values(values, layout.kind))
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
    return len(text) - sum([text.count(blank) for blank in _BLANKS if blank in text])
