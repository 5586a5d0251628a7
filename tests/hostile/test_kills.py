"""Runs and workers that are killed at any moment: nothing is lost and nothing is torn."""

import json
import os
import random
import signal
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from threading import Thread
from time import monotonic, sleep

import pytest

from esfkit.dataset.store import read_dataset
from pages import colon_page

FILES = 12
ROWS = 60
MOMENTS = int(os.environ.get("ESFKIT_KILLS", "50"))

pytestmark = [
    pytest.mark.slow,
    pytest.mark.timeout(1200),
    pytest.mark.skipif(not Path("/proc/self").exists(), reason="looks at /proc"),
]


@pytest.fixture(scope="module")
def crawls(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Files of some megabytes each, so that every two of them are a shard; and two that are
    cut into shards.
    """
    folder = tmp_path_factory.mktemp("crawls")
    prose = "Här står något helt annat, om vägar och vatten. " * 1000
    for file in range(FILES):
        rows = [
            json.dumps({"text": colon_page(project_number=f"2016/{file * ROWS + row:05}")})
            if row % 3
            else json.dumps({"text": prose})
            for row in range(ROWS)
        ]
        (folder / f"{file:02}.jsonl").write_text("\n".join([*rows, *(3 * [rows[0]] * ROWS)]))
    noise = random.Random(4).randbytes(1024 * 1024)  # noqa: S311 - no secrets
    with zipfile.ZipFile(folder / "y.zip", "w") as archive:
        for number in range(80):
            archive.writestr(f"{number}.bin", noise)
            archive.writestr(f"{number}.txt", colon_page(project_number=f"2016/1{number:04}"))
    with (folder / "z.warc").open("wb") as warc:
        for number in range(80):
            warc.write(warc_record("image/png", noise))
            page = colon_page(project_number=f"2016/2{number:04}")
            warc.write(warc_record("text/plain", page.encode()))
    return folder


def warc_record(media: str, content: bytes) -> bytes:
    head = f"WARC/1.0\r\nWARC-Type: resource\r\nContent-Type: {media}\r\n"
    return b"%b\r\n\r\n" % (f"{head}Content-Length: {len(content)}\r\n\r\n".encode() + content)


@pytest.fixture(scope="module")
def undisturbed(crawls: Path, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    target = tmp_path_factory.mktemp("whole") / "out.jsonl"
    subprocess.run(command(crawls, target), check=True)
    return target.read_bytes()


def command(crawls: Path, target: Path, *options: str | Path) -> list[str]:
    return [
        *(sys.executable, "-m", "esfkit", "ingest", str(crawls), "-q"),
        *("-o", str(target), "--workers", "2", *map(str, options)),
    ]


def test_a_run_killed_at_any_moment_is_taken_up_where_it_was(
    crawls: Path, undisturbed: bytes, tmp_path: Path
) -> None:
    dice = random.Random(5)  # noqa: S311 - moments, no secrets
    for moment in range(MOMENTS):
        kept, target = tmp_path / f"kept-{moment}", tmp_path / f"out-{moment}.jsonl"
        begun = command(crawls, target, "--receipts", kept)
        with subprocess.Popen(begun, start_new_session=True) as process:
            sleep(dice.uniform(0.05, 2.5))
            process.send_signal(signal.SIGKILL)
            process.wait()
        done = set(kept.glob("*.json")) - {kept / "run.json"}
        before = {path: path.stat().st_mtime_ns for path in done}

        subprocess.run(begun, check=True)

        assert target.read_bytes() == undisturbed, moment
        assert all(path.stat().st_mtime_ns == before[path] for path in done), moment
        assert not list(tmp_path.glob("*.part")) + list(kept.glob("*.part"))
    assert no_worker_is_left()


def test_single_workers_killed_at_any_moment_cost_nothing(
    crawls: Path, undisturbed: bytes, tmp_path: Path
) -> None:
    dice = random.Random(6)  # noqa: S311 - as above
    killed = 0
    for moment in range(MOMENTS):
        target = tmp_path / f"out-{moment}.jsonl"
        with subprocess.Popen(command(crawls, target)) as process:
            while not (children := list(children_of(process.pid))) and process.poll() is None:
                sleep(0.01)
            sleep(dice.uniform(0, 1))
            for number in children[:1]:
                with suppress(ProcessLookupError):  # it was done already
                    os.kill(number, signal.SIGKILL)
                    killed += 1
            assert process.wait(60) == 0
        assert target.read_bytes() == undisturbed, moment
    assert killed > MOMENTS // 2


def children_of(parent: int) -> Iterator[int]:
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            if int(status.read_text().rpartition(")")[2].split()[1]) == parent:
                yield int(status.parent.name)
        except OSError:
            continue


def no_worker_is_left() -> bool:
    """Whether all workers of killed runs have ended, given some seconds."""
    until = monotonic() + 10
    while monotonic() < until:
        if not any("esfkit.pipeline.worker" in command_of(number) for number in children_of(1)):
            return True
        sleep(0.2)
    return False


def command_of(number: int) -> str:
    try:
        return Path(f"/proc/{number}/cmdline").read_text()
    except OSError:
        return ""


def test_eight_writers_to_one_target_leave_a_whole_dataset(
    crawls: Path, tmp_path: Path
) -> None:
    target = tmp_path / "out.parquet"
    one = str(crawls / "00.jsonl")
    begun = [sys.executable, "-m", "esfkit", "ingest", one, "-q", "-o", str(target)]
    subprocess.run(begun, check=True)
    expected = read_dataset(target).collect()
    torn: list[str] = []
    writing = True

    def read_on() -> None:
        while writing:
            try:
                if not read_dataset(target).collect().equals(expected):
                    torn.append("other rows")
            except Exception as error:  # noqa: BLE001 - whatever it is, it is told
                torn.append(repr(error))

    reader = Thread(target=read_on)
    reader.start()
    for _ in range(3):
        writers = [subprocess.Popen(begun) for _ in range(8)]
        assert [writer.wait(60) for writer in writers] == [0] * 8
    writing = False
    reader.join()

    assert torn == []
    assert [path.name for path in tmp_path.iterdir()] == ["out.parquet"]
