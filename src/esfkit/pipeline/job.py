"""One shard → what it gives: the function that every engine runs, on whatever machine."""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from heapq import nsmallest
from typing import NamedTuple

from esfkit.layouts.taught import Taught, in_force, teach
from esfkit.model.document import Bytes, Document, Origin, Passed, Unread, Why
from esfkit.model.record import Record
from esfkit.parsing.parse import parse_document
from esfkit.pipeline.content import content_hash
from esfkit.pipeline.outcomes import OTHER_KIND, SCREENED_OUT, Rejected
from esfkit.pipeline.packed import PackedRecords, lines_in
from esfkit.sources import DEFAULT_LIMITS, Limits, Reading, Shard, Sieve, read_shard
from esfkit.sources.reading import TEXT_FIELDS, URL_FIELDS, Item
from esfkit.vocabulary.lists import list_headings
from esfkit.vocabulary.sure import sure_words

CRAWL_KINDS = frozenset({"project", "call"})
"""What is looked for in a crawl unless asked otherwise: practice pages have no sure word."""

MOST_HELD = 500
"""Records of a shard held as they are, some 30 KB each: packed they take a tenth of that."""

_EXCERPT = 2000  # characters
_MOST_DRAWN = 1000


@dataclass(frozen=True, slots=True)
class Job:
    """What is to be done with every shard.

    Attributes:
        reading: How sources are read.
        kinds: The kinds of record asked for; of every kind where none is named, but from
            crawls projects and calls only.
        sample: How many of the documents that the sieve dropped are kept to look at.
        seed: What that choice hangs on.
        hashes: Whether the bytes of each shard are hashed too, for receipts.
        taught: What was taught where the job was made: whoever does it knows it too.
    """

    reading: Reading = field(default_factory=lambda: job_of().reading)
    kinds: frozenset[str] = frozenset()
    sample: int = 0
    seed: int = 0
    hashes: bool = False
    taught: Taught = field(default_factory=in_force)

    def wants(self, kind: str, *, crawled: bool) -> bool:
        """Return whether records of a kind are asked for."""
        kinds = self.kinds or (CRAWL_KINDS if crawled else None)
        return kinds is None or kind in kinds


class Result(NamedTuple):
    """What one shard gave.

    Attributes:
        records: Its records, in order.
        rejected: Its documents without.
        documents: Documents seen.
        screened: Those that the sieve dropped.
        lines: Lines passed, where the shard is a part of a file that is read by lines.
        sample: Of what the sieve dropped, each with the number that it was drawn by.
        passed: Reason → documents passed over for another one than the sieve's.
        complete: Whether doing it again would give nothing else; a disk that failed and
            a worker that died may do better another time.
        content: The hash of its bytes, where that is asked for.
    """

    records: Sequence[Record] = ()
    rejected: tuple[Rejected, ...] = ()
    documents: int = 0
    screened: int = 0
    lines: int = 0
    sample: tuple[tuple[float, Rejected], ...] = ()
    passed: tuple[tuple[str, int], ...] = ()
    complete: bool = True
    content: str | None = None


def job_of(  # noqa: PLR0913 - the options of an ingest
    *,
    limits: Limits = DEFAULT_LIMITS,
    text_fields: Iterable[str] = (),
    url_fields: Iterable[str] = (),
    kinds: Iterable[str] = (),
    sieve: bool = True,
    sample: int = 0,
    seed: int = 0,
    hashes: bool = False,
) -> Job:
    """Return what an ingest with these options does with every shard.

    Args:
        limits: What to refuse.
        text_fields: Names of the field that holds a page's text, instead of the usual.
        url_fields: Names of the field that holds its address.
        kinds: The kinds of record asked for.
        sieve: Whether documents of a crawl that cannot hold a record are dropped unread.
        sample: How many of those are kept to look at.
        seed: What that choice hangs on.
        hashes: Whether the bytes of each shard are hashed too, for receipts.
    """
    wanted = frozenset(kinds)
    sound = (wanted or CRAWL_KINDS) <= CRAWL_KINDS
    words = tuple(word.encode() for word in sure_words())
    reading = Reading(
        limits=limits,
        text_fields=tuple(text_fields) or TEXT_FIELDS,
        url_fields=tuple(url_fields) or URL_FIELDS,
        sieve=Sieve(words) if sieve and sound else None,
        list_headings=list_headings(),
        shows_passed=sample > 0,
    )
    return Job(reading, wanted, sample, seed, hashes)


def do_shard(
    shard: Shard, job: Job, on_bytes: Callable[[int], None], *, held: int = MOST_HELD
) -> Result:
    """Read, screen and parse a shard; never raises for what it holds.

    Args:
        shard: The shard.
        job: What is done with it.
        on_bytes: Called now and then with the bytes read since, as a sign of life too.
        held: How many records are held as they are; more of them are packed.
    """
    teach(job.taught)
    tally = _Tally(job, held)
    for item in read_shard(shard, job.reading, on_bytes):
        on_bytes(0)  # a sign of life, also where nothing more need be read for long
        tally.take(item)
    content = content_hash(shard) if job.hashes else None
    return tally.result()._replace(content=content)


