import fcntl
import os
import pty
import re
import select
import shutil
import struct
import subprocess
import sys
import termios
from collections.abc import Iterator
from pathlib import Path
from time import monotonic, perf_counter
from typing import Any

import pytest
import typer

from esfkit.analysis.figures import measures
from esfkit.analysis.figures.measures import WORDS as MEASURED
from esfkit.analysis.figures.measures import named_measures
from esfkit.analysis.figures.money import BY_START
from esfkit.analysis.grouping.classes import CLASSES
from esfkit.analysis.grouping.keys import KEYS, SHARED
from esfkit.analysis.time.spread import BUCKETS_A_YEAR
from esfkit.analysis.time.timeline import at_of
from esfkit.cli import app, words
from esfkit.cli.completing import offers
from esfkit.cli.completing.answer import SHELLS, answer, suggestions
from esfkit.cli.completing.conditions import layout_names, values_of
from esfkit.cli.completing.line import Line, read_line
from esfkit.dataset.columns import SCHEMA
from esfkit.layouts.layout import all_layouts
from programs import Run

SCRIPTS = Path(sys.executable).parent
PROGRAM: Any = typer.main.get_command(app.program)
LONGEST_WAIT = 60.0


def offered(line: str) -> list[str] | None:
    found = suggestions(PROGRAM, read_line(line))
    return None if found is None else [each.value for each in found]


# --- the words are those that the commands go by


def test_the_keys_are_those_of_the_groups() -> None:
    assert words.KEYS == KEYS
    assert words.SHARED == SHARED
    assert words.CLASSES == CLASSES


def test_the_measures_are_those_of_the_catalogue() -> None:
    assert tuple(words.MEASURES) == MEASURED
    assert [named_measures([word])[0].name for word in MEASURED] == [*words.MEASURES.values()]


def test_the_statistics_are_all_there_are() -> None:
    assert tuple(measures._STATISTICS) == words.STATISTICS  # noqa: SLF001


def test_the_words_of_a_timeline_are_known() -> None:
    assert tuple(BUCKETS_A_YEAR) == words.SPANS
    assert tuple(at_of(each) for each in words.PLACES) == words.PLACES
    assert words.AVERAGE == BY_START


def test_the_layouts_are_all_there_are() -> None:
    assert layout_names() == tuple(layout.name for layout in all_layouts())


def test_every_option_that_is_completed_exists() -> None:
    spelled = {
        name: {spelling for param in command.params for spelling in param.opts}
        for name, command in {**PROGRAM.commands, "": PROGRAM}.items()
    }

    assert offers._OPTIONS.keys() <= set().union(*spelled.values())  # noqa: SLF001
    assert all(own.keys() <= spelled[name] for name, own in offers._OPTIONS_OF.items())  # noqa: SLF001
    assert offers._ARGUMENTS.keys() <= PROGRAM.commands.keys()  # noqa: SLF001


@pytest.mark.parametrize(
    "column", ["region", "fund", "phase", "layout", "kind", "municipalities"]
)
def test_the_values_are_of_columns_that_exist(column: str) -> None:
    assert column in SCHEMA
    assert values_of(column)


# --- the line


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("esfkit", Line((), "", "")),
        ("esfkit ", Line((), "", "")),
        ("esfkit summary --by reg", Line(("summary", "--by"), "reg", "")),
        ("esfkit summary --by ", Line(("summary", "--by"), "", "")),
        ("esfkit list --where \"region == 'S", Line(("list", "--where"), "region == 'S", '"')),
        ("esfkit list a\\ ", Line(("list",), "a ", "")),
        ("esfkit list 'a \"b", Line(("list",), 'a "b', "'")),
        ("esfkit list 'a b' 'c", Line(("list", "a b"), "c", "'")),
        ("esfkit list a\\ b\\", Line(("list",), "a b", "")),
        ("esfkit list # x", Line(("list", "#"), "x", "")),
        ("", Line((), "", "")),
    ],
)
def test_a_line_is_cut_as_shells_cut_it(line: str, expected: Line) -> None:
    assert read_line(line) == expected


