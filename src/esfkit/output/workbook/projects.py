"""The sheet of records, one row each, with the columns by which they are summed."""

from collections.abc import Iterator, Sequence

import polars as pl
from xlsxwriter.utility import xl_rowcol_to_cell  # type: ignore[import-untyped]  # no types

from esfkit.dataset.dictionary import Language, data_dictionary, headings
from esfkit.output.workbook.book import Book
from esfkit.output.workbook.grouping import (
    area_formula,
    area_group,
    region_formula,
    region_group,
)
from esfkit.output.workbook.sheets import NOTE, Part, Table, put_table
from esfkit.output.workbook.sums import AREA, COUNTS, REGION, Ground
from esfkit.output.workbook.words import words_in

_FINDINGS = "findings"


def put_projects(
    book: Book, frame: pl.DataFrame, counted: Sequence[bool], language: Language
) -> Ground:
    """Write the sheet and return what the summary's formulas are about.

    The findings have a sheet of their own; here their number stands.

    Args:
        book: Where the sheet goes.
        frame: The records.
        counted: For each row whether it counts.
        language: Of the headings.
    """
    words = words_in(language)
    numbered = frame.with_columns(pl.col(_FINDINGS).list.len().cast(pl.Int64))
    table = Table(
        name=words["projects_sheet"],
        frame=numbered,
        headings={**headings(language), _FINDINGS: words["findings_count"]},
        notes=_notes(language),
        units={row.column: row.unit for row in data_dictionary()},
        kept=1,
    )
    parts = put_table(
        book, table, [words["counts"], words["group_region"], words["group_area"]]
    )
    grouped = frame.with_columns(
        pl.Series(COUNTS, [int(counts) for counts in counted], dtype=pl.Int64),
        pl.Series(REGION, list(_regions(frame, language)), dtype=pl.String),
        pl.Series(AREA, list(_areas(frame, language)), dtype=pl.String),
    )
    ground = Ground(grouped, parts, {name: place for place, name in enumerate(grouped.columns)})
    told = [words["counts_note"], words["group_note"], words["group_note"]]
    for part in parts:
        for column, note in enumerate(told, numbered.width):
            part.sheet.write_comment(0, column, note, NOTE)
        _put_groups(book, ground, part, language)
    return ground


def _notes(language: Language) -> dict[str, str]:
    return {
        row.column: row.description_sv if language == "sv" else row.description_en
        for row in data_dictionary()
    }


def _regions(frame: pl.DataFrame, language: Language) -> Iterator[str]:
    return (region_group(region, language) for region in frame["region"].to_list())


def _areas(frame: pl.DataFrame, language: Language) -> Iterator[str]:
    periods, areas = frame["programme_period"].to_list(), frame["programme_area"].to_list()
    return (area_group(*pair, language) for pair in zip(periods, areas, strict=True))


def _put_groups(book: Book, ground: Ground, part: Part, language: Language) -> None:
    """Write the last three columns: whether a row counts, and its groups as formulas."""
    other = words_in(language)["other"]
    places = ground.letters
    columns = [places[name] for name in (COUNTS, REGION, AREA)]
    rows = ground.frame.slice(part.begin, part.height).select(COUNTS, REGION, AREA)
    for row, (counts, region, area) in enumerate(rows.iter_rows(), 1):
        book.put(part.sheet, (row, columns[0]), counts)
        of_region, of_period, of_area = (
            xl_rowcol_to_cell(row, places[name])
            for name in ("region", "programme_period", "programme_area")
        )
        computed = (
            (region, region_formula(of_region, language)),
            (area, area_formula(of_period, of_area, language)),
        )
        for column, (group, formula) in zip(columns[1:], computed, strict=True):
            if group == other:
                book.put(part.sheet, (row, column), group)
            else:
                part.sheet.write_formula(row, column, formula, None, group)
