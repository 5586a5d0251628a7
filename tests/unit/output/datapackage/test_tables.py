import csv
import json
from decimal import Decimal
from io import StringIO

import polars as pl
import pytest

from esfkit.dataset.frame import to_frame
from esfkit.output.datapackage.tables import put_code_list, put_table
from esfkit.vocabulary.codes import code_list
from factories import a_full_project, a_project

HOSTILE = ("=1+1", "-2;@SUM(A1)", '"x"\r\n\t+y', "'=z", "å,\nä", "\u202e=1")


def rows_of(frame: pl.DataFrame) -> list[dict[str, str]]:
    parts: list[bytes] = []
    put_table(frame, parts.append)
    return list(csv.DictReader(StringIO(b"".join(parts).decode(), newline="")))


@pytest.mark.parametrize("title", HOSTILE)
def test_a_text_stands_exactly_as_in_the_record(title: str) -> None:
    [row] = rows_of(to_frame([a_project(title=title)]))

    assert row["title"] == title


def test_values_stand_as_table_schema_has_them() -> None:
    [row] = rows_of(to_frame([a_full_project(total_budget_eur=Decimal("500000.50"))]))

    assert row["total_budget_sek"] == "5000000"
    assert row["total_budget_eur"] == "500000.50"
    assert row["esf_share"] == "0.67"
    assert row["period_start"] == "2016-09-01"
    assert (row["strategic_importance"], row["secondary_theme_child_poverty"]) == (
        "false",
        "true",
    )


def test_lists_are_json_of_which_a_spreadsheet_makes_nothing() -> None:
    [row] = rows_of(to_frame([a_project(actors=("a,=1+1", "Åsele kommun"))]))

    assert json.loads(row["actors"]) == ["a,=1+1", "Åsele kommun"]
    assert ",=" not in row["actors"]


def test_what_is_not_stated_and_what_is_no_number_is_an_empty_cell() -> None:
    frame = to_frame([a_project()]).with_columns(pl.lit(float("nan")).alias("esf_share"))
    [row] = rows_of(frame)

    assert (row["title"], row["total_budget_sek"], row["esf_share"]) == ("", "", "")


def test_many_records_stand_in_their_order() -> None:
    records = [a_project(f"2016/{number:05}") for number in range(1001)]

    assert [row["record_id"] for row in rows_of(to_frame(records))] == [
        f"esf:2016/{number:05}" for number in range(1001)
    ]


def test_a_code_list_stands_there_with_its_sources() -> None:
    parts: list[bytes] = []
    put_code_list("regions", parts.append)
    rows = list(csv.DictReader(StringIO(b"".join(parts).decode(), newline="")))

    assert [row["code"] for row in rows] == [code.code for code in code_list("regions").codes]
    assert rows[0]["variants"].split("|")[0] == "Stockholmsregionen"
    assert all(row["source"] and row["certainty"] for row in rows)
