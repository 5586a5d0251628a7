"""What is said in one place is not said otherwise in another."""

import csv
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from esfkit.dataset.dictionary import data_dictionary
from esfkit.layouts.layout import Layout, Style, all_layouts
from esfkit.model.finding import Problem, Severity
from esfkit.model.record import DERIVED_FIELDS, PERSONAL_FIELDS, Record
from esfkit.parsing.draft import make_finding
from esfkit.parsing.fields import FIELDS
from esfkit.parsing.parse import Reason
from esfkit.pipeline.outcomes import OTHER_KIND, SCREENED_OUT
from esfkit.rules.catalogue import RULES
from esfkit.vocabulary.labels import NOT_KEPT, read_labels

ROOT = Path(__file__).parents[2]
FIXTURES = ROOT / "tests" / "fixtures" / "layouts"
LISTS = ROOT / "tests" / "fixtures" / "lists"
FINDINGS = ROOT / "docs" / "findings.md"
CHECKS = ROOT / "docs" / "checks.md"
FEWEST_FIXTURES = 3


def test_every_field_of_the_labels_is_read_and_every_reader_has_a_label() -> None:
    assert {label.field for label in read_labels()} | {NOT_KEPT} == set(FIELDS)


def test_no_label_stands_twice() -> None:
    counted = Counter(label.key for label in read_labels())

    assert [key for key, times in counted.items() if times > 1] == []


def test_no_label_is_the_same_as_another_in_capitals_or_with_a_colon() -> None:
    keys = {label.key for label in read_labels()}

    assert [key for key in keys if key.endswith(":")] == []


@pytest.mark.parametrize("layout", all_layouts(), ids=lambda layout: layout.name)
def test_every_field_that_a_layout_names_exists(layout: Layout) -> None:
    named = {
        *layout.fields,
        *layout.signature,
        *layout.absent,
        *layout.decisive,
        *layout.rename,
        *layout.rename.values(),
    }

    assert named - set(FIELDS) == set()


@pytest.mark.parametrize("layout", all_layouts(), ids=lambda layout: layout.name)
def test_a_layout_does_not_contradict_itself(layout: Layout) -> None:
    assert set(layout.signature) <= set(layout.fields)
    assert set(layout.fields).isdisjoint(layout.absent)
    assert set(layout.fields).isdisjoint(layout.decisive)
    assert layout.minimum_signature <= max(1, len(layout.signature))


@pytest.mark.parametrize("layout", all_layouts(), ids=lambda layout: layout.name)
def test_every_layout_has_fixtures(layout: Layout) -> None:
    if layout.style is Style.LIST:
        pages = sorted((LISTS / layout.name).glob("*.?sv"))
        pairs = [page for page in pages if page.with_name(f"{page.name}.gold.json").exists()]
    else:
        pages = sorted((FIXTURES / layout.name).glob("*.txt"))
        pairs = [page for page in pages if page.with_suffix(".gold.json").exists()]

    assert len(pairs) >= FEWEST_FIXTURES
    assert pairs == pages


def test_every_layout_is_named_as_its_file() -> None:
    folder = ROOT / "src" / "esfkit" / "layouts" / "definitions"

    assert {layout.name for layout in all_layouts()} == {
        path.stem for path in folder.glob("*.toml")
    }


def test_every_column_is_documented_in_the_order_of_the_record() -> None:
    assert [row.column for row in data_dictionary()] == list(Record.model_fields)


def test_every_column_is_described_in_both_languages() -> None:
    assert [
        row.column
        for row in data_dictionary()
        if not (row.heading_sv and row.heading_en and row.description_sv and row.description_en)
    ] == []


def test_the_named_columns_exist() -> None:
    assert {*PERSONAL_FIELDS, *DERIVED_FIELDS} <= set(Record.model_fields)


# --- docs/findings.md -------------------------------------------------------------------


