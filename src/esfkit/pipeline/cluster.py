"""The engine for many machines: Dask distributed, the extra ``esfkit[dask]``."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from typing import Any, cast

from esfkit.model.errors import BadRequest, InputRefused
from esfkit.pipeline.engine import Done, Numbered, OnBytes, failed
from esfkit.pipeline.job import Job, Result, do_shard
from esfkit.pipeline.packing import pack, unpack
from esfkit.sources import Shard

_RETRIES = 1
_WAITING = 1000  # shards handed out and not done: what the scheduler has to remember
_SECONDS_TO_CONNECT = 10


class Dask:
    """Does shards on the workers of a Dask scheduler, which must see the same sources.

    Args:
        scheduler: Its address, as ``tcp://host:8786``.

    Raises:
        BadRequest: The extra is not installed.
    """

    def __init__(self, scheduler: str) -> None:
        if find_spec("distributed") is None:
            raise BadRequest("A cluster needs `pip install 'esfkit[dask]'`.")
        self._scheduler = scheduler

    def run(self, job: Job, shards: Iterable[Numbered], on_bytes: OnBytes) -> Iterator[Done]:
        """Yield what each shard gave, in the order in which they get done.

        Raises:
            InputRefused: No scheduler answers at the address.
        """
        from distributed import as_completed  # noqa: PLC0415 - an extra, and slow to load

        with self._connected() as client:
            waiting = iter(shards)
            handed: dict[Any, Numbered] = {}
            completed: Any = cast("Any", as_completed)()

            def hand_out() -> None:
                while len(handed) < _WAITING and (task := next(waiting, None)) is not None:
                    future = client.submit(_do, task.shard, job, retries=_RETRIES, pure=False)
                    handed[future] = task
                    completed.add(future)

            hand_out()
            for future in completed:
                task = handed.pop(future)
                on_bytes(task.shard.size)
                yield Done(task.number, _result_of(future, task.shard))
                future.release()
                hand_out()

    @contextmanager
    def _connected(self) -> Iterator[Any]:
        from distributed import Client  # noqa: PLC0415 - an extra, and slow to load

        client: Any = Client  # distributed has no types
        try:
            connected = client(self._scheduler, timeout=_SECONDS_TO_CONNECT)
        except (OSError, ValueError) as error:
            raise InputRefused(
                f"No Dask scheduler answers at {self._scheduler}: {error}. Start one with "
                "`dask scheduler` and workers with `dask worker ADDRESS`."
            ) from error
        with connected:
            yield connected


def _result_of(future: Any, shard: Shard) -> Result:  # noqa: ANN401 - distributed has no types
    error = future.exception()
    if error is None:
        return unpack(future.result())
    why = f"failed ({type(error).__name__}: {error})"
    return failed(shard, why, "Look at the log of the workers.")


def _do(shard: Shard, job: Job) -> bytes:
    return pack(do_shard(shard, job, lambda _: None, held=0))
