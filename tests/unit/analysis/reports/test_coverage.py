import polars as pl
import pytest

from esfkit.analysis.reports.coverage import (
    coverage_by_document,
    coverage_by_layout,
    unknown_lines,
)
from esfkit.dataset.frame import to_frame
from esfkit.model.finding import Finding, Problem, Severity
from factories import a_finding, a_project
from pages import colon_page, record_of


def unknown(line: str, start: int = 0) -> Finding:
    code = Problem.LABEL_UNKNOWN if line.endswith(":") else Problem.LINE_UNCLAIMED
    said = f"“{line}” is no known label"
    return a_finding(code, Severity.NOTE, said, start=start, end=start + len(line))


def test_layouts_have_the_spread_of_their_documents_and_the_total_comes_last() -> None:
    rows = [
        a_project("1", claimed_share=0.5, findings=(unknown("A:"), a_finding())),
        a_project("2", claimed_share=1.0),
        a_project("3", claimed_share=None),
        a_project("4", claimed_share=0.9, layout="esf-plus"),
    ]

    table = coverage_by_layout(to_frame(rows))

    assert table.rows() == [
        ("esf-2014-lines", 3, 2, 0.75, 0.5, 0.625, 0.75, 0.875, 1, 1),
        ("esf-plus", 1, 1, 0.9, 0.9, 0.9, 0.9, 0.9, 0, 0),
        ("Total", 4, 3, 0.8, 0.5, 0.7, 0.9, 0.95, 1, 1),
    ]


def test_the_document_least_understood_comes_first() -> None:
    rows = [
        a_project("1", claimed_share=0.9),
        a_project("2", claimed_share=0.5),
        a_project("3"),
    ]

    table = coverage_by_document(to_frame(rows))

    assert table["record_id"].to_list() == ["esf:2", "esf:1", "esf:3"]


def test_unknown_lines_are_ranked_by_documents_and_then_by_money() -> None:
    rows = [
        a_project("1", findings=(unknown("Handläggare: Bo Påhittad"), unknown("Fas:")),
                  esf_support_sek=10),
        a_project("2", findings=(unknown("HANDLÄGGARE:"),), esf_support_sek=5),
        a_project("3", findings=(unknown("Nämnd:"),), esf_support_sek=100),
        a_project("4", findings=(unknown("Kod:"),)),
    ]  # fmt: skip

    table = unknown_lines(to_frame(rows))

    assert table.select("label", "documents", "esf_support_sek").rows() == [
        ("HANDLÄGGARE", 2, 15),
        ("Nämnd", 1, 100),
        ("Fas", 1, 10),
        ("Kod", 1, None),
    ]
    assert table["examples"][0].to_list() == ["esf:1", "esf:2"]
    assert unknown_lines(to_frame(reversed(rows))).equals(table)


def test_money_of_a_record_with_several_documents_counts_once() -> None:
    rows = [a_project("1", findings=(unknown("Fas:"),), esf_support_sek=m) for m in (10, 12)]

    table = unknown_lines(to_frame(rows))

    assert table.select("documents", "records", "esf_support_sek").rows() == [(2, 1, 12)]


def test_prose_and_the_values_of_unknown_labels_are_no_labels() -> None:
    rows = [
        a_project(
            str(number),
            findings=(
                unknown("Handläggare:", 10),
                unknown("Bo Påhittad", 23),
                unknown("Budgetår", 60),
                unknown(f"Endast här {number}", 90),
            ),
        )
        for number in range(2)
    ]

    assert sorted(unknown_lines(to_frame(rows))["label"]) == ["Budgetår", "Handläggare"]


def test_a_page_with_a_label_that_nobody_knows_tells_it() -> None:
    page = colon_page().replace("Region:", "Handläggare:\nBo Påhittad\nRegion:")

    table = unknown_lines(to_frame([record_of(page)]))

    assert table.select("label", "colon", "documents", "esf_support_sek").rows() == [
        ("Handläggare", True, 1, 800_000)
    ]


@pytest.mark.parametrize("report", [coverage_by_document, unknown_lines])
def test_nothing_gives_a_table_without_rows(report: object) -> None:
    assert callable(report)
    table = report(to_frame([]))
    assert isinstance(table, pl.DataFrame)
    assert table.is_empty()
