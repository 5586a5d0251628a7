import io
import re
import subprocess
import sys
import zipfile
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import polars as pl
import pytest
from typing_extensions import override

from esfkit.dataset.frame import to_frame
from esfkit.model.errors import BadRequest
from esfkit.output.workbook import sheets
from esfkit.output.xlsx import write_xlsx
from factories import a_full_project


def written(frame: pl.DataFrame) -> bytes:
    stream = io.BytesIO()
    write_xlsx(frame, stream)
    return stream.getvalue()


def part_of(content: bytes, name: str) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return archive.read(name).decode()


def read_back(content: bytes, sheet: str = "Data") -> dict[str, list[Any]]:
    frame = pl.read_excel(
        io.BytesIO(content), sheet_name=sheet, engine="calamine", drop_empty_rows=False
    )
    return frame.to_dict(as_series=False)


def names_of(content: bytes) -> list[str]:
    return re.findall(r'<sheet name="([^"]*)"', part_of(content, "xl/workbook.xml"))


def notes_of(frame: pl.DataFrame) -> list[str]:
    content = written(frame)
    if "Notes" not in names_of(content):
        return []
    frame = pl.read_excel(
        io.BytesIO(content), sheet_name="Notes", has_header=False, engine="calamine"
    )
    return frame.to_series().to_list()


def test_values_keep_their_kinds() -> None:
    frame = pl.DataFrame(
        {
            "record_id": ["esf:1", "esf:2"],
            "sek": [3_350_000, None],
            "esf_share": [0.47, None],
            "eur": [Decimal("10.25"), None],
            "period_start": [date(2016, 9, 1), None],
            "truth": [True, None],
        },
        schema_overrides={"eur": pl.Decimal(18, 2)},
    )

    assert read_back(written(frame)) == {
        "record_id": ["esf:1", "esf:2"],
        "sek": [3_350_000, None],
        "esf_share": [0.47, None],
        "eur": [10.25, None],
        "period_start": [date(2016, 9, 1), None],
        "truth": [True, None],
    }


def test_formats_are_those_of_counts_shares_money_days_and_years() -> None:
    frame = pl.DataFrame(
        {
            "n": [1],
            "esf_share": [0.5],
            "mean": [0.5],
            "eur": [Decimal("1.20")],
            "whole": [Decimal(1)],
            "day": [date(2016, 9, 1)],
            "start_year": [2016],
        },
        schema_overrides={"eur": pl.Decimal(18, 2), "whole": pl.Decimal(18, 0)},
    )
    styles = part_of(written(frame), "xl/styles.xml")
    cells = re.findall(r'<c r="[A-G]2" s="(\d+)"', part_of(written(frame), _SHEET))
    formats = re.findall(r'<xf numFmtId="(\d+)"', styles.split("<cellXfs")[1])
    named = dict(re.findall(r'<numFmt numFmtId="(\d+)" formatCode="([^"]*)"', styles))
    built_in = {"1": "0", "3": "#,##0", "4": "#,##0.00", "10": "0.00%"}

    met = [formats[int(cell)] for cell in cells]
    assert [built_in.get(each) or named[each] for each in met] == [
        "#,##0",
        "0.00%",
        "#,##0.0000",
        "#,##0.00",
        "#,##0",
        "yyyy-mm-dd",
        "0",
    ]


_SHEET = "xl/worksheets/sheet1.xml"


@pytest.mark.parametrize(
    "text", ["=1+1", "{=1}", "+1", "-1", "@SUM(A1)", "http://exempel.se", "mailto:a@b.se",
             "1 000", "007", "internal:Data!A1", "TRUE", "#N/A"],
)  # fmt: skip
def test_text_stays_text_even_where_it_looks_like_something_else(text: str) -> None:
    content = written(pl.DataFrame({text: [text]}))
    sheet = part_of(content, _SHEET)

    assert "<f>" not in sheet
    assert "<hyperlink" not in sheet
    assert re.findall(r'<c r="A2"[^>]*t="(\w+)"', sheet) == ["s"]
    assert f"<t>{text}</t>" in part_of(content, "xl/sharedStrings.xml")


def test_text_that_begins_like_a_formula_stays_text_when_it_is_edited() -> None:
    styles = part_of(written(pl.DataFrame({"a": ["=1+1"]})), "xl/styles.xml")

    assert 'quotePrefix="1"' in styles
    assert 'quotePrefix="1"' not in part_of(
        written(pl.DataFrame({"a": ["x"]})), "xl/styles.xml"
    )


@pytest.mark.parametrize(
    "text",
    ["<r>", "<r></r>", "<r><t>x</t></r>", "<r></c></row>&</r>", "<r>\n</r>", "<r>_x0041_</r>",
     "<r>" + "&" * 10_000 + "</r>", "<r>" + "&" * 32_760 + "</r>", "a < b & c > d", "]]>",
     "_x000D_", "\0\x01\x1f\x7f\x9f"],
)  # fmt: skip
def test_markup_is_text(text: str) -> None:
    (shown,) = read_back(written(pl.DataFrame({"a": [text]})))["a"]

    # A long text of this kind gets a blank at its end, the longest of all a mark.
    assert shown.rstrip(" ") == text or shown.endswith("… [32,767 / 32,768]")


def test_characters_that_no_workbook_may_hold_are_spelled_out_and_counted() -> None:
    frame = pl.DataFrame({"a": ["x\ufffey", "\uffff", "z"]})

    assert read_back(written(frame))["a"] == ["x\\ufffey", "\\uffff", "z"]
    (told,) = notes_of(frame)
    assert told.endswith("\\ufffe or \\uffff: 2.")


