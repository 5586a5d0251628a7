import csv
from datetime import date
from pathlib import Path

import pytest

from esfkit.model.finding import Problem
from esfkit.values.dates import PartialDate, Period, read_date, read_period

FIXTURES = Path(__file__).parents[2] / "fixtures" / "values"

with (FIXTURES / "dates.csv").open(encoding="utf-8", newline="") as stream:
    ROWS = list(csv.DictReader(stream, delimiter=";"))
REAL_DATES = [(row["printed"], row["expected"]) for row in ROWS if row["kind"] == "date"]
REAL_PERIODS = [(row["printed"], row["expected"]) for row in ROWS if row["kind"] == "period"]


def shown(read: PartialDate | Period | Problem | None) -> str:
    match read:
        case None:
            return "nothing"
        case Problem():
            return read.value
        case PartialDate():
            printed = [f"{part:02}" for part in read if part is not None]
            return "-".join(printed)
        case Period():
            start = shown(read.start) if read.start else ""
            end = shown(read.end) if read.end else "open" if read.open_ended else ""
            return f"{start}..{end}"


@pytest.mark.parametrize(("printed", "expected"), REAL_DATES)
def test_a_date_is_read_as_the_table_of_real_strings_says(printed: str, expected: str) -> None:
    assert shown(read_date(printed)) == expected


@pytest.mark.parametrize(("printed", "expected"), REAL_PERIODS)
def test_a_period_is_read_as_the_table_of_real_strings_says(
    printed: str, expected: str
) -> None:
    assert shown(read_period(printed)) == expected


@pytest.mark.parametrize(
    ("printed", "start", "end"),
    [
        ("2016-09-01 - 2019-02-28", "2016-09-01", "2019-02-28"),
        (" 2016-09-01\n-\t2019-02-28 ", "2016-09-01", "2019-02-28"),
        ("fr.o.m. 2016-08-01", "2016-08-01", None),
        ("februari-oktober 2021", "februari", "oktober 2021"),
        ("\ufeff1\xa0februari 2023 – 31 mars 2024.", "1\xa0februari 2023", "31 mars 2024"),
        ("2016-\u200b09-01→2019", "2016-\u200b09-01", "2019"),
        ("2016 – pågående", "2016", None),
        ("t.o.m.  2019-02-28", None, "2019-02-28"),
    ],
)
def test_a_period_tells_where_its_dates_stand(
    printed: str, start: str | None, end: str | None
) -> None:
    read = read_period(printed)
    assert isinstance(read, Period)
    cut = [None if at is None else printed[slice(*at)] for at in (read.start_at, read.end_at)]
    assert cut == [start, end]


@pytest.mark.parametrize(
    ("partial", "precision", "day"),
    [
        (PartialDate(2021), "year", None),
        (PartialDate(2021, 10), "month", None),
        (PartialDate(2021, 10, 5), "day", date(2021, 10, 5)),
    ],
)
def test_a_date_without_a_day_is_no_calendar_day(
    partial: PartialDate, precision: str, day: date | None
) -> None:
    assert partial.precision == precision
    assert partial.as_date() == day


@pytest.mark.parametrize("printed", ["9" * 5000, "2016-09-01 " * 30])
def test_what_is_too_long_for_a_date_is_unreadable(printed: str) -> None:
    assert read_date(printed) is Problem.UNREADABLE_VALUE
    assert read_period(printed) is Problem.UNREADABLE_VALUE
