"""The workbook: records, sums, findings, dictionary, and what it is."""

from typing import BinaryIO

import polars as pl

from esfkit.dataset.columns import is_whole
from esfkit.dataset.dictionary import data_dictionary
from esfkit.model.errors import BadRequest
from esfkit.output.workbook.about import About, put_about
from esfkit.output.workbook.book import Book
from esfkit.output.workbook.findings import put_findings
from esfkit.output.workbook.projects import put_projects
from esfkit.output.workbook.sheets import Table, put_table
from esfkit.output.workbook.summary import put_summary
from esfkit.output.workbook.words import words_in

_DICTIONARY = (
    "column",
    "heading_sv",
    "heading_en",
    "description_sv",
    "description_en",
    "unit",
)


def write_workbook(
    frame: pl.DataFrame, stream: BinaryIO, about: About, counted: pl.Series | None = None
) -> None:
    """Write the records as a workbook whose sums are live formulas.

    Args:
        frame: Records with every column of the schema, but for the personal ones where
            they are withheld. They are written in their order.
        stream: Where the bytes go, in one piece.
        about: What is told on the last sheet, and the language.
        counted: For each row whether the sums count it, so that a record that was read
            from several pages counts once; ``None`` if every row counts. Only projects
            are ever counted.

    Raises:
        BadRequest: The frame lacks columns of the schema, or has others.
        OSError: The stream does not take it.
    """
    if not is_whole(frame.columns):
        raise BadRequest(
            "A workbook with sums needs every column of the records. "
            "Ask for all of them, or write the chosen ones with `esfkit list -o FILE.xlsx`."
        )
    book = Book()
    counts = [True] * frame.height if counted is None else counted.to_list()
    ground = put_projects(book, frame, counts, about.language)
    put_summary(book, ground, about.language)
    put_findings(book, ground, about.language)
    _put_dictionary(book, about)
    put_about(book, frame, about, counts.count(False))
    book.save(stream)


def _put_dictionary(book: Book, about: About) -> None:
    words = words_in(about.language)
    rows = [tuple(getattr(row, name) for name in _DICTIONARY) for row in data_dictionary()]
    frame = pl.DataFrame(rows, schema=dict.fromkeys(_DICTIONARY, pl.String), orient="row")
    named = {name: words["name" if name == "column" else name] for name in _DICTIONARY}
    put_table(book, Table(name=words["dictionary_sheet"], frame=frame, headings=named, kept=1))
