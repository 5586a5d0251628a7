"""Reading a dataset from Parquet.

A dataset is taken for the user's own file: Parquet of unknown origin belongs to
:mod:`esfkit.sources`, which reads it behind limits.
"""

import re

import polars as pl
from polars.exceptions import PolarsError

from esfkit.dataset.columns import SCHEMA, SCHEMA_VERSION
from esfkit.dataset.source import MAKE_AGAIN, Source, check_columns
from esfkit.model.errors import InputRefused

MAGIC = b"PAR1"

SCHEMA_VERSION_KEY = "esfkit.schema_version"
"""Metadata of a Parquet file that is a dataset."""

TOOL_VERSION_KEY = "esfkit.version"
"""Metadata of every Parquet file that esfkit writes."""


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
