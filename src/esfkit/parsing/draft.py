"""A record in the making: columns, the characters that prove them, and findings."""

from collections.abc import Mapping
from typing import Any, Final

from esfkit.layouts.layout import Layout
from esfkit.model.finding import Finding, Problem, Severity
from esfkit.parsing.header import Found
from esfkit.parsing.lines import Lines, line_at

MOST_FINDINGS = 100
"""Findings kept for a record; one more says how many were cut."""

_QUOTED = 80  # characters of the text that a message quotes

_NOTES: Final = frozenset(
    {
        Problem.VALUE_MISSING,
        Problem.NULL_WORD,
        Problem.AMOUNT_ROUNDED,
        Problem.DATE_IMPRECISE,
        Problem.PERIOD_OPEN,
        Problem.EMAIL_PROTECTED,
        Problem.PROJECT_NUMBER_MISSING,
        Problem.LINE_UNCLAIMED,
        Problem.LAYOUT_TIE,
        Problem.FINDINGS_CUT,
    }
)

_SAID: Final[Mapping[Problem, str]] = {
    Problem.VALUE_MISSING: "is printed without a value",
    Problem.NULL_WORD: "is said to be missing",
    Problem.DIGITS_LOST: "lost its digits in a copy",
    Problem.UNREADABLE_VALUE: "cannot be read as its kind of value",
    Problem.AMOUNT_IS_OBJECTIVE: "looks like the code of an objective, not an amount",
    Problem.AMOUNT_WITHOUT_UNIT: "has no unit, so it could be kronor, thousands or millions",
    Problem.AMOUNT_AMBIGUOUS: "holds several amounts",
    Problem.AMOUNT_ROUNDED: "was rounded to whole kronor",
    Problem.CURRENCY_UNEXPECTED: "is in another currency than the column",
    Problem.DATE_IMPRECISE: "names no day, so no day is recorded",
    Problem.DATE_IMPOSSIBLE: "is no day of the calendar",
    Problem.PERIOD_OPEN: "has no end",
    Problem.CODE_UNKNOWN: "is in no known code list",
    Problem.AREA_CODE_MISSING: "names an area but prints no code",
    Problem.REGION_UNKNOWN: "is none of the eight ESF regions, nor the nation",
    Problem.MUNICIPALITY_UNKNOWN: "is none of the 290 municipalities",
    Problem.ORGANISATION_NUMBER_INVALID: "is no organisation number with its check digit",
    Problem.POSTAL_CODE_INVALID: "is no Swedish postal code",
    Problem.EMAIL_PROTECTED: "was hidden by the site's address protection",
    Problem.REGION_CODE_CONFLICT: "is not the code of the region printed",
    Problem.VALUE_CONFLICT: "differs from what another label of the page says",
}


class Draft:
    """Collects what one header and its prose give.

    Attributes:
        lines: The document.
        layout: The layout it is read by.
        period_told: Whether the page prints what makes its layout settle the period.
        values: Column → value, the columns that have one.
        provenance: The characters of each value, as mappings that the record validates.
        findings: What was met on the way.
    """

    __slots__ = ("findings", "layout", "lines", "period_told", "provenance", "values")

    def __init__(self, lines: Lines, layout: Layout, *, period_told: bool = False) -> None:
        self.lines = lines
        self.layout = layout
        self.period_told = period_told
        self.values: dict[str, Any] = {}
        self.provenance: list[dict[str, Any]] = []
        self.findings: list[Finding] = []

    def words(self, found: Found) -> str:
        """Return the characters of a label's value."""
        return self.lines.text[found.start : found.end]

    def put(
        self, column: str, value: object, found: Found, span: tuple[int, int] | None = None
    ) -> None:
        """Record a value with its characters; a second, different value is a finding.

        Args:
            column: The record's column.
            value: The value, never ``None``.
            found: The label it was read at.
            span: Its own characters where they are fewer than the label's value.
        """
        if column in self.values:
            if self.values[column] != value:
                self.refuse(Problem.VALUE_CONFLICT, column, found)
            return
        self.values[column] = value
        _, label_start, label_end, line, start, end = found
        if span is not None:
            start, end = span
            line = self._line_of(start, line)
        text = self.lines.text
        self.provenance.append(
            {
                "field": column,
                "raw": text[start:end],
                "label": text[label_start:label_end] or None,
                "start": start,
                "end": end,
                "line": line + 1,
            }
        )

    def extend(self, column: str, entries: tuple[Any, ...], found: Found) -> None:
        """Add the entries of a section to a list that an earlier one may have begun."""
        begun = self.values.pop(column, ())
        self.put(column, (*begun, *entries), found)

    def _line_of(self, start: int, near: int) -> int:
        """Return the line of an offset that most often lies on a given one."""
        starts = self.lines.starts
        return near if starts[near] <= start < starts[near + 1] else line_at(self.lines, start)

    def raw(self, column: str) -> str | None:
        """Return the characters that a column was read from."""
        for each in self.provenance:
            if each["field"] == column:
                return str(each["raw"])
        return None

    def drop(self, column: str) -> None:
        """Take back a value and its characters."""
        self.values.pop(column, None)
        self.provenance = [each for each in self.provenance if each["field"] != column]

    def refuse(self, problem: Problem, column: str, found: Found) -> None:
        """Report that a label's value gives no value for a column, or only with a remark."""
        text = self.lines.text
        label = text[found.label_start : found.label_end] or column
        quoted = quote(text[found.start : found.end])
        said = f"{label}: {quoted} {_SAID[problem]}" if quoted else f"{label} {_SAID[problem]}"
        place = (found.start, found.end) if quoted else (found.label_start, found.label_end)
        self.note(problem, column, said, place)

    def note(
        self,
        problem: Problem,
        column: str | None,
        message: str,
        span: tuple[int, int] | None = None,
    ) -> None:
        """Add a finding."""
        self.findings.append(make_finding(problem, column, message, span))


def make_finding(
    problem: Problem,
    column: str | None,
    message: str,
    span: tuple[int, int] | None = None,
    severity: Severity | None = None,
) -> Finding:
    """Return a finding with the severity that its problem has unless told otherwise."""
    usual = Severity.NOTE if problem in _NOTES else Severity.WARNING
    start, end = span or (None, None)
    return Finding(
        code=problem,
        severity=severity or usual,
        field=column,
        message=message,
        start=start,
        end=end,
    )


def quote(words: str) -> str:
    """Return the words in quotation marks on one line, cut where they are long."""
    flat = " ".join(words.split())
    if not flat:
        return ""
    return f"“{flat[:_QUOTED]}…”" if len(flat) > _QUOTED else f"“{flat}”"
