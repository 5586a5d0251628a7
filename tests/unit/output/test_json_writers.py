import io
import json
from datetime import date
from decimal import Decimal

import polars as pl
import pytest

from esfkit.dataset.frame import row_of, to_frame
from esfkit.output.jsonl import write_json, write_jsonl
from factories import a_full_project, a_project

FRAME = pl.DataFrame(
    {
        "name": ["Växjö\n\u2028", None],
        "sek": [5_000_000, None],
        "eur": pl.Series([Decimal("1.50"), None], dtype=pl.Decimal(18, 2)),
        "share": [float("nan"), float("-inf")],
        "day": [date(2016, 9, 1), None],
        "targets": [[{"label": "x", "total": 1}], []],
    }
)
ROWS = [
    {
        "name": "Växjö\n\u2028",
        "sek": 5_000_000,
        "eur": "1.50",
        "share": None,
        "day": "2016-09-01",
        "targets": [{"label": "x", "total": 1}],
    },
    {"name": None, "sek": None, "eur": None, "share": None, "day": None, "targets": []},
]


def forbidden(constant: str) -> None:
    raise AssertionError(constant)


def test_jsonl_has_one_strict_object_a_line() -> None:
    stream = io.BytesIO()
    write_jsonl(FRAME, stream)

    text = stream.getvalue().decode()
    assert text.endswith("\n")
    lines = text.split("\n")[:-1]
    assert [json.loads(line, parse_constant=forbidden) for line in lines] == ROWS
    assert "Växjö" in text


def test_json_is_one_array() -> None:
    stream = io.BytesIO()
    write_json(FRAME, stream)

    assert json.loads(stream.getvalue(), parse_constant=forbidden) == ROWS
    assert stream.getvalue().endswith(b"\n")


@pytest.mark.parametrize(("write", "content"), [(write_json, b"[\n]\n"), (write_jsonl, b"")])
def test_an_empty_table_is_still_valid(write: object, content: bytes) -> None:
    stream = io.BytesIO()
    assert callable(write)
    write(FRAME.clear(), stream)
    assert stream.getvalue() == content


def test_a_record_is_written_as_its_row() -> None:
    records = [a_full_project(), a_project()]
    stream = io.BytesIO()
    write_jsonl(to_frame(records), stream)

    lines = stream.getvalue().splitlines()
    assert [json.loads(line) for line in lines] == [row_of(record) for record in records]
