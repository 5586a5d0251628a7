"""The result of a command, and the way out that is chosen for it."""

import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Literal, NamedTuple

import polars as pl

from esfkit.cli.places import require_places
from esfkit.cli.screen import is_terminal
from esfkit.dataset.dictionary import units
from esfkit.model.errors import BadRequest
from esfkit.output.writers import WRITERS, Writer, writer_for, writer_named


class Way(NamedTuple):
    """Where a result goes and how it looks; :func:`way_out` settles it.

    Attributes:
        writer: Of the format.
        output: The file; ``None`` for standard output.
        language: Of headings, in formats for people.
    """

    writer: Writer
    output: Path | None = None
    language: Literal["sv", "en"] = "en"

    @property
    def on_screen(self) -> bool:
        """Whether a person sees what is written."""
        return self.output is None and is_terminal(sys.stdout)


def way_out(form: str | None, output: Path | None, language: Literal["sv", "en"] = "en") -> Way:
    """Return the way out that the format, the file's suffix or the terminal asks for.

    Raises:
        BadRequest: There is no such format, no format has the file's suffix, or the
            format does not belong on a terminal.
        OutputFailed: Nothing can be written in the file's place.
    """
    target = None if output is not None and str(output) == "-" else output
    if form is not None:
        writer = writer_named(form)
    elif target is not None:
        writer = _writer_of_suffix(target)
    else:
        writer = writer_named("table" if is_terminal(sys.stdout) else "csv")
    way = Way(writer, target, language)
    if writer.binary and way.on_screen:
        raise BadRequest(f"{writer.name} is no text for a terminal. Name a file with -o.")
    require_places(target)
    return way


def _writer_of_suffix(path: Path) -> Writer:
    writer = writer_for(path)
    if writer is None and path.exists() and not path.is_file():
        return writer_named("csv")  # a pipe or a device has no suffix to go by
    if writer is None:
        known = ", ".join(dict.fromkeys(each.suffix for each in WRITERS))
        raise BadRequest(
            f"{path}: No format has the suffix {path.suffix!r}. "
            f"Use one of {known}, or name the format with --format."
        )
    return writer


_LEFT_OUT: Final = {
    "en": "Observations not {counted}, of records that are: {count} "
    "(--all-observations {counts} them too).",
    "sv": "Observationer som inte {counted}, av poster som redan {counted}: {count} "
    "(--all-observations {counts} även dem).",
}
_COUNTED: Final = {
    ("en", True): ("counted", "counts"),
    ("en", False): ("listed", "lists"),
    ("sv", True): ("räknas", "räknar"),
    ("sv", False): ("visas", "visar"),
}


def left_out_note(count: int, language: Literal["sv", "en"], *, counted: bool = False) -> str:
    """Return how many observations were left out of a list, or of a count."""
    words = _COUNTED[language, counted]
    return _LEFT_OUT[language].format(counted=words[0], counts=words[1], count=count)


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """A table and what people are told beside it.

    Attributes:
        table: The table.
        headings: Column → what stands over it in formats for people.
        blocks: Columns in groups that are printed one below the other where the whole
            table does not fit the terminal; empty for as many as fit.
        legend: How the table is read; below it, and nowhere else.
        footnotes: What the figures leave out; below the table, or on stderr beside
            formats for machines where a person looks on.
        drawn: How a screen of some width shows it, where a plain table would not do.
        shown: The table in the words of the language, for formats for people, where it
            differs.
        units: Column → its unit, where the data dictionary does not tell it.
        keys: How many columns at the left name the row.
        totals: How many rows at the end are totals.
        bars: Columns beside whose figures a terminal has bars.
        records: How many records it is about, if not one a row.
    """

    table: pl.DataFrame
    headings: Mapping[str, str] = field(default_factory=dict)
    blocks: Sequence[Sequence[str]] = ()
    legend: str = ""
    footnotes: Sequence[str] = ()
    drawn: Callable[[int], str] | None = None
    shown: pl.DataFrame | None = None
    units: Mapping[str, str] = field(default_factory=dict)
    keys: int = 1
    totals: int = 0
    bars: Sequence[str] = ()
    records: int | None = None

    @property
    def for_people(self) -> pl.DataFrame:
        """The table as formats for people have it."""
        return self.table if self.shown is None else self.shown

    @property
    def units_shown(self) -> dict[str, str]:
        """Column → its unit, which settles how people see its figures."""
        return {**units(self.for_people.columns), **self.units}

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing in it that was asked for."""
        if self.records is not None:
            return self.records == 0
        return self.drawn is None and self.table.is_empty()