# --- what is offered


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("esfkit sum", ["summary"]),
        ("esfkit --ver", ["--version"]),
        ("esfkit summary --he", ["--help"]),
        ("esfkit --completion z", ["zsh"]),
        ("esfkit summary --by reg", ["region", "region_code"]),
        ("esfkit summary --by region,reg", ["region,region_code"]),
        ("esfkit summary --by=reg", ["--by=region", "--by=region_code"]),
        ("esfkit pivot --rows coun", ["county"]),
        ("esfkit timeline --by coun", []),
        ("esfkit pivot --cols fu", ["fund"]),
        ("esfkit pivot --value support.q", ["support.q1", "support.q3", "support.quartiles"]),
        ("esfkit summary --measures budget,wom", ["budget,women", "budget,women_share"]),
        ("esfkit summary --measures nothing.m", []),
        ("esfkit summary --sort -support.med", ["-support.median"]),
        ("esfkit summary --sort owner_t", ["owner_type"]),
        ("esfkit list --sort -esf_support_s", ["-esf_support_sek"]),
        ("esfkit list --columns record_id,tit", ["record_id,title"]),
        ("esfkit list --format j", ["json", "jsonl"]),
        ("esfkit export x --as ko", ["kohesio"]),
        ("esfkit export x --eur 201", [str(year) for year in range(2010, 2020)]),
        ("esfkit summary --eur a", ["avg"]),
        ("esfkit summary --edges dur", ["duration="]),
        ("esfkit summary --shares-of r", ["row"]),
        ("esfkit summary --kind project,c", ["project,call"]),
        ("esfkit summary --lang s", ["sv"]),
        ("esfkit timeline --every q", ["quarter"]),
        ("esfkit timeline --at s", ["start"]),
        ("esfkit check --fail-on w", ["warning"]),
        ("esfkit check --fail-on warning --form", ["--format"]),
        ("esfkit summary --no-t", ["--no-totals"]),
        ("esfkit summary --bars --by reg", ["region", "region_code"]),
        ("esfkit codes reg", ["regions"]),
        ("esfkit layouts esf-f", ["esf-fond"]),
        ("esfkit help mo", ["money"]),
        ("esfkit explain x --field tit", ["title"]),
        ("esfkit receipts v", ["verify"]),
        ("esfkit nothing x", []),
        ("esfkit summary pro", None),
        ("esfkit summary -o x.csv pro", None),
        ("esfkit summary -o pro", None),
        ("esfkit summary --output=pro", None),
        ("esfkit codes regions reg", None),
        ("esfkit list -", None),
    ],
)
def test_what_fits_is_offered(line: str, expected: list[str] | None) -> None:
    assert offered(line) == expected


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("reg", ["region", "region_code"]),
        ("titl", ["title == '", "title != '", "title in ('", "title like '%",
                  "title is null", "title is not null"]),
        ("title is no", ["title is not null"][:0]),
        ("title i", ["title in ('", "title is null", "title is not null"]),
        ("period_start ", ["period_start >= '", "period_start <= '", "period_start is null",
                           "period_start is not null"]),
        ("esf_share >", []),
        ("esf_share ", ["esf_share >= ", "esf_share <= ", "esf_share == ",
                        "esf_share is null", "esf_share is not null"]),
        ("region == 'öst", ["region == 'Östra Mellansverige'"]),
        ("region == Syd", ["region == 'Sydsverige'"]),
        ("region in ('Stockholm', 'Syd", ["region in ('Stockholm', 'Sydsverige'"]),
        ("(fund = 'E' and region_code != 'SE1",
         ["(fund = 'E' and region_code != 'SE11'", "(fund = 'E' and region_code != 'SE12'"]),
        ("fund == 'ESF' ", ["fund == 'ESF' and ", "fund == 'ESF' or "]),
        ("fund is null a", ["fund is null and "]),
        ("fund == 'ESF' and layou",
         [f"fund == 'ESF' and layout {sign}" for sign in
          ("== '", "!= '", "in ('", "like '%", "is null", "is not null")]),
        ("title == 'x", []),
        ("region not in ('Stock", ["region not in ('Stockholm'"]),
        ("region in ('S') ", ["region in ('S') and ", "region in ('S') or "]),
        ("esf_share > 0.5 a", ["esf_share > 0.5 and "]),
        ("not (fun", [f"not (fund {sign}" for sign in
                      ("== '", "!= '", "in ('", "like '%", "is null", "is not null")]),
        ("nothing ", []),
        ("'", []),
    ],
)  # fmt: skip
def test_a_condition_goes_on_by_a_column_a_sign_or_a_value(
    written: str, expected: list[str]
) -> None:
    assert offered(f'esfkit list --where "{written}') == expected


