import io
from datetime import date
from typing import Any

import polars as pl
import pytest

from esfkit.dataset.columns import PERSONAL_COLUMNS
from esfkit.dataset.dictionary import data_dictionary, headings
from esfkit.dataset.frame import to_frame
from esfkit.model.errors import BadRequest
from esfkit.model.finding import Problem
from esfkit.model.record import Record
from esfkit.output.personal import withhold
from esfkit.output.workbook import About, book, sheets, write_workbook
from factories import a_call, a_finding, a_full_project, a_place, a_project

ABOUT = About(version="0.1.0", date=None, sources=["pages/", "=1+1"], language="en")


def written(*records: Record, about: About = ABOUT, counted: pl.Series | None = None) -> bytes:
    stream = io.BytesIO()
    frame = withhold(to_frame(records), personal=about.personal)
    write_workbook(frame, stream, about, counted)
    return stream.getvalue()


def table_of(content: bytes, sheet: str) -> list[dict[str, Any]]:
    return pl.read_excel(
        io.BytesIO(content), sheet_name=sheet, engine="calamine", drop_empty_rows=False
    ).to_dicts()


def lines_of(content: bytes, sheet: str) -> list[tuple[Any, ...]]:
    return pl.read_excel(
        io.BytesIO(content),
        sheet_name=sheet,
        engine="calamine",
        has_header=False,
        drop_empty_rows=False,
        infer_schema_length=0,
    ).rows()


def names_of(content: bytes) -> list[str]:
    return [*pl.read_excel(io.BytesIO(content), sheet_id=0, engine="calamine")]


def test_the_sheets_are_named_in_the_language() -> None:
    swedish = About(version="0", date=None, sources=[], language="sv")

    assert names_of(written(a_project())) == [
        "Projects", "Summary", "Findings", "Dictionary", "About"
    ]  # fmt: skip
    assert names_of(written(a_project(), about=swedish)) == [
        "Projekt", "Sammanställning", "Anmärkningar", "Ordlista", "Om"
    ]  # fmt: skip


def test_equal_records_give_equal_bytes() -> None:
    assert written(a_full_project()) == written(a_full_project())


def test_some_columns_alone_are_refused() -> None:
    with pytest.raises(BadRequest, match="every column"):
        write_workbook(to_frame([a_project()]).select("record_id"), io.BytesIO(), ABOUT)


# --- records


def test_each_record_has_a_row_with_headings_in_the_language() -> None:
    content = written(a_full_project(), a_call())
    first, second = table_of(content, "Projects")

    named = headings("en")
    assert [*first][:-3] == [
        "Number of findings" if name == "findings" else heading
        for name, heading in named.items()
        if name in {row.column for row in data_dictionary()} and name not in PERSONAL_COLUMNS
    ]
    assert [*first][-3:] == ["Counts", "Group: region", "Group: area"]
    assert first["ESF support"] == 3_350_000
    assert first["Start date"] == date(2016, 9, 1)
    assert first["Number of findings"] == 1
    assert first["Group: region"] == "Småland och Öarna"
    assert first["Group: area"] == "2014-2020 · 2"
    assert second["Kind"] == "call"


def test_rows_that_count_are_told_from_further_readings_of_the_same() -> None:
    content = written(a_project(), a_project(), counted=pl.Series([False, True]))

    assert [row["Counts"] for row in table_of(content, "Projects")] == [0, 1]
    assert ("Rows not counted again", "1") in lines_of(content, "About")


def test_personal_data_is_there_only_if_it_was_asked_for() -> None:
    asked = About(version="0", date=None, sources=[], language="en", personal=True)
    held, withheld = written(a_full_project(), about=asked), written(a_full_project())

    assert table_of(held, "Projects")[0]["E-mail"] == "berit.pahittad@example.se"
    assert "E-mail" not in table_of(withheld, "Projects")[0]
    told = [line for _, line in lines_of(held, "About")]
    assert any(line.startswith("Holds contact persons") for line in told)
    assert not any(line.startswith("Contact persons") for line in told)
    for name in names_of(withheld):
        assert "Berit" not in str(lines_of(withheld, name))


# --- findings