def finding_rows() -> list[list[str]]:
    """The rows of every table of the page whose first cell is a code."""
    lines = FINDINGS.read_text(encoding="utf-8").splitlines()
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    return [
        cells
        for cells in rows
        if re.fullmatch(r"`[a-z_]+`", cells[0]) and cells[0].strip("`") not in set(Severity)
    ]


def test_every_problem_has_one_row_in_the_order_of_the_code() -> None:
    assert [cells[0].strip("`") for cells in finding_rows()] == [each.value for each in Problem]


def test_every_row_says_severity_meaning_and_what_to_do() -> None:
    severities = {each.value for each in Severity}
    for code, severity, meaning, advice in finding_rows():
        assert set(severity.split(" or ")) <= severities, code
        assert meaning, code
        assert advice, code


def test_the_page_tells_the_severity_that_the_parser_gives() -> None:
    rules = {rule.code: rule.severity.value for rule in RULES}
    for code, severity, _, _ in finding_rows():
        problem = Problem(code.strip("`"))
        if problem in READING_BYTES:
            continue
        usual = make_finding(problem, None, "").severity.value
        assert severity == rules.get(problem, usual), code


READING_BYTES = {
    Problem.DECODED_AS_LEGACY,
    Problem.DOUBLE_ENCODING_REPAIRED,
    Problem.INVALID_BYTES,
    Problem.DOCUMENT_EMPTY,
    Problem.DOCUMENT_BINARY,
    Problem.DOCUMENT_TOO_LONG,
    Problem.SOURCE_UNREADABLE,
    Problem.LIMIT_MET,
    Problem.SOURCE_DAMAGED,
    Problem.FORMAT_UNSUPPORTED,
    Problem.TEXT_FIELD_MISSING,
    Problem.ROW_UNREADABLE,
    Problem.WORKER_DIED,
}
"""Problems whose severity depends on the bytes; ``sources`` gives it."""


def test_every_rule_is_told_on_the_page_of_checks() -> None:
    text = CHECKS.read_text(encoding="utf-8")

    assert [rule.code for rule in RULES if f"### `{rule.code}`" not in text] == []


# --- start-up ---------------------------------------------------------------------------


def loaded_after(code: str) -> set[str]:
    """The packages that a new Python has loaded after some code."""
    tell = "import sys; print(','.join(sorted({n.partition('.')[0] for n in sys.modules})))"
    done = subprocess.run(
        [sys.executable, "-c", f"{code}\n{tell}"], capture_output=True, text=True, check=True
    )
    return set(done.stdout.splitlines()[-1].split(","))


def test_importing_the_package_loads_no_tables() -> None:
    assert "polars" not in loaded_after("import esfkit")


def test_importing_the_parser_loads_neither_tables_nor_terminal() -> None:
    loaded = loaded_after("import esfkit.parsing.parse")

    assert loaded.isdisjoint({"polars", "typer", "rich", "click"})


@pytest.mark.parametrize("words", [["--help"], ["--version"], ["ingest", "--help"]])
def test_help_and_version_load_no_tables(words: list[str]) -> None:
    code = (
        f"import sys; sys.argv = ['esfkit', *{words!r}]\n"
        "from esfkit.cli import main\n"
        "try:\n    main()\nexcept SystemExit:\n    pass"
    )

    assert "polars" not in loaded_after(code)


def test_the_data_files_are_whole_tables() -> None:
    folder = ROOT / "src" / "esfkit" / "vocabulary" / "data"
    for path in folder.glob("*.csv"):
        with path.open(encoding="utf-8", newline="") as stream:
            rows = list(csv.reader(stream, strict=True))
        assert {len(row) for row in rows} == {len(rows[0])}, path.name


def test_every_reason_for_no_record_has_a_row() -> None:
    page = (FINDINGS.parent / "rejects.md").read_text(encoding="utf-8")
    rows = [line.split("`")[1] for line in page.splitlines() if line.startswith("| `")]

    assert rows == [*(reason.value for reason in Reason), OTHER_KIND, SCREENED_OUT]
