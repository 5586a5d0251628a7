"""Transcripts in the documentation: commands with what they print, to be replayed."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple


class Transcript(NamedTuple):
    """A command, what it prints and what it says on standard error."""

    command: str
    output: str
    said: str = ""


def transcripts_of(page: Path) -> Iterator[Transcript]:
    """Yield every `$ command` of a page's console blocks with the output below it."""
    text = page.read_text(encoding="utf-8")
    for block in re.findall(r"```console\n(.*?)```", text, re.DOTALL):
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, _, output = part.partition("\n")
            yield Transcript(command, plain(output))


def python_of(page: Path) -> list[str]:
    """Return the blocks of Python of a page."""
    return re.findall(r"```python\n(.*?)```", page.read_text(encoding="utf-8"), re.DOTALL)


def replayed(command: str, folder: Path) -> Transcript:
    """Return what a command prints in a folder, at 80 columns and without colours."""
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    env = {**os.environ, "PATH": path, "COLUMNS": "80", "LC_ALL": "C.UTF-8", "NO_COLOR": "1"}
    run = subprocess.run(
        ["bash", "-c", command], cwd=folder, env=env, capture_output=True, check=False
    )
    return Transcript(command, plain(run.stdout.decode()), run.stderr.decode())


def plain(text: str) -> str:
    """Return the text with ordinary blanks: figures hold no-break ones, which nobody sees."""
    return text.replace("\u00a0", " ").replace("\u202f", " ")
