import polars as pl
import pytest

from esfkit.model.finding import Problem, Severity
from factories import a_finding, a_full_project, a_project
from programs import Harmless, Invoke, Make, Run


def test_findings_are_grouped_with_counts_and_examples(invoke: Invoke, dataset: Make) -> None:
    shown = invoke("check", dataset(), "--format", "table").stdout

    lines = shown.splitlines()
    assert lines[0] == "! warning amount_rounded in esf_support_sek"
    assert lines[1] == "    1 in 1 record, 50.0 % of all"
    assert lines[2].startswith("    - esf:2016/00130: ")
    assert lines[-1] == "1 finding in 2 records."
    assert max(map(len, lines)) <= 80


def test_findings_are_told_in_swedish(invoke: Invoke, dataset: Make) -> None:
    lines = invoke("check", dataset(), "--format", "table", "--lang", "sv").stdout.splitlines()

    assert lines[1] == "    1 i 1 post, 50,0 % av alla"
    assert lines[-1] == "1 anmärkning i 2 poster."


def test_a_pipe_gets_csv(run: Run, dataset: Make) -> None:
    done = run("check", dataset())

    assert done.stdout.startswith(b"code,severity,field,findings,records,share,examples\n")


def test_in_csv_examples_are_one_plain_text(invoke: Invoke, dataset: Make) -> None:
    findings = (a_finding(Problem.EMAIL_PROTECTED, field="email", message="a"),) * 2
    path = dataset(a_project("1", findings=findings))

    shown = invoke("check", path, "--format", "csv", "--personal-data").stdout
    hidden = invoke("check", path, "--format", "csv").stdout

    assert shown.splitlines()[1].endswith(',"esf:1: a; esf:1: a"')
    assert "\\u002d" not in hidden
    assert hidden.splitlines()[1].endswith("(about personal data: shown with --personal-data)")
    assert '"examples": ["' in invoke("check", path, "--format", "json").stdout


@pytest.mark.parametrize(
    ("severity", "limit", "code"),
    [
        (Severity.ERROR, "error", 1),
        (Severity.WARNING, "error", 0),
        (Severity.WARNING, "warning", 1),
        (Severity.NOTE, "warning", 0),
        (Severity.NOTE, "note", 1),
    ],
)
def test_findings_from_a_severity_upward_fail(
    severity: Severity, limit: str, code: int, run: Run, dataset: Make
) -> None:
    path = dataset(a_project(findings=(a_finding(severity=severity),)))

    done = run("check", path, "--fail-on", limit)

    assert done.returncode == code
    assert done.stderr == b""
    assert b"value_missing" in done.stdout


def test_an_unknown_severity_is_refused(run: Run, dataset: Make) -> None:
    assert run("check", dataset(), "--fail-on", "fatal").returncode == 2


def test_every_finding_is_counted_but_personal_data_is_not_quoted(
    invoke: Invoke, dataset: Make
) -> None:
    quoting = a_finding(Problem.LINE_UNCLAIMED, message="“Berit Påhittad” was not understood")
    about = a_finding(Problem.EMAIL_PROTECTED, field="email", message="hidden")
    path = dataset(a_full_project(findings=(quoting, about)))

    hidden = invoke("check", path, "--format", "csv").stdout
    shown = invoke("check", path, "--format", "csv", "--personal-data").stdout

    assert pl.read_csv(hidden.encode())["findings"].to_list() == [1, 1]
    assert hidden.count("about personal data") == 2
    assert "Berit" not in hidden
    assert "Berit" in shown


def test_nothing_to_find_is_told(invoke: Invoke, dataset: Make) -> None:
    shown = invoke("check", dataset(a_project()), "--format", "table").stdout

    assert shown == "\n0 findings in 1 record.\n"


def test_nothing_in_a_message_is_obeyed(
    run: Run, dataset: Make, hostile_text: str, harmless: Harmless
) -> None:
    path = dataset(a_project(findings=(a_finding(message=hostile_text, field="a\x1b[2J"),)))

    done = run("check", path, "--format", "table")

    assert harmless(done.stdout)
    assert b"[red]bold[/]" in done.stdout