@pytest.mark.parametrize("letter", ["x", "å", "😀"])
def test_a_text_that_is_too_long_is_cut_with_a_mark_and_counted(letter: str) -> None:
    units = len(letter.encode("utf-16-le")) // 2
    fits = letter * (32_767 // units)
    frame = pl.DataFrame({"a": [fits, fits + letter]})

    whole, cut = read_back(written(frame))["a"]

    assert whole == fits
    assert len(cut.encode("utf-16-le")) // 2 <= 32_767
    assert re.fullmatch(f"{letter}+… \\[32,767 / 32,76[89]\\]", cut)
    (told,) = notes_of(frame)
    assert "32,767 characters" in told
    assert ": 1. " in told


@pytest.mark.parametrize(
    ("value", "text"),
    [(10**15 - 1, None), (-(10**15) + 1, None), (10**15, str(10**15)),
     (2**63 - 1, str(2**63 - 1)), (-(10**15), str(-(10**15)))],
)  # fmt: skip
def test_whole_numbers_of_more_than_15_digits_are_text(value: int, text: str | None) -> None:
    frame = pl.DataFrame({"a": [value]})

    assert read_back(written(frame)) == {"a": [value if text is None else text]}
    assert [told.split(":")[-1] for told in notes_of(frame)] == (
        [] if text is None else [" 1."]
    )


def test_decimals_of_more_than_15_digits_are_text() -> None:
    frame = pl.DataFrame(
        {"a": [Decimal("1234567890123.25"), Decimal("12345678901234.25")]},
        schema={"a": pl.Decimal(18, 2)},
    )
    sheet = part_of(written(frame), _SHEET)

    assert "<v>1234567890123.25</v>" in sheet
    assert "12345678901234.25" in part_of(written(frame), "xl/sharedStrings.xml")


def test_days_on_which_spreadsheets_disagree_are_text() -> None:
    frame = pl.DataFrame({"a": [date(1900, 2, 28), date(1, 1, 1)]})

    assert read_back(written(frame)) == {"a": ["1900-02-28", "0001-01-01"]}
    assert [told.split(":")[-1] for told in notes_of(frame)] == [" 2."]
    late = pl.DataFrame({"a": [date(1900, 3, 1), date(9999, 12, 31)]})
    assert read_back(written(late)) == late.to_dict(as_series=False)


def test_a_time_of_day_is_text() -> None:
    frame = pl.DataFrame({"a": [datetime(2016, 9, 1, 12, tzinfo=UTC)]})

    assert read_back(written(frame)) == {"a": ["2016-09-01T12:00:00+00:00"]}
    assert notes_of(frame) == []


def test_no_figure_is_an_empty_cell() -> None:
    frame = pl.DataFrame({"a": [float("nan"), float("inf"), 1.0]})

    assert read_back(written(frame)) == {"a": [None, None, 1.0]}


def test_lists_are_json() -> None:
    frame = pl.DataFrame({"a": [["å", "=1"], []], "b": [{"x": 1}, {"x": None}]})

    assert read_back(written(frame)) == {
        "a": ['["å","=1"]', "[]"],
        "b": ['{"x":1}', '{"x":null}'],
    }


def test_headings_stay_in_sight_and_filter() -> None:
    sheet = part_of(written(pl.DataFrame({"a": [1], "b": [2]})), _SHEET)

    assert '<pane ySplit="1" topLeftCell="A2"' in sheet
    assert '<autoFilter ref="A1:B2"/>' in sheet


def test_a_table_with_more_rows_than_a_sheet_goes_on_on_the_next(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sheets, "ROWS", 4)
    content = written(pl.DataFrame({"a": range(7)}))

    assert names_of(content) == ["Data", "Data 2", "Data 3", "Notes"]
    assert [read_back(content, name)["a"] for name in names_of(content)[:3]] == [
        [0, 1, 2],
        [3, 4, 5],
        [6],
    ]
    assert notes_of(pl.DataFrame({"a": range(7)}))[0].endswith("(1,048,576): 2.")
    assert names_of(written(pl.DataFrame({"a": range(3)}))) == ["Data"]


def test_a_table_with_more_columns_than_a_sheet_is_refused() -> None:
    with pytest.raises(BadRequest, match="16384 columns and the table 16385"):
        written(pl.DataFrame({f"a{n}": [] for n in range(16_385)}))


@pytest.mark.parametrize(
    "frame",
    [pl.DataFrame(), pl.DataFrame({"a": []}), to_frame([]), to_frame([a_full_project()])],
)
def test_every_table_can_be_opened(frame: pl.DataFrame) -> None:
    content = written(frame)

    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
    assert names_of(content) == ["Data"]


def test_equal_tables_give_equal_bytes() -> None:
    assert written(to_frame([a_full_project()])) == written(to_frame([a_full_project()]))


def test_an_error_of_the_stream_is_passed_on() -> None:
    class Full(io.BytesIO):
        @override
        def write(self, _: object) -> int:
            raise OSError(28, "No space left on device")

    with pytest.raises(OSError, match="No space left"):
        write_xlsx(pl.DataFrame({"a": [1]}), Full())


def test_loading_the_writers_does_not_load_the_library() -> None:
    code = "import sys, esfkit.output.writers; sys.exit('xlsxwriter' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
