"""Which headers are records: values stand at their labels, and they are no fact box."""

from enum import Enum

from esfkit.parsing.fields import FIELDS, is_lost, is_readable
from esfkit.parsing.header import Header
from esfkit.parsing.lines import Lines
from esfkit.parsing.reading import Labelled
from esfkit.parsing.scan import Form
from esfkit.values.identifier import leading_number
from esfkit.vocabulary.fold import fold
from esfkit.vocabulary.headings import headings, is_chrome

FEW_LABELS = 4
"""With fewer labels, every figure, date and code must be one."""

_FULL = 6  # so many labels are a record's own, wherever they stand
_SENTENCE = 60  # characters from which a line that ends in a full stop is prose
_FEWEST_SENTENCES = 2  # so many above a header without a number: a fact box below news
_MARKS = " \t\u00a0,.;:-–—|*_/`"  # what stands between labels that are only listed
_BETWEEN_LISTED = frozenset({",", ";", "och", "och/eller"})
_FEWEST_REFUSED = 3  # so many labels with prose beside them and none with a value: a form


class _Standing(Enum):
    """What stands at a label."""

    NOTHING = "no words"
    READABLE = "a value of its field"
    SAID = "words, where any will do"
    LOST = "what is left of a value"
    REFUSED = "words that are no value of its field"


def is_convincing(header: Header, lines: Lines) -> bool:
    """Return whether values stand at the labels, and not the prose of a form or a heading."""
    met: list[_Standing] = []
    many = len(header.found) >= FEW_LABELS
    for found in header.found:
        standing = _standing(found.label.field, lines.text[found.start : found.end])
        if many and standing is _Standing.READABLE and standing in met:
            return True
        met.append(standing)
    refused = met.count(_Standing.REFUSED)
    values = met.count(_Standing.READABLE) + met.count(_Standing.LOST)
    if many:
        return values + met.count(_Standing.SAID) > 0 and refused < _FEWEST_REFUSED
    return values > 0 and refused == 0


def _standing(field: str, words: str) -> _Standing:
    if words in _BETWEEN_LISTED:
        return _Standing.REFUSED
    if FIELDS[field].reader is None:
        stated = len(words.strip(_MARKS)) > 1
        return _Standing.SAID if stated else _Standing.NOTHING
    if not words:
        return _Standing.NOTHING
    if is_readable(field, words):
        return _Standing.READABLE
    return _Standing.LOST if is_lost(field, words) else _Standing.REFUSED


def is_another_record(candidate: Labelled, first: Labelled, lines: Lines) -> bool:
    """Return whether labels below a header are a record and no fact box in its prose."""
    fields = {found.label.field for found in candidate.header.found if found.end > found.start}
    if fields & {"project_number", "call_number"}:
        return True
    if candidate.header.form is Form.FLOW is not first.header.form:
        return False
    if not _has_own_title(candidate, lines):
        return "title" in fields and len(candidate.header.found) >= FEW_LABELS
    many = len(candidate.header.found)
    # Prose prints labels of projects, not those of calls, which may be two.
    enough = many > FEW_LABELS or candidate.layout.kind == "call"
    return enough or 2 * many >= len(first.header.found)


def _has_own_title(candidate: Labelled, lines: Lines) -> bool:
    """Return whether a title stands above, and no sentence, lead-in or section heading."""
    title = candidate.title
    if title is None:
        return False
    words = lines.text[title.start : title.end]
    return not words.endswith((":", ".")) and fold(words) not in headings()


def is_unnumbered(candidate: Labelled, lines: Lines) -> bool:
    """Return whether a header of a project or call is short and prints no number.

    Below the prose of a news page such labels are a fact box.
    """
    if len(candidate.header.found) >= _FULL:
        return False
    printed = [found.label.field for found in candidate.header.found]
    if candidate.layout.kind == "practice" or {"project_number", "call_number"} & {*printed}:
        return False
    title = candidate.title
    return title is None or leading_number(lines.text[title.start : title.end]) is None


def end_of_sentences(lines: Lines, first: int, stop: int) -> int:
    """Return the line by which a page has printed two sentences, or ``stop``."""
    met = 0
    for number in range(first, stop):
        words = lines.words[number].strip()
        if len(words) > _SENTENCE and words[-1] == "." and not is_chrome(words):
            met += 1
            if met == _FEWEST_SENTENCES:
                return number
    return stop
