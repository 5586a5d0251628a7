"""A table for people at a terminal.

It fits the width: long texts end in ``…``, and columns that do not fit beside each other
go below, with the columns that name the row repeated. A figure is never cut; bars take
the room that is left.
"""

import os
import shutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from io import StringIO
from typing import BinaryIO

import polars as pl
from rich.box import Box
from rich.cells import cell_len
from rich.console import Console
from rich.table import Table
from rich.text import Text

from esfkit.dataset.dictionary import Language
from esfkit.output.bars import NARROWEST_BAR, WIDEST_BAR, Bars, bars_of, drawn_bars
from esfkit.output.neutral import for_terminal
from esfkit.output.shown import SHARE, headings_of, is_figure, shown_columns

_GAP = 3  # a space, the divider, a space
_NARROW_GAP = 2  # a space, the divider: before a text is cut
_NARROWEST_TEXT = 12
_WIDEST_TEXT = 60
_TEXT_BESIDE_BARS = 30
_USUAL_BAR = 20
_NARROWEST_TABLE = 8
_BACKING = ("_stated", "_projects")  # after a figure's name: how many records it rests on

# Lines below the heading and above the totals, and no others.
_LINES = Box("    \n    \n ── \n    \n ── \n    \n    \n    \n")


@dataclass(slots=True)
class _Column:
    """One column as it will be printed."""

    heading: str
    cells: list[str]
    figures: bool
    width: int
    wanted: int
    bars: Bars | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """How a table is to look.

    Attributes:
        width: Characters on a line; ``None`` asks the terminal.
        language: For the form of numbers and the words for what is missing.
        headings: Column → what stands over it; else its name does.
        units: Column → its unit, which settles how its figures are written.
        keys: How many columns at the left name the row; they are repeated where
            columns go below.
        totals: How many rows at the end are totals; a line sets them apart.
        bars: Columns of figures beside which bars are drawn, where there is room.
        plain_bars: Draw them with letters, for a screen that has no block characters.
        colour: Whether the terminal may be sent colours; ``NO_COLOR`` overrules it.
    """

    width: int | None = None
    language: Language = "en"
    headings: Mapping[str, str] | None = None
    units: Mapping[str, str] | None = None
    keys: int = 1
    totals: int = 0
    bars: Sequence[str] = ()
    plain_bars: bool = False
    colour: bool = False


PLAIN = Look()

_Together = list[_Column]
"""A figure, its bar and how many records it rests on: they are not parted."""


def write_table(frame: pl.DataFrame, stream: BinaryIO, look: Look = PLAIN) -> None:
    """Write the table as text."""
    width = _width_of(look)
    colour = look.colour and not os.environ.get("NO_COLOR")
    totals = min(look.totals, frame.height)
    for number, block in enumerate(_blocks(list(_measured(frame, look)), width, look.keys)):
        gap = _widen(block, width)
        for column in block:
            if column.bars is not None:
                column.cells = drawn_bars(column.bars, column.width, plain=look.plain_bars)
        table = _table(block, frame.height, totals, narrow=gap == _NARROW_GAP)
        text = _printed(table, width, colour=colour)
        stream.write(f"{chr(10) if number else ''}{text}".encode())


def fits(frame: pl.DataFrame, look: Look) -> bool:
    """Tell whether the table needs neither cut texts nor columns below each other."""
    columns = [column for group in _measured(frame, look) for column in group]
    return _wanted(columns) <= _width_of(look)


def _width_of(look: Look) -> int:
    return max(look.width or shutil.get_terminal_size().columns, _NARROWEST_TABLE)


# --- columns


def _measured(frame: pl.DataFrame, look: Look) -> Iterator[_Together]:
    """Yield the columns with the width they need, those together that belong together."""
    texts = shown_columns(frame, look.language, look.units)
    group: _Together = []
    name = ""
    for column, heading, cells in zip(
        frame.get_columns(), headings_of(frame, look.headings), texts, strict=True
    ):
        if column.name not in [f"{name}{ending}" for ending in _BACKING]:
            if group:
                yield group
            group, name = [], column.name
        figures = is_figure(column.dtype)
        group.append(_column(heading, cells, figures=figures))
        if column.name in look.bars and figures:
            group.append(_bar_column(column, look))
    if group:
        yield group


