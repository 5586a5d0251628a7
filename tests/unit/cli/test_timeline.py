from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from factories import a_call, a_project
from programs import Invoke, Make, Run

PROJECT: dict[str, Any] = {
    "region": "Sydsverige",
    "period_start": date(2016, 9, 1),
    "period_end": date(2018, 8, 31),
    "total_budget_sek": 1_000_001,
    "esf_support_sek": 470_000,
}


def flat(words: str) -> str:
    return " ".join(words.split())


def test_a_pipe_gets_csv_with_every_column(run: Run, dataset: Make) -> None:
    done = run("timeline", dataset(a_project(**PROJECT)))

    assert done.stdout.decode().splitlines() == [
        (
            "period,projects,total_budget_sek,total_budget_sek_stated,esf_support_sek,"
            "esf_support_sek_stated,planned_participants,planned_participants_stated"
        ),
        "2016,1,167123,1,78548,1,,0",
        "2017,1,500001,1,235000,1,,0",
        "2018,1,332877,1,156452,1,,0",
        "Total,1,1000001,1,470000,1,,0",
    ]
    assert done.stderr == b""


def test_a_table_fits_the_terminal_and_tells_how_it_came_about(
    invoke: Invoke, dataset: Make
) -> None:
    path = dataset(
        a_project("1", **PROJECT), a_project("2", total_budget_sek=5), a_call("3", **PROJECT)
    )

    shown = invoke("timeline", path, "--by", "region", "--format", "table").stdout

    assert max(map(len, shown.splitlines())) <= 80
    assert "Year" in shown
    assert "(not stated)" in shown
    said = flat(shown)
    assert "spread evenly over the days of each record's period" in said
    assert "A record counts in every year that its period touches" in said
    assert "and so in no year: 1 record." in said
    assert "Not counted: 1 call (take them in with --kind)." in said


def test_the_table_speaks_swedish(invoke: Invoke, dataset: Make) -> None:
    path = dataset(a_project("1", **PROJECT), a_project("2", total_budget_sek=5))

    shown = invoke(
        "timeline", path, "--every", "month", "--at", "start", "--lang", "sv",
        "--format", "table",
    ).stdout  # fmt: skip

    said = flat(shown)
    assert "Månad" in said
    assert "(ej angivet)" in said
    assert "Summa" in said
    assert "Varje post står med alla sina tal i den månad då den startar." in said
    assert said.endswith("Utan första dag, och därför inte i någon månad: 1 post.")


def test_a_conversion_is_told_to_people_and_to_machines(invoke: Invoke, dataset: Make) -> None:
    path = dataset(a_project("1", **PROJECT), a_project("2", total_budget_sek=5))

    shown = invoke("timeline", path, "--eur", "avg", "--format", "table").stdout
    table = pl.read_csv(
        invoke("timeline", path, "--eur", "avg", "--format", "csv").stdout.encode()
    )

    said = flat(shown)
    assert "kronor for a euro: 2016 9.4689 (ECB euro reference rates" in said
    assert "and so not in the sums: 1 record." in said
    assert "exchange_rate" not in shown
    assert "105,608.99" in shown
    assert "1,000,001" not in shown
    assert table.columns[-1] == "exchange_rate"
    assert table["exchange_rate"].str.contains("2016 9.4689 (ECB", literal=True).all()
    assert table["total_budget_sek"].null_count() == table.height
    assert table["total_budget_eur"].to_list()[-1] == 105_608.99


def test_kronor_stay_kronor_unless_asked(invoke: Invoke, dataset: Make) -> None:
    shown = invoke("timeline", dataset(a_project(**PROJECT)), "--format", "csv").stdout

    assert "eur" not in shown
    assert "exchange_rate" not in shown


def test_bars_stand_beside_the_support(invoke: Invoke, dataset: Make) -> None:
    arguments = ("timeline", dataset(a_project(**PROJECT)), "--format", "table")

    bare, barred = invoke(*arguments).stdout, invoke(*arguments, "--bars").stdout

    assert "█" not in bare
    assert barred.count("█") > 20
    assert max(map(len, barred.splitlines())) <= 80


@pytest.mark.parametrize("form", ["csv", "tsv", "csv-sv", "json", "jsonl", "md", "parquet"])
def test_every_format_goes_to_a_file(
    form: str, run: Run, dataset: Make, tmp_path: Path
) -> None:
    target = tmp_path / "out"

    done = run(
        "timeline",
        dataset(a_project(**PROJECT)),
        "--eur",
        "10,5",
        "--format",
        form,
        "-o",
        target,
    )

    assert done.returncode == 0
    assert target.stat().st_size


@pytest.mark.parametrize(
    "arguments",
    [("--every", "week"), ("--at", "end"), ("--by", "county"), ("--by", "regon"),
     ("--eur", "dollar"), ("--eur", "1999"), ("--kind", "x"), ("--format", "xls")],
)  # fmt: skip
def test_mistakes_are_told_before_anything_is_read(
    arguments: tuple[str, str], run: Run
) -> None:
    done = run("timeline", "nowhere", *arguments)

    assert done.returncode == 2
    assert b"nowhere" not in done.stderr
    assert done.stderr.count(b"\n") == 1
