"""The sheet of findings: one row each, with a link to the cell concerned."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

import polars as pl
from xlsxwriter.utility import xl_rowcol_to_cell  # type: ignore[import-untyped]  # no types

from esfkit.dataset.dictionary import Language, headings
from esfkit.output.workbook.book import Book
from esfkit.output.workbook.sheets import Table, put_table
from esfkit.output.workbook.sums import Ground
from esfkit.output.workbook.words import words_in

_IDENTITY = "record_id"
_TEXTS = ("record_id", "title", "code", "severity", "field", "message", "raw")
_SCHEMA = pl.Schema({"link": pl.String, **dict.fromkeys(_TEXTS, pl.String)})


class _Met(NamedTuple):
    """A finding, its record and where on the sheet of projects it leads."""

    cells: tuple[str | None, ...]
    target: str
    shown: str


def put_findings(book: Book, ground: Ground, language: Language) -> int:
    """Write the sheet and return how many findings there are.

    ``raw`` is what the field concerned was read from, where provenance tells it.
    """
    words, names = words_in(language), headings(language)
    met = list(_findings(ground))
    rows = [(None, *finding.cells) for finding in met]
    named = {
        **{
            name: words[name]
            for name in ("link", "code", "severity", "field", "message", "raw")
        },
        **{name: names[name] for name in (_IDENTITY, "title")},
    }
    frame = pl.DataFrame(rows, schema=_SCHEMA, orient="row")
    table = Table(name=words["findings_sheet"], frame=frame, headings=named, kept=1)
    for part in put_table(book, table):
        for number in range(part.begin, part.begin + part.height):
            finding = met[number]
            book.put_link(part.sheet, (part.row_of(number), 0), finding.target, finding.shown)
    return len(met)


def _findings(ground: Ground) -> Iterator[_Met]:
    names = (_IDENTITY, "title", "findings", "provenance")
    for part in ground.parts:
        rows = ground.frame.slice(part.begin, part.height).select(names)
        for row, (identity, title, findings, provenance) in enumerate(rows.iter_rows(), 1):
            for finding in findings or []:
                column = ground.letters.get(finding["field"] or "", ground.letters[_IDENTITY])
                shown = xl_rowcol_to_cell(row, column)
                texts = (finding[name] for name in ("code", "severity", "field", "message"))
                raw = _raw(finding, provenance or [])
                cells = (identity, title, *texts, raw)
                yield _Met(cells, f"'{part.sheet.name}'!{shown}", shown)


def _raw(finding: Mapping[str, Any], provenance: list[Mapping[str, Any]]) -> str | None:
    """Return the characters of the field: those at the finding's place, or else the first."""
    entries = [entry for entry in provenance if entry["field"] == finding["field"]]
    here = [entry for entry in entries if _overlaps(entry, finding)]
    return next((entry["raw"] for entry in [*here, *entries]), None)


def _overlaps(entry: Mapping[str, Any], finding: Mapping[str, Any]) -> bool:
    start, end = finding["start"], finding["end"]
    if start is None or end is None:
        return False
    return bool(entry["start"] < end and start < entry["end"])
