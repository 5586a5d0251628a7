import subprocess
import sys
from importlib.metadata import version
from pathlib import Path
from time import perf_counter

import pytest

from esfkit import cli
from esfkit.cli.app import _COMMANDS, run
from programs import Invoke, Run

NAMES = [name for members in _COMMANDS.values() for name in members]
HEAVY = {"polars", "rich", "resiliparse", "ftfy"}


def test_the_help_lists_every_command_in_its_group(invoke: Invoke) -> None:
    shown = invoke("--help").stdout

    assert all(f"{group}:" in shown for group in _COMMANDS)
    assert all(f"\n  {name} " in shown for name in NAMES)


def test_without_a_command_the_help_is_shown(invoke: Invoke) -> None:
    assert invoke().stdout == invoke("--help").stdout


@pytest.mark.parametrize("name", NAMES)
def test_each_command_has_a_short_line_and_real_examples(name: str, invoke: Invoke) -> None:
    shown = invoke(name, "--help").stdout
    line = next(
        line for line in invoke("--help").stdout.splitlines() if line.startswith(f"  {name} ")
    )

    assert not line.endswith("...")
    assert f"Examples:\n    esfkit {name}" in shown or f"esfkit {name} -" in shown
    assert max(map(len, shown.splitlines())) <= 100


@pytest.mark.parametrize("arguments", [["--help"], ["--version"], ["summary", "--help"]])
def test_help_loads_nothing_heavy(arguments: list[str]) -> None:
    code = (
        "import sys\n"
        f"sys.argv = ['esfkit', *{arguments!r}]\n"
        "from esfkit.cli import main\n"
        "try:\n    main()\n"
        "except SystemExit as end:\n    assert end.code == 0, end.code\n"
        f"met = sorted({HEAVY!r} & set(sys.modules))\n"
        "sys.stderr.write(','.join(met))\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)

    assert done.stderr == b""
    assert done.stdout


@pytest.mark.slow
@pytest.mark.parametrize(("arguments", "most"), [(["--version"], 4), (["--help"], 15)])
def test_the_start_is_fast(arguments: list[str], most: float) -> None:
    def fastest(*command: str) -> float:
        times = []
        for _ in range(9):
            start = perf_counter()
            subprocess.run([sys.executable, *command], capture_output=True, check=True)
            times.append(perf_counter() - start)
        return min(times)

    assert fastest("-m", "esfkit", *arguments) <= most * fastest("-c", "pass")


def test_the_version_is_one_line_whichever_way_it_is_asked_for(
    spawn: Run,
    invoke: Invoke,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(sys, "argv", ["esfkit", "--version"])
    with pytest.raises(SystemExit) as left:
        cli.main()

    assert left.value.code == 0
    shown = capsys.readouterr().out
    assert shown == f"esfkit {version('esfkit')}\n"
    assert shown == invoke("--version").stdout == spawn("--version").stdout.decode()


def test_main_runs_the_command_of_the_arguments(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["esfkit", "codes", "nolist"])
    with pytest.raises(SystemExit) as left:
        cli.main()

    assert left.value.code == 2
    assert "nolist" in capsys.readouterr().err


def test_arguments_can_be_given(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        run(["codes", "counties", "--format", "csv"])

    assert left.value.code == 0
    assert capsys.readouterr().out.startswith("list,code,name_sv")


def test_the_shell_can_complete(spawn: Run) -> None:
    done = spawn("--", "esfkit summary --by start", env={"_ESFKIT_COMPLETE": "zsh"})

    assert done.returncode == 0
    assert done.stdout == b"start_year\t.\tStart year\n"


def test_no_home_and_a_narrow_dumb_terminal_do_no_harm(spawn: Run, page: Path) -> None:
    env = {"HOME": "", "TERM": "dumb", "COLUMNS": "20", "LC_ALL": "C"}
    for command in (["--help"], ["explain", page], ["summary", page, "--format", "table"]):
        done = spawn(*command, env=env)

        assert done.returncode == 0, done.stderr
        assert b"Traceback" not in done.stderr
