"""What the workbook is, what it was made from, and what it leaves out."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Literal

import polars as pl

from esfkit.dataset.dictionary import headings
from esfkit.model.kind import KINDS
from esfkit.output.workbook.book import Book
from esfkit.output.workbook.cells import WHOLE
from esfkit.output.workbook.words import losses_told, words_in

_LABELS: Final = 40
_TEXTS: Final = 100

Row = tuple[str | None, str | int | None]
"""What stands in the two columns."""


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What is told about a workbook beside its records.

    Attributes:
        version: Of esfkit.
        date: The day that is named as the workbook's, if one is.
        sources: What the records were read from, as given by whoever asked.
        language: Of the names of sheets, the headings and the labels.
        personal: Whether personal data was asked for. The caller withholds it.
    """

    version: str
    date: dt.date | None
    sources: Sequence[str]
    language: Literal["sv", "en"]
    personal: bool = False


def put_about(book: Book, frame: pl.DataFrame, about: About, surplus: int) -> None:
    """Write the last sheet.

    Args:
        book: The workbook, complete but for this sheet.
        frame: The records.
        about: What is told.
        surplus: How many rows are further readings of a record that counts.
    """
    sheet = book.add_sheet(words_in(about.language)["about_sheet"])
    sheet.set_column(0, 0, _LABELS)
    sheet.set_column(1, 1, _TEXTS)
    label = book.style(bold=True)
    figure = book.style(num_format=WHOLE, align="left")
    rows = [*_contents(about), *_counts(frame, about, surplus), *_limits(book, about)]
    for row, (name, value) in enumerate(rows):
        book.put(sheet, (row, 0), name, label)
        book.put(sheet, (row, 1), value, figure if isinstance(value, int) else None)


def _contents(about: About) -> Iterator[Row]:
    words = words_in(about.language)
    provenance = headings(about.language)["provenance"]
    what = words["about_what_text"].format(
        provenance=provenance, projects=words["projects_sheet"]
    )
    yield from _lines(words["about_what"], what.split("|"))
    yield words["about_version"], f"esfkit {about.version}"
    yield words["about_date"], words["not_given"] if about.date is None else f"{about.date}"
    yield from _lines(words["about_sources"], list(about.sources) or [words["not_given"]])
    personal = words["about_let_out" if about.personal else "about_withheld"]
    yield from _lines(words["about_personal"], personal.split("|"))


def _counts(frame: pl.DataFrame, about: About, surplus: int) -> Iterator[Row]:
    words = words_in(about.language)
    kinds = frame["kind"].to_list()
    yield words["about_records"], len(kinds)
    for kind in KINDS:
        yield words[f"about_kind_{kind}"], kinds.count(kind)
    others = sum(kind not in KINDS for kind in kinds)
    if others:
        yield words["about_kind_other"], others
    yield words["about_surplus"], surplus


def _limits(book: Book, about: About) -> Iterator[Row]:
    words = words_in(about.language)
    told = list(losses_told(book.losses, about.language)) or [words["no_losses"]]
    yield from _lines(words["about_limits"], told)


def _lines(label: str, lines: Sequence[str]) -> Iterator[Row]:
    """Yield the lines below each other, with the label beside the first."""
    for number, line in enumerate(lines):
        yield None if number else label, line
