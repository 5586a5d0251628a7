from decimal import Decimal

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from esfkit.output.bars import BLOCKS, Bars, bars_of, drawn_bars


def drawn(figures: list[float | None], width: int = 8, *, plain: bool = False) -> list[str]:
    return drawn_bars(bars_of(pl.Series(figures, strict=False)), width, plain=plain)


def test_the_largest_figure_fills_the_width() -> None:
    assert drawn([8, 4, 1, 0]) == ["████████", "████", "█", ""]


def test_bars_are_drawn_to_an_eighth_of_a_character() -> None:
    assert drawn([64, 9, 10, 11, 12, 13, 14, 15]) == [
        "████████", "█▏", "█▎", "█▍", "█▌", "█▋", "█▊", "█▉",
    ]  # fmt: skip


def test_what_is_not_nothing_can_be_seen() -> None:
    assert drawn([10**12, 1, 0, None]) == ["████████", "▏", "", ""]
    assert drawn([10**12, 1, 0], plain=True) == ["########", "#", ""]


def test_negative_figures_go_to_the_left_of_an_axis() -> None:
    assert drawn([6, -3, 0, None, -1], width=10) == [
        "   │██████",
        "███│",
        "   │",
        "",
        "  █│",
    ]
    assert drawn([-4, -1, 6], width=11) == ["████│", "   █│", "    │██████"]
    assert drawn([-3, -1], width=4) == ["███│", "  █│"]
    assert drawn([-6, -1], width=4) == ["███│", "  ▐│"]
    assert drawn([6, -3], width=10, plain=True) == ["   |######", "###|"]


def test_nothing_is_drawn_where_there_is_no_figure() -> None:
    assert drawn([0, 0]) == ["", ""]
    assert drawn([None, float("nan"), float("inf")]) == ["", "", ""]
    assert drawn([]) == []


def test_totals_have_no_bar_and_settle_no_scale() -> None:
    column = pl.Series([2, 1, 3, 300])

    assert bars_of(column, totals=2) == Bars((2.0, 1.0, None, None), 0.0, 2.0)
    assert bars_of(column, totals=9) == Bars((None,) * 4, 0.0, 0.0)


def test_a_share_is_measured_against_the_whole() -> None:
    assert drawn_bars(bars_of(pl.Series([0.5, 0.25]), share=True), 8) == ["████", "██"]
    assert bars_of(pl.Series([0.5, 1.25]), share=True).highest == 1.25


@pytest.mark.parametrize("dtype", [pl.Int8, pl.Int128, pl.Float32, pl.Decimal(38, 2)])
def test_figures_of_every_kind_are_drawn(dtype: pl.DataType) -> None:
    column = pl.Series([Decimal(4), Decimal(2)]).cast(dtype)

    assert drawn_bars(bars_of(column), 8) == ["████████", "████"]


@given(
    figures=st.lists(st.floats(allow_nan=False, width=32) | st.none()),
    width=st.integers(8, 40),
    plain=st.booleans(),
)
def test_no_bar_is_longer_than_its_room(
    figures: list[float | None], width: int, *, plain: bool
) -> None:
    drawn = drawn_bars(bars_of(pl.Series(figures, dtype=pl.Float64)), width, plain=plain)

    assert len(drawn) == len(figures)
    assert all(len(bar) <= width for bar in drawn)
    assert set("".join(drawn)) <= set(" #|" if plain else f" {BLOCKS}")


@given(st.lists(st.integers(-(10**9), 10**9), min_size=2), st.integers(8, 40))
def test_a_larger_figure_has_no_shorter_bar(figures: list[int], width: int) -> None:
    bars = drawn_bars(bars_of(pl.Series(figures)), width)
    ends = sorted((figure, len(bar)) for figure, bar in zip(figures, bars, strict=True))
    above = [length for figure, length in ends if figure > 0]

    assert above == sorted(above)
