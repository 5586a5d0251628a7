import json
import os
import pty
import subprocess
import sys
from pathlib import Path

import polars as pl
import pytest

from esfkit.dataset.store import read_dataset
from programs import Run

EXAMPLES = Path(__file__).parents[3] / "examples"


def at_a_terminal(*arguments: str, cwd: Path, **env: str) -> str:
    """What a person sees of a command at a terminal of 80 columns."""
    leader, follower = pty.openpty()
    with subprocess.Popen(
        [sys.executable, "-m", "esfkit", *arguments],
        stdin=follower,
        stdout=follower,
        stderr=follower,
        cwd=cwd,
        env={**os.environ, "COLUMNS": "80", "TERM": "xterm", **env},
    ) as process:
        os.close(follower)
        seen = b""
        try:
            while chunk := os.read(leader, 65536):
                seen += chunk
        except OSError:  # how a terminal ends on Linux
            pass
        process.wait(timeout=30)
    os.close(leader)
    return seen.decode()


def test_records_go_to_a_pipe_as_lines_of_json(spawn: Run, page: Path) -> None:
    done = spawn("ingest", page)

    record = json.loads(done.stdout)
    assert record["record_id"] == "esf:2016/00999"
    assert record["contact_person"] == "Tora Provsdotter"
    assert done.stderr == b""


def test_several_pages_on_stdin_give_several_records(spawn: Run, page: Path) -> None:
    other = page.read_bytes().replace(b"00999", b"00998")

    done = spawn("ingest", "-", stdin=page.read_bytes() + b"\n" + other)

    ids = [json.loads(line)["record_id"] for line in done.stdout.splitlines()]
    assert ids == ["esf:2016/00999", "esf:2016/00998"]


@pytest.mark.parametrize("name", ["out.parquet", "out.jsonl", "out.csv", "OUT.CSV"])
def test_the_suffix_decides_the_form(name: str, run: Run, page: Path, tmp_path: Path) -> None:
    done = run("ingest", page, "-o", tmp_path / name)

    assert done.returncode == 0
    assert done.stdout == b""
    assert read_dataset(tmp_path / name).collect()["record_id"].to_list() == ["esf:2016/00999"]
    assert b"1 record," in done.stderr


@pytest.mark.parametrize("form", ["jsonl", "csv", "parquet"])
def test_the_format_can_be_named(form: str, run: Run, page: Path, tmp_path: Path) -> None:
    target = tmp_path / "out.data"
    assert run("ingest", page, "-o", target, "--format", form).returncode == 0

    assert read_dataset(target.read_bytes()).collect().height == 1
    assert run("ingest", page, "--format", form).stdout == target.read_bytes()


@pytest.mark.parametrize(
    "arguments",
    [
        ("-o", "out.xlsx"),
        ("-o", "out"),
        ("--format", "xlsx"),
        ("--kind", "nokind"),
        ("-o", "same.jsonl", "--rejects", "same.jsonl"),
    ],
)
def test_a_request_that_cannot_be_met_is_refused_before_reading(
    arguments: tuple[str, ...], run: Run
) -> None:
    done = run("ingest", "nowhere", *arguments)

    assert done.returncode == 2
    assert done.stdout == b""
    assert done.stderr.count(b"\n") == 1


def test_a_source_is_never_written_over(run: Run, page: Path) -> None:
    before = page.read_bytes()
    for option in ("-o", "--rejects"):
        done = run("ingest", page, option, page, "--format", "jsonl")

        assert done.returncode == 2
        assert page.read_bytes() == before


def test_every_document_without_record_is_kept_with_its_reason(
    run: Run, tmp_path: Path
) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "empty.txt").write_bytes(b"")
    rejects = tmp_path / "rejects.jsonl"

    run("ingest", EXAMPLES, tmp_path / "in", "--rejects", rejects)

    rows = [json.loads(line) for line in rejects.read_text(encoding="utf-8").splitlines()]
    reasons = {Path(row["source_path"]).name: row["reason"] for row in rows}
    assert reasons["no-record-job-ad.txt"] == "too_few_labels"
    assert reasons["empty.txt"] == "document_empty"
    assert set(rows[0]) >= {"source_path", "reason", "message", "nearest", "labels"}


def test_the_account_tells_what_was_seen(run: Run, tmp_path: Path) -> None:
    done = run("ingest", EXAMPLES, "-o", tmp_path / "p.parquet")

    account = done.stderr.decode()
    height = pl.read_parquet(tmp_path / "p.parquet").height
    assert f"{height} records" in account
    for name in ("records", "layouts", "findings", "without", "written"):
        assert f"\n{name}" in account
    assert max(map(len, account.splitlines())) <= 80


def test_inside_a_pipeline_the_account_is_told_only_if_asked_for(run: Run, page: Path) -> None:
    assert b"records" in run("ingest", page, "-v").stderr
    assert run("ingest", page).stderr == b""


