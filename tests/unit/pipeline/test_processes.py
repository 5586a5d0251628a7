import os
import signal
from collections.abc import Iterator
from pathlib import Path
from threading import Thread
from time import monotonic, sleep

import pytest

from esfkit.model.record import Record
from esfkit.pipeline import Account, engine, processes
from esfkit.pipeline.engine import InProcess, Numbered
from esfkit.pipeline.job import Job, Result, do_shard, job_of
from esfkit.pipeline.outcomes import Rejected
from esfkit.pipeline.processes import Processes
from esfkit.pipeline.run import Run, outcomes, plan
from esfkit.sources import DEFAULT_LIMITS, Limits, Shard
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
    workers = Processes(1, Limits(worker_bytes=1))

    account = Account()
    given = list(outcomes([str(tmp_path)], Run(engine=workers), account))
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
    workers = Processes(1, Limits(worker_seconds=0))

    [given] = outcomes([str(tmp_path)], Run(engine=workers), Account())
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


HALF_AN_ANSWER = """
import os, signal, sys
sys.stdout.buffer.write((1000).to_bytes(8, "big") + b"half")
sys.stdout.buffer.flush()
os.kill(os.getpid(), signal.SIGKILL)
"""


def test_a_worker_that_dies_while_it_answers_is_heard(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.txt").write_text(colon_page(), encoding="utf-8")
    monkeypatch.setattr(processes, "_PROGRAM", HALF_AN_ANSWER)

    run = Run(engine=Processes(1, DEFAULT_LIMITS))
    [given] = outcomes([str(tmp_path)], run, Account())
    assert isinstance(given, Rejected)
    assert "was ended by signal 9, and again when it was read anew" in given.message


def test_a_worker_tells_the_exit_code_that_it_ended_with(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.txt").write_text(colon_page(), encoding="utf-8")
    monkeypatch.setattr(processes, "_PROGRAM", "import os; os._exit(3)")

    run = Run(engine=Processes(1, DEFAULT_LIMITS))
    [given] = outcomes([str(tmp_path)], run, Account())
    assert isinstance(given, Rejected)
    assert "ended with exit code 3" in given.message


@pytest.mark.usefixtures("small_shards")
def test_a_part_that_cannot_be_done_does_not_move_the_lines_behind_it(
    crawl: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = [
        one.source_line
        for one in outcomes([str(crawl)], Run(engine=InProcess()), Account())
        if isinstance(one, Record)
    ]

    def do_all_but_the_first(
        shard: Shard, job: Job, on_bytes: engine.OnBytes, **_: bool
    ) -> Result:
        if shard.lines is not None and shard.lines.begin == 0:
            return engine.failed(shard, "died", "Look.")
        return do_shard(shard, job, on_bytes)

    monkeypatch.setattr(engine, "do_shard", do_all_but_the_first)
    given = list(outcomes([str(crawl)], Run(engine=InProcess()), Account()))

    lines = [one.source_line for one in given if isinstance(one, Record)]
    assert lines == expected[-len(lines) :]
    assert len(lines) >= 4
    [told] = [one for one in given if isinstance(one, Rejected)]
    assert told.origin.member == "bytes 0 to 4096"


def test_modules_in_the_current_folder_are_none_of_ours(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "zstandard.py").write_text("raise SystemExit(9)")
    (tmp_path / "a.txt").write_text(colon_page(), encoding="utf-8")
    monkeypatch.chdir(tmp_path)

    run = Run(engine=Processes(1, DEFAULT_LIMITS))
    assert any(isinstance(one, Record) for one in outcomes(["a.txt"], run, Account()))
