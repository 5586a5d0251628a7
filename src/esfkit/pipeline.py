"""What happens, in order: sources → documents → records → table.

The only module that joins the steps, for the command line and for Python alike.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from esfkit.model.document import Document, Origin, Unread
from esfkit.model.finding import Problem, Severity
from esfkit.model.record import Record
from esfkit.parsing.parse import ParseResult, parse_document
from esfkit.sources import DEFAULT_LIMITS, Limits, open_sources


class Rejected(NamedTuple):
    """A document that gave no record.

    Attributes:
        origin: The document.
        reason: A stable word: a :class:`~esfkit.parsing.parse.Reason` or the code of the
            finding that kept it from being read.
        message: The reason in a sentence, with what to do next where something can be done.
        nearest: The layout that came nearest.
        labels: The fields whose labels were met.
        severity: How much it weighs: that of the finding which kept the document from
            being read. A note stands for what is no page at all, and for a page that
            is no project's.
    """

    origin: Origin
    reason: str
    message: str
    nearest: str | None = None
    labels: tuple[str, ...] = ()
    severity: Severity = Severity.NOTE

    @property
    def is_skipped(self) -> bool:
        """Whether the document was passed over, as JSON beside pages is."""
        return self.severity is Severity.NOTE and self.reason in _UNREAD


_UNREAD = frozenset(str(problem) for problem in Problem)
"""The reasons of documents that gave no text; those that gave no record have others."""


@dataclass(slots=True)
class Account:
    """What an ingest saw, counted while it runs.

    Attributes:
        documents: Documents seen, read or not.
        records: (kind, layout) → records.
        findings: Finding code → how often it was met.
        rejects: Reason → documents without record.
        skipped: Reason → documents passed over because they are no pages.
    """

    documents: int = 0
    records: Counter[tuple[str, str]] = field(default_factory=Counter)
    findings: Counter[Problem] = field(default_factory=Counter)
    rejects: Counter[str] = field(default_factory=Counter)
    skipped: Counter[str] = field(default_factory=Counter)

    def count(self, outcome: Record | Rejected) -> None:
        """Count one record or one document without."""
        if isinstance(outcome, Rejected):
            counter = self.skipped if outcome.is_skipped else self.rejects
            counter[outcome.reason] += 1
            return
        self.records[outcome.kind, outcome.layout] += 1
        self.findings.update(finding.code for finding in outcome.findings)


class Ingested(NamedTuple):
    """Everything that an ingest gave.

    Attributes:
        records: The records, in the order of the sources.
        rejected: The documents without record.
        account: The counts.
    """

    records: tuple[Record, ...]
    rejected: tuple[Rejected, ...]
    account: Account


def parse(text: str, *, path: str | None = None, url: str | None = None) -> ParseResult:
    """Read the records of one text; never raises, whatever the text holds.

    Args:
        text: The decoded text, as it is: spans in the result are offsets into it.
        path: Where it came from, kept in the records.
        url: Its address, kept in the records.

    Returns:
        The records with how they were read, or the reason why there are none.
    """
    return parse_document(Document(text, Origin(path=path, url=url)))


def parse_sources(
    sources: Iterable[str | Path],
    limits: Limits = DEFAULT_LIMITS,
    on_bytes: Callable[[int], None] | None = None,
) -> Iterator[ParseResult | Unread]:
    """Yield each document of the sources as read, or why it could not be.

    Raises:
        InputRefused: A named source does not exist.
    """
    for document in open_sources(sources, limits, on_bytes=on_bytes):
        yield document if isinstance(document, Unread) else parse_document(document)


def stream(
    sources: Iterable[str | Path],
    account: Account,
    limits: Limits = DEFAULT_LIMITS,
    on_bytes: Callable[[int], None] | None = None,
) -> Iterator[Record | Rejected]:
    """Yield the records of the sources and the documents without, counting both.

    Raises:
        InputRefused: A named source does not exist.
    """
    for result in parse_sources(sources, limits, on_bytes):
        account.documents += 1
        for outcome in _outcomes(result):
            account.count(outcome)
            yield outcome


def _outcomes(result: ParseResult | Unread) -> Iterator[Record | Rejected]:
    if isinstance(result, Unread):
        finding = result.finding
        yield Rejected(result.origin, finding.code, finding.message, severity=finding.severity)
    elif result.rejection is not None:
        reason = result.rejection
        yield Rejected(
            result.document.origin, reason.reason, reason.message, reason.nearest, reason.labels
        )
    else:
        for parsed in result.parsed:
            yield parsed.record


def ingest(
    sources: str | Path | Iterable[str | Path], limits: Limits = DEFAULT_LIMITS
) -> Ingested:
    """Read every record of files, folders and globs.

    Args:
        sources: One source or several; ``-`` is standard input.
        limits: The numbers that guard the reader.

    Raises:
        InputRefused: A named source does not exist.
    """
    given = [sources] if isinstance(sources, str | Path) else list(sources)
    account = Account()
    records: list[Record] = []
    rejected: list[Rejected] = []
    for outcome in stream(given, account, limits):
        if isinstance(outcome, Rejected):
            rejected.append(outcome)
        else:
            records.append(outcome)
    return Ingested(tuple(records), tuple(rejected), account)
