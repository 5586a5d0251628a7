import os
import signal
from collections.abc import Iterator
from pathlib import Path
from threading import Thread
from time import monotonic, sleep

import pytest

from esfkit.model.record import Record
from esfkit.pipeline import Account, processes
from esfkit.pipeline.engine import InProcess, Numbered
from esfkit.pipeline.job import job_of
from esfkit.pipeline.outcomes import Rejected
from esfkit.pipeline.processes import Processes
from esfkit.pipeline.run import Run, outcomes, plan
from esfkit.sources import DEFAULT_LIMITS, Limits
from pages import colon_page

MARK = "esfkit.pipeline.worker"


def workers() -> list[int]:
    """The process numbers of our workers."""
    return [number for number in _children() if MARK in _command(number)]


def _children() -> Iterator[int]:
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = status.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[1]) == os.getpid():
            yield int(status.parent.name)


def _command(number: int) -> str:
    try:
        return Path(f"/proc/{number}/cmdline").read_text()
    except OSError:
        return ""


pytestmark = pytest.mark.skipif(not Path("/proc/self").exists(), reason="looks at /proc")


@pytest.mark.usefixtures("small_shards")
def test_a_worker_that_is_killed_costs_nothing_but_time(crawl: Path) -> None:
    expected = list(outcomes([str(crawl)], Run(engine=InProcess()), Account()))
    killed: list[int] = []

    def kill_one() -> None:
        until = monotonic() + 20
        while not killed and monotonic() < until:
            for number in workers()[:1]:
                os.kill(number, signal.SIGKILL)
                killed.append(number)
            sleep(0.01)

    killer = Thread(target=kill_one)
    killer.start()
    run = Run(engine=Processes(2, DEFAULT_LIMITS))
    given = list(outcomes([str(crawl)], run, Account()))
    killer.join()

    assert killed
    assert given == expected
    assert workers() == []


@pytest.fixture
def watchful(monkeypatch: pytest.MonkeyPatch) -> None:
    """Look after the workers before one of them can be done."""
    monkeypatch.setattr(processes, "_BETWEEN_LOOKS", 0.001)


@pytest.mark.usefixtures("watchful")
def test_a_source_that_ends_every_worker_is_named_and_the_run_goes_on(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(colon_page(), encoding="utf-8")
    engine = Processes(1, Limits(worker_bytes=1))

    account = Account()
    given = list(outcomes([str(tmp_path)], Run(engine=engine), account))
    assert [type(one) for one in given] == [Rejected, Rejected]
    assert [Path(str(one.origin.path)).name for one in given if isinstance(one, Rejected)] == [
        "a.txt",
        "b.txt",
    ]
    assert isinstance(given[0], Rejected)
    assert given[0].reason == "worker_died"
    assert "the limit worker_bytes is 1" in given[0].message
    assert account.documents == 2


@pytest.mark.usefixtures("watchful")
def test_a_worker_without_sign_of_life_is_ended(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(colon_page(), encoding="utf-8")
    engine = Processes(1, Limits(worker_seconds=0))

    [given] = outcomes([str(tmp_path)], Run(engine=engine), Account())
    assert isinstance(given, Rejected)
    assert "no sign of life for 0 seconds" in given.message


@pytest.mark.usefixtures("small_shards")
def test_workers_end_when_nobody_wants_the_rest(crawl: Path) -> None:
    given = outcomes([str(crawl)], Run(engine=Processes(2, DEFAULT_LIMITS)), Account())

    assert isinstance(next(given), Record)
    given.close()  # type: ignore[attr-defined]  # it is a generator
    assert workers() == []


def test_shards_are_done_by_as_many_workers_as_asked_for(tmp_path: Path) -> None:
    for number in range(3):
        (tmp_path / f"{number}.txt").write_text(colon_page(), encoding="utf-8")
    shards = [shard for name in "012" for shard in plan([str(tmp_path / f"{name}.txt")])]
    numbered = [Numbered(number, shard) for number, shard in enumerate(shards)]

    done = list(Processes(2, DEFAULT_LIMITS).run(job_of(), numbered, lambda _: None))
    assert sorted(each.number for each in done) == [0, 1, 2]
    assert all(len(each.result.records) == 1 for each in done)
