"""Scan a file and do nothing with it: what no reader of the same file can be faster than.

    python benchmarks/bare.py parquet FILE

Each scan runs in a fresh process, as what is compared with it does.
"""

import gzip
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import polars as pl  # at run time only where it is timed

_BLOCK = 1 << 20


def parquet(path: str) -> int:
    """Return the bytes of all texts, by a streaming scan of the column."""
    import polars as pl  # noqa: PLC0415 - only where it is timed

    return _length_of_texts(pl.scan_parquet(path))


def ndjson(path: str) -> int:
    """Return the bytes of all texts, by a streaming scan of the lines."""
    import polars as pl  # noqa: PLC0415 - only where it is timed

    return _length_of_texts(pl.scan_ndjson(path))  # noqa: TID251 - the peer to be timed


def _length_of_texts(frame: "pl.LazyFrame") -> int:
    import polars as pl  # noqa: PLC0415 - only where it is timed

    # As UInt32 the sum would wrap at 4 GiB.
    length = pl.col("text").str.len_bytes().cast(pl.Int64).sum()
    return int(frame.select(length).collect(engine="streaming").item())


def lines(path: str) -> int:
    """Return the bytes of all lines."""
    with Path(path).open("rb", buffering=_BLOCK) as stream:
        return sum(map(len, stream))


def zst(path: str) -> int:
    """Return how many bytes a zstd file unpacks to."""
    import zstandard  # noqa: PLC0415 - only where it is timed

    with Path(path).open("rb") as file:
        return _drained(zstandard.ZstdDecompressor().stream_reader(file).readinto)


def gz(path: str) -> int:
    """Return how many bytes a gzip file unpacks to."""
    with gzip.open(path) as stream:
        return _drained(stream.readinto)


def _drained(read_into: Callable[[bytearray], int]) -> int:
    held = bytearray(_BLOCK)
    total = 0
    while count := read_into(held):
        total += count
    return total


SCANS: dict[str, Callable[[str], int]] = {
    "parquet": parquet,
    "ndjson": ndjson,
    "lines": lines,
    "zst": zst,
    "gz": gz,
}

if __name__ == "__main__":
    print(SCANS[sys.argv[1]](sys.argv[2]))
