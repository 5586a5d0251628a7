"""Parquet, the form a dataset is kept in.

The file's metadata tells the version of esfkit; a whole dataset's also the version of
its schema, by which it is known again.
"""

from collections.abc import Mapping
from typing import BinaryIO

import polars as pl
from polars.exceptions import PolarsError

from esfkit.dataset.columns import SCHEMA_VERSION, is_whole, tool_version
from esfkit.dataset.parquet import SCHEMA_VERSION_KEY, TOOL_VERSION_KEY


def write_parquet(
    frame: pl.DataFrame, stream: BinaryIO, history: Mapping[str, str] | None = None
) -> None:
    """Write the table with its metadata, compressed by zstd.

    Args:
        frame: The table.
        stream: Where to.
        history: Further entries of the metadata that keep the history of a dataset
            (:func:`esfkit.dataset.history.as_metadata`).

    Raises:
        OSError: The stream does not take it.
    """
    metadata = {TOOL_VERSION_KEY: tool_version(), **(history or {})}
    if is_whole(frame.columns):
        metadata[SCHEMA_VERSION_KEY] = str(SCHEMA_VERSION)
    try:
        frame.write_parquet(stream, compression="zstd", metadata=metadata)
    except PolarsError as error:  # polars wraps the errors of the stream it writes to
        raise OSError(str(error)) from error