def test_each_finding_has_a_row_with_what_was_read() -> None:
    content = written(
        a_project("2016/1"),
        a_full_project(
            title="=1+1",
            provenance=(
                a_place("esf_support_sek", "1", 0),
                a_place("esf_support_sek", "2", 50),
            ),
            findings=(
                a_finding(Problem.AMOUNT_ROUNDED, field="esf_support_sek", start=50, end=51),
                a_finding(Problem.AMOUNT_ZERO, field="esf_support_sek", start=20, end=21),
                a_finding(Problem.AMOUNT_ZERO, field="esf_support_sek"),
                a_finding(Problem.TITLE_MISSING, message="@x"),
                a_finding(Problem.LABEL_UNKNOWN, field="no_such_column"),
            ),
        ),
    )
    rows = table_of(content, "Findings")

    assert [*rows[0]] == [
        "Cell", "Record ID", "Title", "Code", "Severity", "Column", "Message", "Raw text"
    ]  # fmt: skip
    assert [row["Raw text"] for row in rows] == ["2", "1", "1", None, None]
    support = [*table_of(content, "Projects")[0]].index("ESF support")
    assert [row["Cell"] for row in rows] == [f"A{chr(65 + support - 26)}3"] * 3 + ["A3"] * 2
    assert {row["Title"] for row in rows} == {"=1+1"}
    assert rows[3]["Message"] == "@x"
    assert rows[0]["Code"] == "amount_rounded"


def test_findings_beyond_the_links_that_a_sheet_may_have_name_their_cell(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(book, "LINKS", 2)
    content = written(a_project(findings=(a_finding(),) * 5))

    assert [row["Cell"] for row in table_of(content, "Findings")] == ["A2"] * 5
    assert lines_of(content, "About")[-1][1].endswith(": 3. The cell is named instead.")


# --- dictionary


def test_the_dictionary_describes_every_column() -> None:
    rows = table_of(written(a_project()), "Dictionary")

    assert [row["Name"] for row in rows] == [row.column for row in data_dictionary()]
    assert [row["Swedish description"] for row in rows] == [
        row.description_sv for row in data_dictionary()
    ]


# --- about


def test_the_last_sheet_tells_what_the_workbook_is() -> None:
    about = About(version="0.1.0", date=date(2026, 11, 22), sources=["a", "=b"], language="en")
    content = written(a_project(), a_project("2016/2"), a_call(), about=about)
    told = lines_of(content, "About")

    assert ("Made with", "esfkit 0.1.0") in told
    assert ("Date", "2026-11-22") in told
    assert [line for _, line in told[told.index(("Sources", "a")) :][:2]] == ["a", "=b"]
    assert ("Records", "3") in told
    assert ("of which projects (project)", "2") in told
    assert ("of which calls (call)", "1") in told
    assert ("of which narrated examples (practice)", "0") in told
    assert told[-1] == ("Limits of Excel", "Nothing was cut or left out.")


def test_what_is_not_given_is_told_as_such() -> None:
    about = About(version="0", date=None, sources=[], language="sv")
    told = lines_of(written(a_project(), about=about), "Om")

    assert ("Datum", "ej angivet") in told
    assert ("Källor", "ej angivet") in told


def test_a_kind_that_is_not_known_is_counted_apart() -> None:
    stream = io.BytesIO()
    frame = to_frame([a_project(), a_project("2016/2")])
    strange = frame.with_columns(pl.Series("kind", ["project", "projekt"]))
    write_workbook(strange, stream, ABOUT)

    assert ("of which of another kind", "1") in lines_of(stream.getvalue(), "About")


def test_cut_texts_are_told_on_the_last_sheet() -> None:
    content = written(a_project(summary="x" * 40_000))

    assert ": 1. " in lines_of(content, "About")[-1][1]
    assert table_of(content, "Projects")[0]["Summary"].endswith("… [32,767 / 40,000]")


def test_records_that_fill_several_sheets_are_summed_over_all_of_them(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    records = [
        a_project(f"2016/{n}", total_budget_sek=n, findings=(a_finding(),)) for n in range(200)
    ]
    monkeypatch.setattr(sheets, "ROWS", 91)
    content = written(*records)

    assert names_of(content)[:4] == ["Projects", "Projects 2", "Projects 3", "Summary"]
    for name, rows in {"Findings": 90, "Findings 2": 90, "Findings 3": 20}.items():
        cells = [row["Cell"] for row in table_of(content, name)]
        assert cells == [f"A{row}" for row in range(2, rows + 2)]
    # Two further sheets of projects and two of findings.
    assert lines_of(content, "About")[-1][1].endswith("(1,048,576): 4.")
    budgets = [row[-2:] for row in lines_of(content, "Summary") if row[0] == "Total"][1]
    assert budgets == (f"{sum(range(200))}", "200")
