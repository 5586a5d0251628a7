"""Headers of a page with their titles, and which of them are records."""

from collections.abc import Sequence

from esfkit.model.document import Document
from esfkit.parsing.acceptance import end_of_sentences, is_another_record, is_unnumbered
from esfkit.parsing.header import Header
from esfkit.parsing.identity import is_identified
from esfkit.parsing.lines import Lines, line_at
from esfkit.parsing.reading import Labelled, Place
from esfkit.parsing.scan import Form
from esfkit.parsing.title import Title, find_title, find_title_before
from esfkit.values.identifier import leading_number
from esfkit.vocabulary.fold import fold
from esfkit.vocabulary.headings import is_chrome

_SENTENCE_ENDS = (".", "!", "?", ">")  # the last is an empty line of a quoted mail


def begin_of(candidate: Labelled) -> int:
    """Return the offset where a record begins: its title, or its first label."""
    title = candidate.title
    return min(title.start, candidate.header.start) if title else candidate.header.start


def with_titles(
    document: Document,
    lines: Lines,
    page: Place,
    taken: Sequence[Labelled],
) -> list[Labelled]:
    """Return the page's headers with the titles that stand above them.

    Labels below the first header that have no title of their own are a fact box or a
    list in its prose; labels that name no project are facts about something else.
    """
    candidates: list[Labelled] = []
    above = lines.starts[page.first]
    prose: int | None = None
    heading = document.heading if len(taken) == 1 else None
    for labelled in taken:
        title = _title_of(labelled.header, lines, above, heading)
        candidate = labelled._replace(title=title)
        if not is_identified(candidate, lines):
            continue
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
