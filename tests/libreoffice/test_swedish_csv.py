"""``csv-sv`` as LibreOffice opens it with Swedish settings."""

from datetime import date
from pathlib import Path

import polars as pl
import pytest

from esfkit.output.csvfile import write_swedish_csv
from libreoffice.office import HOSTILE, Seen, needs_libreoffice, seen_by_libreoffice

pytestmark = needs_libreoffice

IMPORT = "Text - txt - csv (StarCalc):59,34,76,1,,1053,false,true"
"""Semicolon, double quote, UTF-8, from line 1, Swedish, quoted fields like others, figures
recognised."""

FRAME = pl.DataFrame(
    {
        "title": HOSTILE,
        "sek": [1_000_000 + n for n in range(len(HOSTILE))],
        "share": [0.47] * len(HOSTILE),
        "euro": [-1234.5] * len(HOSTILE),
        "day": [date(2016, 9, 1)] * len(HOSTILE),
    }
)


@pytest.fixture(scope="module")
def rows(tmp_path_factory: pytest.TempPathFactory) -> list[list[Seen]]:
    folder: Path = tmp_path_factory.mktemp("csv")
    path = folder / "swedish.csv"
    with path.open("wb") as stream:
        write_swedish_csv(FRAME, stream)
    (sheet,) = seen_by_libreoffice([path], folder, infilter=IMPORT)["swedish.csv"].values()
    return sheet


def test_no_title_becomes_a_formula(rows: list[list[Seen]]) -> None:
    assert len(rows) == 1 + len(HOSTILE)
    assert not [cell for row in rows for cell in row if cell.formula]
    assert {row[0].type for row in rows} == {"string"}


def test_figures_are_figures_and_days_are_days(rows: list[list[Seen]]) -> None:
    sek, share, euro, day = (
        list(cells) for cells in zip(*(r[1:] for r in rows[1:]), strict=True)
    )

    assert [cell.figure for cell in sek] == FRAME["sek"].to_list()
    assert {cell.figure for cell in share} == {0.47}
    assert {cell.figure for cell in euro} == {-1234.5}
    assert {(cell.type, cell.value) for cell in day} == {("date", "2016-09-01")}
