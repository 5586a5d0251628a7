import json
from pathlib import Path

import pytest

from esfkit.model.finding import Problem, Severity
from esfkit.model.record import Record
from factories import a_finding, a_full_project, a_place, a_project
from programs import Invoke, Make, Run


def a_document(number: int, *fields: str) -> Record:
    places = tuple(a_place(field, "x", at) for at, field in enumerate(fields))
    return a_project(str(number), provenance=places, claimed_share=0.9)


def unknown(line: str) -> object:
    return a_finding(Problem.LABEL_UNKNOWN, Severity.WARNING, f"“{line}” is no known label")


@pytest.fixture
def good(dataset: Make) -> Path:
    rows = (a_document(number, "title", "region") for number in range(30))
    return dataset(*rows, name="good.parquet")


@pytest.fixture
def worse(dataset: Make) -> Path:
    rows = (a_document(number, "title", *["region"] * (number < 6)) for number in range(30))
    return dataset(*rows, name="worse.parquet")


def test_a_terminal_sees_layouts_and_unknown_labels(invoke: Invoke, dataset: Make) -> None:
    rows = (
        a_project("1", claimed_share=0.5, findings=(unknown("Fas:"),), esf_support_sek=1_000),
        a_project("2", claimed_share=1.0),
    )

    lines = invoke("coverage", dataset(*rows), "--format", "table").stdout.splitlines()

    assert any(
        line.split() == ["Total", "2", "75.0%", "50.0%", "62.5%", "75.0%"] for line in lines
    )
    assert any(line.startswith("Fas ") and "1,000" in line for line in lines)
    assert max(map(len, lines)) <= 80


def test_it_is_told_in_swedish(invoke: Invoke, good: Path) -> None:
    lines = invoke("coverage", good, "--format", "table", "--lang", "sv").stdout.splitlines()

    assert any(line.split()[:2] == ["Summa", "30"] for line in lines)


@pytest.mark.parametrize(
    ("show", "heading"),
    [
        ("layouts", "layout,documents,stated,claimed_mean"),
        ("documents", "record_id,layout,claimed_share"),
        ("labels", "label,colon,documents,records"),
    ],
)
def test_each_part_is_a_table_for_machines(
    show: str, heading: str, invoke: Invoke, good: Path
) -> None:
    shown = invoke("coverage", good, "--show", show, "--format", "csv").stdout

    assert shown.startswith(heading)


def test_without_a_choice_machines_get_the_layouts(invoke: Invoke, good: Path) -> None:
    rows = json.loads(invoke("coverage", good, "--format", "json").stdout)

    assert [row["layout"] for row in rows] == ["esf-2014-lines", "Total"]


def test_the_first_rows_alone_are_shown(invoke: Invoke, good: Path) -> None:
    shown = invoke(
        "coverage", good, "--show", "documents", "--top", "2", "--format", "csv"
    ).stdout

    assert len(shown.splitlines()) == 3


def test_a_line_that_quotes_a_person_is_withheld(invoke: Invoke, dataset: Make) -> None:
    row = a_full_project(findings=(unknown("Handläggare Berit Påhittad:"), unknown("Fas:")))

    shown = invoke("coverage", dataset(row), "--show", "labels", "--format", "csv").stdout

    assert "Fas" in shown
    assert "Berit" not in shown


def test_a_label_that_left_its_band_raises_the_alarm(
    run: Run, good: Path, worse: Path, tmp_path: Path
) -> None:
    kept = tmp_path / "labels.json"
    made = run("coverage", good, "--write-baseline", kept)
    again = run("coverage", good, "--baseline", kept, "--fail-on-drift")
    later = run("coverage", worse, "--baseline", kept, "--fail-on-drift", "--show", "drift")
    only_told = run("coverage", worse, "--baseline", kept)

    assert (made.returncode, again.returncode) == (0, 0)
    assert b"No label has left its past band (2 compared, 0 with fewer than 20" in again.stderr
    assert later.returncode == 1
    assert later.stderr.decode() == (
        "esfkit: esf-2014-lines: region is met in 20.0% of 30 documents; its past band is "
        "81.9% to 100.0% (100.0% of 30).\n"
    )
    assert (
        later.stdout.decode().splitlines()[1].startswith("esf-2014-lines,region,drifted,30,30")
    )
    assert only_told.returncode == 0


def test_the_alarm_is_told_in_swedish_and_drawn_below_the_layouts(
    invoke: Invoke, good: Path, worse: Path, tmp_path: Path
) -> None:
    kept = tmp_path / "labels.json"
    invoke("coverage", good, "--write-baseline", kept)

    done = invoke("coverage", worse, "--baseline", kept, "--format", "table", "--lang", "sv")

    assert "region finns i 20,0 % av 30 dokument" in done.stderr
    assert "förskjuten" in done.stdout


def test_too_few_documents_raise_no_alarm(
    run: Run, good: Path, worse: Path, tmp_path: Path
) -> None:
    kept = tmp_path / "labels.json"
    run("coverage", good, "--write-baseline", kept)

    done = run(
        *("coverage", worse, "--baseline", kept, "--fail-on-drift", "--min-documents", "31")
    )

    assert done.returncode == 0
    assert b"2 with fewer than 31 documents" in done.stderr


def test_the_file_is_the_same_whatever_the_order(
    run: Run, dataset: Make, tmp_path: Path
) -> None:
    rows = [a_document(1, "title", "region"), a_document(2, "region")]
    for name, given in (("a", rows), ("b", rows[::-1])):
        run("coverage", dataset(*given, name=f"{name}.parquet"), "--write-baseline",
            tmp_path / name)  # fmt: skip

    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()
    assert json.loads((tmp_path / "a").read_bytes()) == {
        "esfkit_coverage": 1,
        "layouts": {"esf-2014-lines": {"columns": {"region": 2, "title": 1}, "documents": 2}},
    }


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"[]",
        b"\xff",
        b'{"esfkit_coverage": 2, "layouts": {}}',
        b'{"esfkit_coverage": 1}',
        b'{"esfkit_coverage": 1, "layouts": {"a": {"documents": 1, "columns": {"title": 2}}}}',
        b'{"esfkit_coverage": 1, "layouts": {"a": {"documents": 1, "columns": {"colour": 1}}}}',
        b'{"esfkit_coverage": 1, "layouts": {"a": {"documents": true, "columns": {}}}}',
        b'{"esfkit_coverage": 1, "layouts": {"a": {"documents": 1.5, "columns": {}}}}',
    ],
)
def test_a_damaged_baseline_is_refused(
    content: bytes, run: Run, good: Path, tmp_path: Path
) -> None:
    kept = tmp_path / "labels.json"
    kept.write_bytes(content)

    done = run("coverage", good, "--baseline", kept)

    assert done.returncode == 3
    assert b"--write-baseline" in done.stderr


@pytest.mark.parametrize("arguments", [("--fail-on-drift",), ("--show", "drift")])
def test_drift_needs_something_to_be_held_against(
    arguments: tuple[str, ...], run: Run, good: Path
) -> None:
    done = run("coverage", good, *arguments)

    assert done.returncode == 2
    assert b"--baseline FILE" in done.stderr
