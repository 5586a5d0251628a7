import csv
import io
from datetime import date
from decimal import Decimal

import polars as pl
import pytest

from esfkit.output.writers import writer_named

TRIGGERS = ("=", "+", "-", "@", "\t", "\r", "\n", "\0", "＝", "＋", "－", "＠")
BEFORE = ("", " ", "   ", "\xa0", '"', ' "', "\ufeff", "'")
INSIDE = ("x;", "x,", "x\t", "x\n", "x\r\n", "x; ", 'x,"', 'x;""', "x;\n", "x\n\n", "x;'")
STARTS = [
    *(f"{before}{trigger}1+1" for before in BEFORE for trigger in TRIGGERS),
    *(f"{before}{trigger}1+1" for before in INSIDE for trigger in "=+-@＝"),
    *(f"x{separator}" for separator in (",", ";", "\t", "\n", '"', ';"', ', "')),
]
DIALECTS = {"csv": ",", "tsv": "\t", "csv-sv": ";"}


def written(name: str, frame: pl.DataFrame) -> bytes:
    stream = io.BytesIO()
    writer_named(name).write(frame, stream)
    return stream.getvalue()


def cells_of(content: bytes, separator: str) -> list[list[str]]:
    text = content.decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=separator))


def test_the_matrix_has_at_least_forty_starts() -> None:
    assert len(set(STARTS)) >= 40


@pytest.mark.parametrize("name", DIALECTS)
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_no_cell_begins_with_a_trigger_read_with_any_separator(
    name: str, separator: str
) -> None:
    frame = pl.DataFrame(
        {
            "first": STARTS,
            "second": list(reversed(STARTS)),
            "number": range(len(STARTS)),
            "last": STARTS,
            "list": [[start, start] for start in STARTS],
        }
    )

    for start in range(frame.height):
        content = written(name, frame[start : start + 2])
        for row in cells_of(content, separator):
            for cell in row:
                assert not cell.startswith(TRIGGERS), (STARTS[start], row)
                assert not cell.strip(' \xa0"\ufeff').startswith(TRIGGERS[:4]), row


@pytest.mark.parametrize("name", DIALECTS)
def test_with_its_own_separator_every_row_has_its_cells(name: str) -> None:
    frame = pl.DataFrame({"a": STARTS, "b": STARTS})

    rows = cells_of(written(name, frame), DIALECTS[name])
    assert len(rows) == len(STARTS) + 1
    assert {len(row) for row in rows} == {2}


FRAME = pl.DataFrame(
    {
        "name": ["Växjö, kommun", None, ""],
        "sek": [-1, None, 5_000_000],
        "eur": pl.Series([Decimal("1.50"), None, Decimal("-0.05")], dtype=pl.Decimal(18, 2)),
        "share": [0.5, float("nan"), float("inf")],
        "day": [date(2016, 9, 1), None, None],
        "yes": [True, None, False],
        "list": [["a;b"], [], None],
    }
)


def test_csv_is_plain_and_tells_nothing_from_empty() -> None:
    assert written("csv", FRAME).decode() == (
        "name,sek,eur,share,day,yes,list\n"
        '"Växjö, kommun",-1,1.50,0.5,2016-09-01,true,"[""a;b""]"\n'
        ",,,,,,[]\n"
        '"",5000000,-0.05,,,false,\n'
    )


def test_tsv_differs_only_in_the_separator() -> None:
    assert written("tsv", FRAME).decode().splitlines()[1] == (
        '"Växjö, kommun"\t-1\t1.50\t0.5\t2016-09-01\ttrue\t"[""a;b""]"'
    )


def test_swedish_csv_opens_rightly_in_a_swedish_spreadsheet() -> None:
    assert written("csv-sv", FRAME).decode() == (
        "\ufeffname;sek;eur;share;day;yes;list\r\n"
        '"Växjö, kommun";-1;1,50;0,5;2016-09-01;Ja;"[""a;b""]"\r\n'
        ";;;;;;[]\r\n"
        '"";5000000;-0,05;;;Nej;\r\n'
    )


def test_a_heading_from_outside_is_made_harmless_too() -> None:
    assert written("csv", pl.DataFrame({"=1+1": [1]})) == b"'=1+1\n1\n"


def test_a_row_of_one_missing_value_is_not_an_empty_line() -> None:
    assert written("csv", pl.DataFrame({"a": [None, 1]})) == b'a\n""\n1\n'


def test_an_empty_table_is_its_heading() -> None:
    assert written("csv", FRAME.clear()) == b"name,sek,eur,share,day,yes,list\n"
