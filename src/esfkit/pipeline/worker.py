"""A worker process: shards in on standard input, results out on standard output.

Started new and never forked: a fork of a process with polars' threads can hang. It ends
when its input does, so none outlives its parent.
"""

import os
import pickle
import sys
import time
from typing import Any, BinaryIO

from esfkit.pipeline.engine import Numbered
from esfkit.pipeline.job import Job, do_shard
from esfkit.pipeline.packing import pack
from esfkit.sources.ahead import SWITCH_SECONDS

_SIZE = 8  # bytes that say how long a message is
_BETWEEN_SIGNS = 0.5  # seconds between two signs of life

PROGRESS = "progress"
DONE = "done"


def send(stream: BinaryIO, message: object) -> None:
    """Write one message."""
    content = pickle.dumps(message, pickle.HIGHEST_PROTOCOL)
    stream.write(len(content).to_bytes(_SIZE, "big"))
    stream.write(content)
    stream.flush()


def receive(stream: BinaryIO) -> Any:  # noqa: ANN401 - whatever the other side sent
    """Return the next message.

    Raises:
        EOFError: There is none, because the other side has gone.
    """
    size = int.from_bytes(_exactly(stream, _SIZE), "big")
    content = _exactly(stream, size)
    # The other side is our own process, which this one was started by or has started.
    return pickle.loads(content)  # noqa: S301


def _exactly(stream: BinaryIO, size: int) -> bytes:
    """Return so many bytes; whoever dies while writing leaves fewer."""
    content = stream.read(size)
    if len(content) < size:
        raise EOFError
    return content


class _Signs:
    """Signs of life, some a second: how many bytes were read since the last."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._read = 0
        self._last = time.monotonic()

    def take(self, count: int) -> None:
        self._read += count
        if time.monotonic() - self._last > _BETWEEN_SIGNS:
            self.give()

    def give(self) -> None:
        send(self._stream, (PROGRESS, self._read))
        self._read = 0
        self._last = time.monotonic()


def serve(tasks: BinaryIO, answers: BinaryIO) -> None:
    """Do every shard that comes in, until no more come."""
    job: Job = receive(tasks)
    while True:
        task: Numbered = receive(tasks)
        signs = _Signs(answers)
        result = do_shard(task.shard, job, signs.take, held=0)
        signs.give()
        send(answers, (DONE, pack(result)))


def main() -> None:
    """Serve on standard input and output, until the other side is gone."""
    sys.setswitchinterval(SWITCH_SECONDS)
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever a library prints must not get among the answers
    try:
        serve(sys.stdin.buffer, answers)
    except (EOFError, BrokenPipeError, KeyboardInterrupt):
        os._exit(0)  # nobody is left to tell; buffers must not be flushed into nothing
