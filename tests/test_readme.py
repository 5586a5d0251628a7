"""The README's commands, replayed: what it shows is what comes out."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


def plain(text: str) -> str:
    """The text with ordinary blanks: figures hold no-break ones, which nobody sees."""
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def commands() -> Iterator[tuple[str, str]]:
    """Every `$ command` of the README's console blocks with the output below it."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    for block in re.findall(r"```console\n(.*?)```", readme, re.DOTALL):
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, _, output = part.partition("\n")
            yield command, output


def test_the_python_of_the_readme_runs(tmp_path: Path) -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    code = "".join(re.findall(r"```python\n(.*?)```", readme, re.DOTALL))
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    esfkit = [sys.executable, "-m", "esfkit"]
    ingest = [*esfkit, "ingest", "examples", "-o", "projects.parquet", "--quiet"]
    subprocess.run(ingest, cwd=tmp_path, check=True)
    checked = f"{code}\nassert budget == 26150000\nassert table.height > 5\n"

    subprocess.run([sys.executable, "-c", checked], cwd=tmp_path, check=True)


def test_the_readme_shows_what_its_commands_print(tmp_path: Path) -> None:
    if shutil.which("bash") is None:
        pytest.skip("the README's commands are written for bash")
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    env = {**os.environ, "PATH": path, "COLUMNS": "80", "LC_ALL": "C.UTF-8", "NO_COLOR": "1"}
    shown, printed = [], []
    for command, output in commands():
        run = subprocess.run(
            ["bash", "-c", command], cwd=tmp_path, env=env, capture_output=True, check=False
        )
        shown.append((command, plain(output), b""))
        printed.append((command, plain(run.stdout.decode("utf-8")), run.stderr))

    assert printed == shown
    assert len(shown) >= 5
