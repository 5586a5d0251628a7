import json
from pathlib import Path

import pytest

from esfkit.dataset.columns import SCHEMA
from esfkit.dataset.store import read_dataset
from esfkit.model.record import PERSONAL_FIELDS
from factories import a_call, a_full_project, a_project
from programs import Invoke, Make, Run

FORMATS = ("csv", "csv-sv", "jsonl", "parquet", "tsv", "json", "md")


@pytest.mark.parametrize("form", FORMATS)
def test_personal_data_stays_behind_in_every_format(
    form: str, invoke: Invoke, dataset: Make, tmp_path: Path
) -> None:
    target = tmp_path / "out"
    invoke("export", dataset(), "--as", form, "-o", target)

    assert b"Berit" not in target.read_bytes()
    assert b"esf:2016/00130" in target.read_bytes()


@pytest.mark.parametrize("name", ["out.csv", "out.jsonl", "out.parquet", "out.tsv"])
def test_an_export_reads_back_as_a_dataset(
    name: str, invoke: Invoke, dataset: Make, tmp_path: Path
) -> None:
    path, target = dataset(), tmp_path / name
    invoke("export", path, "-o", target)
    invoke("export", path, "--personal-data", "-o", target.with_stem("all"))

    same = [column for column in SCHEMA if column not in (*PERSONAL_FIELDS, "provenance")]
    whole, part = read_dataset(path).collect(), read_dataset(target).collect()
    assert part.select(same).equals(whole.select(same))
    assert read_dataset(target.with_stem("all")).collect().equals(whole)


def test_swedish_headings_are_for_people_only(invoke: Invoke, dataset: Make) -> None:
    arguments = ("export", dataset(), "--columns", "title,region", "--lang", "sv", "--as")

    assert invoke(*arguments, "csv-sv").stdout.removeprefix("\ufeff").startswith("Titel;Region")
    assert invoke(*arguments, "csv").stdout.startswith("title,region")


def test_records_and_columns_are_chosen(invoke: Invoke, dataset: Make) -> None:
    path = dataset(a_full_project(), a_project("2016/00001"), a_call())

    shown = invoke(
        "export", path, "--as", "jsonl", "--kind", "project", "--limit", "1",
        "--columns", "title,record_id",
    ).stdout  # fmt: skip

    assert [json.loads(line) for line in shown.splitlines()] == [
        {"title": "Vägen in", "record_id": "esf:2016/00130"}
    ]


def test_a_personal_column_is_refused_unless_asked_for_as_such(run: Run, dataset: Make) -> None:
    done = run("export", dataset(), "--columns", "email", "--as", "csv")

    assert done.returncode == 2
    assert b"--personal-data" in done.stderr


def test_an_unknown_format_is_refused(run: Run, dataset: Make, tmp_path: Path) -> None:
    assert run("export", dataset(), "--as", "xls").returncode == 2
    assert run("export", dataset(), "-o", tmp_path / "a.xls").returncode == 2
