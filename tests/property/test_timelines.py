"""Laws of timelines: the rows add up, and two other engines come to the same."""

import sqlite3
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Final

import duckdb
import polars as pl
import pytest

from esfkit.analysis.reports.summary import summary
from esfkit.analysis.time.spread import BUCKETS_A_YEAR, Every
from esfkit.analysis.time.timeline import At, timeline
from esfkit.dataset.frame import to_frame
from esfkit.model.record import Record
from factories import a_call, a_project

EVERY: Final = tuple(BUCKETS_A_YEAR)
SUMS: Final = ("total_budget_sek", "esf_support_sek", "planned_participants")
REGIONS: Final = ("Stockholm", "Sydsverige", "Nationellt", None)


def some_records(seed: int) -> pl.DataFrame:
    random = Random(seed)  # noqa: S311 - nothing is kept secret with it

    def maybe(value: object) -> object:
        return value if random.random() < 0.8 else None

    def record(number: int) -> Record:
        start = date(2007, 1, 1) + timedelta(random.randrange(7000))
        make = a_call if number % 9 == 0 else a_project
        return make(
            str(number // 2 if number % 10 == 0 else number),
            region=random.choice(REGIONS),
            period_start=maybe(start),
            period_end=maybe(start + timedelta(random.randrange(-60, 1300))),
            total_budget_sek=maybe(random.randrange(-(10**6), 10**9)),
            esf_support_sek=maybe(random.randrange(10**8)),
            planned_participants=maybe(random.randrange(500)),
        )

    return to_frame([record(number) for number in range(150)])


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("every", EVERY)
@pytest.mark.parametrize("at", ["days", "start"])
def test_the_rows_add_up_to_the_totals_of_a_summary(seed: int, every: Every, at: At) -> None:
    frame = some_records(seed)

    table = timeline(frame, every, at, "region").table
    rows, total = table[:-1], table[-1]

    whole = summary(frame).table
    assert total["projects"].to_list() == whole["projects"].to_list()
    for name in SUMS:
        for column in (name, f"{name}_stated"):
            assert total[column].to_list() == whole[column].to_list()
        assert rows[name].sum() == total[name].item()
    by_region = summary(frame, "region", totals=False).table
    for region in REGIONS:
        own = rows.filter(pl.col("region").eq_missing(region))
        other = by_region.filter(pl.col("region").eq_missing(region))
        assert [own[name].sum() for name in SUMS] == [other[name].item() for name in SUMS]


@pytest.mark.parametrize("every", EVERY)
def test_sqlite_counts_the_same_starts(every: Every) -> None:
    frame = some_records(7).filter(pl.col("kind") == "project")
    name = {
        "year": "strftime('%Y', period_start)",
        "quarter": "strftime('%Y', period_start) || '-Q' || "
        "((strftime('%m', period_start) + 2) / 3)",
        "month": "strftime('%Y-%m', period_start)",
    }[every]
    rows = frame.select(pl.col("period_start").cast(pl.String), "total_budget_sek").rows()
    with closing(sqlite3.connect(":memory:")) as other:
        other.execute("create table records (period_start text, total_budget_sek integer)")
        other.executemany("insert into records values (?, ?)", rows)
        found = other.execute(
            f"select {name}, count(*), sum(total_budget_sek), count(total_budget_sek) "  # noqa: S608 - its own words
            "from records group by 1 order by 1 nulls last"
        ).fetchall()

    table = timeline(frame, every, "start", all_observations=True).table

    columns = ("period", "projects", "total_budget_sek", "total_budget_sek_stated")
    assert table[:-1].filter(pl.col("projects") > 0).select(columns).rows() == found


@pytest.mark.parametrize("every", EVERY)
def test_duckdb_finds_the_same_days_and_whole_parts(every: Every, tmp_path: Path) -> None:
    frame = some_records(11).filter(pl.col("kind") == "project")
    usable = frame.filter(
        pl.col("period_start") <= pl.col("period_end"), pl.col("total_budget_sek") >= 0
    )
    path = tmp_path / "records.parquet"
    usable.select("period_start", "period_end", "total_budget_sek").write_parquet(path)
    with duckdb.connect() as other:
        found = other.execute(
            """
            with days as (
                select rowid, total_budget_sek as amount,
                    period_end - period_start + 1 as every,
                    date_trunc($span, unnest(generate_series(
                        period_start::timestamp, period_end::timestamp, interval 1 day
                    ))) as bucket
                from (select *, row_number() over () as rowid from read_parquet($path))
            ), parts as (
                select bucket, rowid, amount::hugeint * count(*) // every as whole
                from days group by bucket, rowid, amount, every
            )
            select strftime(bucket, '%Y-%m-%d'), count(*), sum(whole)::bigint
            from parts group by bucket order by bucket
            """,
            {"span": every, "path": str(path)},
        ).fetchall()

    table = timeline(usable, every, all_observations=True).table[:-1]
    touched = table.filter(pl.col("projects") > 0)

    assert touched["projects"].to_list() == [count for _, count, _ in found]
    assert [name[:4] for name in touched["period"]] == [day[:4] for day, *_ in found]
    # What rounding down leaves over is less than one krona for each record in the bucket.
    more = [
        mine - whole
        for mine, (_, _, whole) in zip(touched["total_budget_sek"], found, strict=True)
    ]
    assert all(
        0 <= left <= count for left, count in zip(more, touched["projects"], strict=True)
    )
    assert sum(more) == usable["total_budget_sek"].sum() - sum(each for *_, each in found)
