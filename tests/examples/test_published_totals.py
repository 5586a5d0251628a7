"""Totals that ESF-rådet published, entered as records: esfkit adds up to the same."""

import csv
import io
import subprocess
import sys
from pathlib import Path

import pytest

import esfkit
from esfkit.dataset.frame import to_frame
from esfkit.model.record import Record
from esfkit.output.parquet import write_parquet
from factories import a_project

# Support granted in the lay-off call of 2020 (objective 1.1), in kronor, as of October 2020:
# https://www.esf.se/news/hart-arbete-och-samverkan-bakom-genomforande-av-covidutlysning/
LAY_OFF_CALL = {
    "Övre Norrland": 11_819_050,
    "Östra Mellansverige": 32_897_968,
    "Västsverige": 44_562_019,
    "Sydsverige": 32_000_000,
    "Småland och Öarna": 18_969_799,
    "Norra Mellansverige": 17_132_070,
    "Mellersta Norrland": 7_998_180,
    "Stockholm": 38_212_483,
    "Nationellt": 96_263_577,
}
PUBLISHED_TOTAL = 299_855_146

IN_READING_ORDER = [
    "Mellersta Norrland",
    "Norra Mellansverige",
    "Småland och Öarna",
    "Stockholm",
    "Sydsverige",
    "Västsverige",
    "Östra Mellansverige",
    "Övre Norrland",
    "Nationellt",
    "Total",
]


def entered() -> list[Record]:
    return [
        a_project(f"2020/{number:05}", region=region, esf_support_sek=support)
        for number, (region, support) in enumerate(LAY_OFF_CALL.items(), start=90_001)
    ]


@pytest.fixture
def lay_off_call(tmp_path: Path) -> Path:
    path = tmp_path / "lay-off-call.parquet"
    with path.open("wb") as stream:
        write_parquet(to_frame(entered()), stream)
    return path


def test_the_command_sums_the_lay_off_call_to_the_published_total(lay_off_call: Path) -> None:
    asked = ["--by", "region", "--measures", "support", "--format", "csv"]
    ran = subprocess.run(
        [sys.executable, "-m", "esfkit", "summary", lay_off_call, *asked],
        capture_output=True,
        check=True,
    )
    rows = list(csv.DictReader(io.StringIO(ran.stdout.decode("utf-8-sig"))))
    support = {row["region"]: int(row["esf_support_sek"]) for row in rows}

    assert support == LAY_OFF_CALL | {"Total": PUBLISHED_TOTAL}
    assert [row["region"] for row in rows] == IN_READING_ORDER
    assert [int(row["esf_support_sek_stated"]) for row in rows] == [1] * 9 + [9]


def test_python_sums_the_lay_off_call_to_the_published_total(lay_off_call: Path) -> None:
    table = esfkit.read_dataset(lay_off_call).esf.summary("region", "support")

    assert table["region"].to_list() == IN_READING_ORDER
    assert dict(table.select("region", "esf_support_sek").iter_rows()) == (
        LAY_OFF_CALL | {"Total": PUBLISHED_TOTAL}
    )
