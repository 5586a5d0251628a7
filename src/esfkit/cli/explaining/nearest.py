"""The lines that came nearest to naming a field, and what refused each of them."""

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from typing import Final, NamedTuple

from esfkit.cli.explaining.about import FORMS
from esfkit.parsing.fields import FIELDS, is_readable
from esfkit.parsing.header import Found
from esfkit.parsing.lines import Lines
from esfkit.parsing.reading import Parsed
from esfkit.parsing.scan import Hit, scan
from esfkit.vocabulary.fold import fold
from esfkit.vocabulary.labels import Label, read_labels

ALSO_NAMED_BY: Final = {
    "call_amount_sek": ("call_amount",),
    "email": ("email", "contact_person"),
    "esf_support_eur": ("esf_support",),
    "esf_support_sek": ("esf_support",),
    "fund": ("fund", "financing"),
    "period_end": ("period_end", "period", "application_end"),
    "period_start": ("period_start", "period", "application_start"),
    "region_code": ("nuts_code", "region"),
    "specific_objective": ("specific_objective", "programme_area"),
    "total_budget_eur": ("total_budget",),
    "total_budget_sek": ("total_budget",),
}
"""Column → the fields whose labels name it, where that is not the column's own name."""

_NEAREST: Final = 5
_ALIKE: Final = 0.65
_VERY_ALIKE: Final = 0.8
_LONGEST_LINE: Final = 200
_LONGEST_QUOTE: Final = 60
_MOST_LINES: Final = 5000

# How near a line came, the nearest first: its label was read; a label stands there that
# was not read; it names another record's value; it begins as the label does. Then lines
# like a label, from 1 to 0, and among them what reads as such a value without a label.
_READ, _STANDS, _ANOTHERS, _BEGINS, _UNLABELLED = 5.0, 4.0, 3.0, 2.0, 0.6


class Near(NamedTuple):
    """A line that comes near to naming a field, and what kept it from doing so."""

    number: int
    words: str
    refused: str
    likeness: float


class Searched(NamedTuple):
    """What is searched for a field.

    Attributes:
        lines: The document.
        parsed: The record that lacks the field; ``None`` where the document gave none.
        others: All records of the document.
    """

    lines: Lines
    parsed: Parsed | None
    others: Sequence[Parsed] = ()

    @property
    def read(self) -> Mapping[int, Found]:
        """Offset of a label that was read for the record → the label."""
        if self.parsed is None or self.parsed.header is None:
            return {}
        return {found.label_start: found for found in self.parsed.header.found}

    @property
    def own(self) -> range:
        """The lines that the record has to itself."""
        if self.parsed is None:
            return range(len(self.lines.words))
        return range(
            self.parsed.place.first, min(self.parsed.place.stop, len(self.lines.words))
        )


def labels_of(field: str) -> list[Label]:
    """Return the labels that can name a column."""
    fields = ALSO_NAMED_BY.get(field, (field,))
    return [label for label in read_labels() if label.field in fields]


def nearest_lines(searched: Searched, field: str, labels: Sequence[Label]) -> list[Near]:
    """Return the lines that come nearest to naming a column, the nearest first.

    Args:
        searched: The document and the record.
        field: The column.
        labels: The labels that can name it.
    """
    fields = {label.field for label in labels}
    hits = list(scan(searched.lines))
    own = [hit for hit in hits if hit.label.field in fields]
    near = [_labelled(searched, hit, field) for hit in own]
    met = {each.number for each in near}
    for each in _unlabelled(searched, fields):
        if each.number not in met:
            near.append(each)
            met.add(each.number)
    other = {hit.line: hit.label for hit in hits if hit.start in searched.read}
    for number in searched.own[:_MOST_LINES]:
        words = searched.lines.words[number].strip()
        if words and number not in met:
            near.extend(_likeness(number, words, labels, other.get(number)))
    return sorted(near, key=lambda each: (-each.likeness, each.number))[:_NEAREST]


