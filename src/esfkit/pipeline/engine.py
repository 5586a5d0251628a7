"""Who does the work: an engine takes shards and gives what each of them gave.

To add one, write a module with a class that has :class:`Engine`'s one method and name it
in ``cli/ingestion/engines.py``; shards, receipts and order are not its concern.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import NamedTuple, Protocol

from esfkit.model.document import Origin
from esfkit.model.finding import Problem, Severity
from esfkit.pipeline.job import Job, Result, do_shard
from esfkit.pipeline.outcomes import Rejected
from esfkit.sources import Dangerous, Shard, count_lines
from esfkit.sources.files import printable

OnBytes = Callable[[int], None]


class Numbered(NamedTuple):
    """A shard with its place among all of them."""

    number: int
    shard: Shard


class Done(NamedTuple):
    """What a shard gave, with its place among all of them."""

    number: int
    result: Result


class Engine(Protocol):
    """Does shards, somewhere."""

    def run(self, job: Job, shards: Iterable[Numbered], on_bytes: OnBytes) -> Iterator[Done]:
        """Yield what each shard gave, in whatever order they get done.

        A shard that cannot be done gives :func:`failed`, never an exception.
        """


class InProcess:
    """Does one shard after the other, right here.

    Args:
        other: Who does shards that hold what can bring a process down.
    """

    def __init__(self, other: Engine | None = None) -> None:
        self._other = other

    def run(self, job: Job, shards: Iterable[Numbered], on_bytes: OnBytes) -> Iterator[Done]:
        """Yield what each shard gave, in their order."""
        careful = replace(job, reading=replace(job.reading, may_die=self._other is None))
        for task in shards:
            try:
                result = do_shard(task.shard, careful, on_bytes)
            except Dangerous:
                if self._other is None:
                    raise
                yield from self._other.run(job, [task], lambda _: None)
            else:
                yield Done(task.number, result)


def failed(shard: Shard, why: str, advice: str) -> Result:
    """Return what a shard gives that could not be done: a finding that names it.

    Args:
        shard: The shard.
        why: What happened to the process that read it, as the rest of a sentence.
        advice: What to do next, in a sentence.
    """
    message = (
        f"The process that read it {why}, and again when it was read anew. The other sources "
        f"are not concerned. {advice}"
    )
    rejected = tuple(
        Rejected(
            Origin(path=printable(entry.path), member=shard.part),
            Problem.WORKER_DIED,
            message,
            severity=Severity.ERROR,
        )
        for entry in shard.entries
    )
    lines = count_lines(shard)
    return Result(rejected=rejected, documents=len(rejected), lines=lines, complete=False)