class _Tally:
    """What a shard has given so far."""

    def __init__(self, job: Job, held: int) -> None:
        self._job = job
        self._held = held
        self._lines_of_json: list[bytes] = []
        self._passed = Counter[str]()
        self._complete = True
        self._records: list[Record] = []
        self._rejected: list[Rejected] = []
        self._drawn: list[tuple[float, Rejected]] = []
        self._documents = self._screened = self._lines = 0

    def take(self, item: Item) -> None:
        """Count one item, and parse it if it is a document."""
        if isinstance(item, Bytes):
            self._lines += item.lines
            return
        if isinstance(item, Passed):
            self._documents += item.count
            self._pass(item)
            return
        self._documents += 1
        if isinstance(item, Unread) and item.may_pass:
            self._complete = False
        for outcome in outcomes_of(item, self._job):
            if isinstance(outcome, Rejected):
                self._rejected.append(outcome)
                continue
            self._records.append(outcome)
            if len(self._records) > self._held:
                self._pack()

    def _pack(self) -> None:
        self._lines_of_json.extend(lines_in(self._records))
        self._records.clear()

    def _pass(self, passed: Passed) -> None:
        if passed.why is not Why.SCREENED_OUT:
            self._passed[passed.why] += passed.count
            return
        self._screened += passed.count
        if self._job.sample and passed.origin is not None:
            self._draw(passed, passed.origin)

    def _draw(self, passed: Passed, origin: Origin) -> None:
        """Keep the documents with the smallest numbers: a fair sample of any cut of work."""
        words = passed.content.decode("utf-8", "replace")[:_EXCERPT]
        message = "The sieve dropped it: none of the words without which no page is a project."
        dropped = Rejected(origin, SCREENED_OUT, message, excerpt=words)
        self._drawn.append((_lot(self._job.seed, passed.content), dropped))
        if len(self._drawn) > 2 * self._job.sample + _MOST_DRAWN:
            self._drawn = smallest(self._drawn, self._job.sample)

    def result(self) -> Result:
        if self._lines_of_json:
            self._pack()
        packed = PackedRecords(self._lines_of_json) if self._lines_of_json else None
        return Result(
            packed or tuple(self._records),
            tuple(self._rejected),
            self._documents,
            self._screened,
            self._lines,
            tuple(smallest(self._drawn, self._job.sample)),
            tuple(sorted(self._passed.items())),
            self._complete,
        )


def _lot(seed: int, content: bytes) -> float:
    """Return the number that a document draws: the same whoever reads it, and wherever."""
    digest = hashlib.blake2b(content, digest_size=8, key=seed.to_bytes(8, "big", signed=True))
    return int.from_bytes(digest.digest(), "big") / 2**64


def smallest(
    drawn: Iterable[tuple[float, Rejected]], count: int
) -> list[tuple[float, Rejected]]:
    """Return the so many that have the smallest numbers."""
    return nsmallest(count, drawn, key=lambda each: each[0])


def outcomes_of(item: Document | Unread, job: Job) -> Iterator[Record | Rejected]:
    """Yield what one document gives: its records of the kinds asked for, or why none."""
    if isinstance(item, Unread):
        finding = item.finding
        yield Rejected(item.origin, finding.code, finding.message, severity=finding.severity)
        return
    result = parse_document(item)
    origin = result.document.origin
    if result.rejection is not None:
        reason = result.rejection
        yield Rejected(origin, reason.reason, reason.message, reason.nearest, reason.labels)
        return
    crawled = result.document.crawled
    wanted = [one for one in result.records if job.wants(one.kind, crawled=crawled)]
    yield from wanted
    if not wanted:
        kinds = ", ".join(sorted({one.kind for one in result.records}))
        message = f"It holds a record of kind {kinds}, which was not asked for; see --kind."
        yield Rejected(origin, OTHER_KIND, message)


def moved(result: Result, lines: int) -> Result:
    """Return what a part of a file gave, its lines counted from the file's first.

    Args:
        result: What the part gave, its lines counted from its own first.
        lines: The lines of the file before it.
    """
    if not lines:
        return result
    records = [_moved_record(record, lines) for record in result.records]
    rejected = [_moved_rejected(each, lines) for each in result.rejected]
    sample = [(drawn, _moved_rejected(each, lines)) for drawn, each in result.sample]
    return result._replace(
        records=tuple(records), rejected=tuple(rejected), sample=tuple(sample)
    )


def _moved_record(record: Record, lines: int) -> Record:
    if record.source_line is None:
        return record
    return record.model_copy(update={"source_line": record.source_line + lines})


def _moved_rejected(rejected: Rejected, lines: int) -> Rejected:
    line = rejected.origin.line
    if line is None:
        return rejected
    return rejected._replace(origin=replace(rejected.origin, line=line + lines))
