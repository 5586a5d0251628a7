"""A table as the result of a command: in which format, and where to."""

import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from io import BytesIO
from pathlib import Path
from textwrap import wrap
from typing import BinaryIO, Literal

import polars as pl

from esfkit.cli.notes import tell
from esfkit.cli.screen import is_terminal, print_text, takes_colours, width
from esfkit.model.errors import BadRequest
from esfkit.output import WRITERS, Writer, writer_for, writer_named
from esfkit.output.atomic import write_whole
from esfkit.output.markdown import write_markdown
from esfkit.output.neutral import for_terminal
from esfkit.output.terminal import Look, write_table


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """Where a result goes and how it looks.

    Attributes:
        format: As given to ``--format``; ``None`` lets the file or the terminal decide.
        output: As given to ``--output``; ``None`` for standard output.
        language: Of headings, in formats for people.
    """

    format: str | None = None
    output: Path | None = None
    language: Literal["sv", "en"] = "en"


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """A table and what people are told beside it.

    Attributes:
        table: The table.
        headings: Column → what stands over it in formats for people.
        blocks: Columns in groups that are printed one below the other where the whole
            table does not fit the terminal; empty for as many as fit.
        footnotes: Sentences below the table, in formats for people.
        drawn: How a screen of some width shows it, where a plain table would not do.
    """

    table: pl.DataFrame
    headings: Mapping[str, str] = field(default_factory=dict)
    blocks: Sequence[Sequence[str]] = ()
    footnotes: Sequence[str] = ()
    drawn: Callable[[int], str] | None = None


def chosen_writer(way: Way) -> Writer:
    """Return the writer that the format, the file's suffix or the terminal asks for.

    Raises:
        BadRequest: There is no such format, or no format has the file's suffix.
    """
    if way.format is not None:
        return writer_named(way.format)
    if way.output is not None and str(way.output) != "-":
        return _writer_of_suffix(way.output)
    return writer_named("table" if is_terminal(sys.stdout) else "csv")


def _writer_of_suffix(path: Path) -> Writer:
    writer = writer_for(path)
    if writer is None:
        known = ", ".join(dict.fromkeys(each.suffix for each in WRITERS))
        raise BadRequest(
            f"{path}: no format has the suffix {path.suffix!r}. "
            f"Use one of {known}, or name the format with --format."
        )
    return writer


def give(result: Result, way: Way) -> None:
    """Write the result.

    Raises:
        BadRequest: The format does not exist or does not belong on a terminal.
        OutputFailed: It could not be written.
    """
    writer = chosen_writer(way)
    if writer.name == "table":
        _give_table(result, way)
        return
    write = partial(writer.write, result.table)
    if writer.name == "md":
        write = partial(
            write_markdown, result.table, language=way.language, headings=result.headings
        )
    _give_bytes(write, writer, way)
    if is_terminal(sys.stdout) and is_terminal(sys.stderr):
        for footnote in result.footnotes:
            tell(footnote)


def _give_bytes(write: partial[None], writer: Writer, way: Way) -> None:
    if way.output is not None or not is_terminal(sys.stdout):
        write_whole(way.output, write)
        return
    if writer.name == "parquet":
        raise BadRequest("Parquet is no text for a terminal. Name a file with -o.")
    buffer = BytesIO()
    write(buffer)
    for line in buffer.getvalue().decode("utf-8-sig").removesuffix("\n").split("\n"):
        print_text(f"{for_terminal(line)}\n")


# --- tables for people ------------------------------------------------------------------


def _give_table(result: Result, way: Way) -> None:
    if way.output is not None and str(way.output) != "-":
        write_whole(way.output, partial(_write_text, result, way))
    else:
        print_text(_as_text(result, way, colour=takes_colours()))


def _write_text(result: Result, way: Way, stream: BinaryIO) -> None:
    stream.write(_as_text(result, way, colour=False).encode())


def _as_text(result: Result, way: Way, *, colour: bool) -> str:
    look = Look(width=width(), language=way.language, headings=result.headings, colour=colour)
    notes = "".join(f"{for_terminal(line)}\n" for line in _wrapped(result.footnotes))
    return _table_text(result, look) + (f"\n{notes}" if notes else "")


def _table_text(result: Result, look: Look) -> str:
    """Return the table in one piece if it fits the width, else its blocks."""
    if result.drawn is not None:
        return result.drawn(look.width or width())
    if not result.blocks:
        return _drawn(result.table, look)
    whole = _drawn(
        result.table, Look(width=10_000, language=look.language, headings=look.headings)
    )
    if max(map(len, whole.splitlines()), default=0) <= (look.width or 0):
        return _drawn(result.table, look)
    return "\n".join(_drawn(result.table.select(block), look) for block in result.blocks)


def _drawn(table: pl.DataFrame, look: Look) -> str:
    buffer = BytesIO()
    write_table(table, buffer, look)
    return buffer.getvalue().decode()


def _wrapped(sentences: Sequence[str]) -> list[str]:
    return [line for sentence in sentences for line in wrap(sentence, width())]
