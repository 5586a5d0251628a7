"""Tables as people see them: drawn to fit, with what is said below them."""

import sys
from io import BytesIO

import polars as pl

from esfkit.cli.results import Result, Way
from esfkit.cli.screen import folded, takes_colours
from esfkit.output.bars import BLOCKS
from esfkit.output.neutral import for_terminal
from esfkit.output.terminal import Look, fits, write_table


def look_of(result: Result, way: Way, width: int) -> Look:
    """Return how the table of the result is to look on this way out."""
    return Look(
        width=width,
        language=way.language,
        headings=result.headings,
        units=result.units_shown,
        keys=result.keys,
        totals=result.totals,
        bars=result.bars,
        plain_bars=way.output is None and not _has_blocks(),
        colour=way.on_screen and takes_colours(),
    )


def _has_blocks() -> bool:
    """Tell whether what reads stdout can show block characters."""
    try:
        BLOCKS.encode(sys.stdout.encoding or "utf-8")
    except UnicodeEncodeError:
        return False
    return True


def drawn_result(result: Result, look: Look, width: int) -> str:
    """Return the table with its legend and footnotes."""
    told = [sentence for sentence in (result.legend, *result.footnotes) if sentence]
    lines = [line for sentence in told for line in folded(for_terminal(sentence), width)]
    notes = "".join(f"{line}\n" for line in lines)
    return _drawn(result, look, width) + (f"\n{notes}" if notes else "")


def _drawn(result: Result, look: Look, width: int) -> str:
    """Return the table in one piece if it fits the width, else its blocks."""
    if result.drawn is not None:
        return "\n".join(map(for_terminal, result.drawn(width).split("\n")))
    table = result.for_people
    if result.blocks and not fits(table, look):
        return "\n".join(_table(table.select(block), look) for block in result.blocks)
    return _table(table, look)


def _table(table: pl.DataFrame, look: Look) -> str:
    buffer = BytesIO()
    write_table(table, buffer, look)
    return buffer.getvalue().decode()
