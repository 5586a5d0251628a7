"""Where one field was read, or why it is missing."""

from collections.abc import Iterator
from typing import Final

from rich.text import Text

from esfkit.cli.explaining.lettering import cut
from esfkit.cli.explaining.nearest import ALSO_NAMED_BY, Searched, labels_of, nearest_lines
from esfkit.cli.explaining.page import Screen
from esfkit.cli.screen import folded
from esfkit.model.errors import BadRequest
from esfkit.model.record import DERIVED_FIELDS, Record
from esfkit.output.neutral import for_terminal
from esfkit.parsing.lines import split_lines
from esfkit.parsing.parse import ParseResult
from esfkit.parsing.reading import Parsed

_UNLABELLED: Final = {
    "summary": "the section Sammanfattning, or the prose before any heading",
    "sections": "the prose below the labels",
    "actors": "the list under Deltagande aktörer",
    "municipalities": "the list under Kommun",
    "participant_targets": "lines of the goals section that name a number of participants",
    "published": "the date below the title of a narrated page",
    "region_code": "the region",
}
_LONGEST_SHOWN: Final = 240


def known_field(name: str) -> str:
    """Return the column that a name stands for: a column, or the name of a label.

    Raises:
        BadRequest: There is no such column.
    """
    columns = list(Record.model_fields)
    if name in columns:
        return name
    for column, fields in ALSO_NAMED_BY.items():
        if fields[0] == name and column.endswith("_sek"):
            return column
    # Only a mistaken name pays for the table library.
    from esfkit.dataset.columns import did_you_mean

    hint = did_you_mean(name, columns)
    raise BadRequest(f"There is no field {name!r}. {hint}`esfkit schema` names them all.")


def field_page(result: ParseResult, field: str, screen: Screen) -> Iterator[Text]:
    """Yield what is known of a field in a document."""
    lines = split_lines(result.document.text)
    searched = Searched(lines, None, result.parsed)
    yield Text(for_terminal(result.document.origin.path or "text"), "bold")
    for parsed in result.parsed:
        yield from _of_record(searched._replace(parsed=parsed), field, screen)
    if result.rejection is not None:
        message = f"{field}: the document gives no record ({result.rejection.message})."
        yield from _paragraph(message, screen)
        yield from _missing(searched, field, screen)


def _of_record(searched: Searched, field: str, screen: Screen) -> Iterator[Text]:
    parsed = searched.parsed
    assert parsed is not None  # noqa: S101 - of a record, not of a document without
    record = parsed.record
    value = getattr(record, field)
    stated = [each for each in record.provenance if each.field == field]
    if value not in (None, ()):
        count = f" ({len(value)})" if isinstance(value, tuple) else ""
        shown = _cut(value if count == "" else "; ".join(map(str, value)))
        yield from _paragraph(f"{record.record_id}: {field} = {shown}{count}", screen)
    else:
        yield from _paragraph(f"{record.record_id}: {field} is not stated.", screen)
        other = _read_as(parsed, field)
        if other is not None:
            yield from _paragraph(f"It was read as {other}:", screen, 2)
            yield from _of_record(searched, other, screen)
            return
    for each in stated:
        label = f", label “{each.label}”" if each.label else ""
        yield from _paragraph(
            f"read from line {each.line}{label}: “{_cut(each.raw)}”", screen, 2
        )
    if field in DERIVED_FIELDS:
        yield from _paragraph("derived from other columns", screen, 2)
    for finding in record.findings:
        if finding.field == field:
            yield from _paragraph(
                f"{finding.severity} {finding.code}: {finding.message}", screen, 2
            )
    if value in (None, ()):
        yield from _missing(searched, field, screen)


def _read_as(parsed: Parsed, field: str) -> str | None:
    """Return the column that holds what this one would, for want of the right currency."""
    stem = field.removesuffix("_sek").removesuffix("_eur")
    layout = parsed.detection.layout if parsed.detection else None
    renamed = layout.rename.get(stem, stem) if layout else stem
    for name in (f"{stem}_sek", f"{stem}_eur", f"{renamed}_sek", renamed):
        if name != field and getattr(parsed.record, name, None) not in (None, ()):
            return name
    return None


def _missing(searched: Searched, field: str, screen: Screen) -> Iterator[Text]:
    """Yield what could have named the field, and what came near."""
    labels = labels_of(field)
    if field in _UNLABELLED and not labels:
        yield from _paragraph(f"It would be read from {_UNLABELLED[field]}.", screen, 2)
    if not labels:
        return
    words = " | ".join(label.words for label in labels)
    yield from _paragraph(f"Labels that name it: {words}", screen, 2)
    parsed = searched.parsed
    layout = parsed.detection.layout if parsed and parsed.detection else None
    if layout is not None and not {label.field for label in labels} & set(layout.fields):
        yield from _paragraph(f"Pages of the layout {layout.name} do not print it.", screen, 2)
    near = nearest_lines(searched, field, labels)
    if not near:
        yield from _paragraph("No line of the document comes near to one of them.", screen, 2)
        return
    yield Text("  Nearest lines:")
    for each in near:
        shown = cut(for_terminal(each.words), max(screen.width - 12, 20))
        yield Text(f"  {each.number + 1:>5} │ {shown}")
        yield from _paragraph(each.refused, screen, 10)


def _cut(value: object) -> str:
    words = str(value)
    if len(words) <= _LONGEST_SHOWN:
        return words
    return f"{words[:_LONGEST_SHOWN]}… ({len(words)} characters)"


def _paragraph(words: str, screen: Screen, indent: int = 0) -> Iterator[Text]:
    blanks = " " * indent
    for line in folded(for_terminal(words), screen.width, blanks, blanks):
        yield Text(line)
