import csv
import io
import json
import unicodedata
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from esfkit.model.record import Record
from factories import a_call, a_project
from programs import Harmless, Invoke, Make, Run

FEW = (
    a_project("1", region="Sydsverige", fund="ESF", esf_support_sek=1_000_000),
    a_project("2", region="Sydsverige", fund="ESF+"),
    a_project("3", region="Övre Norrland", fund="ESF+", esf_support_sek=2_500),
    a_project("4", region="Övre Norrland", fund="ESF+"),
)
ENDS = ("", "_stated", "_projects")
CROSSED = ("--rows", "region", "--cols", "fund")


def test_a_pipe_gets_every_figure_with_n_and_how_many_there_are(
    run: Run, dataset: Make
) -> None:
    done = run("pivot", dataset(*FEW), *CROSSED)

    assert done.stdout.decode().splitlines() == [
        ",".join(
            ("region", *(f"{name}{end}" for name in ("ESF", "ESF+", "Total") for end in ENDS))
        ),
        "Sydsverige,1000000,1,1,,0,1,1000000,1,2",
        "Övre Norrland,,0,0,2500,1,2,2500,1,2",
        "Total,1000000,1,1,2500,1,3,1002500,2,4",
    ]
    assert (done.returncode, done.stderr) == (0, b"")


def test_a_screen_has_n_of_n_only_where_they_differ(invoke: Invoke, dataset: Make) -> None:
    shown = invoke("pivot", dataset(*FEW), *CROSSED, "--format", "table").stdout

    lines = shown.splitlines()
    assert lines[0].split() == ["Region", "ESF", "ESF+", "n/N", "Total", "n/N"]
    assert lines[2].split() == ["Sydsverige", "1,000,000", "–", "0/1", "1,000,000", "1/2"]
    assert lines[5].split() == ["Total", "1,000,000", "2,500", "1/3", "1,002,500", "2/4"]
    assert "ESF support by Region and Fund." in shown
    assert "n/N: n of the N" in shown


def test_bare_figures_have_nothing_beside_them(invoke: Invoke, dataset: Make) -> None:
    path = dataset(*FEW)

    shown = invoke("pivot", path, *CROSSED, "--bare", "--format", "csv").stdout
    assert shown.splitlines()[0] == "region,ESF,ESF+,Total"
    assert "n/N" not in invoke("pivot", path, *CROSSED, "--bare", "--format", "table").stdout


def test_projects_are_counted(invoke: Invoke, dataset: Make) -> None:
    shown = invoke(
        "pivot", dataset(*FEW), *CROSSED, "--value", "projects", "--format", "csv"
    ).stdout

    assert shown.splitlines()[1:] == ["Sydsverige,1,1,2", "Övre Norrland,0,2,2", "Total,1,3,4"]


@pytest.mark.parametrize("value", ["support", "projects"])
def test_parts_are_per_cent_to_people_and_fractions_to_machines(
    value: str, invoke: Invoke, dataset: Make
) -> None:
    arguments = ("pivot", dataset(*FEW), *CROSSED, "--value", value, "--shares-of", "row")

    assert "100.0%" in invoke(*arguments, "--format", "table").stdout
    assert (
        "100,0\N{NO-BREAK SPACE}%"
        in invoke(*arguments, "--format", "table", "--lang", "sv").stdout
    )
    machine = pl.read_csv(invoke(*arguments, "--format", "csv", "--bare").stdout.encode())
    assert machine["Total"].to_list() == [1, 1, 1]


def test_the_table_speaks_swedish(invoke: Invoke, dataset: Make) -> None:
    records = (*FEW, a_project("5", region="Sydsverige", esf_support_sek=1), a_call())
    shown = invoke(
        "pivot", dataset(*records), *CROSSED, "--lang", "sv", "--format", "table"
    ).stdout

    assert "Summa" in shown
    assert "angivet)" in shown
    assert "Total" not in shown
    assert "ESF-stöd efter Region och Fond." in shown
    assert "Räknas inte: 1 utlysning" in shown


