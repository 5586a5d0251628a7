"""The six questions of `docs/questions.md`: commands and scripts print what it shows."""

import shutil
from pathlib import Path
from time import perf_counter

import pytest

import esfkit
from transcripts import python_of, replayed, transcripts_of

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "questions.md"
SCRIPTS = sorted((ROOT / "examples" / "questions").glob("*.py"))
SECONDS = 5

needs_bash = pytest.mark.skipif(
    shutil.which("bash") is None, reason="the commands are written for bash"
)


def shown_for(script: Path) -> str:
    [output] = [each.output for each in transcripts_of(PAGE) if script.name in each.command]
    return output


@needs_bash
def test_the_page_shows_what_its_commands_print(tmp_path: Path) -> None:
    for folder in ("docs/portfolio", "examples/questions"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    shown = list(transcripts_of(PAGE))

    assert [replayed(each.command, tmp_path) for each in shown] == shown
    assert sum(each.command.startswith("esfkit") for each in shown) == 9
    assert sum(each.command.startswith("python") for each in shown) == 6


@needs_bash
@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.stem)
def test_a_script_runs_from_any_folder(script: Path, tmp_path: Path) -> None:
    ran = replayed(f'python "{script}"', tmp_path)

    assert (ran.output, ran.said) == (shown_for(script), "")


@needs_bash
@pytest.mark.slow
@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.stem)
def test_a_script_answers_in_seconds(script: Path, tmp_path: Path) -> None:
    begun = perf_counter()
    replayed(f'python "{script}"', tmp_path)

    assert perf_counter() - begun < SECONDS


def test_the_python_of_the_page_is_that_of_the_scripts() -> None:
    beginning, *cells = python_of(PAGE)
    written = [script.read_text(encoding="utf-8") for script in SCRIPTS]
    shown = [f"{beginning}\n{each}" for each in cells]

    assert sorted(shown) == sorted(each[each.index(beginning) :] for each in written)
    assert len(cells) == 6


def test_the_portfolio_is_read_without_a_rest() -> None:
    ingested = esfkit.ingest(ROOT / "docs" / "portfolio")
    problems = [
        (record.record_id, finding.field, str(finding.code))
        for record in ingested.records
        for finding in record.findings
    ]

    assert ingested.rejected == ()
    assert len(ingested.records) == 81
    assert len({record.record_id for record in ingested.records}) == 80
    assert problems == [
        ("esf:2020/00107", "period_start", "value_missing"),
        ("esf:2020/00151", "esf_support_sek", "value_missing"),
    ]
