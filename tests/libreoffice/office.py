"""LibreOffice as a second opinion: it opens a file, computes it anew and says what it saw."""

import subprocess
from collections.abc import Iterable, Iterator
from pathlib import Path
from shutil import which
from typing import NamedTuple
from xml.etree import ElementTree as ET

import pytest

PROGRAM = which("soffice")

needs_libreoffice = pytest.mark.skipif(PROGRAM is None, reason="LibreOffice is not installed")

# 0: compute every formula anew, whatever figure the file has beside it.
SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>"""

OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
LINK = "{http://www.w3.org/1999/xlink}href"
CALC = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}"

_MOST_REPEATED = 5000

# How LibreOffice keeps the truths of a workbook that holds them as values.
_TRUTHS = ("of:=TRUE()", "of:=FALSE()")


class Seen(NamedTuple):
    """A cell as LibreOffice has it.

    Attributes:
        type: ``float``, ``percentage``, ``date``, ``boolean``, ``string``, ``error`` or empty.
        value: Of a figure, day or truth, as the file has it.
        text: What is shown.
        formula: Empty if there is none.
        link: Where it leads, if anywhere.
    """

    type: str = ""
    value: str = ""
    text: str = ""
    formula: str = ""
    link: str = ""

    @property
    def figure(self) -> float | None:
        """The figure that the cell holds, if it holds one."""
        return float(self.value) if self.type in ("float", "percentage") else None


Sheets = dict[str, list[list[Seen]]]


def seen_by_libreoffice(
    files: Iterable[Path], folder: Path, *, infilter: str = ""
) -> dict[str, Sheets]:
    """Return file name → its sheets, all read in one start of the program."""
    assert PROGRAM is not None
    profile, out = folder / "profile", folder / "out"
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(SETTINGS, encoding="utf-8")
    paths = [str(path) for path in files]
    options = [f"-env:UserInstallation={profile.as_uri()}", "--headless"]
    if infilter:
        options.append(f"--infilter={infilter}")
    subprocess.run(
        [PROGRAM, *options, "--convert-to", "fods", "--outdir", str(out), *paths],
        check=True,
        capture_output=True,
        timeout=100,
    )
    return {Path(path).name: sheets_of(out / f"{Path(path).stem}.fods") for path in paths}


def sheets_of(path: Path) -> Sheets:
    """Return the sheets of a flat OpenDocument file by name."""
    tree = ET.parse(path)  # noqa: S314 - LibreOffice wrote it
    return {
        table.get(f"{TABLE}name", ""): _without_end(_rows(table))
        for table in tree.iter(f"{TABLE}table")
    }


def _without_end(rows: Iterator[list[Seen]]) -> list[list[Seen]]:
    """Return the rows without the empty ones below them."""
    found = list(rows)
    while found and not found[-1]:
        found.pop()
    return found


def _rows(table: ET.Element) -> Iterator[list[Seen]]:
    for row in table.iter(f"{TABLE}table-row"):
        cells = [seen for cell in row for seen in _cells(cell)]
        while cells and cells[-1] == Seen():
            cells.pop()
        times = int(row.get(f"{TABLE}number-rows-repeated", "1"))
        if cells or times < _MOST_REPEATED:
            yield from [cells] * times


def _cells(cell: ET.Element) -> Iterator[Seen]:
    kind = cell.get(f"{OFFICE}value-type", "")
    if cell.get(f"{CALC}value-type") == "error":
        kind = "error"
    value = next(
        (
            cell.get(f"{OFFICE}{name}", "")
            for name in ("value", "date-value", "boolean-value")
            if cell.get(f"{OFFICE}{name}") is not None
        ),
        "",
    )
    lines = ["".join(_spelled(line)) for line in cell.findall(f"{TEXT}p")]
    links = [found.get(LINK, "") for found in cell.iter(f"{TEXT}a")]
    formula = cell.get(f"{TABLE}formula", "")
    if formula in _TRUTHS:
        formula = ""
    seen = Seen(kind, value, "\n".join(lines), formula, "".join(links))
    times = int(cell.get(f"{TABLE}number-columns-repeated", "1"))
    if seen != Seen() or times < _MOST_REPEATED:
        yield from [seen] * times


def _spelled(line: ET.Element) -> Iterator[str]:
    """Yield the text of a line; OpenDocument has elements for blanks and tabs."""
    yield line.text or ""
    for part in line:
        if part.tag == f"{TEXT}s":
            yield " " * int(part.get(f"{TEXT}c", "1"))
        elif part.tag == f"{TEXT}tab":
            yield "\t"
        else:
            yield from _spelled(part)
        yield part.tail or ""


# --- what must never become a formula

_TRIGGERS = ("=", "+", "-", "@", "＝", "－", "\t=", "\r=", "\n=", " =")
_CALLS = ("1+1", 'HYPERLINK("http://exempel.se";"klicka")', "cmd|' /C calc'!A0", "SUM(A1:A9)")
HOSTILE = tuple(f"{trigger}{call}" for trigger in _TRIGGERS for call in _CALLS)
"""Forty titles that a spreadsheet might take for formulas."""
