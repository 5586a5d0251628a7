"""``--engine``, ``--workers`` and ``--scheduler``: who does the work."""

from typing import Final

from esfkit.model.errors import BadRequest
from esfkit.pipeline.engine import Engine, InProcess
from esfkit.pipeline.processes import Processes
from esfkit.sources.limits import Limits

ENGINES: Final = ("local", "dask")


def engine_of(
    name: str, workers: int | None, scheduler: str | None, limits: Limits
) -> Engine | None:
    """Return the engine that the options name; ``None`` lets the size of the work decide.

    Raises:
        BadRequest: There is none of the name, or the options do not go together.
    """
    if name == "dask":
        if scheduler is None:
            raise BadRequest(
                "The engine dask needs the address of a scheduler: --scheduler tcp://HOST:8786."
            )
        from esfkit.pipeline.cluster import Dask

        return Dask(scheduler)
    if name != "local":
        raise BadRequest(f"There is no engine {name!r}. The engines are: {', '.join(ENGINES)}.")
    if scheduler is not None:
        raise BadRequest("--scheduler is for --engine dask.")
    if workers is None:
        return None
    return Processes(workers, limits) if workers else InProcess()
