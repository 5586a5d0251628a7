from collections import Counter
from datetime import date, timedelta
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from esfkit.analysis.time import spread as module
from esfkit.analysis.time.spread import Every, bucket_name, bucket_of, pieces_of, spread

MONTHS: dict[Every, int] = {"year": 12, "quarter": 3, "month": 1}
EVERY: list[Every] = list(MONTHS)
DAYS = st.dates(date(1995, 1, 1), date(2035, 12, 31))
AMOUNTS = st.none() | st.integers(-(2**63) + 1, 2**63 - 1) | st.integers(-100, 100)


def rows_of(*records: tuple[date, date, int | None]) -> pl.DataFrame:
    columns = zip(*records, strict=True) if records else ([], [], [])
    names = {"start": pl.Date, "end": pl.Date, "amount": pl.Int64}
    return pl.DataFrame(dict(zip(names, map(list, columns), strict=True)), schema=names)


def parts_of(start: str, end: str, amount: int | None, every: Every) -> dict[str, int | None]:
    rows = rows_of((date.fromisoformat(start), date.fromisoformat(end), amount))
    table = spread(rows, ["amount"], every)
    names = table.select(bucket_name(pl.col("bucket"), every)).to_series()
    return dict(zip(names, table["amount"], strict=True))


def plainly(start: date, end: date, amount: int, every: Every) -> list[int]:
    """Return the parts day by day, as one would with pencil and paper."""
    span = MONTHS[every]
    days = [start + timedelta(number) for number in range((end - start).days + 1)]
    per = Counter((day.year * 12 + day.month - 1) // span for day in days)
    parts = [divmod(abs(amount) * count, len(days)) for count in per.values()]
    left = abs(amount) - sum(whole for whole, _ in parts)
    first = sorted(range(len(parts)), key=lambda place: (-parts[place][1], place))[:left]
    sign = -1 if amount < 0 else 1
    return [sign * (whole + (place in first)) for place, (whole, _) in enumerate(parts)]


def test_two_years_over_three_calendar_years_worked_out_by_hand() -> None:
    # 122, 365 and 243 of 730 days; 1 000 001 x 122 / 730 = 167 123.455, x 365 = 500 000.5,
    # x 243 = 332 877.045: one krona is left, and 2017 lost most.
    assert parts_of("2016-09-01", "2018-08-31", 1_000_001, "year") == {
        "2016": 167_123,
        "2017": 500_001,
        "2018": 332_877,
    }


def test_a_leap_day_counts() -> None:
    assert parts_of("2016-01-01", "2016-03-31", 91, "month") == {
        "2016-01": 31,
        "2016-02": 29,
        "2016-03": 31,
    }


def test_of_equal_remainders_the_earlier_gets_what_is_left() -> None:
    assert parts_of("2017-12-31", "2018-01-01", 1, "quarter") == {"2017-Q4": 1, "2018-Q1": 0}
    assert parts_of("2017-12-31", "2018-01-01", -3, "year") == {"2017": -2, "2018": -1}


def test_a_single_day_takes_all() -> None:
    assert parts_of("2016-02-29", "2016-02-29", 7, "month") == {"2016-02": 7}


def test_what_is_not_stated_stays_so_everywhere() -> None:
    assert parts_of("2016-11-01", "2017-02-01", None, "year") == {"2016": None, "2017": None}


@given(
    st.lists(st.tuples(DAYS, DAYS, AMOUNTS).map(lambda r: (min(r[:2]), max(r[:2]), r[2]))),
    st.sampled_from(EVERY),
)
@settings(max_examples=150, deadline=None)
def test_the_parts_are_those_of_pencil_and_paper(
    records: list[tuple[date, date, int | None]], every: Every
) -> None:
    rows = rows_of(*records).with_row_index("record")

    parts = spread(rows, ["amount"], every)

    assert parts["record"].is_sorted()
    for number, (start, end, amount) in enumerate(records):
        own = parts.filter(pl.col("record") == number)["amount"].to_list()
        if amount is None:
            assert set(own) == {None}
        else:
            assert own == plainly(start, end, amount, every)
            assert sum(own) == amount


@given(day=st.dates(), every=st.sampled_from(EVERY))
def test_buckets_are_named_by_the_calendar(day: date, every: Every) -> None:
    names: dict[Every, str] = {
        "year": f"{day.year:04}",
        "quarter": f"{day.year:04}-Q{(day.month + 2) // 3}",
        "month": f"{day.year:04}-{day.month:02}",
    }
    table = pl.DataFrame({"day": [day]})

    name = table.select(bucket_name(bucket_of(pl.col("day"), every), every)).item()

    assert name == names[every]


@pytest.mark.parametrize("every", EVERY)
def test_pieces_hold_every_record_once_and_give_the_same_parts(
    every: Every, monkeypatch: pytest.MonkeyPatch
) -> None:
    records: list[Any] = [
        (date(2010, 1, 1) + timedelta(17 * n), date(2012, 5, 3) + timedelta(23 * n), n**5 - 99)
        for n in range(60)
    ]
    rows = rows_of(*records)
    whole = spread(rows, ["amount"], every)
    monkeypatch.setattr(module, "_ROWS", 64)

    pieces = pieces_of(rows, every)

    assert len(pieces) > 1
    assert pl.concat(pieces).equals(rows)
    assert pl.concat(spread(piece, ["amount"], every) for piece in pieces).equals(whole)


def test_nothing_spread_is_nothing() -> None:
    assert pieces_of(rows_of(), "month") == []
    assert spread(rows_of(), ["amount"], "month").is_empty()