def test_a_group_called_total_is_not_called_sum_in_swedish(
    invoke: Invoke, dataset: Make
) -> None:
    path = dataset(a_project(owner_name="Total", region="A", esf_support_sek=1))

    shown = invoke(
        "pivot",
        path,
        "--rows",
        "region",
        "--cols",
        "owner_name",
        "--lang",
        "sv",
        "--format",
        "table",
    ).stdout
    assert shown.split()[:3] == ["Region", "Total", "(Summa)"]


def test_areas_are_named_by_the_list_of_their_period(invoke: Invoke, dataset: Make) -> None:
    records = [
        a_project(str(n), region="A", programme_area="1", programme_period=period)
        for n, period in enumerate(("2007-2013", "2014-2020"))
    ]
    arguments = ("pivot", dataset(*records), "--value", "projects", "--format", "table")

    shown = invoke(*arguments, "--rows", "programme_area", "--cols", "region").stdout
    assert "1 Skills supply   2007-2013" in shown
    across = invoke(*arguments, "--rows", "programme_area", "--cols", "programme_period").stdout
    assert "2007-2013" in across.splitlines()[0] + across.splitlines()[1]


def test_euro_tells_its_rate_in_every_format(invoke: Invoke, dataset: Make) -> None:
    arguments = ("pivot", dataset(*FEW), *CROSSED, "--eur", "10")

    rows = list(csv.DictReader(io.StringIO(invoke(*arguments, "--format", "csv").stdout)))
    assert {row["exchange_rate"] for row in rows} == {
        "In euro at 10 kronor for a euro, the rate that was given."
    }
    assert rows[0]["ESF"] == "100000.00"
    shown = invoke(*arguments, "--format", "table").stdout
    assert "100,000.00" in shown
    assert "In euro at 10 kronor for a euro" in shown


def test_bars_stand_beside_the_totals(invoke: Invoke, dataset: Make) -> None:
    shown = invoke("pivot", dataset(*FEW), *CROSSED, "--bars", "--format", "table").stdout

    row, total = (
        next(x for x in shown.splitlines() if x.startswith(w)) for w in ("Syd", "Tot")
    )
    assert "█" in row
    assert "█" not in total


def test_records_that_are_not_counted_are_told(invoke: Invoke, dataset: Make) -> None:
    shown = invoke(
        "pivot", dataset(*FEW, FEW[0], a_call()), *CROSSED, "--format", "table"
    ).stdout

    assert "Not counted: 1 call" in shown
    assert "Observations not counted, of records that are: 1" in shown


# --- names from outside

HOSTILE = (
    "=HYPERLINK(1)", "@SUM(A1)", "Evil \x1b[31m \u202e end", "a|b", "a\nb", "<b>x</b>",
    "[red]y[/]", "A", "A_of", "A_stated", "A_projects", "exchange_rate", "Total", "Summa",
    "(not stated)", "region", "`c`", "", " ",
)  # fmt: skip


def hostile_owners() -> list[Record]:
    owners: list[Any] = [*HOSTILE, None]
    return [
        a_project(str(n), region="A", owner_name=name, esf_support_sek=2**n)
        for n, name in enumerate(owners)
    ]


CROSSED_BY_OWNER = ("--rows", "region", "--cols", "owner_name", "--eur", "1")


@pytest.mark.parametrize("form", ["table", "csv", "tsv", "csv-sv", "md", "json", "jsonl"])
@pytest.mark.parametrize("lang", ["sv", "en"])
def test_no_name_from_outside_does_harm(
    form: str, lang: str, run: Run, dataset: Make, harmless: Harmless
) -> None:
    path = dataset(*hostile_owners())
    done = run("pivot", path, *CROSSED_BY_OWNER, "--format", form, "--lang", lang)

    assert done.returncode == 0, done.stderr
    assert done.stderr == b""
    if form in ("table", "md"):
        assert harmless(done.stdout)
    if form in ("csv", "tsv"):
        [heads, *_] = csv.reader(
            io.StringIO(done.stdout.decode()), delimiter=",\t"[form == "tsv"]
        )
        assert not any(head.startswith(("=", "@", "+", "-")) for head in heads)
        assert len(set(heads)) == len(heads)


