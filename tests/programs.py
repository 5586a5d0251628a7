"""What the tests of the command line run: the program's fixtures, by their types."""

import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Protocol

from typer.testing import Result

from esfkit.model.record import Record


class Run(Protocol):
    """Runs the program with arguments, standard input and environment, in an empty folder."""

    def __call__(
        self,
        *arguments: str | Path,
        stdin: bytes | None = None,
        env: Mapping[str, str] | None = None,
    ) -> subprocess.CompletedProcess[bytes]: ...


class Invoke(Protocol):
    """Runs a command in this process, at 80 columns."""

    def __call__(self, *arguments: str | Path, stdin: bytes | None = None) -> Result: ...


class Make(Protocol):
    """Writes records to a Parquet file and returns its path."""

    def __call__(self, *records: Record, name: str = "data.parquet") -> Path: ...


Harmless = Callable[[bytes], bool]
"""Tells whether nothing in some output is obeyed by a terminal."""
