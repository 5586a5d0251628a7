"""The first bytes of a delimited file: whether it is a table, and what its columns hold."""

import io
from collections.abc import Sequence
from contextlib import suppress
from itertools import islice
from typing import NamedTuple

from esfkit.sources.obstacle import Obstacle
from esfkit.sources.pages.decode import decode, wide_encoding
from esfkit.sources.reading import Reading
from esfkit.sources.tabular.columns import (
    FEWEST_HEADINGS,
    FIRST_OF_A_DATASET,
    ROWS_LOOKED_AT,
    Columns,
    find_columns,
    fold_heading,
    is_dataset,
)
from esfkit.sources.tabular.delimited import Row, Rows

HEAD = 64 * 1024
"""Bytes that tell what a table holds."""

MARK = b"\xef\xbb\xbf"
"""What some programs begin UTF-8 with."""

_BEGIN = 8 * 1024
_DELIMITERS = (",", ";", "\t", "|")
TABLE_SUFFIXES = (".csv", ".tsv", ".tab")


class Head(NamedTuple):
    """What the first rows of a table tell.

    Attributes:
        delimiter: What parts its cells.
        rows: The first rows, a character a byte.
        columns: What the columns hold; ``None`` where nothing that can be read.
        line: The line of the headings.
    """

    delimiter: str
    rows: tuple[Row, ...]
    columns: Columns | None
    line: int = 0


def looks_like_table(head: bytes, name: str, reading: Reading) -> bool:
    """Return whether the first bytes of a file are a table of pages or projects.

    Args:
        head: Its first bytes.
        name: Its name: one that ends in ``.csv``, ``.tsv`` or ``.tab`` is believed on less.
        reading: Names of columns with pages, and headings of lists.
    """
    named = name.casefold().endswith(TABLE_SUFFIXES)
    if not named and not _may_be_table(head, reading):
        return False
    seen = judge_head(head, reading)
    if named:
        return seen.columns is not None or _is_regular(seen.rows, 0)
    if seen.columns is None:
        return bool(seen.rows) and is_dataset(shown_cells(seen.rows[0].cells))
    # A page on one line may hold five such words, each with its value.
    words = sum(1 for key in seen.columns.keys if key)
    telling = not seen.columns.is_list or 2 * seen.columns.known > words
    return telling and _is_regular(seen.rows, seen.columns.row)


def _may_be_table(head: bytes, reading: Reading) -> bool:
    """Return whether the words that make a table one stand in the first bytes at all.

    Most files are pages, and this takes a tenth of the time of cutting them into cells.
    """
    start = head[:_BEGIN]
    start = start[: start.rfind(b"\n") + 1] or start  # a cut letter is no sign of old bytes
    if wide_encoding(start) is not None:
        return True
    try:
        words = start.decode()
    except UnicodeDecodeError:
        words = start.decode("latin-1")
    if not any(delimiter in words for delimiter in _DELIMITERS):
        return False
    words = fold_heading(words)
    if any(fold_heading(each) in words for each in (*reading.text_fields, FIRST_OF_A_DATASET)):
        return True
    met = (1 for heading in reading.list_headings if heading in words)
    return sum(islice(met, FEWEST_HEADINGS)) == FEWEST_HEADINGS


def _is_regular(rows: Sequence[Row], heading: int) -> bool:
    """Return whether the headings are several and the row below them, if any, has as many."""
    widths = [len(row.cells) for row in rows[heading : heading + 2]]
    return bool(widths) and widths[0] > 1 and len(set(widths)) == 1


def judge_head(head: bytes, reading: Reading) -> Head:
    """Return what the first bytes say under the delimiter that suits them best."""
    lines = _whole_lines(head)
    heads = [_judged(lines, delimiter, reading) for delimiter in _DELIMITERS]
    return max(heads, key=_merit)


def _merit(head: Head) -> tuple[int, int, int]:
    columns = head.columns
    width = len(head.rows[0].cells) if head.rows else 0
    return (columns.known if columns else -1, width * _is_regular(head.rows, 0), width)


def _judged(lines: list[str], delimiter: str, reading: Reading) -> Head:
    every = Rows(iter(lines), delimiter, HEAD)
    rows: tuple[Row, ...] = ()
    with suppress(Obstacle):  # it is met again, and told, where the table is read
        for row in islice(every, ROWS_LOOKED_AT):
            rows += (row,) if isinstance(row, Row) else ()
    columns = find_columns([shown_cells(row.cells) for row in rows], reading)
    return Head(delimiter, rows, columns, rows[columns.row].line if columns else 0)


def _whole_lines(head: bytes) -> list[str]:
    """Return the lines of the head, a character a byte; a last one that is cut is left out."""
    wide = wide_encoding(head)
    if wide is not None:
        text = head.decode(wide, "ignore").removeprefix("\ufeff").encode().decode("latin-1")
    else:
        text = head.removeprefix(MARK).decode("latin-1")
    lines = list(io.StringIO(text, newline=""))
    return lines[:-1] if len(head) >= HEAD and len(lines) > 1 else lines


def shown_cells(cells: Sequence[str]) -> list[str]:
    """Return the cells of a first row as text."""
    return [decode(cell.encode("latin-1").replace(b"\0", b"")).text for cell in cells]


def encoding_of(head: bytes) -> str:
    """Return the encoding of the file, judged by more words than a row has."""
    cut = head[: head.rfind(b"\n") + 1] if len(head) >= HEAD else head
    return wide_encoding(head) or decode(cut or head).encoding
