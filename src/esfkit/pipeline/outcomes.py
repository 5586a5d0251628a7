"""What reading documents gives: records, documents without, and the counts of both."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from esfkit.model.document import Origin, Why
from esfkit.model.finding import Problem, Severity
from esfkit.model.record import Record

OTHER_KIND = "other_kind"
SCREENED_OUT = Why.SCREENED_OUT.value


class Rejected(NamedTuple):
    """A document that gave no record.

    Attributes:
        origin: The document.
        reason: A stable word: a :class:`~esfkit.parsing.parse.Reason`, the code of the
            finding that kept it from being read, or another of ``docs/rejects.md``.
        message: The reason in a sentence, with what to do next where something can be done.
        nearest: The layout that came nearest.
        labels: The fields whose labels were met.
        severity: How much it weighs: that of the finding which kept the document from
            being read. A note stands for what is no page at all, and for a page that
            is no project's.
        excerpt: The first of its text, where a sample of what the sieve dropped is kept.
    """

    origin: Origin
    reason: str
    message: str
    nearest: str | None = None
    labels: tuple[str, ...] = ()
    severity: Severity = Severity.NOTE
    excerpt: str | None = None

    @property
    def is_unread(self) -> bool:
        """Whether the document gave no text at all."""
        return self.reason in _UNREAD

    @property
    def is_skipped(self) -> bool:
        """Whether the document was passed over, as JSON beside pages is."""
        return self.severity is Severity.NOTE and self.is_unread


_UNREAD = frozenset(str(problem) for problem in Problem)
"""The reasons of documents that gave no text; those that gave no record have others."""


@dataclass(slots=True)
class Account:
    """What an ingest saw, counted while it runs: a funnel from documents to records.

    Attributes:
        documents: Documents seen, read or not.
        screened: Those that the sieve dropped before they were decoded.
        unread: Those that gave no text.
        bytes: Bytes of the sources read.
        seconds: How long it took.
        records: (kind, layout) → records.
        findings: Finding code → how often it was met.
        rejects: Reason → documents without record.
        skipped: Reason → documents passed over because they are no pages.
    """

    documents: int = 0
    screened: int = 0
    unread: int = 0
    bytes: int = 0
    seconds: float = 0.0
    records: Counter[tuple[str, str]] = field(default_factory=Counter)
    findings: Counter[Problem] = field(default_factory=Counter)
    rejects: Counter[str] = field(default_factory=Counter)
    skipped: Counter[str] = field(default_factory=Counter)

    @property
    def candidates(self) -> int:
        """Documents that the sieve let through."""
        return self.documents - self.screened

    @property
    def parsed(self) -> int:
        """Documents that were decoded and parsed."""
        return self.candidates - self.unread

    @property
    def kinds(self) -> Counter[str]:
        """Kind → records."""
        return _summed(self.records, 0)

    @property
    def layouts(self) -> Counter[str]:
        """Layout → records."""
        return _summed(self.records, 1)

    def count(self, outcome: Record | Rejected) -> None:
        """Count one record or one document without."""
        if isinstance(outcome, Rejected):
            if outcome.reason == SCREENED_OUT:
                return  # counted where it was dropped
            self.unread += outcome.is_unread
            counter = self.skipped if outcome.is_skipped else self.rejects
            counter[outcome.reason] += 1
            return
        self.records[outcome.kind, outcome.layout] += 1
        self.findings.update(finding.code for finding in outcome.findings)

    def pass_over(self, passed: Mapping[str, int]) -> None:
        """Count documents that were passed over for another reason than the sieve's."""
        self.skipped.update(passed)
        self.unread += sum(passed.values())

    def as_json(self) -> dict[str, Any]:
        """Return the counts for ``--account``: names as they stand here."""
        return {
            "documents": self.documents,
            "screened": self.screened,
            "candidates": self.candidates,
            "unread": self.unread,
            "parsed": self.parsed,
            "records": self.records.total(),
            "records_by_kind": _sorted(self.kinds),
            "records_by_layout": _sorted(self.layouts),
            "rejects_by_reason": _sorted(self.rejects),
            "skipped_by_reason": _sorted(self.skipped),
            "findings_by_code": _sorted(self.findings),
            "bytes": self.bytes,
            "seconds": round(self.seconds, 3),
        }


def _summed(counts: Counter[tuple[str, str]], part: int) -> Counter[str]:
    summed = Counter[str]()
    for key, count in counts.items():
        summed[key[part]] += count
    return summed


def _sorted(counts: Counter[str] | Counter[Problem]) -> dict[str, int]:
    return {str(name): counts[name] for name in sorted(counts)}  # type: ignore[index]  # keys of its own


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
