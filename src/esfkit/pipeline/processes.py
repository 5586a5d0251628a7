"""The local engine: worker processes, each replaced when it dies.

A shard whose process dies is done again by a new one. If that dies too, its files are
tried one by one, so that one of them cannot take the others along; what kills a process
twice on its own is named in a finding.
"""

import os
import subprocess
import sys
import time
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Thread
from typing import BinaryIO, NamedTuple, cast

from esfkit.pipeline.engine import Done, Numbered, OnBytes, failed
from esfkit.pipeline.job import Job, Result
from esfkit.pipeline.packed import PackedRecords, lines_in
from esfkit.pipeline.packing import unpack
from esfkit.pipeline.worker import DONE, PROGRESS, receive, send
from esfkit.sources import Limits, Shard

_BETWEEN_LOOKS = 0.2  # seconds between two looks at what the workers take
_SECONDS_TO_END = 1
_MOST_TRIES = 2
_MOST_AHEAD = 256  # shards done before an older one is: their results wait in memory
_LOOK = "Look at the file."
_PROGRAM = "from esfkit.pipeline.worker import main; main()"


@dataclass(slots=True, eq=False)
class _Task:
    """A shard, or one file of it, until it is done."""

    turn: int
    number: int
    shard: Shard
    tries: int = 0
    parts: "list[_Task]" = field(default_factory=list)
    result: Result | None = None

    def gathered(self) -> Result | None:
        """Return what it gave, put together from its parts, once all are done."""
        if not self.parts:
            return self.result
        results = [part.result for part in self.parts]
        done = [result for result in results if result is not None]
        return _joined(done) if len(done) == len(results) else None


class _Event(NamedTuple):
    """What a worker has to say: progress, an answer, or its end."""

    worker: "_Worker"
    read: int = 0
    answer: bytes | None = None
    ended: bool = False


class Processes:
    """Does shards in processes of their own.

    Args:
        count: How many at a time.
        limits: How much memory and time one may take.
    """

    def __init__(self, count: int, limits: Limits) -> None:
        self._count = count
        self._limits = limits

    def run(self, job: Job, shards: Iterable[Numbered], on_bytes: OnBytes) -> Iterator[Done]:
        """Yield what each shard gave, in the order in which they get done."""
        crew = _Crew(self._count, self._limits, job)
        try:
            yield from crew.work(iter(shards), on_bytes)
        finally:
            crew.dismiss()


