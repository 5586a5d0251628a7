"""Who does the work: an engine takes shards and gives what each of them gave.

To add one, write a module with a class that has :class:`Engine`'s one method and name it
in ``cli/options``; shards, receipts and order are not its concern.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple, Protocol

from esfkit.model.document import Origin
from esfkit.model.finding import Problem, Severity
from esfkit.pipeline.job import Job, Result, do_shard
from esfkit.pipeline.outcomes import Rejected
from esfkit.sources import Shard
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
    """Does one shard after the other, right here."""

    def run(self, job: Job, shards: Iterable[Numbered], on_bytes: OnBytes) -> Iterator[Done]:
        """Yield what each shard gave, in their order."""
        for number, shard in shards:
            yield Done(number, do_shard(shard, job, on_bytes))


def failed(shard: Shard, why: str) -> Result:
    """Return what a shard gives that could not be done: a finding that names it."""
    message = (
        f"The process that read it {why}, and again when it was read anew. The other sources "
        "are not concerned. Look at the file; --limit worker_bytes=… gives it more memory."
    )
    rejected = tuple(
        Rejected(
            Origin(path=printable(entry.path)),
            Problem.WORKER_DIED,
            message,
            severity=Severity.ERROR,
        )
        for entry in shard.entries
    )
    return Result(rejected=rejected, documents=len(rejected))
