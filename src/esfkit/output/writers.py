"""Table → bytes: one writer for each format, listed in :data:`WRITERS`.

To add a format, write ``<format>.py`` with one function ``write_<format>(frame, stream)``
and add it to the tuple; the tests for round trips, hostile text and interrupted writes
run over it by themselves. Whole files go through
:func:`esfkit.output.atomic.write_whole`, and what people may not see is taken out
before by :func:`esfkit.output.personal.withhold`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final

import polars as pl

from esfkit.dataset.columns import nearest
from esfkit.model.errors import BadRequest
from esfkit.output.csvfile import write_csv, write_swedish_csv, write_tsv
from esfkit.output.jsonl import write_json, write_jsonl
from esfkit.output.markdown import write_markdown
from esfkit.output.parquet import write_parquet


@dataclass(frozen=True, slots=True)
class Writer:
    """One output format.

    Attributes:
        name: As given to ``--format`` or ``--as``.
        suffix: Of a file in this format.
        media: Its media type.
        write: Writes a table to a stream of bytes.
        binary: Whether it is no text, which a terminal could show.
    """

    name: str
    suffix: str
    media: str
    write: Callable[[pl.DataFrame, BinaryIO], None]
    binary: bool = False


def _write_table(frame: pl.DataFrame, stream: BinaryIO) -> None:
    # rich takes 60 ms to load; only tables for people pay for it.
    from esfkit.output.terminal import write_table  # noqa: PLC0415

    write_table(frame, stream)


def _write_xlsx(frame: pl.DataFrame, stream: BinaryIO) -> None:
    # Nor does anything but a workbook pay for the library that writes it.
    from esfkit.output.xlsx import write_xlsx  # noqa: PLC0415

    write_xlsx(frame, stream)


_WORKBOOK: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

WRITERS: tuple[Writer, ...] = (
    Writer("table", ".txt", "text/plain; charset=utf-8", _write_table),
    Writer("csv", ".csv", "text/csv; charset=utf-8", write_csv),
    Writer("tsv", ".tsv", "text/tab-separated-values; charset=utf-8", write_tsv),
    Writer("csv-sv", ".csv", "text/csv; charset=utf-8", write_swedish_csv),
    Writer("json", ".json", "application/json", write_json),
    Writer("jsonl", ".jsonl", "application/jsonl", write_jsonl),
    Writer("md", ".md", "text/markdown; charset=utf-8", write_markdown),
    Writer("xlsx", ".xlsx", _WORKBOOK, _write_xlsx, binary=True),
    Writer("parquet", ".parquet", "application/vnd.apache.parquet", write_parquet, binary=True),
)
"""Every output format. Where two share a suffix, the first is meant by it."""


def writer_named(name: str) -> Writer:
    """Return the writer of a format.

    Raises:
        BadRequest: There is none of that name.
    """
    for writer in WRITERS:
        if writer.name == name:
            return writer
    known = [writer.name for writer in WRITERS]
    raise BadRequest(f"There is no format {name!r}. {nearest(name, known)}")


def writer_for(path: Path | str) -> Writer | None:
    """Return the writer that a file's suffix asks for, if one does."""
    suffix = Path(path).suffix.lower()
    return next((writer for writer in WRITERS if writer.suffix == suffix), None)
