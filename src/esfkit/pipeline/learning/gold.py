"""The values that a user gives for some pages, and whether a reading equals them."""

import csv
import json
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from io import StringIO
from pathlib import Path
from typing import Any, Final

from esfkit.layouts.complaint import not_among
from esfkit.model.errors import BadRequest, InputRefused
from esfkit.model.record import Record
from esfkit.parsing.lines import on_one_line

PAGE: Final = "page"
"""The key or column that names the page."""

_MOST_BYTES: Final = 16 * 1024 * 1024
_YES: Final = frozenset({"true", "ja", "yes"})
_NO: Final = frozenset({"false", "nej", "no"})

Gold = Mapping[str, Any]
"""Column → its value on a page; ``None`` where the page surely does not state it."""


def read_gold(path: Path) -> dict[str, Gold]:
    """Return page → its values, from JSON, JSON lines or CSV.

    JSON is an object of page → values, or a list of objects with the key ``page``, which
    JSON lines and the column of a CSV are too. An empty cell of a CSV says nothing.

    Raises:
        InputRefused: The file cannot be read or is no such file.
        BadRequest: It names a column that there is none of, or a page twice.
    """
    pages: dict[str, Gold] = {}
    for page, values in _pages(path, _text(path)):
        for column in values:
            if column not in Record.model_fields:
                said = not_among(column, Record.model_fields, "a column of records")
                raise BadRequest(f"{path}: page {page}: {said}")
        if page in pages:
            raise BadRequest(f"{path}: The page {page} stands there twice.")
        pages[page] = values
    if not pages:
        raise InputRefused(f"{path}: There are no pages in it.")
    return pages


def _text(path: Path) -> str:
    try:
        with path.open("rb") as stream:
            content = stream.read(_MOST_BYTES + 1)
        if len(content) > _MOST_BYTES:
            raise InputRefused(f"{path}: It is longer than {_MOST_BYTES} bytes.")
        return content.decode("utf-8-sig")
    except OSError as error:
        raise InputRefused(f"{path}: It cannot be read ({error.strerror}).") from error
    except UnicodeDecodeError as error:
        raise InputRefused(f"{path}: This is not UTF-8. Save the file as UTF-8.") from error


def _pages(path: Path, text: str) -> Iterator[tuple[str, dict[str, Any]]]:
    if path.suffix.lower() == ".csv":
        yield from _rows(path, text)
        return
    try:
        given = _json(text)
    except (ValueError, RecursionError) as error:
        raise InputRefused(f"{path}: This is neither JSON nor CSV: {error}.") from error
    if isinstance(given, dict) and PAGE not in given:
        pairs = list(given.items())
    else:
        pairs = [_split(path, row) for row in (given if isinstance(given, list) else [given])]
    for page, values in pairs:
        if not isinstance(values, dict):
            raise InputRefused(f"{path}: page {page}: an object of column: value is needed.")
        yield page, values


def _json(text: str) -> Any:  # noqa: ANN401 - whatever the file holds; looked at next
    try:
        return json.loads(text)
    except json.JSONDecodeError:
        lines = [line for line in text.splitlines() if line.strip()]
        if len(lines) < 2:  # noqa: PLR2004 - one line is no list
            raise
        return [json.loads(line) for line in lines]


def _split(path: Path, row: object) -> tuple[str, dict[str, Any]]:
    if not isinstance(row, dict) or not isinstance(row.get(PAGE), str):
        raise InputRefused(f"{path}: Each object needs the key {PAGE!r}: the page's file.")
    return row[PAGE], {key: value for key, value in row.items() if key != PAGE}


def _rows(path: Path, text: str) -> Iterator[tuple[str, dict[str, Any]]]:
    first = text.partition("\n")[0]
    delimiter = ";" if ";" in first and "," not in first else ","
    reader = csv.DictReader(StringIO(text), delimiter=delimiter, strict=True)
    try:
        for row in reader:
            if None in row or None in row.values():
                said = "has not as many cells as there are columns"
                raise InputRefused(f"{path}:{reader.line_num}: The row {said}.")
            page, values = _split(path, row)
            yield page, {key: value for key, value in values.items() if value.strip()}
    except csv.Error as error:
        raise InputRefused(f"{path}:{reader.line_num}: This is no CSV: {error}.") from error


def is_same(read: object, given: object) -> bool:
    """Return whether a value that was read is the one that was given, in whatever form."""
    words = str(given).strip()
    if isinstance(read, bool):
        return words.casefold() in (_YES if read else _NO)
    if isinstance(read, int | float | Decimal):
        return _is_number(read, "".join(words.split()))
    if isinstance(read, date):
        return read.isoformat() == words
    if isinstance(read, tuple):
        parts = given if isinstance(given, list) else words.split("|")
        return [str(each) for each in read] == [str(each).strip() for each in parts]
    return on_one_line(str(read)) == on_one_line(words)


def _is_number(read: float | Decimal, words: str) -> bool:
    try:
        return Decimal(str(read)) == Decimal(words)
    except InvalidOperation:
        return False
