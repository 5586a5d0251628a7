"""Reading a dataset from Parquet.

A dataset is taken for the user's own file: Parquet of unknown origin belongs to
:mod:`esfkit.sources`, which reads it behind limits.
"""

import os
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

import polars as pl
from polars.exceptions import PolarsError

from esfkit.dataset.columns import SCHEMA, SCHEMA_VERSION
from esfkit.dataset.history import HISTORY_KEY, History, Seen, read_files, read_history
from esfkit.dataset.source import MAKE_AGAIN, Source, check_columns
from esfkit.model.errors import InputRefused

MAGIC = b"PAR1"

_FOOTER_END = 8  # the footer's length and the magic once more
_LARGEST_FOOTER = 16 * 1024 * 1024
_MOST_DIGITS = 6

SCHEMA_VERSION_KEY = "esfkit.schema_version"
"""Metadata of a Parquet file that is a dataset."""

TOOL_VERSION_KEY = "esfkit.version"
"""Metadata of every Parquet file that esfkit writes."""


def announces_itself(source: Source) -> bool:
    """Tell whether the end of a Parquet file names our metadata.

    It is looked for as bytes: any file may be asked about, and a footer made by an
    enemy can end the process that decodes it. A long history may stand before the
    schema's version, so its name will do.
    """
    try:
        footer = _footer(source.place)
    except OSError:
        return False
    return SCHEMA_VERSION_KEY.encode() in footer or HISTORY_KEY.encode() in footer


def _footer(place: Path | bytes) -> bytes:
    """Return the last bytes of a file, as many as it says that its footer has."""
    with BytesIO(place) if isinstance(place, bytes) else place.open("rb") as stream:
        size = stream.seek(0, os.SEEK_END)
        stream.seek(max(0, size - _FOOTER_END))
        length = int.from_bytes(stream.read(4), "little")
        stream.seek(max(0, size - _FOOTER_END - length))
        return stream.read(min(length, _LARGEST_FOOTER))


class Kept(NamedTuple):
    """All rows of a dataset, also those that are not true any more.

    Attributes:
        rows: The rows; those that are true now come first.
        history: Since and until when each was true; ``None`` if the file does not tell.
    """

    rows: pl.LazyFrame
    history: History | None = None


def read_parquet(source: Source) -> pl.LazyFrame:
    """Return the table of a Parquet file; its rows are read when they are needed.

    Of a dataset with a history those that are true now.

    Raises:
        InputRefused: The file is damaged, or its columns are not those of a dataset.
    """
    return true_now(read_kept(source))


def true_now(kept: Kept) -> pl.LazyFrame:
    """Return the rows of a dataset that are true now."""
    return kept.rows if kept.history is None else kept.rows.head(kept.history.current)


def read_kept(source: Source) -> Kept:
    """Return all rows of a Parquet file and its history.

    Raises:
        InputRefused: The file is damaged, or its columns are not those of a dataset.
    """
    try:
        schema = pl.read_parquet_schema(source.table())
    except (PolarsError, OSError) as error:
        raise InputRefused(f"{source.name}: is a damaged Parquet file. {MAKE_AGAIN}") from error
    metadata = _metadata(source)
    version = _schema_version(metadata)
    _refuse_newer(source.name, version)
    check_columns(source.name, schema, version)
    _refuse_other_types(source.name, schema)
    rows = pl.scan_parquet(source.table()).with_columns(_absent(schema)).select(SCHEMA.names())
    if HISTORY_KEY not in metadata:
        return Kept(rows)
    return Kept(rows, read_history(source.name, metadata, _height(source)))


def read_seen(source: Source) -> dict[str, Seen]:
    """Return path → the file as the last update of this dataset met it.

    Raises:
        InputRefused: What the file says about it is damaged.
    """
    return read_files(source.name, _metadata(source))


def _metadata(source: Source) -> Mapping[str, str]:
    try:
        return pl.read_parquet_metadata(source.table())
    except (PolarsError, OSError):
        return {}  # reading the rows will tell


def _height(source: Source) -> int:
    try:
        rows: int = pl.scan_parquet(source.table()).select(pl.len()).collect().item()
    except (PolarsError, OSError) as error:
        raise InputRefused(f"{source.name}: is a damaged Parquet file. {MAKE_AGAIN}") from error
    return rows


def _schema_version(metadata: Mapping[str, str]) -> int | None:
    """Return the schema version that a file says it was written with."""
    said = metadata.get(SCHEMA_VERSION_KEY, "")
    is_number = said.isascii() and said.isdecimal() and len(said) <= _MOST_DIGITS
    return int(said) if is_number else None


def _refuse_newer(name: str, version: int | None) -> None:
    if version is not None and version > SCHEMA_VERSION:
        raise InputRefused(
            f"{name}: was written by a newer esfkit (schema {version}, this one knows "
            f"{SCHEMA_VERSION}). Update with `pip install --upgrade esfkit`."
        )


def _refuse_other_types(name: str, schema: dict[str, pl.DataType]) -> None:
    for column, dtype in schema.items():
        if dtype != SCHEMA[column]:
            raise InputRefused(
                f"{name}: column {column} holds {dtype} and not {SCHEMA[column]}. {MAKE_AGAIN}"
            )


def _absent(schema: dict[str, pl.DataType]) -> list[pl.Expr]:
    """Return the columns that may be missing and are, with nothing in them."""
    return [
        pl.lit([] if isinstance(dtype, pl.List) else None, dtype=dtype).alias(column)
        for column, dtype in SCHEMA.items()
        if column not in schema
    ]
