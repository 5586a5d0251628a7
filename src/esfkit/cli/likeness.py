"""Files that esfkit wrote, told by what stands in them and never by their names."""

import csv
import json
from codecs import BOM_UTF8
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

Likeness = Callable[[Path], bool]
"""Tells of a file whether it is of a certain make. It opens anything and never raises."""

_HEAD: Final = 1 << 20  # bytes in which a first row or a whole account stands
_TITLES: Final = (b"# What was taken out (esfkit ", b"# Vad som togs bort (esfkit ")


def is_dataset(path: Path) -> bool:
    """Tell whether a file is a dataset."""
    # The table library takes 0.1 s to load, and most runs ask about no file at all.
    from esfkit.dataset.store import is_dataset as is_one

    return is_one(path)


def is_rejects(path: Path) -> bool:
    """Tell whether a file lists the documents that gave no record."""
    return _first_keys(path) >= {"source_path", "reason", "nearest", "labels"}


def is_account(path: Path) -> bool:
    """Tell whether a file is the account of an ingest."""
    return _first_keys(path) >= {"documents", "screened", "parsed", "records_by_kind"}


def is_refused(path: Path) -> bool:
    """Tell whether a file lists the projects that an official list refused."""
    return _first_keys(path) >= {"record_id", "project_number", "causes"}


def is_baseline(path: Path) -> bool:
    """Tell whether a file keeps how often labels were met."""
    return _first_keys(path) >= {"esfkit_coverage", "layouts"}


def is_statement(path: Path) -> bool:
    """Tell whether a file states what a redaction took out."""
    if _head_of(path).startswith(_TITLES):
        return True
    return _first_keys(path) >= {"esfkit", "columns_emptied", "taken_out"}


def is_review(path: Path) -> bool:
    """Tell whether a file is a review of doubtful pairs, filled in or not."""
    return _heading(path) >= {"pair", "same", "a_compared", "b_compared"}


def is_origins(path: Path) -> bool:
    """Tell whether a file is a table of who gave each field."""
    return _heading(path) >= {"record_id", "field", "standing", "observed_as"}


def _head_of(path: Path) -> bytes:
    try:
        with path.open("rb") as stream:
            return stream.read(_HEAD).removeprefix(BOM_UTF8)
    except (OSError, ValueError):
        return b""


def _first_keys(path: Path) -> frozenset[str]:
    """Return the keys of the object with which a file of JSON, or of JSON lines, begins."""
    try:
        first: Any = json.JSONDecoder().raw_decode(_head_of(path).decode("utf-8", "ignore"))[0]
    except (ValueError, RecursionError):
        return frozenset()
    return frozenset(first if isinstance(first, dict) else ())


def _heading(path: Path) -> frozenset[str]:
    """Return the columns of a CSV file, which a spreadsheet may have saved its own way."""
    line = _head_of(path).decode("utf-8", "replace").partition("\n")[0].strip()
    separator = max(",;\t", key=line.count)
    try:
        return frozenset(next(csv.reader([line], delimiter=separator), []))
    except csv.Error:
        return frozenset()
