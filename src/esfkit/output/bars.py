"""Bars beside figures, drawn with characters.

A bar is as long as its figure is large, to an eighth of a character, or to a whole one
where the screen has letters only. Where some figures are negative all bars begin at an
axis, and those of the negative ones go to the left.
"""

from dataclasses import dataclass
from typing import Final

import polars as pl

from esfkit.output.shown import finite

NARROWEST_BAR: Final = 8
WIDEST_BAR: Final = 40

BLOCKS: Final = "▏▎▍▌▋▊▉█▐│"
"""What bars are drawn with where the screen can show it."""

_EIGHTHS: Final[tuple[str, ...]] = ("", *"▏▎▍▌▋▊▉")
_FULL, _RIGHT_HALF, _AXIS = "█", "▐", "│"
_PLAIN_FULL, _PLAIN_AXIS = "#", "|"


@dataclass(frozen=True, slots=True)
class Bars:
    """The figures of one column, to be drawn on one scale.

    Attributes:
        figures: One a row; ``None`` where there is no bar.
        lowest: Where the scale begins, 0 or below.
        highest: Where it ends, 0 or above.
    """

    figures: tuple[float | None, ...]
    lowest: float
    highest: float


def bars_of(column: pl.Series, *, totals: int = 0, share: bool = False) -> Bars:
    """Return the bars for a column of figures.

    Args:
        column: The figures; a missing one has no bar.
        totals: How many rows at the end are totals. They have none either: beside a
            total everything else is short.
        share: Whether 1 is the whole, at which the scale then ends if no figure is
            larger. Otherwise the largest figure settles it.
    """
    held = finite(column.to_frame()).to_series().to_list()
    parts = [None if value is None else float(value) for value in held]
    parts[max(len(parts) - totals, 0) :] = [None] * min(totals, len(parts))
    met = [value for value in parts if value is not None]
    return Bars(tuple(parts), min([*met, 0.0]), max([*met, 1.0 if share else 0.0]))


def drawn_bars(bars: Bars, width: int, *, plain: bool = False) -> list[str]:
    """Return each row's bar, at most ``width`` characters long.

    Args:
        bars: What is drawn.
        width: Characters that the longest bar may have.
        plain: Draw with ``#`` and ``|`` instead of block characters.
    """
    span = bars.highest - bars.lowest
    if span == 0:
        return [""] * len(bars.figures)
    left = _room_to_the_left(bars, width)
    right = width - left - 1 if left else width
    unit = max(-bars.lowest / max(left, 1), bars.highest / max(right, 1))
    axis = (_PLAIN_AXIS if plain else _AXIS) if left else ""
    return [
        "" if figure is None else _bar(figure / unit, left, axis, plain=plain)
        for figure in bars.figures
    ]


def _room_to_the_left(bars: Bars, width: int) -> int:
    if bars.lowest == 0:
        return 0
    share = -bars.lowest / (bars.highest - bars.lowest)
    most = width - 2 if bars.highest else width - 1
    return min(max(round((width - 1) * share), 1), most)


def _bar(length: float, left: int, axis: str, *, plain: bool) -> str:
    """Return one bar of so many characters; to the left of the axis if below 0."""
    if length < 0:
        drawn = _to_the_left(-length, plain=plain)
        return f"{drawn:>{left}}{axis}"
    return " " * left + axis + _to_the_right(length, plain=plain)


def _to_the_right(length: float, *, plain: bool) -> str:
    if plain:
        return _PLAIN_FULL * _at_least_one(length)
    full, eighths = divmod(_at_least_one(length * 8), 8)
    return _FULL * full + _EIGHTHS[eighths]


def _to_the_left(length: float, *, plain: bool) -> str:
    if plain:
        return _PLAIN_FULL * _at_least_one(length)
    full, halves = divmod(_at_least_one(length * 2), 2)
    return _RIGHT_HALF * halves + _FULL * full


def _at_least_one(steps: float) -> int:
    """Return whole steps; what is not 0 can be told from 0."""
    return max(round(steps), 1) if steps else 0
