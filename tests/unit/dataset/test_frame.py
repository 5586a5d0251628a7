import json
from decimal import Decimal
from time import perf_counter

from esfkit.dataset.columns import SCHEMA
from esfkit.dataset.frame import row_of, to_frame, to_records
from factories import a_call, a_full_project, a_project


def test_no_records_give_an_empty_table_with_all_columns() -> None:
    assert to_frame([]).schema == SCHEMA


def test_records_come_back_from_the_table_as_they_went_in() -> None:
    records = [a_full_project(), a_project("2016/00131"), a_call(), a_project(title="")]

    assert to_frame(records).schema == SCHEMA
    assert list(to_records(to_frame(records))) == records


def test_what_is_not_stated_is_null_and_an_empty_list_stays_one() -> None:
    row = to_frame([a_project()]).row(0, named=True)

    assert row["total_budget_sek"] is None
    assert row["municipalities"] == []
    assert row["provenance"] == []


def test_the_row_is_plain_json_with_every_column() -> None:
    row = row_of(a_full_project())

    assert list(row) == list(SCHEMA)
    assert json.loads(json.dumps(row, allow_nan=False)) == row
    assert row["period_start"] == "2016-09-01"
    assert row["total_budget_eur"] == "500000.50"
    assert row["findings"][0]["code"] == "amount_rounded"


def test_euro_in_a_row_never_has_an_exponent() -> None:
    assert (
        row_of(a_project(total_budget_eur=Decimal("25E5")))["total_budget_eur"] == "2500000.00"
    )


def test_five_thousand_records_become_a_table_without_a_wait() -> None:
    record = a_full_project()
    start = perf_counter()
    frame = to_frame([record] * 5000)

    assert frame.height == 5000
    assert perf_counter() - start < 8