def test_a_group_called_as_the_rate_keeps_its_figures(invoke: Invoke, dataset: Make) -> None:
    path = dataset(*hostile_owners())
    shown = invoke("pivot", path, *CROSSED_BY_OWNER, "--bare", "--format", "json").stdout

    row = json.loads(shown)[0]
    assert str(row["exchange_rate"]).startswith(str(2 ** HOSTILE.index("exchange_rate")))
    assert row["(exchange_rate)"].startswith("In euro at 1 kronor")


def test_a_group_with_the_name_of_a_column_beside_keeps_its_figures(
    invoke: Invoke, dataset: Make
) -> None:
    path = dataset(
        a_project("1", region="A", owner_name="A", esf_support_sek=5),
        a_project("2", region="A", owner_name="A"),
        a_project("3", region="A", owner_name="A_of", esf_support_sek=7),
    )
    shown = invoke(
        "pivot", path, "--rows", "region", "--cols", "owner_name", "--format", "table"
    ).stdout

    [row] = (line for line in shown.splitlines() if line.startswith("A "))
    assert row.split() == ["A", "5", "1/2", "7", "12", "2/3"]


# --- how it looks


@pytest.mark.parametrize("lang", ["sv", "en"])
def test_a_wide_cross_table_fits_80_columns_and_parts_no_figure_from_its_n(
    lang: str, invoke: Invoke, dataset: Make
) -> None:
    records = [
        a_project(
            f"{region}-{year}-{n}",
            region=region,
            programme_period=year,
            owner_name=f"Organisation {n} i kommunen",
            esf_support_sek=123_456_789_012 if n % 2 else None,
        )
        for region in ("Östra Mellansverige", "Småland och Öarna")
        for year in ("2007-2013", "2014-2020")
        for n in range(12)
    ]
    shown = invoke(
        "pivot", dataset(*records), "--rows", "region,programme_period", "--cols", "owner_name",
        "--lang", lang, "--format", "table", "--bars",
    ).stdout  # fmt: skip

    assert max(map(width, shown.splitlines())) <= 80
    for block in shown.split("\n\n")[:-1]:
        # No block begins with how many state the figure at the end of the one before.
        first = next(line for line in block.splitlines() if "Mellansverige" in line)
        assert "/" not in first.split()[3:4][0]
    assert shown.count("0/1") >= 6


def width(line: str) -> int:
    return sum(1 + (unicodedata.east_asian_width(letter) in "WF") for letter in line)


# --- mistakes


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--rows", "regon", "--cols", "fund"), b"Did you mean region"),
        (("--rows", "region", "--cols", "fnd"), b"'fnd'"),
        (("--rows", "region", "--cols", "region"), b"needs a key for its rows"),
        (("--rows", "region", "--cols", "county,municipality"), b"not by both"),
        ((*CROSSED, "--value", "fish"), b"'fish' cannot be measured"),
        ((*CROSSED, "--eur", "fish"), b"no exchange rate"),
        ((*CROSSED, "--edges", "budget_class=1m/1m"), b"edges rise"),
        ((*CROSSED, "--value", "share", "--shares-of", "all"), b"does not add up"),
    ],
)
def test_mistakes_are_told_in_one_line(
    arguments: tuple[str, ...], told: bytes, run: Run, dataset: Make
) -> None:
    done = run("pivot", dataset(*FEW), *arguments)

    assert done.returncode == 2
    assert told in done.stderr
    assert done.stderr.count(b"\n") == 1
    assert done.stdout == b""


def test_rows_and_columns_must_be_named(run: Run, dataset: Make) -> None:
    assert run("pivot", dataset(*FEW), "--rows", "region").returncode == 2


def test_an_empty_dataset_gives_an_empty_cross_table(
    run: Run, dataset: Make, tmp_path: Path
) -> None:
    done = run("pivot", dataset(a_call()), *CROSSED, "-o", tmp_path / "out.csv")

    assert done.returncode == 0
    assert (tmp_path / "out.csv").read_text(encoding="utf-8").splitlines() == [
        "region,Total,Total_stated,Total_projects", "Total,,0,0",
    ]  # fmt: skip