def test_quiet_is_quiet(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"%PDF-")

    done = run("ingest", tmp_path / "a.txt", "-q", "-o", tmp_path / "o.jsonl")

    assert (done.returncode, done.stderr) == (0, b"")


def test_files_that_cannot_be_read_are_told_also_inside_a_pipeline(
    run: Run, tmp_path: Path, page: Path
) -> None:
    (tmp_path / "a.txt").write_bytes(b"%PDF-")

    done = run("ingest", tmp_path / "a.txt", page)

    assert done.returncode == 0
    assert done.stdout.count(b"\n") == 1
    assert done.stderr.count(b"\n") == 1
    assert b"a.txt: The file is a PDF file" in done.stderr


def test_a_folder_without_records_is_no_error(run: Run, tmp_path: Path) -> None:
    (tmp_path / "none").mkdir()

    done = run("ingest", tmp_path / "none", "-o", tmp_path / "o.parquet")

    assert done.returncode == 0
    assert done.stderr.decode().startswith("esfkit: Nothing was found to read in ")
    assert done.stderr.count(b"\n") == 1
    assert read_dataset(tmp_path / "o.parquet").collect().height == 0


def test_what_is_no_page_is_skipped_without_a_word(run: Run, page: Path) -> None:
    (page.parent / "data.json").write_text('{"a": 1}')

    done = run("ingest", page, page.parent / "data.json", "-v")

    assert b"esfkit:" not in done.stderr
    assert b"skipped  source_unreadable 1" in done.stderr
    assert b"2 documents: 1 record, 0 documents without" in done.stderr


def test_in_a_pipeline_a_word_is_said_of_no_record_at_all(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Bara prosa.")

    done = run("ingest", tmp_path / "a.txt")

    assert done.stderr.startswith(b"esfkit: 1 document read, none gave a record; ")
    assert run("ingest", tmp_path / "a.txt", "-q").stderr == b""


def test_only_the_kinds_asked_for_are_written(run: Run, tmp_path: Path) -> None:
    run("ingest", EXAMPLES, "--kind", "call", "-o", tmp_path / "c.parquet")

    kinds = read_dataset(tmp_path / "c.parquet").collect()["kind"].unique().to_list()
    assert kinds == ["call"]


def test_an_output_that_cannot_be_written_is_told(run: Run, page: Path, tmp_path: Path) -> None:
    done = run("ingest", page, "-o", tmp_path / "no" / "o.jsonl")

    assert done.returncode == 4
    assert done.stderr.count(b"\n") == 1


def test_at_a_terminal_the_usual_dataset_is_written_and_named(
    page: Path, tmp_path: Path
) -> None:
    seen = at_a_terminal("ingest", str(page), cwd=tmp_path)

    assert read_dataset(tmp_path / "projects.parquet").collect().height == 1
    assert "written  projects.parquet" in seen
    assert "reading" in seen


def test_at_a_terminal_lines_of_json_are_harmless(hostile_page: Path, tmp_path: Path) -> None:
    seen = at_a_terminal("ingest", str(hostile_page), "--format", "jsonl", cwd=tmp_path)

    assert "esf:2016/00999" in seen
    assert "\x1b[31m" not in seen
    assert "\u202e" not in seen


def test_at_a_terminal_a_result_without_records_is_told(page: Path, tmp_path: Path) -> None:
    for command in ("summary", "list", "export"):
        seen = at_a_terminal(
            command, str(page), "--where", "region = 'Stockholm'", cwd=tmp_path
        )

        assert "No record is what was asked for." in seen


def test_at_a_terminal_binary_is_refused(page: Path, tmp_path: Path) -> None:
    seen = at_a_terminal("ingest", str(page), "--format", "parquet", cwd=tmp_path)

    assert "no text for a terminal" in seen
    assert not list(tmp_path.glob("*.parquet"))


def test_at_a_terminal_values_are_underlined_in_colour(page: Path, tmp_path: Path) -> None:
    seen = at_a_terminal("explain", str(page), cwd=tmp_path)

    assert "\x1b[4m3 350 000\x1b[0m" in seen
    assert "~~~" not in seen
    assert "\x1b" not in at_a_terminal("explain", str(page), cwd=tmp_path, NO_COLOR="1")
    assert "\x1b" not in at_a_terminal("explain", str(page), cwd=tmp_path, TERM="dumb")


def test_at_a_terminal_a_table_is_shown_and_csv_is_harmless(
    hostile_page: Path, tmp_path: Path
) -> None:
    assert "───" in at_a_terminal("list", str(hostile_page), cwd=tmp_path, NO_COLOR="1")
    for form in ("csv", "json", "md"):
        seen = at_a_terminal("list", str(hostile_page), "--format", form, cwd=tmp_path)

        assert "\x1b" not in seen
        assert "\x9b" not in seen
