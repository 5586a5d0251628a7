import csv
import io
import json
from pathlib import Path

import polars as pl
import pytest

from esfkit.model.finding import Problem, Severity
from esfkit.model.record import Record
from esfkit.rules.catalogue import RULES
from esfkit.rules.page import catalogue_page
from factories import a_finding, a_full_project, a_place, a_project
from pages import call_page
from programs import Harmless, Invoke, Make, Run


def a_quiet_project(number: str = "2016/00130", **values: object) -> Record:
    """Return a project to which no rule says anything."""
    stated = {"summary": "Den som saknar arbete får en väg dit.", "planned_participants": 50}
    return a_project(number, **(stated | values))


A_QUIET_PROJECT = a_quiet_project()


def test_findings_are_grouped_with_counts_and_examples(invoke: Invoke, dataset: Make) -> None:
    shown = invoke("check", dataset(), "--rule", "amount_rounded", "--format", "table").stdout

    lines = shown.splitlines()
    assert lines[0] == "! warning amount_rounded in esf_support_sek"
    assert lines[1] == "    1 in 1 record, 50.0 % of all"
    assert lines[2] == "    ESF support SEK 3,350,000, stated by 1 of 1"
    assert lines[3].startswith("    - esf:2016/00130: ")
    assert lines[-1] == "1 finding in 2 records."
    assert max(map(len, lines)) <= 80


def test_findings_are_told_in_swedish(invoke: Invoke, dataset: Make) -> None:
    path = dataset()
    shown = invoke(
        "check", path, "--rule", "amount_rounded", "--format", "table", "--lang", "sv"
    )
    lines = shown.stdout.splitlines()

    assert lines[1] == "    1 i 1 post, 50,0 % av alla"
    assert lines[2] == "    ESF-stöd 3\xa0350\xa0000 kr, angivet av 1 av 1"
    assert lines[-1] == "1 anmärkning i 2 poster."


def test_a_pipe_gets_csv(run: Run, dataset: Make) -> None:
    done = run("check", dataset())

    assert done.stdout.startswith(
        b"code,severity,field,findings,records,share,projects,esf_support_sek,"
        b"esf_support_sek_stated,total_budget_sek,total_budget_sek_stated,examples\n"
    )


def test_in_csv_examples_are_one_plain_text(invoke: Invoke, dataset: Make) -> None:
    findings = (a_finding(Problem.EMAIL_PROTECTED, field="email", message="a"),) * 2
    path = dataset(a_project("1", findings=findings))

    only = ("--rule", "email_protected", "--format", "csv")
    shown = invoke("check", path, *only, "--personal-data").stdout
    hidden = invoke("check", path, *only).stdout

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
    path = dataset(a_quiet_project(findings=(a_finding(severity=severity),)))

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

    only = ("--rule", "line_unclaimed,email_protected", "--format", "csv")
    hidden = invoke("check", path, *only).stdout
    shown = invoke("check", path, *only, "--personal-data").stdout

    assert pl.read_csv(hidden.encode())["findings"].to_list() == [1, 1]
    assert hidden.count("about personal data") == 2
    assert "Berit" not in hidden
    assert "Berit" in shown


def test_nothing_to_find_is_told(invoke: Invoke, dataset: Make) -> None:
    shown = invoke("check", dataset(A_QUIET_PROJECT), "--format", "table").stdout

    assert shown == "\n0 findings in 1 record.\n"


def test_nothing_in_a_message_is_obeyed(
    run: Run, dataset: Make, hostile_text: str, harmless: Harmless
) -> None:
    path = dataset(a_project(findings=(a_finding(message=hostile_text, field="a\x1b[2J"),)))

    done = run("check", path, "--format", "table")

    assert harmless(done.stdout)
    assert b"[red]bold[/]" in done.stdout


# --- the catalogue ----------------------------------------------------------------------


def codes(shown: str) -> list[str]:
    return [row["code"] for row in csv.DictReader(io.StringIO(shown))]


SMALL = a_quiet_project(
    number="2016/00002",
    total_budget_sek=5_044,
    esf_support_sek=2_369,
    provenance=(a_place("total_budget_sek", "5 044", 120, line=7),),
)


def test_every_rule_is_asked_of_the_records(invoke: Invoke, dataset: Make) -> None:
    shown = invoke("check", dataset(SMALL), "--format", "csv").stdout

    assert codes(shown) == ["budget_size_unusual", "cost_per_participant_unusual"]


def test_what_a_rule_says_now_stands_for_what_was_stored(invoke: Invoke, dataset: Make) -> None:
    stored = a_finding(Problem.PARTICIPANTS_UNUSUAL, field="planned_participants")
    read = a_finding(Problem.VALUE_MISSING, field="region")
    path = dataset(a_quiet_project(findings=(stored, read)))

    assert codes(invoke("check", path, "--format", "csv").stdout) == ["value_missing"]


