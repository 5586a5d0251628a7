"""All shards of the sources, done by an engine, in their order again."""

import os
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from esfkit.model.errors import OutputFailed
from esfkit.model.record import Record
from esfkit.pipeline.engine import Engine, InProcess, Numbered, OnBytes
from esfkit.pipeline.job import Job, Result, moved, smallest
from esfkit.pipeline.outcomes import Account, Rejected
from esfkit.pipeline.processes import Processes, usable_cores
from esfkit.sources import Shard, cut_shards, list_entries
from esfkit.sources.files import STANDARD_INPUT
from esfkit.sources.remote import is_remote
from esfkit.sources.walk import Entry

_WORTH_A_PROCESS = 16 * 1024 * 1024
"""Bytes of pages below which starting processes takes longer than they save."""

_CRAWL_WEIGHT = 1 / 32
"""What a byte of a crawl costs beside one of a page: nearly all are dropped unread."""


class Keeper(Protocol):
    """Keeps what was done; :class:`~esfkit.pipeline.receipts.Receipts` does so in a folder.

    It is only named here: the folder's own module loads what Python's users do without.
    """

    def load(self, shard: Shard) -> Result | None:
        """Return what a shard gave when it was done, or ``None`` if it was not yet."""

    def keep(self, shard: Shard, result: Result) -> bool:
        """Keep what a shard gave, if it was done, and return whether it was."""


@dataclass(frozen=True, slots=True)
class Run:
    """How the sources are gone through.

    Attributes:
        job: What is done with every shard.
        engine: Who does it; chosen by the size of the sources where none is named.
        receipts: Where what is done is kept.
        on_bytes: Called now and then with the bytes read since.
        spared: Files and folders that the run itself writes: no sources, wherever they are.
        entries: Those of the sources' files that are to be read, where not all of them are.
    """

    job: Job = field(default_factory=Job)
    engine: Engine | None = None
    receipts: Keeper | None = None
    on_bytes: OnBytes = field(default=lambda _: None)
    spared: tuple[str, ...] = ()
    entries: Sequence[Entry] | None = None


def outcomes(sources: Sequence[str], run: Run, account: Account) -> Iterator[Record | Rejected]:
    """Yield the records of the sources and the documents without, in order, and count them.

    Raises:
        InputRefused: A named source does not exist. This comes before anything is read.
    """
    entries = run.entries
    shards = plan(sources, run.spared) if entries is None else list(cut_shards(entries))
    return _counted(shards, run, account)


def plan(sources: Sequence[str], spared: Sequence[str] = ()) -> list[Shard]:
    """Return the shards of the sources, but for the files and folders to be spared.

    Raises:
        InputRefused: A named source does not exist.
    """
    return list(cut_shards(entries_of(sources, spared)))


def entries_of(sources: Sequence[str], spared: Sequence[str] = ()) -> Iterator[Entry]:
    """Yield the files of the sources, but for the files and folders to be spared.

    Raises:
        InputRefused: A named source does not exist.
    """
    entries = list_entries(sources)
    if not spared:
        return entries
    own = [os.path.abspath(path) for path in spared]  # noqa: PTH100 - resolving takes long
    return (entry for entry in entries if not _is_within(entry.path, own))


def _is_within(path: str, folders: Sequence[str]) -> bool:
    if path == STANDARD_INPUT or is_remote(path):
        return False
    whole = os.path.abspath(path)  # noqa: PTH100 - as above
    return any(whole == each or whole.startswith(f"{each}{os.sep}") for each in folders)


def _counted(shards: list[Shard], run: Run, account: Account) -> Iterator[Record | Rejected]:
    begun = time.monotonic()
    sample: list[tuple[float, Rejected]] = []
    for shard, result in in_order(shards, run):
        account.documents += result.documents
        account.screened += result.screened
        account.pass_over(dict(result.passed))
        account.bytes += shard.size
        sample = smallest((*sample, *result.sample), run.job.sample)
        for outcome in _of(result):
            account.count(outcome)
            yield outcome
    yield from (rejected for _, rejected in sample)
    account.seconds += time.monotonic() - begun


def _of(result: Result) -> Iterator[Record | Rejected]:
    yield from result.records
    yield from result.rejected


def in_order(shards: list[Shard], run: Run) -> Iterator[tuple[Shard, Result]]:
    """Yield each shard with what it gave, in order, lines counted from the file's first."""
    return in_file_lines(_in_turn(shards, run))


def in_file_lines(
    results: Iterable[tuple[Shard, Result]],
) -> Iterator[tuple[Shard, Result]]:
    """Yield what the parts of files gave with lines counted from the file's first."""
    lines = 0
    for shard, result in results:
        if shard.lines is None or shard.lines.begin == 0:
            lines = 0
        yield shard, moved(result, lines)
        lines += result.lines


def _in_turn(shards: list[Shard], run: Run) -> Iterator[tuple[Shard, Result]]:
    """Yield each shard with what it gave, in order.

    What is done before its turn and is kept elsewhere is not held in memory until then.
    """
    done: dict[int, Result | None] = {}
    working = _work(shards, run, done)
    for number, shard in enumerate(shards):
        while number not in done:
            next(working)
        result = done.pop(number)
        if result is None and run.receipts is not None:
            result = run.receipts.load(shard)
        if result is None:
            raise OutputFailed(
                f"The receipt of {shard.name} is gone or was changed while the run went on. "
                "Run the same command again, alone."
            )
        yield shard, result


def _work(shards: list[Shard], run: Run, done: dict[int, Result | None]) -> Iterator[None]:
    """Fill ``done``, a shard at each step: with its result, or ``None`` if that is kept."""
    missing: list[Numbered] = []
    for number, shard in enumerate(shards):
        if run.receipts is None or run.receipts.load(shard) is None:
            missing.append(Numbered(number, shard))
        else:
            run.on_bytes(shard.size)
            done[number] = None
            yield
    for group in _by_engine(missing, run.engine, run.job):
        for number, result in group.engine.run(run.job, group.shards, run.on_bytes):
            is_kept = run.receipts is not None and run.receipts.keep(shards[number], result)
            done[number] = None if is_kept else result
            yield


@dataclass(frozen=True, slots=True)
class _Group:
    engine: Engine
    shards: Iterable[Numbered]


def _by_engine(missing: list[Numbered], engine: Engine | None, job: Job) -> Iterator[_Group]:
    """Yield who does which shards.

    Standard input is read right here. What can bring a process down is always read in one
    of its own, and the rest where that is worth the start of one.
    """
    here = [task for task in missing if task.shard.entries[0].path == STANDARD_INPUT]
    rest = [task for task in missing if task.shard.entries[0].path != STANDARD_INPUT]
    apart = [task for task in rest if task.shard.apart]
    if here:
        yield _Group(InProcess(), here)
    if not rest:
        return
    if engine is not None and not isinstance(engine, InProcess):
        yield _Group(engine, rest)
    elif engine is None and len(rest) > 1 and sum(map(_weight, rest)) > _WORTH_A_PROCESS:
        yield _Group(Processes(workers_for(rest), job.reading.limits), rest)
    else:
        if apart:
            yield _Group(Processes(1, job.reading.limits), apart)
        others = [task for task in rest if not task.shard.apart]
        yield _Group(InProcess(Processes(1, job.reading.limits)), others)


def _weight(task: Numbered) -> float:
    return task.shard.size * (1 if task.shard.lines is None else _CRAWL_WEIGHT)


def workers_for(tasks: Sequence[Numbered]) -> int:
    """Return how many processes are worth their start for the tasks."""
    return max(1, min(usable_cores(), len(tasks)))
