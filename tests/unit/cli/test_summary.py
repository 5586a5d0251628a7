from pathlib import Path
from typing import Any

import polars as pl
import pytest

from factories import a_call, a_project
from programs import Invoke, Make, Run

REGION: dict[str, Any] = {
    "region": "Sydsverige",
    "total_budget_sek": 1_000_000,
    "esf_support_sek": 470_000,
}


def test_a_pipe_gets_csv_with_every_column(run: Run, dataset: Make) -> None:
    done = run("summary", dataset(a_project(**REGION)), "--by", "region")

    heading, row, total = done.stdout.decode().splitlines()
    assert heading.split(",")[:4] == [
        "region", "projects", "total_budget_sek", "total_budget_sek_stated",
    ]  # fmt: skip
    assert row.startswith("Sydsverige,1,1000000,1,470000,1,0.47,1,")
    assert total.startswith("Total,1,")
    assert done.stderr == b""


def test_a_table_fits_the_terminal_and_tells_what_it_leaves_out(
    invoke: Invoke, dataset: Make
) -> None:
    path = dataset(a_project(**REGION), a_project(**REGION), a_call())

    shown = invoke("summary", path, "--by", "region,start_year", "--format", "table").stdout

    assert max(map(len, shown.splitlines())) <= 80
    assert "1 000 000" in shown.replace("\xa0", " ")
    assert "n: how many" in shown
    assert "Not counted: 1 call" in shown
    assert "Observations not counted, of records that are: 1" in shown
    assert "Largest" not in shown  # nobody states it


def test_the_table_speaks_swedish(invoke: Invoke, dataset: Make) -> None:
    shown = invoke(
        "summary", dataset(a_project(**REGION), a_call()), "--by", "region", "--lang", "sv",
        "--format", "table",
    ).stdout  # fmt: skip

    assert "ESF-stöd" in shown
    assert "Summa" in shown
    assert "Total " not in shown
    assert "Räknas inte: 1 call" in shown


def test_records_in_several_places_are_told(invoke: Invoke, dataset: Make) -> None:
    path = dataset(a_project(municipalities=("Kalmar", "Växjö"), **REGION))

    shown = invoke("summary", path, "--by", "municipality", "--format", "table").stdout
    assert " ".join(shown.split()).count("Their money and participants are only in") == 1


def test_names_of_regions_are_whole_at_80_columns(invoke: Invoke, dataset: Make) -> None:
    figures = {"total_budget_sek": 123_456_789, "esf_support_sek": 111_546_850}
    path = dataset(
        *(
            a_project(
                f"2016/{number:05}", region=region, programme_period="2014-2020", **figures
            )
            for number, region in enumerate(("Östra Mellansverige", "Norra Mellansverige") * 6)
        )
    )

    shown = invoke("summary", path, "--by", "programme_period,region", "--format", "table")
    assert "Östra Mellansverige" in shown.stdout
    assert "…" not in shown.stdout


def test_swedish_headings_stand_in_a_file_for_a_swedish_spreadsheet(
    invoke: Invoke, dataset: Make
) -> None:
    arguments = ("summary", dataset(a_project(**REGION)), "--by", "region", "--lang", "sv")

    swedish = invoke(*arguments, "--format", "csv-sv").stdout
    assert swedish.removeprefix("\ufeff").startswith(
        "Region;Projekt;Total projektbudget;Total projektbudget (n);"
    )
    assert "Total;1;" in swedish
    assert invoke(*arguments, "--format", "csv").stdout.startswith("region,projects,total_bu")


def test_kinds_and_observations_are_counted_as_asked(invoke: Invoke, dataset: Make) -> None:
    path = dataset(a_project(**REGION), a_project(**REGION), a_call())

    for arguments, count in (
        ((), 1),
        (("--all-observations",), 2),
        (("--kind", "project,call"), 2),
        (("--kind", "practice"), 0),
    ):
        shown = invoke("summary", path, *arguments, "--format", "csv").stdout
        assert pl.read_csv(shown.encode())["projects"].to_list() == [count]


def test_a_condition_chooses_records(invoke: Invoke, dataset: Make) -> None:
    path = dataset(a_project("2016/00001", **REGION), a_project("2016/00002"))

    shown = invoke("summary", path, "--where", "region = 'Sydsverige'", "--format", "csv")

    assert pl.read_csv(shown.stdout.encode())["projects"].to_list() == [1]


@pytest.mark.parametrize("form", ["csv", "tsv", "csv-sv", "json", "jsonl", "md", "parquet"])
def test_every_format_goes_to_a_file_and_to_a_pipe(
    form: str, run: Run, dataset: Make, tmp_path: Path
) -> None:
    path, target = dataset(a_project(**REGION)), tmp_path / "out"

    run("summary", path, "--by", "region", "--format", form, "-o", target)

    assert (
        run("summary", path, "--by", "region", "--format", form).stdout == target.read_bytes()
    )
    assert target.stat().st_size


@pytest.mark.parametrize(
    "arguments",
    [("--by", "regon"), ("--format", "xls"), ("-o", "out.xls"), ("--kind", "x"),
     ("--where", "region ="), ("--lang", "fi")],
)  # fmt: skip
def test_mistakes_are_told_before_anything_is_read(
    arguments: tuple[str, str], run: Run
) -> None:
    done = run("summary", "nowhere", *arguments)

    assert done.returncode == 2
    assert b"nowhere" not in done.stderr
    assert done.stderr.count(b"\n") == 1


def test_a_device_takes_csv(run: Run, dataset: Make) -> None:
    assert run("summary", dataset(), "-o", "/dev/null").returncode == 0


def test_a_file_gets_the_form_of_its_suffix(run: Run, dataset: Make, tmp_path: Path) -> None:
    path = dataset(a_project(**REGION))
    run("summary", path, "-o", tmp_path / "s.txt")
    run("summary", path, "-o", tmp_path / "s.md", "--by", "region", "--lang", "sv")

    assert "───" in (tmp_path / "s.txt").read_text(encoding="utf-8")
    assert "| Sydsverige |" in (tmp_path / "s.md").read_text(encoding="utf-8")
