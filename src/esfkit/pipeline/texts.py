"""The way in from Python: texts and sources to records."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from esfkit.model.document import Document, Origin, Unread
from esfkit.model.record import Record
from esfkit.parsing.parse import ParseResult, parse_document
from esfkit.pipeline.job import job_of, outcomes_of
from esfkit.pipeline.outcomes import Account, Ingested, Rejected
from esfkit.pipeline.run import Run, outcomes
from esfkit.sources import DEFAULT_LIMITS, Limits, open_sources, read_bytes


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
    sources: str | Path | Iterable[str | Path], limits: Limits = DEFAULT_LIMITS
) -> Iterator[ParseResult | Unread]:
    """Yield each document of the sources as read, or why it could not be.

    Raises:
        InputRefused: A named source does not exist.
    """
    for item in open_sources(sources, job_of(limits=limits, sieve=False).reading):
        if isinstance(item, Document):
            yield parse_document(item)
        elif isinstance(item, Unread):
            yield item


def outcomes_in(content: bytes, path: str) -> Iterator[Record | Rejected]:
    """Yield the records of bytes that are at hand, and the documents without."""
    job = job_of()
    for item in read_bytes(content, Origin(path=path), job.reading):
        if isinstance(item, Document | Unread):
            yield from outcomes_of(item, job)


def stream(
    sources: str | Path | Iterable[str | Path], run: Run, account: Account
) -> Iterator[Record | Rejected]:
    """Yield the records of the sources and the documents without, in order, counting both.

    Raises:
        InputRefused: A named source does not exist.
    """
    given = [sources] if isinstance(sources, str | Path) else sources
    return outcomes([str(source) for source in given], run, account)


def ingest(
    sources: str | Path | Iterable[str | Path],
    limits: Limits = DEFAULT_LIMITS,
    kinds: Iterable[str] = (),
) -> Ingested:
    """Read every record of files, folders, globs, archives and crawl files.

    Args:
        sources: One source or several; ``-`` is standard input.
        limits: The numbers that guard the reader.
        kinds: The kinds of record to look for: all by default, in crawls ``project`` and
            ``call``.

    Raises:
        InputRefused: A named source does not exist.
    """
    account = Account()
    records: list[Record] = []
    rejected: list[Rejected] = []
    for outcome in stream(sources, Run(job_of(limits=limits, kinds=kinds)), account):
        if isinstance(outcome, Rejected):
            rejected.append(outcome)
        else:
            records.append(outcome)
    return Ingested(tuple(records), tuple(rejected), account)
