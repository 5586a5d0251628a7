"""What is to be said about a record, or about the lack of one, below its document."""

from bisect import bisect_right
from collections.abc import Iterator
from typing import Final

from esfkit.cli.screen import folded
from esfkit.model.record import DERIVED_FIELDS, ParticipantTarget, Record
from esfkit.output.neutral import for_terminal
from esfkit.parsing.lines import Lines
from esfkit.parsing.parse import Rejection
from esfkit.parsing.reading import Parsed
from esfkit.parsing.scan import Form

_NAME_WIDTH: Final = 14
FORMS: Final = {
    Form.OWN: "alone on the line",
    Form.INLINE: "before the value",
    Form.GLUED: "glued to the value",
    Form.SPACED: "one blank before the value",
    Form.LOW: "glued to words in lower case",
    Form.FLOW: "in one running line",
}
_MOST_LINES: Final = 12


def about_record(parsed: Parsed, lines: Lines, width: int) -> Iterator[str]:
    """Yield what is known of a record as a whole."""
    record = parsed.record
    yield f"RECORD {for_terminal(record.record_id)}"
    for name, words in (
        ("kind", record.kind),
        ("layout", _layout(parsed)),
        ("accounted for", _accounted(parsed, lines)),
        ("derived", _derived(record)),
        ("lists", _lists(record)),
        *(("target", _target(each)) for each in record.participant_targets),
        ("not printed", ", ".join(_unprinted(parsed))),
    ):
        if words:
            yield from _entry(name, words, width)
    for finding in record.findings:
        if finding.start is None:
            yield from _entry(
                str(finding.severity), f"{finding.code}: {finding.message}", width
            )


def about_rejection(rejection: Rejection, width: int) -> Iterator[str]:
    """Yield why a document gives no record, and how near it came."""
    yield "NO RECORD"
    yield from _entry("reason", f"{rejection.reason}: {rejection.message}", width)
    if rejection.nearest:
        yield from _entry("nearest", f"layout {rejection.nearest}", width)
    if rejection.labels:
        yield from _entry("labels met", ", ".join(rejection.labels), width)


def _entry(name: str, words: str, width: int) -> Iterator[str]:
    indent = " " * (_NAME_WIDTH + 1)
    yield from folded(for_terminal(words), width, f"{name:{_NAME_WIDTH}} ", indent)


def _layout(parsed: Parsed) -> str:
    header = parsed.header
    if header is None:
        return f"{parsed.record.layout}, told by its headings"
    colon = "with colon" if header.colon else "without colon"
    runner_up = parsed.detection.runner_up if parsed.detection else None
    next_best = f"; next best {runner_up.name}" if runner_up else ""
    return (
        f"{parsed.record.layout}, {len(header.found)} labels {FORMS[header.form]}, "
        f"{colon}{next_best}"
    )


def _accounted(parsed: Parsed, lines: Lines) -> str:
    share = parsed.record.claimed_share
    if share is None:
        return ""
    numbers = sorted(
        {bisect_right(lines.starts, start) for start, end in parsed.unclaimed if start < end}
    )
    if not numbers:
        return f"{100 * share:.4g} % of the text, every line"
    named = ", ".join(map(str, numbers[:_MOST_LINES]))
    more = f" and {len(numbers) - _MOST_LINES} more" if len(numbers) > _MOST_LINES else ""
    return f"{100 * share:.4g} % of the text; nothing accounts for line {named}{more}"


def _derived(record: Record) -> str:
    parts = []
    for name in DERIVED_FIELDS:
        value = getattr(record, name)
        if value in (None, ()) or name in ("record_id", "claimed_share"):
            continue
        shown = f"{len(value)} codes" if isinstance(value, tuple) else value
        parts.append(f"{name} {round(value, 4) if isinstance(value, float) else shown}")
    return " · ".join(parts)


def _lists(record: Record) -> str:
    names = (
        "actors",
        "municipalities",
        "participant_targets",
        "evaluation_reports",
        "sections",
    )
    counted = ((name, len(getattr(record, name))) for name in names)
    return " · ".join(f"{count} {name}" for name, count in counted if count)


def _target(target: ParticipantTarget) -> str:
    split = [
        f"{count} {who}"
        for who, count in (("women", target.women), ("men", target.men))
        if count is not None
    ]
    return f"{target.label}: {target.total}" + (f" ({', '.join(split)})" if split else "")


def _unprinted(parsed: Parsed) -> list[str]:
    """Return the fields that pages of the layout print and this one does not."""
    layout = parsed.detection.layout if parsed.detection else None
    if layout is None or parsed.header is None:
        return []
    met = {found.label.field for found in parsed.header.found}
    met |= {layout.rename[field] for field in met & layout.rename.keys()}
    stated = {each.field for each in parsed.record.provenance}
    return [
        field
        for field in layout.fields
        if field not in met and layout.rename.get(field, field) not in stated
    ]