def _column(heading: str, cells: list[str], *, figures: bool) -> _Column:
    heading, cells = for_terminal(heading), [for_terminal(cell) for cell in cells]
    wanted = max((cell_len(cell) for cell in cells), default=0)
    if not figures:
        wanted = min(wanted, _WIDEST_TEXT)
    words = max(map(cell_len, _words(heading)), default=0)
    wanted = max(wanted, words, 1)
    narrowest = wanted if figures else min(wanted, max(words, _NARROWEST_TEXT))
    return _Column(heading, cells, figures, narrowest, wanted)


def _bar_column(column: pl.Series, look: Look) -> _Column:
    share = (look.units or {}).get(column.name) == SHARE
    bars = bars_of(column, totals=look.totals, share=share)
    return _Column("", [], figures=False, width=NARROWEST_BAR, wanted=NARROWEST_BAR, bars=bars)


# --- which stand beside each other


def _blocks(groups: list[_Together], width: int, keys: int) -> list[list[_Column]]:
    """Return the columns in blocks that each fit the width, bars left out if they must be."""
    blocks: list[list[_Column]] = []
    for number, group in enumerate(groups):
        if blocks and _width([*blocks[-1], *group]) <= width:
            blocks[-1].extend(group)
            continue
        names = [name for before in groups[: min(keys, number)] for name in before]
        begun = _begun(names, group, width)
        if blocks == [names] and begun[0][: len(names)] == names:
            blocks = []  # the names stand beside the figures: no need to have them alone
        blocks.extend(begun)
    return blocks


def _begun(names: list[_Column], group: _Together, width: int) -> list[list[_Column]]:
    """Return the blocks that begin with the group, after the names of the rows.

    A group that is too wide loses its bar first. Then its columns are parted, and at last
    they lose the names beside them, but for the first if there is room.
    """
    bare = [column for column in group if column.bars is None]
    for beside in (names, names[:1], []):
        for parts in ([group], [bare], [[column] for column in bare]):
            blocks = [[*(replace(name) for name in beside), *part] for part in parts]
            if all(_width(block, _NARROW_GAP) <= width for block in blocks):
                return blocks
    for column in bare:
        column.width = min(column.width, width)
    return [[column] for column in bare]


def _widen(block: list[_Column], width: int) -> int:
    """Let the columns fill the width and return how far apart they stand then."""
    gap = _GAP if _wanted(block) <= width else _NARROW_GAP
    bars = [column for column in block if column.bars is not None]
    words = [column for column in block if column.bars is None]
    if bars:
        _grow(words, _TEXT_BESIDE_BARS, width - _width(block, gap))
        _grow(bars, _USUAL_BAR, width - _width(block, gap))
    _grow(words, _WIDEST_TEXT, width - _width(block, gap))
    _grow(bars, WIDEST_BAR, width - _width(block, gap))
    return gap


def _grow(columns: list[_Column], most: int, spare: int) -> None:
    """Let texts have the room they want, one after the other, and bars equal parts."""
    for number, column in enumerate(columns):
        wanted, part = column.wanted, spare
        if column.bars is not None:
            wanted, part = most, spare // (len(columns) - number)
        more = max(0, min(part, min(wanted, most) - column.width))
        column.width += more
        spare -= more


def _width(block: list[_Column], gap: int = _GAP) -> int:
    return sum(column.width for column in block) + gap * (len(block) - 1)


def _wanted(block: list[_Column]) -> int:
    return sum(column.wanted for column in block) + _GAP * (len(block) - 1)


# --- print


def _table(block: list[_Column], height: int, totals: int, *, narrow: bool) -> Table:
    table = Table(box=_LINES, show_edge=False, pad_edge=False, collapse_padding=narrow)
    for column in block:
        table.add_column(
            Text("\n".join(_wrapped(column.heading, column.width))),
            justify="right" if column.figures else "left",
            style=None if column.bars is None else "cyan",
            width=column.width,
            no_wrap=True,
            overflow="ellipsis",
        )
    for row in range(height):
        # Never a bare str: rich would read [red] and [/] in a title as its own markup.
        table.add_row(
            *(Text(column.cells[row]) for column in block),
            style="bold" if row >= height - totals else None,
            end_section=row == height - totals - 1,
        )
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
