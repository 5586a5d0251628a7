"""Pages, crawls, datasets and the program itself."""

import csv
import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from io import BytesIO, TextIOWrapper
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from esfkit.cli import app
from esfkit.dataset.frame import to_frame
from esfkit.model.record import Record
from esfkit.output.parquet import write_parquet
from esfkit.sources import shards
from factories import a_full_project, a_project
from pages import PRACTICE, call_page, colon_page
from programs import Harmless, Invoke, Make, Run

PAGE = """2016/00999 - Nya vägar i Arvika

Projektnummer:
2016/00999
Projektägare:
Arvika kommun, Arvika kommun
Namn:
Nya vägar i Arvika
Region:
Norra Mellansverige
Planerat antal deltagare:
120
Projektperiod:
2016-09-01 - 2019-02-28
Total projektbudget:
5 000 000
Beviljat ESF-stöd:
3 350 000
Kontaktperson:
Tora Provsdotter
E-post:
tora.provsdotter@exempel.se
Programområde:
2
Specifikt mål:
2.1

Sammanfattning

Den som saknar arbete får en väg dit.
"""

HOSTILE = "Evil \x1b[31m\x1b]0;title\x07 \u202egnp.exe [red]bold[/] [/] \x9b2J end"


@pytest.fixture
def page(tmp_path: Path) -> Path:
    path = tmp_path / "page.txt"
    path.write_text(PAGE, encoding="utf-8")
    return path


@pytest.fixture
def dataset(tmp_path: Path) -> Make:
    """Write records to a Parquet file and return its path."""

    def make(*records: Record, name: str = "data.parquet") -> Path:
        given = records or (a_full_project(), a_project("2016/00001", title="Ett"))
        path = tmp_path / name
        with path.open("wb") as stream:
            write_parquet(to_frame(given), stream)
        return path

    return make


@pytest.fixture
def invoke() -> Invoke:
    """Run a command in this process, at 80 columns."""

    def invoked(*arguments: str | Path, stdin: bytes | None = None) -> Result:
        runner = CliRunner(env={"COLUMNS": "80"})
        return runner.invoke(
            app.program, [str(each) for each in arguments], input=stdin, catch_exceptions=False
        )

    return invoked


@pytest.fixture
def run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes]
) -> Run:
    """Run the program as its entry point does, but in this process."""
    folder = tmp_path / "here"
    folder.mkdir()

    def ran(
        *arguments: str | Path,
        stdin: bytes | None = None,
        env: Mapping[str, str] | None = None,
    ) -> subprocess.CompletedProcess[bytes]:
        monkeypatch.chdir(folder)
        monkeypatch.setattr(sys, "stdin", TextIOWrapper(BytesIO(stdin or b"")))
        for name, value in {"COLUMNS": "80", **(env or {})}.items():
            monkeypatch.setenv(name, value)
        capsysbinary.readouterr()
        with pytest.raises(SystemExit) as left:
            app.run([str(each) for each in arguments])
        output, said = capsysbinary.readouterr()
        code = left.value.code
        assert isinstance(code, int)
        return subprocess.CompletedProcess(arguments, code, output, said)

    return ran


@pytest.fixture
def spawn(tmp_path: Path) -> Run:
    """Run the program as a process of its own, in an empty folder."""

    def spawned(
        *arguments: str | Path,
        stdin: bytes | None = None,
        env: Mapping[str, str] | None = None,
    ) -> subprocess.CompletedProcess[bytes]:
        folder = tmp_path / "spawned"
        folder.mkdir(exist_ok=True)
        return subprocess.run(
            [sys.executable, "-m", "esfkit", *map(str, arguments)],
            input=stdin,
            stdin=subprocess.DEVNULL if stdin is None else None,
            capture_output=True,
            check=False,
            cwd=folder,
            env={**os.environ, "COLUMNS": "80", **(env or {})},
        )

    return spawned


@pytest.fixture
def hostile_text() -> str:
    return HOSTILE


@pytest.fixture
def hostile_page(tmp_path: Path) -> Path:
    path = tmp_path / "pa\x1b[31mge.txt"
    path.write_text(PAGE.replace("Nya vägar i Arvika", HOSTILE), encoding="utf-8")
    return path


@pytest.fixture
def harmless() -> Harmless:
    """Tell whether nothing in some output is obeyed by a terminal."""
    return _is_harmless


def _is_harmless(output: bytes) -> bool:
    text = output.decode()
    return not any(
        (ord(letter) < 32 and letter != "\n")
        or 0x7F <= ord(letter) < 0xA0
        or 0x202A <= ord(letter) <= 0x202E
        or 0x2066 <= ord(letter) <= 0x2069
        for letter in text
    )


@pytest.fixture
def small_shards(monkeypatch: pytest.MonkeyPatch) -> None:
    """Shards of a few kilobytes, so that a small file is cut into many."""
    monkeypatch.setattr(shards, "SHARD_BYTES", 4096)
    monkeypatch.setattr(shards, "_GROUP_BYTES", 2048)


@pytest.fixture
def crawl(tmp_path: Path) -> Path:
    """A crawl of 200 pages, of which 4 are projects, one a call and one a practice page."""
    path = tmp_path / "crawl.jsonl"
    with path.open("w", encoding="utf-8") as file:
        for number in range(200):
            row = {"url": f"https://exempel.se/{number}", "text": _page(number)}
            file.write(f"{json.dumps(row, ensure_ascii=number % 2 == 0)}\n")
    return path


def _page(number: int) -> str:
    if number % 50 == 7:
        return colon_page(project_number=f"2016/{number:05}", title=f"Väg {number}")
    if number == 99:
        return call_page()
    if number == 120:
        return PRACTICE
    return f"Sida {number} handlar om något annat än projekt. " * 4


@pytest.fixture
def usual_cells() -> Iterator[None]:
    """Let the csv module take cells of its usual length.

    The length holds for the whole process, and the tests of the benchmarks raise it.
    """
    before = csv.field_size_limit(131_072)
    yield
    csv.field_size_limit(before)
