"""The page that ``esfkit explain`` prints."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from textwrap import wrap
from typing import Final

from rich.text import Text

from esfkit.cli.explaining.claims import Claim, Role, claims_of
from esfkit.cli.explaining.lettering import (
    as_text,
    carets,
    letters,
    shortened,
    wrapped,
)
from esfkit.model.finding import Finding, Severity
from esfkit.model.record import DERIVED_FIELDS
from esfkit.output.neutral import for_terminal
from esfkit.parsing.assemble import Parsed
from esfkit.parsing.lines import Lines, split_lines
from esfkit.parsing.parse import ParseResult

_NAME_WIDTH: Final = 20
_NARROWEST: Final = 20
_LONGEST_PROSE: Final = 400  # letters of a prose line that are looked at to shorten it
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
_MARKS: Final = {Severity.ERROR: "✗", Severity.WARNING: "!", Severity.NOTE: "·"}


class Page:
    """One document explained, line by line.

    Args:
        result: The document as parsed.
        width: Characters on a line.
        colour: Whether values are underlined by the terminal itself.
    """

    def __init__(self, result: ParseResult, width: int, *, colour: bool) -> None:
        self._result = result
        self._lines = split_lines(result.document.text)
        self._width = width
        self._colour = colour
        self._number_width = max(len(str(len(self._lines.words))), 3)
        self._room = max(width - self._number_width - _NAME_WIDTH - 4, _NARROWEST)

    def lines(self) -> Iterator[Text]:
        """Yield the lines of the page."""
        yield from self._head()
        yield Text()
        yield from self._body()
        for number, parsed in enumerate(self._result.parsed, 1):
            yield Text()
            yield from _about(parsed, self._several(number), self._lines, self._width)
        if self._result.rejection is not None:
            yield Text()
            yield from _rejection(self._result, self._width)

    def _several(self, number: int) -> str:
        count = len(self._result.parsed)
        return f"RECORD {number} OF {count}" if count > 1 else "RECORD"

    def _head(self) -> Iterator[Text]:
        origin = self._result.document.origin
        yield Text(for_terminal(origin.path or "text"), "bold")
        for parsed in self._result.parsed:
            record = parsed.record
            yield Text(for_terminal(f"{record.kind} {record.record_id} · {_layout_of(parsed)}"))
        if self._result.rejection is not None:
            yield Text(f"no record: {self._result.rejection.reason}", "red")
"""
