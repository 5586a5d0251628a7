"""Reading a dataset back from Parquet, JSONL or CSV.

The content decides which of the three a file is; its name only helps where it is
empty. A dataset is our own writing, so nothing in it is passed over: an unknown column,
a missing one, a value of another type or a broken line is refused with its place.

Only Parquet carries the schema version and the version of esfkit, in its metadata.
JSONL and CSV hold rows and nothing else, because they go through pipelines. So only
Parquet can carry a history (:mod:`esfkit.dataset.history`).
"""

import re
import sys
from collections.abc import Callable
from pathlib import Path

import polars as pl
from polars.exceptions import PolarsError

from esfkit.dataset.history import Seen
from esfkit.dataset.parquet import (
    MAGIC,
    Kept,
    announces_itself,
    read_kept,
    read_parquet,
    read_seen,
)
from esfkit.dataset.source import BOM, MAKE_AGAIN, Source, bytes_of
from esfkit.model.errors import InputRefused

_HEAD = 64 * 1024
_FIRST_COLUMN = re.compile(rb'"?record_id"?[,;\t\r\n]')
_JSONL_SUFFIXES = (".jsonl", ".ndjson")


def is_dataset(source: Path | str | bytes) -> bool:
    """Tell whether a file, or content that is at hand, is a dataset of esfkit's.

    A Parquet file is one if it carries our metadata, a JSONL file if its first line
    is an object with ``record_id`` and ``kind`` or if it is empty and named so, a CSV
    file if its first column is ``record_id``. Anything else, and whatever cannot be
    opened, is not.
    """
    if not isinstance(source, bytes) and not Path(source).is_file():
        return False
    place = source if isinstance(source, bytes) else Path(source)
    try:
        found = _format_of(Source("", place))
    except InputRefused:
        return False
    if found == "parquet":
        return announces_itself(Source("", place))
    return found in ("jsonl", "csv")


def read_dataset(source: Path | str | bytes) -> pl.LazyFrame:
    """Return the dataset as a table with exactly the columns of the schema.

    Of a dataset with a history stand only the rows that are true now: neither those
    that were replaced by a newer observation nor those whose document is gone.

    Args:
        source: A path, ``-`` for standard input, or the content itself.

    Raises:
        InputRefused: It cannot be opened, is no dataset, or is a broken one.
    """
    opened = _open(source)
    return _READERS[_known_format(opened)](opened)


def read_everything(source: Path | str | bytes) -> Kept:
    """Return all rows of a dataset, with the history that tells when each was true.

    Args:
        source: As :func:`read_dataset` takes it.

    Raises:
        InputRefused: It cannot be opened, is no dataset, or is a broken one.
    """
    opened = _open(source)
    form = _known_format(opened)
    return read_kept(opened) if form == "parquet" else Kept(_READERS[form](opened))


def read_files_seen(source: Path | str | bytes) -> dict[str, Seen]:
    """Return path → the file as the last update of a dataset met it; empty without history.

    Args:
        source: As :func:`read_dataset` takes it.

    Raises:
        InputRefused: It cannot be opened, is no dataset, or is a broken one.
    """
    opened = _open(source)
    return read_seen(opened) if _known_format(opened) == "parquet" else {}


def _known_format(opened: Source) -> str:
    form = _format_of(opened)
    if form not in _READERS:
        raise InputRefused(
            f"{opened.name}: This is no esfkit dataset, or a damaged one. "
            "Read texts with `esfkit ingest SOURCE -o projects.parquet` first."
        )
    return form


def gather(frame: pl.LazyFrame) -> pl.DataFrame:
    """Return the rows of a table that has only been opened so far.

    Raises:
        InputRefused: The file turns out to be damaged or gone.
    """
    try:
        return frame.collect()
    except (PolarsError, OSError) as error:
        raise InputRefused(
            "The dataset cannot be read: it is damaged or was changed meanwhile, or a "
            f"condition cannot be worked out for every record. {MAKE_AGAIN}"
        ) from error


def _open(source: Path | str | bytes) -> Source:
    if isinstance(source, bytes):
        return Source("dataset", source)
    if str(source) == "-":
        return Source("standard input", sys.stdin.buffer.read())
    path = Path(source)
    # A pipe can be read only once, so it is read at once.
    return Source(str(path), path if path.is_file() else bytes_of(path))


def _format_of(source: Source) -> str:
    """Return ``parquet``, ``jsonl``, ``csv``, or ``unknown``."""
    place = source.place
    head = place[:_HEAD] if isinstance(place, bytes) else bytes_of(place, _head_of)
    if head.startswith(MAGIC):
        return "parquet"
    if head.strip():
        return _text_format(head.removeprefix(BOM))
    empty_is_jsonl = isinstance(place, bytes) or place.suffix.lower() in _JSONL_SUFFIXES
    return "jsonl" if empty_is_jsonl else "unknown"


def _text_format(head: bytes) -> str:
    if _FIRST_COLUMN.match(head):
        return "csv"
    line = head.lstrip().split(b"\n", 1)[0]
    ours = line.startswith(b"{") and b'"record_id"' in line and b'"kind"' in line
    return "jsonl" if ours else "unknown"


def _head_of(path: Path) -> bytes:
    with path.open("rb") as stream:
        return stream.read(_HEAD)


def _read_jsonl(source: Source) -> pl.LazyFrame:
    # Text is checked by the record itself, so it costs loading pydantic; Parquet does not.
    from esfkit.dataset.jsonl import read_jsonl  # noqa: PLC0415

    return read_jsonl(source)


def _read_csv(source: Source) -> pl.LazyFrame:
    from esfkit.dataset.csvfile import read_csv  # noqa: PLC0415 - as above

    return read_csv(source)


_READERS: dict[str, Callable[[Source], pl.LazyFrame]] = {
    "parquet": read_parquet,
    "jsonl": _read_jsonl,
    "csv": _read_csv,
}
