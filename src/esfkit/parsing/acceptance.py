"""Which headers are records: values stand at their labels, and they are no fact box."""

from collections.abc import Sequence
from enum import Enum

from esfkit.model.kind import Kind
from esfkit.parsing.fields import FIELDS, is_lost, is_readable
from esfkit.parsing.header import Header
from esfkit.parsing.identity import can_name, is_damaged
from esfkit.parsing.lines import Lines
from esfkit.parsing.reading import Labelled
from esfkit.parsing.scan import Form
from esfkit.values.identifier import leading_number
from esfkit.vocabulary.fold import fold
from esfkit.vocabulary.headings import headings, is_chrome

FEW_LABELS = 4
"""With fewer labels, every figure, date and code must be one."""

_FULL = 6  # so many labels are a record's own, wherever they stand
_MOST_BOXED = 10  # so many labels no fact box has, not even with a menu below it
_WHOLE = 5  # so many values of its own beside whom to ask, and where
_SENTENCE = 60  # characters from which a line that ends in a full stop is prose
_FEWEST_SENTENCES = 2  # so many above a header without a number: a fact box below news
_MARKS = " \t\u00a0,.;:-–—|*_/`"  # what stands between labels that are only listed
_BETWEEN_LISTED = frozenset({",", ";", "och", "och/eller"})
_ANYWHERE = frozenset(
    {
        *("contact_person", "email", "phone", "link", "owner_org_number"),
        *("postal_code", "postal_address", "postal_town", "country"),
        *("programme_area", "region"),
    }
)
"""Fields whose values stand below a site's menu too: who to ask, and what can be chosen."""
_WHO = frozenset({"owner", "title"})  # a page number in a table of contents is neither
_FIGURE = 4  # digits of a year: below it stood a value, which something was joined to
_BLANKS = "__"  # the line of a form
_LEADER = "....."  # dots before the number of a page in a table of contents
_FEWEST_REFUSED = 3  # so many labels with prose beside them and none with a value: a form


class _Standing(Enum):
    """What stands at a label."""

    NOTHING = "no words"
    READABLE = "a value of its field"
    SAID = "words, where any will do"
    LOST = "what is left of a value"
    REFUSED = "words that are no value of its field"


def is_convincing(header: Header, kind: Kind, lines: Lines) -> bool:
    """Return whether values stand at the labels, and not the prose of a form or a heading.

    The address in the footer of a site convinces nobody of the labels in its menu, nor
    the ``kr`` behind the blanks of a form; a call may be left with no more.
    """
    met: list[_Standing] = []
    told = False
    many = len(header.found) >= FEW_LABELS
    for found in header.found:
        words = lines.text[found.start : found.end]
        standing = _standing(found.label.field, words)
        if not told and found.label.field not in _ANYWHERE:
            told = _tells(standing, words, kind)
        if many and told and standing is _Standing.READABLE and standing in met:
            return True
        met.append(standing)
    refused = met.count(_Standing.REFUSED)
    values = met.count(_Standing.READABLE) + met.count(_Standing.LOST)
    if many:
        values += met.count(_Standing.SAID)
        return told and values > 0 and (refused < _FEWEST_REFUSED or _many_read(met))
    return told and values > 0 and refused == 0


def _many_read(met: Sequence[_Standing]) -> bool:
    return met.count(_Standing.READABLE) > 1


def _tells(standing: _Standing, words: str, kind: Kind) -> bool:
    """Return whether what stands at a label is a record's, be it damaged."""
    if standing is _Standing.REFUSED:
        return is_damaged(words) or sum(map(str.isdigit, words)) >= _FIGURE
    if standing is _Standing.LOST:
        return kind == "call"
    return standing is not _Standing.NOTHING


def _standing(field: str, words: str) -> _Standing:
    if words in _BETWEEN_LISTED:
        return _Standing.REFUSED
    if _BLANKS in words or _LEADER in words:
        return _Standing.NOTHING
    if FIELDS[field].reader is None:
        stated = len(words.strip(_MARKS)) > 1 and (field not in _WHO or can_name(words))
        return _Standing.SAID if stated else _Standing.NOTHING
    if not words:
        return _Standing.NOTHING
    if is_readable(field, words):
        return _Standing.READABLE
    return _Standing.LOST if is_lost(field, words) else _Standing.REFUSED


def is_whole(header: Header) -> bool:
    """Return whether a header states so much that it is no fact box of a narrated page."""
    if len(header.found) >= _MOST_BOXED:
        return True
    stated = [
        found
        for found in header.found
        if found.start < found.end and found.label.field not in _ANYWHERE
    ]
    return len(stated) >= _WHOLE


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
