import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import typer

from esfkit.cli.exits import Terminated, code_of
from esfkit.model.errors import BadRequest, EsfkitError, InputRefused, OutputFailed
from programs import Harmless, Run

PROGRAM = (sys.executable, "-m", "esfkit")


def raising(error: BaseException) -> Callable[[], None]:
    def action() -> None:
        raise error

    return action


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (BadRequest("no"), 2),
        (EsfkitError("no"), 2),
        (InputRefused("no"), 3),
        (OutputFailed("no"), 4),
        (OSError(28, "No space left on device"), 4),
        (ValueError("ours"), 70),
        (KeyboardInterrupt(), 130),
        (Terminated(), 143),
    ],
)
def test_each_failure_has_its_code_and_says_one_line(
    error: BaseException, code: int, capsys: pytest.CaptureFixture[str]
) -> None:
    assert code_of(raising(error)) == code

    output, said = capsys.readouterr()
    assert output == ""
    assert said.startswith("esfkit: ")
    assert said.count("\n") == 1


@pytest.mark.parametrize(
    ("error", "code"), [(BrokenPipeError(), 141), (typer.Exit(1), 1), (SystemExit(0), 0)]
)
def test_an_exit_and_a_reader_that_went_away_are_silent(
    error: BaseException, code: int, capsys: pytest.CaptureFixture[str]
) -> None:
    assert code_of(raising(error)) == code
    assert capsys.readouterr() == ("", "")


def test_the_number_that_a_command_returns_is_the_code() -> None:
    assert code_of(lambda: 1) == 1
    assert code_of(lambda: None) == 0


def test_what_was_printed_before_a_failure_is_not_lost(
    capsys: pytest.CaptureFixture[str],
) -> None:
    def action() -> None:
        sys.stdout.write("first\n")
        raise BadRequest("then")

    assert code_of(action) == 2
    assert capsys.readouterr().out == "first\n"


def test_a_message_is_made_harmless(
    capsys: pytest.CaptureFixture[str], hostile_text: str, harmless: Harmless
) -> None:
    code_of(raising(InputRefused(hostile_text)))

    assert harmless(capsys.readouterr().err.encode())


def test_wrong_use_is_told_with_the_help_to_ask_for(spawn: Run) -> None:
    done = spawn("codes", "--bogus")

    assert done.returncode == 2
    assert done.stderr == b"esfkit: No such option: --bogus. See `esfkit codes --help`.\n"


def test_a_mistyped_command_is_guessed(run: Run) -> None:
    done = run("sumary")

    assert done.returncode == 2
    assert b"Did you mean 'summary'?" in done.stderr


def test_a_missing_source_is_refused(run: Run) -> None:
    done = run("ingest", "nowhere/\x1b[31m")

    assert done.returncode == 3
    assert b"\x1b" not in done.stderr
    assert done.stderr.count(b"\n") == 1


# --- pipes and closed streams


def piped(command: str, folder: Path | None = None) -> subprocess.CompletedProcess[bytes]:
    program = " ".join(PROGRAM)
    return subprocess.run(
        ["bash", "-c", f'esfkit() {{ {program} "$@"; }}; {command}'],
        capture_output=True,
        check=False,
        env={**os.environ, "COLUMNS": "80"},
        cwd=folder,
    )


def test_the_pipeline_of_the_issue_works_in_silence(tmp_path: Path, page: Path) -> None:
    done = piped(
        f"cat {page} {page} | esfkit ingest - | esfkit summary - --by programme_area "
        "--format csv | head -2; echo ${PIPESTATUS[*]}",
        tmp_path,
    )

    heading, row, codes = done.stdout.decode().splitlines()
    assert heading.startswith("programme_area,programme_period,projects,total_budget_sek,")
    assert row.startswith("2,2014-2020,1,5000000,1,3350000,1,0.67,1,120,1")
    assert codes in ("0 0 0 0", "0 0 141 0")
    assert done.stderr == b""


def test_a_reader_that_goes_away_ends_the_program_in_silence(
    tmp_path: Path, page: Path
) -> None:
    for number in range(200):
        (tmp_path / f"{number}.txt").write_bytes(page.read_bytes())

    done = piped(f"esfkit ingest {tmp_path} | head -1; echo ${{PIPESTATUS[0]}}")

    assert done.stdout.splitlines()[-1] == b"141"
    assert done.stderr == b""


@pytest.mark.parametrize("command", ["--help", "layouts", "schema", "explain PAGE"])
def test_a_closed_stdout_is_a_reader_that_went_away(command: str, page: Path) -> None:
    done = piped(f"esfkit {command.replace('PAGE', str(page))} >&-; echo $? >&2")

    assert done.stderr == b"141\n"


def test_a_closed_stdout_does_not_matter_where_a_file_is_written(
    tmp_path: Path, page: Path
) -> None:
    target = tmp_path / "out.jsonl"
    done = piped(f"esfkit ingest -q {page} -o {target} >&-; echo $? >&2")

    assert done.stderr == b"0\n"
    assert target.read_bytes().count(b"\n") == 1


def test_a_closed_stderr_does_not_matter(page: Path) -> None:
    done = piped(f"esfkit ingest {page} nowhere 2>&-; echo $?")

    assert done.stdout == b"3\n"


def test_a_closed_stdin_is_refused_where_it_is_asked_for() -> None:
    done = piped("esfkit summary - <&-")

    assert done.returncode == 3
    assert done.stderr.count(b"\n") == 1


@pytest.mark.parametrize("command", ["--help", "codes", "ingest PAGE", "explain PAGE"])
def test_a_full_disk_behind_stdout_is_an_output_that_failed(command: str, page: Path) -> None:
    done = piped(f"esfkit {command.replace('PAGE', str(page))} > /dev/full")

    assert done.returncode == 4
    assert b"Traceback" not in done.stderr
    assert done.stderr.count(b"\n") == 1


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_signal_ends_the_program_and_leaves_the_target_alone(
    number: int, code: int, tmp_path: Path
) -> None:
    # Whoever runs the tests in the background lets its children ignore SIGINT.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    target = tmp_path / "out.jsonl"
    target.write_text("old\n", encoding="utf-8")
    command = [*PROGRAM, "ingest", "-", "-o", str(target)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stderr=subprocess.PIPE, cwd=tmp_path
    ) as process:
        wait_until_it_reads(process.pid, tmp_path)
        process.send_signal(number)
        assert process.wait(timeout=10) == code
        assert process.stderr is not None
        assert process.stderr.read().count(b"\n") == 1

    assert [path.name for path in tmp_path.iterdir()] == ["out.jsonl"]
    assert target.read_text(encoding="utf-8") == "old\n"


def wait_until_it_reads(process: int, folder: Path) -> None:
    """Wait for the part file, which is there when the sources are about to be read."""
    for _ in range(1000):
        if any(path.suffix == ".part" for path in folder.iterdir()):
            return
        os.sched_yield()
        signal.sigtimedwait([], 0.01)
    raise AssertionError(process)