class _Crew:
    """The workers of one run."""

    def __init__(self, count: int, limits: Limits, job: Job) -> None:
        self._limits = limits
        self._job = job
        self._events: SimpleQueue[_Event] = SimpleQueue()
        self._idle = count
        self._workers: list[_Worker] = []
        self._again: deque[_Task] = deque()
        self._wholes: dict[int, _Task] = {}
        self._given = 0

    def work(self, shards: Iterator[Numbered], on_bytes: OnBytes) -> Iterator[Done]:
        self._hand_out(shards)
        while any(worker.task for worker in self._workers):
            try:
                event = self._events.get(timeout=_BETWEEN_LOOKS)
            except Empty:
                self._look_after()
                continue
            on_bytes(event.read)
            done = self._settle(event)
            if done is not None:
                yield done
            self._hand_out(shards)
            self._look_after()

    def dismiss(self) -> None:
        for worker in self._workers:
            worker.dismiss()

    def _hand_out(self, shards: Iterator[Numbered]) -> None:
        """Give every worker without a task the next one, hiring up to our number."""
        for worker in self._workers:
            if worker.task is None and worker.is_alive and (task := self._next(shards)):
                worker.take(task)
        while self._idle and (task := self._next(shards)):
            self._idle -= 1
            worker = _Worker(self._job, self._events, self._count_of_threads())
            self._workers.append(worker)
            worker.take(task)

    def _count_of_threads(self) -> int:
        return max(1, usable_cores() // (len(self._workers) + self._idle + 1))

    def _next(self, shards: Iterator[Numbered]) -> _Task | None:
        if self._again:
            return self._again.popleft()
        if self._wholes and self._given - min(self._wholes) > _MOST_AHEAD:
            return None
        following = next(shards, None)
        if following is None:
            return None
        self._given += 1
        task = _Task(self._given, following.number, following.shard)
        self._wholes[task.turn] = task
        return task

    def _settle(self, event: _Event) -> Done | None:
        """Take an answer or an end, and return what is done by it."""
        worker, task = event.worker, event.worker.task
        if event.answer is None and not event.ended:
            return None
        worker.task = None
        if event.ended:
            worker.dismiss(hurry=False)
            self._workers.remove(worker)
            self._idle += 1
        if task is None:
            return None
        if event.answer is not None:
            task.result = unpack(event.answer)
        else:
            self._try_again(task, worker)
        whole = self._wholes[task.turn]
        result = whole.gathered()
        if result is None:
            return None
        del self._wholes[task.turn]
        return Done(task.number, result)

    def _try_again(self, task: _Task, worker: "_Worker") -> None:
        task.tries += 1
        if task.tries < _MOST_TRIES:
            self._again.append(task)
        elif len(task.shard.entries) > 1:
            task.parts = [
                _Task(
                    *(task.turn, task.number),
                    replace(task.shard, entries=(entry,), size=entry.size),
                )
                for entry in task.shard.entries
            ]
            self._again.extend(task.parts)
        else:
            task.result = failed(task.shard, worker.why_it_ended(), worker.advice)

    def _look_after(self) -> None:
        """End workers that take too much memory, or give no sign of life for too long."""
        for worker in self._workers:
            if worker.task is not None:
                worker.check(self._limits)


class _Worker:
    """One process, with a thread of ours that listens to it."""

    def __init__(self, job: Job, events: SimpleQueue[_Event], threads: int) -> None:
        self.task: _Task | None = None
        self._last_sign = time.monotonic()
        self._why = ""
        self.advice = _LOOK
        self._process = subprocess.Popen(  # noqa: S603 - our own program, nothing from outside
            # -P: modules that lie in the current folder are none of ours.
            [sys.executable, "-P", "-c", _PROGRAM],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={**os.environ, "POLARS_MAX_THREADS": str(threads)},
            start_new_session=True,  # Ctrl-C is for us; we end it
        )
        self._listener = Thread(target=self._listen, args=(events,), daemon=True)
        self._listener.start()
        with suppress(BrokenPipeError):  # its end will be heard
            send(self._input, job)

    @property
    def is_alive(self) -> bool:
        return self._process.poll() is None

    @property
    def _input(self) -> BinaryIO:
        return cast("BinaryIO", self._process.stdin)

    def take(self, task: _Task) -> None:
        self.task = task
        self._last_sign = time.monotonic()
        with suppress(BrokenPipeError):  # its end will be heard
            send(self._input, Numbered(task.number, task.shard))

    def check(self, limits: Limits) -> None:
        memory = _memory_of(self._process.pid)
        if memory > limits.worker_bytes:
            self._why = f"took {memory} bytes of memory; the limit worker_bytes is "
            self._why += f"{limits.worker_bytes}: it was ended"
            self.advice = f"{_LOOK} --limit worker_bytes=… lets it take more."
            self._process.kill()
        elif time.monotonic() - self._last_sign > limits.worker_seconds:
            self._why = f"gave no sign of life for {limits.worker_seconds} seconds, which is "
            self._why += "the limit worker_seconds: it was ended"
            self.advice = f"{_LOOK} --limit worker_seconds=… waits longer."
            self._process.kill()

    def why_it_ended(self) -> str:
        code = self._process.wait()
        return self._why or (
            f"was ended by signal {-code}" if code < 0 else f"ended with exit code {code}"
        )

    def dismiss(self, *, hurry: bool = True) -> None:
        """End the process, if it has not ended, and let go of what led to it."""
        with suppress(subprocess.TimeoutExpired):  # one that ended by itself tells why
            self._process.wait(0 if hurry else _SECONDS_TO_END)
        self._process.kill()
        self._process.wait()
        self._listener.join()
        for stream in (self._process.stdin, self._process.stdout):
            with suppress(OSError):  # what could not be flushed is of no use any more
                if stream is not None:
                    stream.close()

    def _listen(self, events: SimpleQueue[_Event]) -> None:
        answers = cast("BinaryIO", self._process.stdout)
        try:
            while True:
                kind, content = receive(answers)
                self._last_sign = time.monotonic()
                if kind == PROGRESS:
                    events.put(_Event(self, read=content))
                elif kind == DONE:
                    events.put(_Event(self, answer=content))
        except (EOFError, OSError, ValueError):  # ValueError: closed by us
            pass
        finally:
            events.put(_Event(self, ended=True))


def usable_cores() -> int:
    """Return how many processors this process may use, which a cluster may limit."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # not on every system
        return os.cpu_count() or 1


def _memory_of(pid: int) -> int:
    """Return the bytes of memory that a process takes, or 0 where the system won't say."""
    try:
        pages = Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1]
    except (OSError, IndexError):
        return 0
    return int(pages) * os.sysconf("SC_PAGE_SIZE")


def _joined(results: list[Result]) -> Result:
    return Result(
        records=PackedRecords(line for result in results for line in lines_in(result.records)),
        rejected=tuple(each for result in results for each in result.rejected),
        documents=sum(result.documents for result in results),
        screened=sum(result.screened for result in results),
        lines=sum(result.lines for result in results),
        sample=tuple(each for result in results for each in result.sample),
        passed=tuple(each for result in results for each in result.passed),
        complete=all(result.complete for result in results),
    )
