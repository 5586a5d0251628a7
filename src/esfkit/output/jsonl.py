"""JSON: one object a line, or one array of them.

UTF-8; dates are ``YYYY-MM-DD``, decimals are text, what is not stated is ``null``, and
NaN does not occur.
"""

import json
from collections.abc import Iterator
from typing import BinaryIO

import polars as pl

from esfkit.dataset.plain import json_value
from esfkit.output.shown import finite


def write_jsonl(frame: pl.DataFrame, stream: BinaryIO) -> None:
    """Write one object a line."""
    stream.writelines(f"{line}\n".encode() for line in _objects(frame))


def write_json(frame: pl.DataFrame, stream: BinaryIO) -> None:
    """Write an array with one object a line."""
    stream.write(b"[")
    stream.writelines(
        f"{',' if number else ''}\n{line}".encode()
        for number, line in enumerate(_objects(frame))
    )
    stream.write(b"\n]\n")


def _objects(frame: pl.DataFrame) -> Iterator[str]:
    for row in finite(frame).iter_rows(named=True):
        yield json.dumps(row, ensure_ascii=False, allow_nan=False, default=json_value)
