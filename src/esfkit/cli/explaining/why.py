"""Where one field was read, or why it is missing."""

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import Final, NamedTuple

from rich.text import Text

from esfkit.cli.explaining.about import FORMS
from esfkit.cli.explaining.lettering import cut
from esfkit.cli.explaining.page import Screen
from esfkit.cli.screen import folded
from esfkit.model.errors import BadRequest
from esfkit.model.record import DERIVED_FIELDS, Record
from esfkit.output.neutral import for_terminal
from esfkit.parsing.lines import Lines, split_lines
from esfkit.parsing.parse import ParseResult
from esfkit.parsing.reading import Parsed
from esfkit.parsing.scan import Hit, scan
from esfkit.vocabulary.fold import fold
from esfkit.vocabulary.labels import Label, read_labels

_ALSO_NAMED_BY: Final = {
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
_UNLABELLED: Final = {
    "summary": "the section Sammanfattning, or the prose before any heading",
    "sections": "the prose below the labels",
    "actors": "the list under Deltagande aktörer",
    "municipalities": "the list under Kommun",
    "participant_targets": "lines of the goals section that begin with Antal deltagare",
    "published": "the date below the title of a narrated page",
    "region_code": "the region",
}
_NEAREST: Final = 5
_ALIKE: Final = 0.65
_VERY_ALIKE: Final = 0.8
_LONGEST_LINE: Final = 200
_MOST_LINES: Final = 5000


class Near(NamedTuple):
    """A line that comes near to naming a field, and what kept it from doing so."""

    number: int
    words: str
    refused: str
    likeness: float


def known_field(name: str) -> str:
    """Return the column that a name stands for: a column, or the name of a label.

    Raises:
        BadRequest: There is no such column.
    """
    columns = list(Record.model_fields)
    if name in columns:
        return name
    for column, fields in _ALSO_NAMED_BY.items():
        if fields[0] == name and column.endswith("_sek"):
            return column
    # Only a mistaken name pays for the table library.
    from esfkit.dataset.columns import did_you_mean

    hint = did_you_mean(name, columns)
    raise BadRequest(f"There is no field {name!r}. {hint}`esfkit schema` names them all.")


def field_page(result: ParseResult, field: str, screen: Screen) -> Iterator[Text]:
    """Yield what is known of a field in a document."""
    lines = split_lines(result.document.text)
    yield Text(for_terminal(result.document.origin.path or "text"), "bold")
    for parsed in result.parsed:
        yield from _of_record(parsed, field, lines, screen)
    if result.rejection is not None:
        message = f"{field}: the document gives no record ({result.rejection.message})."
        yield from _paragraph(message, screen)
        yield from _missing(None, field, lines, screen)


def _of_record(parsed: Parsed, field: str, lines: Lines, screen: Screen) -> Iterator[Text]:
    record = parsed.record
    value = getattr(record, field)
    stated = [each for each in record.provenance if each.field == field]
    if value not in (None, ()):
        count = f" ({len(value)})" if isinstance(value, tuple) else ""
        shown = value if count == "" else "; ".join(map(str, value))
        yield from _paragraph(f"{record.record_id}: {field} = {shown}{count}", screen)
    else:
        yield from _paragraph(f"{record.record_id}: {field} is not stated.", screen)
        other = _read_as(parsed, field)
        if other is not None:
            yield from _paragraph(f"It was read as {other}:", screen, 2)
            yield from _of_record(parsed, other, lines, screen)
            return
    for each in stated:
        label = f", label “{each.label}”" if each.label else ""
        yield from _paragraph(f"read from line {each.line}{label}: “{each.raw}”", screen, 2)
    if field in DERIVED_FIELDS:
        yield from _paragraph("derived from other columns", screen, 2)
    for finding in record.findings:
        if finding.field == field:
            yield from _paragraph(
                f"{finding.severity} {finding.code}: {finding.message}", screen, 2
            )
    if value in (None, ()):
        yield from _missing(parsed, field, lines, screen)


def _read_as(parsed: Parsed, field: str) -> str | None:
    """Return the column that holds what this one would, for want of the right currency."""
    stem = field.removesuffix("_sek").removesuffix("_eur")
    layout = parsed.detection.layout if parsed.detection else None
    renamed = layout.rename.get(stem, stem) if layout else stem
    for name in (f"{stem}_sek", f"{stem}_eur", f"{renamed}_sek", renamed):
        if name != field and getattr(parsed.record, name, None) not in (None, ()):
            return name
    return None


def _missing(parsed: Parsed | None, field: str, lines: Lines, screen: Screen) -> Iterator[Text]:
    """Yield what could have named the field, and what came near."""
    labels = labels_of(field)
    if field in _UNLABELLED and not labels:
        yield from _paragraph(f"It would be read from {_UNLABELLED[field]}.", screen, 2)
    if not labels:
        return
    words = " | ".join(label.words for label in labels)
    yield from _paragraph(f"Labels that name it: {words}", screen, 2)
    layout = parsed.detection.layout if parsed and parsed.detection else None
    if layout is not None and not {label.field for label in labels} & set(layout.fields):
        yield from _paragraph(f"Pages of the layout {layout.name} do not print it.", screen, 2)
    near = nearest_lines(parsed, labels, lines)
    if not near:
        yield from _paragraph("No line of the document comes near to one of them.", screen, 2)
        return
    yield Text("  Nearest lines:")
    for each in near:
        shown = cut(for_terminal(each.words), max(screen.width - 12, 20))
        yield Text(f"  {each.number + 1:>5} │ {shown}")
        yield from _paragraph(each.refused, screen, 10)


def labels_of(field: str) -> list[Label]:
    """Return the labels that can name a column."""
    fields = _ALSO_NAMED_BY.get(field, (field,))
    return [label for label in read_labels() if label.field in fields]


def nearest_lines(parsed: Parsed | None, labels: Sequence[Label], lines: Lines) -> list[Near]:
    """Return the lines that come nearest to the labels, the nearest first."""
    read = {}
    if parsed is not None and parsed.header is not None:
        read = {found.label_start: found for found in parsed.header.found}
    first, stop = 0, len(lines.words)
    if parsed is not None:
        first, stop = parsed.place.first, parsed.place.stop
    fields = {label.field for label in labels}
    hits = {hit.line: hit for hit in scan(lines) if hit.label.field in fields}
    near = []
    for number in range(first, min(stop, first + _MOST_LINES)):
        words = lines.words[number].strip()
        if number in hits:
            taken = hits[number].start in read
            near.append(Near(number, words, _refusal(hits[number], parsed, taken=taken), 2.0))
        elif words:
            near.extend(_likeness(number, words, labels))
    return sorted(near, key=lambda each: -each.likeness)[:_NEAREST]


def _refusal(hit: Hit, parsed: Parsed | None, *, taken: bool) -> str:
    """Return why a line that carries the label gave no value."""
    if taken:
        return "the label was read; its value was refused, or was missing, as told above"
    if parsed is None or parsed.header is None:
        return "the label stands here, but too few others stand near it"
    others = f"the labels from line {parsed.header.first_line + 1} on"
    if hit.form is not parsed.header.form:
        return f"a label could stand here {FORMS[hit.form]}, but {others} do not"
    return f"the label stands here, but apart from {others}, or a second time"


def _likeness(number: int, words: str, labels: Sequence[Label]) -> Iterator[Near]:
    """Yield a line that holds words like one of the labels."""
    if len(words) > _LONGEST_LINE:
        return
    folded = fold(words)
    likeness, best = max((_alike(folded, label), label) for label in labels)
    begins = next((label for label in labels if folded.startswith(label.key)), None)
    within = next((label for label in labels if f" {label.key}" in folded), None)
    if begins is not None:
        yield Near(number, words, f"begins with “{begins.words}” but goes on as prose", 1.5)
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


def _paragraph(words: str, screen: Screen, indent: int = 0) -> Iterator[Text]:
    blanks = " " * indent
    for line in folded(for_terminal(words), screen.width, blanks, blanks):
        yield Text(line)
