"""What a tree of processes took, its children's memory and time with it."""

import importlib
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[2] / "benchmarks"))  # scripts, not a package
processes = importlib.import_module("processes")

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="memory is read from /proc")

CHILD = "import time; x = bytearray(120_000_000); time.sleep(0.3)"
PARENT = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {CHILD!r}])"


def test_the_memory_of_a_child_counts() -> None:
    took = processes.run([sys.executable, "-c", PARENT], every=0.01)

    assert took.processes == 2
    assert 120_000_000 < took.largest < 160_000_000
    assert took.together > took.largest


def test_the_time_of_a_child_counts() -> None:
    work = "import time\nwhile time.process_time() < 0.5: pass"
    parent = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {work!r}])"

    assert 0.5 <= processes.run([sys.executable, "-c", parent]).cpu < 1


def test_the_peak_of_this_process_is_not_taken_for_the_programs() -> None:
    held = bytearray(300_000_000)
    took = processes.run([sys.executable, "-c", "import time; time.sleep(0.2)"], every=0.001)

    assert len(held) == 300_000_000
    assert 0 < took.largest < 60_000_000


def test_a_failure_is_told_with_its_words() -> None:
    took = processes.run([sys.executable, "-c", "import sys; sys.exit('no such\\nthing')"])

    assert processes.complaint(took) == "exit 1: no such thing"


def test_what_never_ends_is_ended_with_its_children() -> None:
    child = "import time; time.sleep(60)"
    parent = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {child!r}])"
    took = processes.run([sys.executable, "-c", parent], limit=0.5)

    assert took.code == -9
    assert took.wall < 10
    assert took.processes == 2
