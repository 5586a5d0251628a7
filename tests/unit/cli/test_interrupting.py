import signal
import subprocess
import sys
from pathlib import Path

import pytest

from esfkit.cli.interrupting import leave_at_once, unwind_from_here

# The program as its entry point starts it, interrupted where a module is about to be loaded.
PROGRAM = """
import os, signal, sys

module, handler, *arguments = sys.argv[1:]

class Interrupting:
    def find_spec(self, name, path=None, target=None):
        if name == module:
            sys.meta_path.remove(self)
            os.kill(os.getpid(), signal.SIGINT)

# Whoever runs the tests in the background lets its children ignore SIGINT.
signal.signal(signal.SIGINT, getattr(signal, handler))
sys.meta_path.insert(0, Interrupting())
from esfkit.cli import main
sys.argv[1:] = arguments
main()
"""


def interrupted_at(
    module: str, *arguments: str | Path, handler: str = "default_int_handler"
) -> subprocess.CompletedProcess[bytes]:
    words = (module, handler, *map(str, arguments))
    return subprocess.run(
        [sys.executable, "-c", PROGRAM, *words], capture_output=True, check=False
    )


@pytest.mark.parametrize(
    "module",
    [
        "typer",
        "esfkit.cli.app",
        "esfkit.cli.exits",
        "esfkit.cli.notes",
        "esfkit.cli.commands.ingest",
        "esfkit.cli.commands.timeline",
        "esfkit.cli.ingestion.ingesting",
        "pydantic",
        "esfkit.pipeline.run",
    ],
)
def test_an_interrupt_while_the_program_loads_is_told_in_one_line(
    module: str, page: Path
) -> None:
    done = interrupted_at(module, "ingest", page)

    assert done.stderr == b"esfkit: interrupted\n"
    assert (done.returncode, done.stdout) == (130, b"")


def test_an_interrupt_while_tables_are_loaded_is_told_in_one_line(page: Path) -> None:
    done = interrupted_at("polars", "summary", page)

    assert (done.returncode, done.stderr) == (130, b"esfkit: interrupted\n")


def test_whoever_lets_the_program_ignore_interrupts_is_obeyed(page: Path) -> None:
    done = interrupted_at("typer", "ingest", page, handler="SIG_IGN")

    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.count(b"\n") == 1


def test_an_interrupt_unwinds_the_program_once_it_works() -> None:
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        leave_at_once()
        assert signal.getsignal(signal.SIGINT) is not signal.default_int_handler
        unwind_from_here()
        assert signal.getsignal(signal.SIGINT) is signal.default_int_handler
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        leave_at_once()
        unwind_from_here()
        assert signal.getsignal(signal.SIGINT) is signal.SIG_IGN
    finally:
        signal.signal(signal.SIGINT, before)
