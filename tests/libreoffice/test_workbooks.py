"""Workbooks as LibreOffice opens and computes them."""

import re
import zipfile
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from esfkit.dataset.columns import SCHEMA
from esfkit.dataset.dictionary import headings
from esfkit.dataset.frame import to_frame
from esfkit.model.record import Record
from esfkit.output.personal import withhold
from esfkit.output.workbook import About, sheets, write_workbook
from esfkit.output.xlsx import write_xlsx
from factories import a_call, a_full_project, a_project
from libreoffice.office import HOSTILE, Seen, Sheets, needs_libreoffice, seen_by_libreoffice

pytestmark = needs_libreoffice

REGIONS = (
    "Stockholm", "Sydsverige", "Övre Norrland", "Östra Mellansverige", "Nationellt", None, "Ö*"
)  # fmt: skip
AREAS = (
    ("2007-2013", "1"), ("2014-2020", "1"), ("2014-2020", "2"), ("2021-2027", "A"),
    ("2014-2020", None), (None, None), (None, "2"), ("2014-2020", '"&1&"'),
)  # fmt: skip
CONTROL = "\x00\x07\x1b[31m\x0b\x0c\x1f\x7f\x85 _x0041_ \ufffe\uffff <r> & </r> ]]>"
TABLE = pl.DataFrame(
    {
        "text": [*HOSTILE, "<r><t>x</t></r>", "<r>&</c>", CONTROL, "å" * 40_000, "007", None],
        "whole": [*range(len(HOSTILE) + 3), 2**53 + 1, -(2**63) + 1, None],
        "esf_share": [0.47] * (len(HOSTILE) + 5) + [None],
        "euro": [Decimal("0.10")] * (len(HOSTILE) + 5) + [None],
        "day": [date(2016, 9, 1)] * (len(HOSTILE) + 4) + [date(1900, 1, 1), None],
        "truth": [True, False] * (len(HOSTILE) // 2 + 3),
        "list": [["=1+1", 'a"b']] * (len(HOSTILE) + 5) + [None],
    },
    schema_overrides={"euro": pl.Decimal(18, 2)},
)


def records() -> Iterator[Record]:
    for number in range(112):
        period, area = AREAS[number % len(AREAS)]
        yield a_project(
            f"2016/{number:05}",
            title=HOSTILE[number % len(HOSTILE)],
            region=REGIONS[number * 3 % len(REGIONS)],
            programme_period=period,
            programme_area=area,
            total_budget_sek=None if number % 3 == 0 else 1_000_000 + 7 * number,
            esf_support_sek=None if number % 4 == 0 else 600_000 - 11 * number,
            planned_participants=None if number % 5 == 0 else number % 9,
            total_budget_eur=Decimal("10.25") if number == 17 else None,
        )
    yield a_call(region="Stockholm", call_amount_sek=5, total_budget_sek=9_999_999)
    yield a_full_project()
    yield a_project("2016/00001", region="Stockholm", total_budget_sek=77_777_777)


RECORDS = list(records())
COUNTED = [True] * (len(RECORDS) - 1) + [False]


def with_wrong_figures(path: Path, target: Path) -> None:
    """Copy a workbook and put another figure beside each of its formulas."""
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name.startswith("xl/worksheets/"):
                content = re.sub(rb"</f><v>[^<]*</v>", b"</f><v>4711</v>", content)
            new.writestr(name, content)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("workbooks")
    frame, counted = withhold(to_frame(RECORDS)), pl.Series(COUNTED)
    swedish = About(version="0", date=None, sources=HOSTILE[:3], language="sv")
    english = About(version="0", date=None, sources=HOSTILE[:3], language="en")
    with (folder / "sv.xlsx").open("wb") as stream:
        write_workbook(frame, stream, swedish, counted)
    with (folder / "en.xlsx").open("wb") as stream:
        write_workbook(frame, stream, english, counted)
    with_wrong_figures(folder / "en.xlsx", folder / "wrong.xlsx")
    with pytest.MonkeyPatch.context() as patch, (folder / "split.xlsx").open("wb") as stream:
        patch.setattr(sheets, "ROWS", 50)
        write_workbook(frame, stream, english, counted)
    with (folder / "empty.xlsx").open("wb") as stream:
        write_workbook(frame.clear(), stream, english)
    with (folder / "table.xlsx").open("wb") as stream:
        write_xlsx(TABLE, stream)
    return folder


@pytest.fixture(scope="module")
def seen(folder: Path) -> dict[str, Sheets]:
    return seen_by_libreoffice(sorted(folder.glob("*.xlsx")), folder)


def column(rows: list[list[Seen]], heading: str) -> list[Seen]:
    place = [cell.text for cell in rows[0]].index(heading)
    return [row[place] if place < len(row) else Seen() for row in rows[1:]]


def test_no_cell_of_any_sheet_is_an_error(seen: dict[str, Sheets]) -> None:
    assert [*seen["split.xlsx"]][:4] == ["Projects", "Projects 2", "Projects 3", "Summary"]
    for workbook in seen.values():
        for rows in workbook.values():
            for cell in (cell for row in rows for cell in row):
                assert cell.type != "error", cell
                assert not (cell.formula and cell.text.startswith(("#", "Err:"))), cell


def test_formulas_stand_in_the_summary_and_the_groups_alone(seen: dict[str, Sheets]) -> None:
    for language, (projects, summary) in {
        "sv": ("Projekt", "Sammanställning"),
        "en": ("Projects", "Summary"),
    }.items():
        for name, rows in seen[f"{language}.xlsx"].items():
            places = {place for row in rows for place, cell in enumerate(row) if cell.formula}
            if name == projects:
                width = len(rows[0])
                assert places == {width - 2, width - 1}
            else:
                assert bool(places) == (name == summary)
    assert not [c for row in seen["table.xlsx"]["Data"] for c in row if c.formula]


def test_titles_that_look_like_formulas_are_the_texts_that_they_are(
    seen: dict[str, Sheets],
) -> None:
    cells = column(seen["en.xlsx"]["Projects"], "Title")

    assert len(HOSTILE) == 40
    for cell, title in zip(cells, (r.title for r in RECORDS), strict=True):
        assert cell.type == ("string" if title else "")
        # A tab or line end is shown as one, and a carriage return as nothing.
        assert cell.text.split() == (title or "").split()


def test_the_kinds_of_values_are_kept(seen: dict[str, Sheets]) -> None:
    rows = seen["table.xlsx"]["Data"]

    assert [cell.text for cell in rows[0]] == TABLE.columns
    assert [cell.type for cell in rows[1]] == [
        "string", "float", "percentage", "float", "date", "boolean", "string"
    ]  # fmt: skip
    assert [cell.value for cell in rows[1]] == [
        "", "0", "0.47", "0.1", "2016-09-01", "true", ""
    ]  # fmt: skip
    assert rows[1][2].text == "47.00%"
    assert rows[1][6].text == '["=1+1","a\\"b"]'
    assert [cell.text for cell in rows[-1]] == ["", "", "", "", "", "FALSE"]


def test_what_excel_cannot_hold_stands_as_text(seen: dict[str, Sheets]) -> None:
    rows, notes = seen["table.xlsx"]["Data"], seen["table.xlsx"]["Notes"]
    texts, wholes, days = (column(rows, name) for name in ("text", "whole", "day"))

    assert [cell.text for cell in texts[40:42]] == ["<r><t>x</t></r>", "<r>&</c>"]
    assert texts[42].text.endswith(" _x0041_ \\ufffe\\uffff <r> & </r> ]]>")
    assert len(texts[43].text) == 32_767
    assert texts[43].text.endswith("… [32,767 / 40,000]")
    assert (texts[44].type, texts[44].text) == ("string", "007")
    assert (wholes[43].type, wholes[43].text) == ("string", str(2**53 + 1))
    assert (wholes[44].type, wholes[44].text) == ("string", str(-(2**63) + 1))
    assert (days[44].type, days[44].text) == ("string", "1900-01-01")
    assert [re.findall(r": (\d+)\.", row[0].text) for row in notes] == [
        ["1"], ["2"], ["1"], ["1"]
    ]  # fmt: skip


# --- the summary


def backing(region: str, area: str) -> list[Record]:
    """Return the projects behind a row and a column of the summary, one by one."""
    known = {*REGIONS} - {None, "Ö*"} | {"Småland och Öarna"}

    def region_of(record: Record) -> str:
        if record.region is None:
            return "(not stated)"
        return record.region if record.region in known else "(other)"

    def area_of(record: Record) -> str:
        period, code = record.programme_period, record.programme_area
        if (period, code) in AREAS[:4]:
            return f"{period} · {code}"
        if code is None:
            return f"{period} · (not stated)" if period else "(not stated)"
        return "(other)"

    def belongs(record: Record) -> bool:
        if region == "All regions":
            return region_of(record) in known - {"Nationellt"}
        return region in ("Total", region_of(record))

    return [
        record
        for record, counts in zip(RECORDS, COUNTED, strict=True)
        if counts and record.kind == "project" and belongs(record)
        and area in ("Total", area_of(record))
    ]  # fmt: skip


def stated(found: list[Record], *names: str) -> list[tuple[Any, ...]]:
    rows = [tuple(getattr(record, name) for name in names) for record in found]
    return [row for row in rows if None not in row]


def expected(block: str, found: list[Record], total: int) -> tuple[float | None, float]:
    """Return the figure of a block and what stands beside it."""
    if block == "Projects":
        return len(found), len(found) / total
    if block == "ESF share":
        both = stated(found, "esf_support_sek", "total_budget_sek")
        return (sum(s for s, _ in both) / sum(b for _, b in both) if both else None), len(both)
    name = {
        "Total budget (SEK)": "total_budget_sek",
        "ESF support (SEK)": "esf_support_sek",
        "Planned participants": "planned_participants",
        "Total budget in euro (EUR)": "total_budget_eur",
        "ESF support in euro (EUR)": "esf_support_eur",
    }[block]
    values = stated(found, name)
    return (float(sum(v for (v,) in values)) if values else None), len(values)


@pytest.mark.parametrize("file", ["en.xlsx", "wrong.xlsx", "split.xlsx"])
def test_every_figure_is_what_the_records_behind_it_give(
    file: str, seen: dict[str, Sheets]
) -> None:
    rows = seen[file]["Summary"]
    areas = [cell.text for cell in rows[1]][1::2]
    total = len(backing("Total", "Total"))
    block, checked = "", 0
    for row in rows[3:]:
        if len(row) < 3:
            continue
        if not row[1].formula:
            block = row[0].text
            continue
        for place, area in enumerate(areas):
            figure, beside = expected(block, backing(row[0].text, area), total)
            assert row[1 + 2 * place].figure == pytest.approx(figure)
            assert row[2 + 2 * place].figure == pytest.approx(beside)
            checked += 1

    assert areas == [
        "2007-2013 · 1", "2014-2020 · 1", "2014-2020 · 2", "2014-2020 · (not stated)",
        "2021-2027 · A", "(other)", "(not stated)", "Total",
    ]  # fmt: skip
    assert checked == 7 * len(areas) * 10


def test_the_nationwide_stand_after_the_regions_and_apart_from_their_sum(
    seen: dict[str, Sheets],
) -> None:
    rows = seen["sv.xlsx"]["Sammanställning"]

    assert [row[0].text for row in rows[5:15]] == [
        "Småland och Öarna", "Stockholm", "Sydsverige", "Östra Mellansverige",
        "Övre Norrland", "Regionerna tillsammans", "Nationellt", "(annat)", "(ej angivet)",
        "Summa",
    ]  # fmt: skip


def test_the_figures_beside_the_formulas_were_wrong_before_they_were_computed_anew(
    seen: dict[str, Sheets],
) -> None:
    wrong, right = seen["wrong.xlsx"]["Summary"], seen["en.xlsx"]["Summary"]

    assert "4711" not in {cell.value for row in wrong for cell in row}
    assert wrong == right


def test_the_figures_beside_the_formulas_are_those_that_they_give(
    folder: Path, seen: dict[str, Sheets]
) -> None:
    beside = pl.read_excel(
        folder / "en.xlsx",
        sheet_name="Summary",
        engine="calamine",
        has_header=False,
        drop_empty_rows=False,
        infer_schema_length=0,
    ).rows()
    computed = [
        (row, column, cell.figure)
        for row, cells in enumerate(seen["en.xlsx"]["Summary"])
        for column, cell in enumerate(cells)
        if cell.formula
    ]

    assert len(computed) > 1000
    for row, column, figure in computed:
        text = beside[row][column]
        assert (float(text) if text else None) == pytest.approx(figure)


def test_a_finding_leads_to_the_cell_that_it_is_about(seen: dict[str, Sheets]) -> None:
    findings, projects = seen["en.xlsx"]["Findings"], seen["en.xlsx"]["Projects"]
    (cell,) = column(findings, "Cell")
    place = [each.text for each in projects[0]].index("ESF support")
    row = next(n for n, each in enumerate(projects) if each[0].text == "esf:2016/00130")

    found = re.fullmatch(r"#\$?'?Projects'?\.\$?([A-Z]+)\$?(\d+)", cell.link)
    assert found is not None
    assert found[0].endswith(cell.text)
    letters = sum((ord(x) - 64) * 26**n for n, x in enumerate(reversed(found[1])))
    assert (letters - 1, int(found[2]) - 1) == (place, row)
    assert column(findings, "Raw text")[0].text == "3 350 000 kr"


def test_a_workbook_of_nothing_has_its_sheets_and_no_sums(seen: dict[str, Sheets]) -> None:
    empty = seen["empty.xlsx"]

    assert [*empty] == ["Projects", "Summary", "Findings", "Dictionary", "About"]
    assert len(empty["Projects"]) == 1
    assert {cell.figure for row in empty["Summary"] for cell in row} <= {0, None}
    assert len(empty["Dictionary"]) == 1 + len(SCHEMA)
    assert empty["Projects"][0][0].text == headings("en")["record_id"]
