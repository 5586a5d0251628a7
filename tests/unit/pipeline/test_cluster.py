import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Thread
from time import monotonic, sleep

import pytest

from esfkit.model.errors import InputRefused
from esfkit.model.record import Record
from esfkit.pipeline import Account
from esfkit.pipeline.cluster import Dask
from esfkit.pipeline.engine import InProcess
from esfkit.pipeline.job import job_of
from esfkit.pipeline.outcomes import Rejected
from esfkit.pipeline.receipts import Receipts
from esfkit.pipeline.run import Run, outcomes

pytestmark = pytest.mark.filterwarnings("default")  # Dask leaves sockets to the collector


@dataclass(frozen=True)
class Cluster:
    """A scheduler on loopback and its workers."""

    address: str
    workers: list[subprocess.Popen[bytes]]


@contextmanager
def started(*arguments: str) -> Iterator[subprocess.Popen[bytes]]:
    quiet = subprocess.DEVNULL
    with subprocess.Popen(
        [sys.executable, "-m", *arguments], stdout=quiet, stderr=quiet
    ) as one:
        try:
            yield one
        finally:
            one.kill()


def address_in(path: Path) -> str:
    until = monotonic() + 30
    while monotonic() < until:
        try:
            return str(json.loads(path.read_bytes())["address"])
        except (OSError, ValueError):
            sleep(0.05)
    raise TimeoutError(path)


@pytest.fixture
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    folder = tmp_path_factory.mktemp("dask")
    told = folder / "scheduler.json"
    loopback = ("--host", "127.0.0.1", "--no-dashboard")
    worker = (
        *("distributed.cli.dask_worker", *loopback, "--scheduler-file", str(told)),
        *("--no-nanny", "--nthreads", "1", "--local-directory", str(folder)),
    )
    with (
        started(
            *("distributed.cli.dask_scheduler", *loopback, "--port", "0"),
            *("--scheduler-file", str(told)),
        ),
    ):
        address = address_in(told)
        with started(*worker) as first, started(*worker) as second:
            yield Cluster(address, [first, second])


def given(path: Path, run: Run) -> list[Record | Rejected]:
    return list(outcomes([str(path)], run, Account()))


@pytest.mark.usefixtures("small_shards")
def test_a_cluster_gives_what_one_machine_gives(
    crawl: Path, cluster: Cluster, tmp_path: Path
) -> None:
    expected = given(crawl, Run(engine=InProcess()))
    receipts = Receipts(tmp_path / "kept", job_of())

    assert given(crawl, Run(engine=Dask(cluster.address), receipts=receipts)) == expected
    assert given(crawl, Run(receipts=receipts)) == expected


@pytest.mark.usefixtures("small_shards")
def test_nothing_is_lost_when_a_worker_is_killed(crawl: Path, cluster: Cluster) -> None:
    expected = given(crawl, Run(engine=InProcess()))

    def kill_soon() -> None:
        sleep(0.3)
        os.kill(cluster.workers[0].pid, signal.SIGKILL)

    killer = Thread(target=kill_soon)
    killer.start()
    assert given(crawl, Run(engine=Dask(cluster.address))) == expected
    killer.join()
    assert cluster.workers[0].wait(5) == -signal.SIGKILL
    assert given(crawl, Run(engine=Dask(cluster.address))) == expected


def test_a_scheduler_that_does_not_answer_is_refused(
    crawl: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("esfkit.pipeline.cluster._SECONDS_TO_CONNECT", 1)
    with pytest.raises(InputRefused, match="No Dask scheduler answers"):
        given(crawl, Run(engine=Dask("tcp://127.0.0.1:9")))
