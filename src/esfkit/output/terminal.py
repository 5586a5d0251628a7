"""A table for people at a terminal.

It fits the width: long texts end in ``…``, and columns that do not fit beside each other
go below, with the first column repeated. A figure is never cut.
"""

import os
import shutil
from collections.abc import Mapping
from dataclasses import dataclass, replace
from io import StringIO
from typing import BinaryIO

import polars as pl
from rich import box
from rich.cells import cell_len
from rich.console import Console
from rich.table import Table
from rich.text import Text

from esfkit.dataset.dictionary import Language
from esfkit.output.neutral import for_terminal
from esfkit.output.shown import headings_of, is_figure, shown_columns

_GAP = 3  # a space, the divider, a space
_NARROW_GAP = 2  # a space, the divider: before a text is cut
_NARROWEST_TEXT = 12
_WIDEST_TEXT = 60
_NARROWEST_TABLE = 8


@dataclass(slots=True)
class _Column:
    """One column as it will be printed."""

    heading: str
    cells: list[str]
    figures: bool
    width: int
    wanted: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """How a table is to look.

    Attributes:
        width: Characters on a line; ``None`` asks the terminal.
        language: For the form of numbers and the words for what is missing.
        headings: Column → what stands over it; else its name does.
        colour: Whether the terminal may be sent colours; ``NO_COLOR`` overrules it.
    """

    width: int | None = None
    language: Language = "en"
    headings: Mapping[str, str] | None = None
    colour: bool = False


PLAIN = Look()


def write_table(frame: pl.DataFrame, stream: BinaryIO, look: Look = PLAIN) -> None:
    """Write the table as text."""
    width = max(look.width or shutil.get_terminal_size().columns, _NARROWEST_TABLE)
    columns = [
        _measured(heading, cells, figures=is_figure(dtype))
        for heading, cells, dtype in zip(
            headings_of(frame, look.headings),
            shown_columns(frame, look.language),
            frame.dtypes,
            strict=True,
        )
    ]
    colour = look.colour and not os.environ.get("NO_COLOR")
    for number, block in enumerate(_blocks(columns, width)):
        gap = _widen(block, width)
        table = _table(block, frame.height, narrow=gap == _NARROW_GAP)
        text = _printed(table, width, colour=colour)
        stream.write(f"{chr(10) if number else ''}{text}".encode())


def _measured(heading: str, cells: list[str], *, figures: bool) -> _Column:
    heading, cells = for_terminal(heading), [for_terminal(cell) for cell in cells]
    wanted = max((cell_len(cell) for cell in cells), default=0)
    if not figures:
        wanted = min(wanted, _WIDEST_TEXT)
    words = max(map(cell_len, _words(heading)), default=0)
    wanted = max(wanted, words, 1)
    narrowest = wanted if figures else min(wanted, max(words, _NARROWEST_TEXT))
    return _Column(heading, cells, figures, narrowest, wanted)


def _blocks(columns: list[_Column], width: int) -> list[list[_Column]]:
    """Return the columns in groups that each fit the width."""
    blocks: list[list[_Column]] = []
    for column in columns:
        column.width = min(column.width, width)
        if blocks and _width([*blocks[-1], column]) <= width:
            blocks[-1].append(column)
        elif blocks and _width([columns[0], column]) <= width:
            blocks.append([replace(columns[0]), column])
        else:
            blocks.append([column])
    return blocks


def _widen(block: list[_Column], width: int) -> int:
    """Let the columns fill the width and return how far apart they stand then."""
    wanted = sum(column.wanted for column in block) + _GAP * (len(block) - 1)
    gap = _GAP if wanted <= width else _NARROW_GAP
    for column in block:
        spare = width - _width(block, gap)
        column.width += max(0, min(spare, column.wanted - column.width))
    return gap


def _width(block: list[_Column], gap: int = _GAP) -> int:
    return sum(column.width for column in block) + gap * (len(block) - 1)


def _table(block: list[_Column], height: int, *, narrow: bool) -> Table:
    table = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False, collapse_padding=narrow)
    for column in block:
        table.add_column(
            Text("\n".join(_wrapped(column.heading, column.width))),
            justify="right" if column.figures else "left",
            width=column.width,
            no_wrap=True,
            overflow="ellipsis",
        )
    for row in range(height):
        # Never a bare str: rich would read [red] and [/] in a title as its own markup.
        table.add_row(*(Text(column.cells[row]) for column in block))
    return table


def _wrapped(heading: str, width: int) -> list[str]:
    """Return the heading on several lines, cut after ``_`` and spaces."""
    lines = [""]
    for word in _words(heading):
        if lines[-1] and cell_len(lines[-1]) + cell_len(word) > width:
            lines.append("")
        lines[-1] += word
    return [line.rstrip() for line in lines]


def _words(heading: str) -> list[str]:
    return heading.replace("_", "_\0").replace(" ", " \0").split("\0")


def plain_console(width: int, *, colour: bool) -> Console:
    """Return a console that writes what it is given: no markup, no emoji, no surroundings."""
    return Console(
        file=StringIO(),
        width=width,
        color_system="standard" if colour else None,
        force_terminal=colour,
        markup=False,
        emoji=False,
        highlight=False,
        legacy_windows=False,
        _environ={},
    )


def _printed(table: Table, width: int, *, colour: bool) -> str:
    console = plain_console(width, colour=colour)
    with console.capture() as capture:
        console.print(table)
    return "".join(f"{line.rstrip()}\n" for line in capture.get().split("\n")[:-1])
