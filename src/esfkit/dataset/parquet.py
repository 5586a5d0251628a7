"""Reading a dataset from Parquet.

A dataset is taken for the user's own file: Parquet of unknown origin belongs to
:mod:`esfkit.sources`, which reads it behind limits.
"""

import os
import re
from io import BytesIO
from pathlib import Path

import polars as pl
from polars.exceptions import PolarsError

from esfkit.dataset.columns import SCHEMA, SCHEMA_VERSION
from esfkit.dataset.source import MAKE_AGAIN, Source, check_columns
from esfkit.model.errors import InputRefused

MAGIC = b"PAR1"

_FOOTER_END = 8  # the footer's length and the magic once more
_LARGEST_FOOTER = 16 * 1024 * 1024

SCHEMA_VERSION_KEY = "esfkit.schema_version"
"""Metadata of a Parquet file that is a dataset."""

TOOL_VERSION_KEY = "esfkit.version"
"""Metadata of every Parquet file that esfkit writes."""


def announces_itself(source: Source) -> bool:
    """Tell whether the end of a Parquet file names our metadata.

    It is looked for as bytes: any file may be asked about, and a footer made by an
    enemy can end the process that decodes it.
    """
    try:
        return SCHEMA_VERSION_KEY.encode() in _footer(source.place)
    except OSError:
        return False


def _footer(place: Path | bytes) -> bytes:
    """Return the last bytes of a file, as many as it says that its footer has."""
    with BytesIO(place) if isinstance(place, bytes) else place.open("rb") as stream:
        size = stream.seek(0, os.SEEK_END)
        stream.seek(max(0, size - _FOOTER_END))
        length = int.from_bytes(stream.read(4), "little")
        stream.seek(max(0, size - _FOOTER_END - length))
        return stream.read(min(length, _LARGEST_FOOTER))


def schema_version(source: Source) -> int | None:
    """Return the schema version that a Parquet file says it was written with."""
    try:
        said = pl.read_parquet_metadata(source.table()).get(SCHEMA_VERSION_KEY, "")
    except (PolarsError, OSError):
        return None
    return int(said) if re.fullmatch("[0-9]{1,6}", said) else None


def read_parquet(source: Source) -> pl.LazyFrame:
    """Return the table of a Parquet file; its rows are read when they are needed.

    Raises:
        InputRefused: The file is damaged, or its columns are not those of a dataset.
    """
    try:
        schema = pl.read_parquet_schema(source.table())
    except (PolarsError, OSError) as error:
        raise InputRefused(f"{source.name}: is a damaged Parquet file. {MAKE_AGAIN}") from error
    version = schema_version(source)
    _refuse_newer(source.name, version)
    check_columns(source.name, schema, version)
    _refuse_other_types(source.name, schema)
    return pl.scan_parquet(source.table()).with_columns(_absent(schema)).select(SCHEMA.names())


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
