import io
import sys
from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest
from typing_extensions import override

from esfkit.cli.giving import give
from esfkit.cli.results import Result, Way
from esfkit.cli.tables import drawn_result, look_of
from esfkit.output.writers import writer_named

TABLE = pl.DataFrame(
    {
        "region": ["Sydsverige", "Västsverige", "Total"],
        "total_budget_sek": [20_000_000, 10_000_000, 30_000_000],
        "esf_share": [0.5, 0.25, 0.4167],
    }
)
BARRED = Result(table=TABLE, bars=("esf_share",), totals=1)
ROOMY = Way(writer_named("table"))


class Screen(io.TextIOWrapper):
    """A terminal that shows the characters of one encoding."""

    def __init__(self, encoding: str) -> None:
        super().__init__(io.BytesIO(), encoding=encoding)

    @override
    def isatty(self) -> bool:
        return True

    @property
    def shown(self) -> str:
        self.flush()
        assert isinstance(self.buffer, io.BytesIO)
        return self.buffer.getvalue().decode(self.encoding)


Show = Callable[..., str]


@pytest.fixture
def show(monkeypatch: pytest.MonkeyPatch) -> Show:
    """Give a result to a terminal and return what it was sent."""
    monkeypatch.setenv("COLUMNS", "60")
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("NO_COLOR", raising=False)

    def shown(result: Result, way: Way = ROOMY, encoding: str = "utf-8") -> str:
        screen = Screen(encoding)
        monkeypatch.setattr(sys, "stdout", screen)
        give(result, way)
        return screen.shown

    return shown


def drawn(result: Result, width: int, way: Way = ROOMY) -> str:
    return drawn_result(result, look_of(result, way, width), width)


def test_shares_are_percentages_by_the_units_of_the_dictionary() -> None:
    assert "50.0%" in drawn(Result(table=TABLE), 80)
    assert "50,0\xa0%" in drawn(Result(table=TABLE), 80, ROOMY._replace(language="sv"))


def test_a_result_can_tell_the_units_of_its_own_columns() -> None:
    table = pl.DataFrame({"2014-2020": [0.5]})

    assert "0.5000" in drawn(Result(table=table), 80)
    assert "50.0%" in drawn(Result(table=table, units={"2014-2020": "fraction"}), 80)


def test_a_table_too_wide_goes_in_its_blocks_with_the_notes_below() -> None:
    blocks = [["region", "total_budget_sek"], ["region", "esf_share"]]
    result = Result(table=TABLE, blocks=blocks, legend="Read it.", footnotes=["And this."])

    assert drawn(result, 80).count("Sydsverige") == 1
    assert drawn(result, 30).count("Sydsverige") == 2
    assert drawn(result, 30).endswith("\n\nRead it.\nAnd this.\n")


def test_bars_can_make_a_table_too_wide() -> None:
    blocks = [["region", "total_budget_sek"], ["region", "esf_share"]]
    result = Result(table=TABLE, blocks=blocks, bars=("total_budget_sek",), totals=1)
    needed = max(map(len, drawn(Result(table=TABLE), 80).splitlines()))

    assert drawn(result, needed + 2).count("Sydsverige") == 2
    assert drawn(result, needed + 11).count("Sydsverige") == 1


def test_bars_have_no_colour_codes_where_none_are_wanted(
    show: Show, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    text = show(BARRED)

    assert "███" in text
    assert "\x1b[" not in text


def test_bars_have_colours_on_a_terminal(show: Show) -> None:
    assert "\x1b[36m█" in show(BARRED)


@pytest.mark.parametrize("encoding", ["latin-1", "cp850", "ascii"])
def test_a_screen_without_block_characters_has_bars_of_letters(
    encoding: str, show: Show
) -> None:
    text = show(BARRED, encoding=encoding)

    assert "####" in text
    assert "\\u25" not in text


def test_a_file_has_block_characters_whatever_the_screen_shows(
    show: Show, tmp_path: Path
) -> None:
    target = tmp_path / "table.txt"
    show(BARRED, ROOMY._replace(output=target), encoding="ascii")

    assert "███" in target.read_text(encoding="utf-8")
    assert "\x1b[" not in target.read_text(encoding="utf-8")


def test_markdown_has_percentages_and_no_bars(show: Show) -> None:
    text = show(BARRED, Way(writer_named("md"), language="sv"))

    assert "| Sydsverige | 20\xa0000\xa0000 | 50,0\xa0% |" in text
    assert "█" not in text


def test_machines_have_the_figures_as_they_are(show: Show) -> None:
    text = show(BARRED, Way(writer_named("csv"), language="sv"))

    assert text.splitlines()[1] == "Sydsverige,20000000,0.5"
