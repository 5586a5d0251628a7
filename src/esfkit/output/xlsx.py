"""Any table as a workbook of Excel: one sheet, its columns named as in CSV.

Figures, days and truths are such, whatever the language of whoever opens the file; text
is never a formula. What Excel cannot hold is written as text or cut with a mark, and a
second sheet tells how often; without that sheet nothing is missing.
"""

from typing import BinaryIO

import polars as pl

from esfkit.dataset.dictionary import units
from esfkit.output.workbook.book import Book
from esfkit.output.workbook.sheets import Table, put_table
from esfkit.output.workbook.words import losses_told


def write_xlsx(frame: pl.DataFrame, stream: BinaryIO) -> None:
    """Write the table as a workbook.

    Shares are shown as percentages and stay fractions: 0.47 is shown as 47.00%.

    Raises:
        BadRequest: The table has more columns than a sheet.
        OSError: The stream does not take it.
    """
    book = Book()
    put_table(book, Table(name="Data", frame=frame, units=units(frame.columns)))
    told = list(losses_told(book.losses, "en"))
    if told:
        notes = book.add_sheet("Notes")
        notes.set_column(0, 0, 100)
        for row, sentence in enumerate(told):
            book.put(notes, (row, 0), sentence)
    book.save(stream)
