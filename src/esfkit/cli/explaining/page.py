"""The page that ``esfkit explain`` prints: the document's lines with what claims each."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from rich.text import Text

from esfkit.cli.explaining.about import about_record, about_rejection
from esfkit.cli.explaining.claims import Claim, Role, claims_of
from esfkit.cli.explaining.lettering import (
    as_text,
    carets,
    cut,
    letters,
    shortened,
    wrapped,
)
from esfkit.cli.screen import folded
from esfkit.model.finding import Finding, Severity
from esfkit.output.neutral import for_terminal
from esfkit.parsing.lines import Lines, split_lines
from esfkit.parsing.parse import ParseResult

_NAME_WIDTH: Final = 20
_NARROWEST: Final = 20
_LONGEST_LOOK: Final = 400  # characters of a line that are looked at to shorten it
_WRAPPED: Final = frozenset((Role.VALUE, Role.TITLE, Role.LIST, Role.LABEL_ONLY))
_STYLES: Final = {
    Role.VALUE: "cyan",
    Role.TITLE: "bold",
    Role.HEADING: "magenta",
    Role.PROSE: "dim",
    Role.LIST: "green",
    Role.FURNITURE: "dim",
    Role.LABEL_ONLY: "yellow",
    Role.UNCLAIMED: "red",
}
_WEIGHTS: Final = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.NOTE: "blue"}
MARKS: Final = {Severity.ERROR: "✗", Severity.WARNING: "!", Severity.NOTE: "·"}


class Screen(NamedTuple):
    """What the page is printed on.

    Attributes:
        width: Characters on a line.
        colour: Whether it underlines and colours by itself.
    """

    width: int
    colour: bool


class _Piece(NamedTuple):
    """A part of one line under one claim, or under none."""

    claim: Claim | None
    start: int
    end: int


def page_of(result: ParseResult, screen: Screen) -> Iterator[Text]:
    """Yield the page of one document."""
    lines = split_lines(result.document.text)
    yield Text(for_terminal(result.document.origin.path or "text"), "bold")
    yield Text()
    yield from _body(result, lines, screen)
    for parsed in result.parsed:
        yield Text()
        yield from map(Text, about_record(parsed, lines, screen.width))
    if result.rejection is not None:
        yield Text()
        yield from map(Text, about_rejection(result.rejection, screen.width))


def _body(result: ParseResult, lines: Lines, screen: Screen) -> Iterator[Text]:
    """Yield the filled lines of the document, each with its number and what claims it."""
    claims = _by_line(claims_of(result, lines), lines)
    findings = _findings_by_line(result, lines)
    begins = [(parsed.place.begin, parsed.record.record_id) for parsed in result.parsed[1:]]
    gutter = max(len(str(len(lines.words))), 3)
    for number in range(len(lines.words)):
        start, end = lines.content(number)
        shown = f"{number + 1:>{gutter}}"
        for piece in _pieces(claims[number], start, end):
            while begins and begins[0][0] <= piece.start:
                _, record_id = begins.pop(0)
                yield Text(cut(f"──── {for_terminal(record_id)}", screen.width))
            yield from _rows(piece, shown, lines.text, screen)
            shown = " " * gutter
            for finding in findings[number]:
                if piece.start <= (finding.start or 0) < piece.end:
                    yield from _remark(finding, gutter, screen.width)


def _by_line(claims: Sequence[Claim], lines: Lines) -> Mapping[int, list[Claim]]:
    found: dict[int, list[Claim]] = defaultdict(list)
    for claim in claims:
        first = _line_of(claim.start, lines)
        for number in range(first, _line_of(max(claim.start, claim.end - 1), lines) + 1):
            found[number].append(claim)
    return found


def _findings_by_line(result: ParseResult, lines: Lines) -> Mapping[int, list[Finding]]:
    found: dict[int, list[Finding]] = defaultdict(list)
    for parsed in result.parsed:
        for finding in parsed.record.findings:
            if finding.start is not None and finding.code not in _SHOWN_BY_THE_GUTTER:
                found[_line_of(finding.start, lines)].append(finding)
    return found


_SHOWN_BY_THE_GUTTER: Final = frozenset(("line_unclaimed",))


def _line_of(offset: int, lines: Lines) -> int:
    return bisect_right(lines.starts, offset, hi=len(lines.words)) - 1


def _pieces(claims: Sequence[Claim], start: int, end: int) -> Iterator[_Piece]:
    """Yield the parts of a line: each begins where a claim does, the first where it does."""
    if start == end:
        return
    if not claims:
        yield _Piece(None, start, end)
        return
    begins = [max(claim.start, start) for claim in claims]
    begins[0] = min(begins[0], start)
    for claim, begin, stop in zip(claims, begins, [*begins[1:], end], strict=True):
        if begin < stop:
            yield _Piece(claim, begin, stop)


def _rows(piece: _Piece, number: str, text: str, screen: Screen) -> Iterator[Text]:
    """Yield a part of a line as rows: number, claim, characters, and carets below values."""
    claim = piece.claim
    role = claim.role if claim else Role.UNCLAIMED
    room = max(screen.width - len(number) - _NAME_WIDTH - 4, _NARROWEST)
    whole = claim is not None and role in _WRAPPED
    stop = piece.end if whole else min(piece.end, piece.start + _LONGEST_LOOK)
    line = letters(text, piece.start, stop, claim.values if claim else ())
    name = cut(for_terminal(claim.name) if claim else "", _NAME_WIDTH)
    style = _STYLES[role] if claim else ""
    for row in wrapped(line, room) if whole else [shortened(line, room)]:
        yield Text.assemble(
            (number, "dim"),
            " ",
            (f"{name:{_NAME_WIDTH}}", style),
            " │ ",
            as_text(row, colour=screen.colour),
        )
        number, name = " " * len(number), ""
        below = "" if screen.colour else carets(row)
        if below:
            yield Text(f"{number} {name:{_NAME_WIDTH}} │ {below}")


def _remark(finding: Finding, gutter: int, width: int) -> Iterator[Text]:
    """Yield a finding below its line."""
    indent = " " * (gutter + 1)
    words = f"{MARKS[finding.severity]} {finding.severity} {finding.code}: {finding.message}"
    for line in folded(for_terminal(words), width, indent, f"{indent}  "):
        yield Text(line, _WEIGHTS[finding.severity])