def test_records_are_compared(invoke: Invoke, dataset: Make) -> None:
    other = a_quiet_project(
        number="2016/00002", total_budget_sek=5_044_000, esf_support_sek=2_369_000
    )

    shown = invoke("check", dataset(SMALL, other), "--rule", "M8,P8", "--format", "csv").stdout

    assert codes(shown) == ["amount_in_other_unit"]


def test_rules_can_be_chosen_by_code_or_check_and_by_severity(
    invoke: Invoke, dataset: Make
) -> None:
    path = dataset(SMALL)

    by_check = invoke("check", path, "--rule", "M9", "--format", "csv").stdout
    heavy = invoke("check", path, "--severity", "warning", "--format", "csv").stdout

    assert codes(by_check) == ["cost_per_participant_unusual"]
    assert codes(heavy) == ["budget_size_unusual"]


def test_what_is_not_asked_for_does_not_fail(run: Run, dataset: Make) -> None:
    path = dataset(SMALL)

    assert run("check", path, "--fail-on", "warning").returncode == 1
    assert run("check", path, "--fail-on", "warning", "--rule", "M9").returncode == 0


def test_an_unknown_rule_is_refused(run: Run, dataset: Make) -> None:
    done = run("check", dataset(), "--rule", "budget_size")

    assert done.returncode == 2
    assert b"Did you mean budget_size_unusual?" in done.stderr


def test_settings_are_in_force(run: Run, dataset: Make, tmp_path: Path) -> None:
    path = tmp_path / "my.toml"
    path.write_text(
        '[check]\nfail_on = "note"\nseverity = "note"\n'
        "[check.budget_size_unusual]\nleast = 5\n"
        '[check.value_missing]\nenabled = false\n[check.null_word]\nseverity = "error"\n',
        encoding="utf-8",
    )
    read = (a_finding(Problem.VALUE_MISSING), a_finding(Problem.NULL_WORD, Severity.NOTE))
    data = dataset(
        a_quiet_project(total_budget_sek=5_044_000, esf_support_sek=2_369_000, findings=read),
        SMALL,
    )

    done = run("check", data, "--config", path, "--format", "csv")

    rows = list(csv.DictReader(io.StringIO(done.stdout.decode())))
    assert [(row["code"], row["severity"]) for row in rows] == [
        ("null_word", "error"),
        ("cost_per_participant_unusual", "note"),
    ]
    assert done.returncode == 1


def test_the_days_between_which_one_applies_are_no_short_project(
    invoke: Invoke, tmp_path: Path
) -> None:
    page = tmp_path / "call.txt"
    page.write_text(call_page(), encoding="utf-8")

    assert "period_length_unusual" not in codes(invoke("check", page, "--format", "csv").stdout)


def test_the_rules_are_listed(invoke: Invoke) -> None:
    listed = invoke("check", "--list", "--format", "csv").stdout
    shown = invoke("check", "--list", "--format", "table", "--lang", "sv").stdout

    assert codes(listed) == [rule.code.value for rule in RULES]
    assert max(map(len, shown.splitlines())) <= 80
    assert "    Perioden slutar innan den börjar" in shown.splitlines()
    assert invoke("check", "--list", "--format", "md").stdout == catalogue_page()


# --- SARIF ------------------------------------------------------------------------------


def test_sarif_places_findings_in_the_file(
    invoke: Invoke, dataset: Make, tmp_path: Path
) -> None:
    target = tmp_path / "found.sarif"

    invoke("check", dataset(SMALL), "--severity", "warning", "-o", target)
    shown = invoke("check", dataset(SMALL), "--severity", "warning", "--format", "sarif").stdout

    log = json.loads(target.read_bytes())
    assert json.loads(shown) == log
    [result] = log["runs"][0]["results"]
    assert (result["ruleId"], result["level"]) == ("budget_size_unusual", "warning")
    assert result["locations"][0]["physicalLocation"] == {
        "artifactLocation": {"uri": "pages/2016-00002.txt"},
        "region": {"startLine": 7, "charOffset": 120, "charLength": 5},
    }


def test_sarif_quotes_no_personal_data_unless_asked(invoke: Invoke, dataset: Make) -> None:
    path = dataset(a_quiet_project(email="berit@exempel", phone="0470-1"))

    hidden = invoke("check", path, "--format", "sarif").stdout
    shown = invoke("check", path, "--format", "sarif", "--personal-data").stdout

    told = {each["ruleId"] for each in json.loads(hidden)["runs"][0]["results"]}
    assert told == {"email_unusual", "phone_unusual"}
    assert "berit" not in hidden
    assert "0470" not in hidden
    assert "berit@exempel" in shown