def test_a_column_is_told_by_its_heading(capsys: pytest.CaptureFixture[str]) -> None:
    assert answer(PROGRAM, ["--", "esfkit summary --by start"]) == 0
    assert capsys.readouterr().out == "start_year\t.\tStart year\n"


def test_where_files_may_stand_too_the_shell_is_told(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert answer(PROGRAM, ["--", "esfkit summary "]) == 1
    assert capsys.readouterr().out == ""


def test_an_unfinished_call_lists_the_commands(capsys: pytest.CaptureFixture[str]) -> None:
    assert answer(PROGRAM, []) == 0
    assert capsys.readouterr().out.startswith("ingest\t.\t")


@pytest.mark.parametrize(
    ("line", "replaced", "expected"),
    [
        ("esfkit summary --by=reg", "reg", ["region", "region_code"]),
        ("esfkit summary --edges dur", "dur", ["duration="]),
        ("esfkit list --where \"region == 'Sy", "region == 'Sy", ["region == 'Sydsverige'"]),
        ("esfkit list --where region\\ ==\\ \\'Sm", "\\ \\'Sm",
         ["\\ \\'Småland\\ och\\ Öarna\\'"]),
        ('esfkit list --where "fund is null a', "fund is null a",
         ["fund is null and ", "fund is null and ..."]),
    ],
)  # fmt: skip
def test_bash_is_given_what_it_puts_in(
    line: str,
    replaced: str,
    expected: list[str],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("_ESFKIT_COMPLETE", "bash")
    assert answer(PROGRAM, ["--", line, replaced]) == 0

    shown = capsys.readouterr().out.splitlines()

    assert [each.split("\t")[0] for each in shown] == expected


# --- the program


@pytest.mark.parametrize("shell", SHELLS)
def test_the_script_of_a_shell_asks_esfkit(shell: str, run: Run) -> None:
    done = run("--completion", shell)

    assert done.returncode == 0
    assert f"_ESFKIT_COMPLETE={shell}".encode() in done.stdout


def test_another_shell_is_refused(run: Run) -> None:
    done = run("--completion", "tcsh")

    assert done.returncode == 2
    assert b"The shells are: bash, zsh, fish." in done.stderr


@pytest.mark.parametrize(
    "line", ["esfkit summary --by reg", "esfkit list --where \"region == '", "esfkit codes "]
)
def test_no_table_is_loaded_to_complete(line: str) -> None:
    code = (
        "import os, sys\n"
        "os.environ['_ESFKIT_COMPLETE'] = 'zsh'\n"
        f"sys.argv = ['esfkit', '--', {line!r}]\n"
        "from esfkit.cli import main\n"
        "try:\n    main()\n"
        "except SystemExit as end:\n    assert end.code == 0, end.code\n"
        "met = {'polars', 'pydantic', 'rich'} & set(sys.modules)\n"
        "sys.stderr.write(','.join(sorted(met)))\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)

    assert done.stderr == b""
    assert done.stdout


@pytest.mark.slow
def test_a_completion_is_quick() -> None:
    def fastest(*command: str) -> float:
        times = []
        for _ in range(9):
            start = perf_counter()
            subprocess.run([sys.executable, *command], capture_output=True, check=True, env=env)
            times.append(perf_counter() - start)
        return min(times)

    env = {**os.environ, "_ESFKIT_COMPLETE": "zsh"}
    asked = ("-m", "esfkit", "--", "esfkit list --where \"region == '")

    assert fastest(*asked) <= 15 * fastest("-c", "pass")


# --- the shells themselves

IN_A_TERMINAL = (
    "import fcntl, os, sys, termios\n"
    "os.setsid()\n"
    "fcntl.ioctl(0, termios.TIOCSCTTY, 0)\n"
    "os.execvp(sys.argv[1], sys.argv[1:])\n"
)
STARTS = {
    "bash": (
        ["bash", "--norc", "--noprofile", "-i"],
        'bind "set enable-bracketed-paste off"; source <(esfkit --completion bash)',
    ),
    "zsh": (
        ["zsh", "-f", "-i"],
        "autoload -Uz compinit; compinit -u; source <(esfkit --completion zsh)",
    ),
}
TYPED = [
    ("esfkit summary --by budg", "esfkit summary --by budget_class "),
    ("esfkit summary --by region,coun", "esfkit summary --by region,county "),
    ("esfkit summary --by=coun", "esfkit summary --by=county "),
    ("esfkit summary --edges=dur", "esfkit summary --edges=duration="),
    ("esfkit list --sort -esf_support_s", "esfkit list --sort -esf_support_sek "),
    (
        "esfkit list --where \"region == 'Små",
        "esfkit list --where \"region == 'Småland och Öarna'\" ",
    ),
    ('esfkit list --where "titl', 'esfkit list --where "title '),
    ("esfkit show x /dev/nul", "esfkit show x /dev/null "),
]


class Terminal:
    """A shell at which somebody types."""

    def __init__(self, shell: str, home: Path) -> None:
        self._mine, theirs = pty.openpty()
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 50, 200, 0, 0))
        env = {
            "PATH": os.pathsep.join([str(SCRIPTS), os.environ["PATH"]]),
            "HOME": str(home),
            "ZDOTDIR": str(home),
            "TERM": "dumb",
            "LC_ALL": "C.UTF-8",
            "PS1": "> ",
        }
        command, start = STARTS[shell]
        self._process = subprocess.Popen(
            [sys.executable, "-c", IN_A_TERMINAL, *command],
            stdin=theirs, stdout=theirs, stderr=theirs, env=env, cwd=home,
        )  # fmt: skip
        os.close(theirs)
        self.typed(f"{start}; echo rea''dy\n", "ready")

    def typed(self, keys: str, awaited: str) -> str:
        """What the shell shows after some keys, read until it is what was awaited."""
        os.write(self._mine, keys.encode())
        shown, end = b"", monotonic() + LONGEST_WAIT
        while monotonic() < end and awaited not in plain(shown):
            if select.select([self._mine], [], [], 0.1)[0]:
                shown += os.read(self._mine, 65_536)
        return plain(shown)

    def close(self) -> None:
        self._process.kill()
        self._process.wait()
        os.close(self._mine)


def plain(shown: bytes) -> str:
    text = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", shown.decode("utf-8", "replace"))
    return re.sub(r"[\r\x07]", "", text)


@pytest.fixture(scope="module", params=STARTS)
def terminal(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Terminal]:
    if shutil.which(request.param) is None:
        pytest.skip(f"{request.param} is not installed")
    if not (SCRIPTS / "esfkit").exists():
        pytest.skip("esfkit is not installed as a program")
    opened = Terminal(request.param, tmp_path_factory.mktemp(request.param))
    yield opened
    opened.close()


@pytest.mark.parametrize(("keys", "completed"), TYPED)
def test_bash_and_zsh_complete_what_is_typed(
    terminal: Terminal, keys: str, completed: str
) -> None:
    shown = terminal.typed(f"\x15{keys}\t", completed)
    terminal.typed("\x15", "")

    assert completed in shown


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("esfkit summary --by region,coun", "region,county\tCounty"),
        ("esfkit summary --by=coun", "--by=county\tCounty"),
        ("esfkit list --where \"region == 'Små", "region == 'Småland och Öarna'\tSE21"),
        ("esfkit show x /dev/nul", "/dev/null"),
    ],
)
def test_fish_completes_what_is_typed(line: str, expected: str, tmp_path: Path) -> None:
    if shutil.which("fish") is None:
        pytest.skip("fish is not installed")
    env = {
        "PATH": os.pathsep.join([str(SCRIPTS), os.environ["PATH"]]),
        "HOME": str(tmp_path),
        "LC_ALL": "C.UTF-8",
    }
    code = 'esfkit --completion fish | source; complete -C "$argv[1]"'
    done = subprocess.run(
        ["fish", "--no-config", "-c", code, line], env=env, capture_output=True, check=True
    )

    assert done.stdout.decode().splitlines() == [expected]
