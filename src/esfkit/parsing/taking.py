"""Title and prose → columns: what stands around a header."""

from collections.abc import Sequence

from esfkit.model.finding import Problem
from esfkit.model.record import Section
from esfkit.parsing.draft import Draft
from esfkit.parsing.header import Found, Header
from esfkit.parsing.lines import Lines, line_at, on_one_line
from esfkit.parsing.prose import (
    Stretch,
    as_heading,
    cut_sections,
    is_municipality_list,
    list_items,
    targets,
)
from esfkit.parsing.reading import Place
from esfkit.parsing.scan import Form
from esfkit.parsing.title import Title
from esfkit.values.identifier import leading_number, leading_residue
from esfkit.values.place import read_municipality
from esfkit.vocabulary.labels import Label
from esfkit.vocabulary.running import running_words

NO_LABEL = Label("title", "", "", "", "")
"""Stands for the label of a value that has none."""


def take_title(draft: Draft, title: Title | None, *, numbered: bool = True) -> None:
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
        draft.put("title", printed, Found(NO_LABEL, 0, 0, title.line, start, end))


def _take_number(draft: Draft, number: str, title: Title, stop: int) -> None:
    """Put the number before the title; one that differs from the label's is a finding."""
    column = "call_number" if draft.layout.kind == "call" else "project_number"
    labelled = draft.values.get(column)
    if labelled is None:
        words = draft.lines.text[title.start : stop]
        end = title.start + len(words.rstrip(" \t\u00a0-–—:"))
        draft.put(column, number, Found(NO_LABEL, 0, 0, title.line, title.start, end))
    elif labelled != number:
        draft.note(
            Problem.NUMBER_CONFLICT,
            column,
            f"the heading prints {number}, the label {labelled}",
            (title.start, title.end),
        )


def sections_below(lines: Lines, header: Header, place: Place) -> list[Stretch]:
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
    for link in running_words("link"):
        if lines.text.startswith(link, start):
            start, end = lines.trim(start + len(link), end)
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


def take_prose(draft: Draft, sections: Sequence[Stretch]) -> None:
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
        found = Found(NO_LABEL, *stretch.heading_at, line, stretch.start, stretch.end)
        draft.put("summary", text, found)


def _take_actors(draft: Draft, stretch: Stretch) -> None:
    items = [item for item in list_items(draft.lines, stretch) if item.words]
    if items:
        found = Found(NO_LABEL, *stretch.heading_at, items[0].line, stretch.start, stretch.end)
        draft.put("actors", tuple(item.words for item in items), found)


def _take_municipalities(draft: Draft, stretch: Stretch) -> None:
    names, codes = [], []
    for item in list_items(draft.lines, stretch):
        code = read_municipality(item.words)
        found = Found(NO_LABEL, *stretch.heading_at, item.line, item.start, item.end)
        if isinstance(code, Problem):
            draft.refuse(code, "municipalities", found)
        elif code is not None:
            names.append(code.name_sv)
            codes.append(code.code)
    if names:
        first = stretch.lines[0]
        found = Found(NO_LABEL, *stretch.heading_at, first, stretch.start, stretch.end)
        draft.put("municipalities", tuple(names), found)
        draft.values["municipality_codes"] = tuple(codes)


def _take_targets(draft: Draft, stretch: Stretch) -> None:
    met = list(targets(draft.lines, stretch))
    if met:
        first = stretch.lines[0]
        found = Found(NO_LABEL, *stretch.heading_at, first, stretch.start, stretch.end)
        draft.extend("participant_targets", tuple(target for target, _ in met), found)
