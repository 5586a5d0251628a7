"""Run a program and tell what its whole tree of processes took. Linux only.

Processor time is that of the process and of every descendant that was waited for. Memory
is VmHWM of each process, looked at now and then: a child's ``ru_maxrss`` would inherit
its parent's peak, and so would a look at a child that has not yet become its own program,
for which reason the last look at a process counts and not the highest.
"""

import os
import platform
import re
import signal
import subprocess
import sys
import tempfile
import textwrap
import threading
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple

_PEAK = re.compile(r"VmHWM:\s{1,9}([0-9]{1,15}) kB")
_PROC = Path("/proc")
_WIDTH = 80
_LONGEST = 400
"""Characters of a complaint that are shown."""


class Took(NamedTuple):
    """What one run took.

    Attributes:
        wall: Seconds.
        cpu: Seconds of processor, user and system, of the whole tree.
        largest: Peak resident memory of the largest process, in bytes.
        together: The sum of the peaks of all processes: no less than the tree ever had.
        processes: How many processes were seen.
        code: Exit code.
        said: What it wrote to standard error.
    """

    wall: float
    cpu: float
    largest: int
    together: int
    processes: int
    code: int
    said: str


def run(
    command: Sequence[str],
    environment: Mapping[str, str] | None = None,
    every: float = 0.05,
    limit: float = 1_800,
) -> Took:
    """Run a program, its output thrown away, and return what it took.

    Args:
        command: The program and its arguments.
        environment: Variables to set besides those that are set already.
        every: Seconds between two looks at the memory.
        limit: Seconds after which the whole tree is killed: exit code -9.
    """
    if not _PROC.joinpath("self", "status").exists():
        raise SystemExit("Memory is read from /proc, which only Linux has.")
    surroundings = {**os.environ, **(environment or {})}
    with tempfile.TemporaryFile() as said:
        begin = time.perf_counter()
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=said,
            env=surroundings,
        )
        watch = _Watch(process.pid, every, limit)
        # Not process.wait, which keeps the times of the tree to itself.
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - begin
        process.returncode = os.waitstatus_to_exitcode(status)
        peaks = watch.end()
        said.seek(0)
        words = said.read().decode(errors="replace")
    cpu = usage.ru_utime + usage.ru_stime
    largest, together = max(peaks, default=0), sum(peaks)
    return Took(wall, cpu, largest, together, len(peaks), process.returncode, words)


class _Watch:
    """Looks at the memory of a tree of processes until told to end."""

    def __init__(self, root: int, every: float, limit: float) -> None:
        self._root, self._every = root, every
        self._end = time.monotonic() + limit
        self._peaks: dict[int, int] = {}
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)
        self._thread.start()

    def _look(self) -> None:
        while True:
            for pid in _tree(self._root):
                self._peaks[pid] = _peak(pid) or self._peaks.get(pid, 0)
            if self._over.wait(self._every):
                return
            if time.monotonic() > self._end:
                _kill(self._root)
                return

    def end(self) -> list[int]:
        """Return the peak of each process, in bytes."""
        self._over.set()
        self._thread.join()
        return list(self._peaks.values())


def _tree(root: int) -> list[int]:
    """Return the process and all its descendants."""
    waiting, met = [root], []
    while waiting:
        pid = waiting.pop()
        met.append(pid)
        for children in _PROC.glob(f"{pid}/task/*/children"):
            try:
                waiting.extend(int(child) for child in children.read_text().split())
            except OSError:
                continue  # it has ended meanwhile
    return met


def _kill(root: int) -> None:
    for pid in _tree(root):
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)


def _peak(pid: int) -> int:
    """Return the peak resident memory of a process in bytes; 0 where it has ended."""
    try:
        found = _PEAK.search(_PROC.joinpath(str(pid), "status").read_text())
    except OSError:
        return 0
    return int(found[1]) * 1024 if found else 0


# --- what every benchmark of whole processes needs --------------------------------------


def ingest_command(source: Path, output: Path, workers: int | None = None) -> list[str]:
    """Return the command that ingests a source; the program's own number of workers."""
    several = [] if workers is None else ["--workers", str(workers)]
    ending = ["-o", str(output), "--quiet", *several]
    return [sys.executable, "-m", "esfkit", "ingest", str(source), *ending]


def folded(words: str) -> str:
    """Return words of any length as indented lines of a table."""
    return textwrap.fill(
        words[:_LONGEST], _WIDTH, initial_indent="  ", subsequent_indent="    "
    )


def complaint(took: Took) -> str:
    """Return why a program failed."""
    return f"exit {took.code}: {' '.join(took.said.split())}"


def machine() -> str:
    """Return what the figures depend on, in two lines."""
    packages = ", ".join(
        f"{name} {version(name)}" for name in ("esfkit", "polars", "zstandard")
    )
    return (
        f"Python {platform.python_version()}, {packages}\n"
        f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores, "
        f"load {os.getloadavg()[0]:.1f}"
    )
