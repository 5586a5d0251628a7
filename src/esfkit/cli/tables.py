"""Tables as people see them: drawn to fit, with what is said below them."""

from collections.abc import Sequence
from io import BytesIO

import polars as pl

from esfkit.cli.results import Result
from esfkit.cli.screen import folded
from esfkit.output.neutral import for_terminal
from esfkit.output.terminal import Look, write_table

_ENDLESS = 10_000


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
    if result.blocks and not _fits(table, look, width):
        return "\n".join(_table(table.select(block), look) for block in result.blocks)
    return _table(table, look)


def _fits(table: pl.DataFrame, look: Look, width: int) -> bool:
    endless = Look(width=_ENDLESS, language=look.language, headings=look.headings)
    lines: Sequence[str] = _table(table, endless).split("\n")
    return max(map(len, lines)) <= width


def _table(table: pl.DataFrame, look: Look) -> str:
    buffer = BytesIO()
    write_table(table, buffer, look)
    return buffer.getvalue().decode()
