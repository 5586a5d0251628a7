import polars as pl

from esfkit.analysis.reports.findings import findings_by_cause
from esfkit.dataset.frame import to_frame
from esfkit.model.finding import Problem, Severity
from factories import a_finding, a_project

ROUNDED = a_finding(Problem.AMOUNT_ROUNDED, Severity.NOTE, "m", field="esf_support_sek")
MISSING = a_finding(Problem.VALUE_MISSING, Severity.WARNING, "first", field="region", start=1)
AGAIN = a_finding(Problem.VALUE_MISSING, Severity.WARNING, "second", field="region", start=9)
REVERSED = a_finding(Problem.PERIOD_REVERSED, Severity.ERROR, "r")

RECORDS = [
    a_project("2", findings=(ROUNDED, AGAIN, MISSING)),
    a_project("1", findings=(ROUNDED,)),
    a_project("3", findings=(ROUNDED, REVERSED)),
    a_project("4", findings=(ROUNDED,)),
]


NO_MONEY = {
    "projects": 1,
    "esf_support_sek": None,
    "esf_support_sek_stated": 0,
    "total_budget_sek": None,
    "total_budget_sek_stated": 0,
}


def test_findings_are_counted_by_cause_the_heaviest_first() -> None:
    table = findings_by_cause(to_frame(RECORDS))

    assert table.rows(named=True) == [
        {
            "code": "period_reversed",
            "severity": "error",
            "field": None,
            "findings": 1,
            "records": 1,
            "share": 0.25,
            **NO_MONEY,
            "examples": ["esf:3: r"],
        },
        {
            "code": "value_missing",
            "severity": "warning",
            "field": "region",
            "findings": 2,
            "records": 1,
            "share": 0.25,
            **NO_MONEY,
            "examples": ["esf:2: first", "esf:2: second"],
        },
        {
            "code": "amount_rounded",
            "severity": "note",
            "field": "esf_support_sek",
            "findings": 4,
            "records": 4,
            "share": 1.0,
            **NO_MONEY,
            "projects": 4,
            "examples": ["esf:1: m", "esf:2: m", "esf:3: m"],
        },
    ]


def test_the_order_of_the_rows_does_not_matter() -> None:
    table = findings_by_cause(to_frame(RECORDS).lazy())

    assert findings_by_cause(to_frame(reversed(RECORDS))).equals(table)


def test_where_nothing_was_found_the_table_is_empty() -> None:
    for records in ([], [a_project()]):
        table = findings_by_cause(to_frame(records))
        assert table.height == 0
        assert table.schema["findings"] == pl.Int64


def test_the_money_at_stake_counts_each_project_once_and_tells_who_states_it() -> None:
    twice = a_project("2", findings=(ROUNDED,), esf_support_sek=500)
    records = [
        a_project("1", findings=(ROUNDED, ROUNDED), esf_support_sek=100, total_budget_sek=7),
        twice,
        twice,
        a_project("3", findings=(ROUNDED,)),
        a_project("4", esf_support_sek=9_999),
    ]

    [row] = findings_by_cause(to_frame(records)).rows(named=True)

    assert (row["records"], row["projects"]) == (4, 3)
    assert (row["esf_support_sek"], row["esf_support_sek_stated"]) == (600, 2)
    assert (row["total_budget_sek"], row["total_budget_sek_stated"]) == (7, 1)


def test_a_sum_of_more_than_18_digits_is_no_sum() -> None:
    most = 2**63 - 1
    records = [a_project(n, findings=(ROUNDED,), esf_support_sek=most) for n in "12"]

    [row] = findings_by_cause(to_frame(records)).rows(named=True)

    assert (row["esf_support_sek"], row["esf_support_sek_stated"]) == (None, 2)