def _labelled(searched: Searched, hit: Hit, field: str) -> Near:
    """Return a line that carries the label, and why it gave no value."""
    words, found = searched.lines.words[hit.line].strip(), searched.read.get(hit.start)
    if found is not None:
        return Near(hit.line, words, _value_refused(searched, found, field), _READ)
    owner = _owner(searched, hit)
    if owner is not None:
        said = f"the label stands here, for another record: {owner.record.record_id}"
        return Near(hit.line, words, said, _ANOTHERS)
    return Near(hit.line, words, _not_read(searched.parsed, hit), _STANDS)


def _value_refused(searched: Searched, found: Found, field: str) -> str:
    words = " ".join(searched.lines.text[found.start : found.end].split())
    if not words:
        return "the label was read, but no value stands behind or below it"
    quoted = words if len(words) <= _LONGEST_QUOTE else f"{words[:_LONGEST_QUOTE]}…"
    assert searched.parsed is not None  # noqa: S101 - only a record has labels that were read
    codes = dict.fromkeys(
        str(each.code) for each in searched.parsed.record.findings if each.field == field
    )
    because = f" ({', '.join(codes)}, told above)" if codes else ""
    line = bisect_right(searched.lines.starts, found.start)
    return f"the label was read; its value “{quoted}” on line {line} was refused{because}"


def _owner(searched: Searched, hit: Hit) -> Parsed | None:
    """Return the other record that a line belongs to."""
    for each in searched.others:
        inside = each.place.begin <= hit.start < each.place.end
        if inside and each is not searched.parsed:
            return each
    return None


def _not_read(parsed: Parsed | None, hit: Hit) -> str:
    if parsed is None or parsed.header is None:
        return "the label stands here, but too few others stand near it"
    others = f"the labels from line {parsed.header.first_line + 1} on"
    if hit.form is not parsed.header.form:
        return f"a label could stand here {FORMS[hit.form]}, but {others} do not"
    return f"the label stands here, but apart from {others}, or a second time"


def _unlabelled(searched: Searched, fields: set[str]) -> Iterator[Near]:
    """Yield lines that nothing accounts for and that read as a value of the field."""
    if searched.parsed is None:
        return
    for start, end in searched.parsed.unclaimed:
        words = " ".join(searched.lines.text[start:end].split())
        if words and any(name in FIELDS and is_readable(name, words) for name in fields):
            number = bisect_right(searched.lines.starts, start) - 1
            said = "reads as such a value, but no known label names it"
            yield Near(number, words, said, _UNLABELLED)


def _likeness(
    number: int, words: str, labels: Sequence[Label], other: Label | None
) -> Iterator[Near]:
    """Yield a line that holds words like one of the labels."""
    if len(words) > _LONGEST_LINE:
        return
    folded = fold(words)
    likeness, best = max((_alike(folded, label), label) for label in labels)
    begins = next((label for label in labels if folded.startswith(label.key)), None)
    within = next((label for label in labels if f" {label.key}" in folded), None)
    if other is not None:
        if likeness >= _ALIKE and not {*best.key.split()}.isdisjoint(other.key.split()):
            said = f"is like “{best.words}”, but is the label “{other.words}” of {other.field}"
            yield Near(number, words, said, likeness)
    elif begins is not None:
        yield Near(number, words, f"begins with “{begins.words}” but goes on as prose", _BEGINS)
    elif likeness >= _VERY_ALIKE or (within is None and likeness >= _ALIKE):
        said = f"is like “{best.words}” ({likeness:.0%}) but no known label"
        yield Near(number, words, said, likeness)
    elif within is not None:
        said = f"“{within.words}” stands within the line, not at its beginning"
        yield Near(number, words, said, _ALIKE)


def _alike(folded: str, label: Label) -> float:
    """Return how much the beginning of a line is like a label, from 0 to 1."""
    beginning = folded.partition(":")[0][: len(label.key) + 4]
    return SequenceMatcher(None, beginning, label.key, autojunk=False).ratio()
