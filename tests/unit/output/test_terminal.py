import io
from random import Random

import polars as pl
import pytest
from rich.cells import cell_len

from esfkit.output.terminal import Look, fits, write_table
from esfkit.output.writers import writer_named

FRAME = pl.DataFrame(
    {
        "region": ["Småland och Öarna", "Övre Norrland med en mycket lång förklaring", None],
        "projects": [2, 10, 3],
        "total_budget_sek": [11_157_838, 1, None],
        "title": ["[red]x[/]", "x [/] y", "[link=http://x.test]z"],
    }
)


def printed(frame: pl.DataFrame, look: Look) -> str:
    stream = io.BytesIO()
    write_table(frame, stream, look)
    return stream.getvalue().decode()


def test_a_table_as_it_is_printed() -> None:
    frame = FRAME.select("region", "projects", "total_budget_sek")

    assert printed(frame, Look(width=60)) == (
        "                                                      total_\n"
        "region                                  projects  budget_sek\n"
        "────────────────────────────────────────────────────────────\n"
        "Småland och Öarna                              2  11,157,838\n"
        "Övre Norrland med en mycket lång förk…        10           1\n"
        "(not stated)                                   3           –\n"
    )


def test_columns_move_together_before_a_text_is_cut() -> None:
    frame = FRAME.select("region", "projects").head(1)

    assert "Öarna          2\n" in printed(frame, Look(width=28))
    assert "Öarna         2\n" in printed(frame, Look(width=27))


@pytest.mark.parametrize("width", [20, 40, 60, 80, 120, 200])
def test_no_line_is_wider_than_the_terminal(width: int) -> None:
    for line in printed(FRAME, Look(width=width)).splitlines():
        assert cell_len(line) <= width


@pytest.mark.parametrize("width", [30, 50, 80, 132])
def test_figures_are_never_cut(width: int) -> None:
    random = Random(width)  # noqa: S311 - figures, not secrets
    table = pl.DataFrame(
        {"region": [f"Region {number}" for number in range(9)]}
        | {
            f"figure_{number}": [random.randrange(10 ** (number + 2)) for _ in range(9)]
            for number in range(9)
        }
    )
    names = tuple(table.columns[1:])
    for bars in ((), names[4:], names):
        text = printed(table, Look(width=width, bars=bars))

        for name in names:
            for value in table[name]:
                assert f"{value:,}" in text


def test_columns_that_do_not_fit_go_below_with_the_first_repeated() -> None:
    text = printed(FRAME, Look(width=40))

    assert text.count("Småland") == 2
    assert "\n\n" in text


def test_long_texts_end_in_an_ellipsis() -> None:
    assert "…" in printed(FRAME, Look(width=40))


def test_markup_in_a_title_is_printed_as_written() -> None:
    text = printed(FRAME, Look(width=200))

    for title in FRAME["title"]:
        assert title in text


def test_controls_do_not_reach_the_terminal() -> None:
    frame = pl.DataFrame({"a\x1b[2J": ["\x1b[31mred\u202e\x9b\n2"]})
    text = printed(frame, Look(width=80))

    assert all(line.isprintable() for line in text.splitlines())
    assert "\\x1b[31mred\\u202e\\x9b 2" in text


def test_colours_only_where_they_are_wanted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    assert "\x1b[" not in printed(FRAME, Look(width=80))
    assert "\x1b[" in printed(FRAME, Look(width=80, colour=True))
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b[" not in printed(FRAME, Look(width=80, colour=True))


def test_headings_and_words_follow_the_language() -> None:
    look = Look(width=200, language="sv", headings={"projects": "Antal projekt"})
    text = printed(FRAME, look)

    assert "Antal" in text
    assert "(ej angivet)" in text


def test_an_empty_table_is_its_heading() -> None:
    assert "region" in printed(FRAME.clear(), Look(width=80))


def test_the_format_called_table_asks_the_terminal_for_its_width(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("COLUMNS", "50")
    stream = io.BytesIO()
    writer_named("table").write(FRAME, stream)

    assert max(map(cell_len, stream.getvalue().decode().splitlines())) <= 50


def test_a_line_sets_the_totals_apart() -> None:
    frame = pl.DataFrame({"region": ["Öst", "Väst", "Total"], "projects": [1, 2, 3]})

    assert printed(frame, Look(width=40, totals=1)) == (
        "region   projects\n"
        "─────────────────\n"
        "Öst             1\n"
        "Väst            2\n"
        "─────────────────\n"
        "Total           3\n"
    )
    assert printed(frame.tail(1), Look(width=40, totals=1)).count("─\n") == 1
    assert printed(frame.clear(), Look(width=40, totals=1)).count("─\n") == 1


def test_totals_are_bold_where_there_are_colours(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    frame = pl.DataFrame({"region": ["Öst", "Total"]})

    assert "\x1b[1mTotal" in printed(frame, Look(width=40, totals=1, colour=True))
    assert "\x1b[1mÖst" not in printed(frame, Look(width=40, totals=1, colour=True))


COUNTED = pl.DataFrame(
    {
        "region": ["Sydsverige", "Västsverige", "Stockholm", "Total"],
        "esf_support_sek": [8_000_000, 2_000_000, None, 10_000_000],
        "esf_support_sek_stated": [4, 1, 0, 5],
        "esf_share": [0.5, 0.25, None, 0.4],
    }
)


def test_bars_stand_beside_their_figures_and_the_total_has_none() -> None:
    look = Look(
        width=60,
        headings={"esf_support_sek": "Support", "esf_support_sek_stated": "n"},
        totals=1,
        bars=("esf_support_sek", "region"),
    )

    assert printed(COUNTED.drop("esf_share"), look) == (
        "region           Support                                   n\n"
        "────────────────────────────────────────────────────────────\n"
        "Sydsverige     8,000,000   █████████████████████████████   4\n"
        "Västsverige    2,000,000   ███████▎                        1\n"
        "Stockholm              –                                   0\n"
        "────────────────────────────────────────────────────────────\n"
        "Total         10,000,000                                   5\n"
    )


def test_the_bar_of_a_share_is_full_at_100_per_cent() -> None:
    units = {"esf_share": "fraction"}
    look = Look(width=40, units=units, totals=1, bars=("esf_share",))
    text = printed(COUNTED.select("region", "esf_share"), look)

    assert text.splitlines()[3:] == [
        "Sydsverige    50.0%   █████████",
        "Västsverige   25.0%   ████▌",
        "Stockholm         –",
        "─" * 40,
        "Total         40.0%",
    ]


def test_bars_have_colours_only_where_they_are_wanted(monkeypatch: pytest.MonkeyPatch) -> None:
    look = Look(width=60, bars=("esf_share",), colour=True)
    monkeypatch.delenv("NO_COLOR", raising=False)
    assert "\x1b[36m█" in printed(COUNTED, look)

    monkeypatch.setenv("NO_COLOR", "1")
    plain = printed(COUNTED, look)
    assert "\x1b[" not in plain
    assert "██" in plain


def test_bars_of_letters_for_a_screen_that_has_no_blocks() -> None:
    text = printed(COUNTED, Look(width=60, bars=("esf_share",), plain_bars=True))

    assert "##" in text
    assert "█" not in text


@pytest.mark.parametrize("width", [20, 30, 40, 60, 80, 120])
def test_a_bar_and_its_backing_stay_beside_the_figure(width: int) -> None:
    names = {"esf_support_sek": "Support", "esf_support_sek_stated": "n"}
    look = Look(width=width, headings=names, bars=("esf_support_sek", "esf_share"), totals=1)
    blocks = printed(COUNTED, look).split("\n\n")

    assert all(cell_len(line) <= width for block in blocks for line in block.splitlines())
    if width >= 40:
        (block,) = (block for block in blocks if "8,000,000" in block)
        (row,) = (line for line in block.splitlines() if "8,000,000" in line)
        assert row.split()[0] == "Sydsverige"
        assert row.split()[2].startswith("████████")
        assert row.split()[3] == "4"


def test_a_bar_is_left_out_where_there_is_no_room() -> None:
    text = printed(COUNTED, Look(width=28, bars=("esf_support_sek",)))

    assert "8,000,000" in text
    assert "█" not in text


def test_all_columns_that_name_the_row_are_repeated() -> None:
    frame = pl.DataFrame(
        {"period": ["2014-2020"], "area": ["1"]}
        | {f"figure_{number}": [10**9 + number] for number in range(4)}
    )
    text = printed(frame, Look(width=40, keys=2))

    assert [line.split()[:2] for line in text.splitlines() if "1,000" in line] == [
        ["2014-2020", "1"]
    ] * text.count("2014-2020")
    assert text.count("2014-2020") >= 2


def test_names_do_not_stand_alone_while_a_figure_fits_beside_them() -> None:
    frame = pl.DataFrame(
        {"period": ["2014-2020"], "area": ["1 Kompetensförsörjning"], "sek": [10**12]}
    )
    look = Look(width=42, keys=2, bars=("sek",))

    assert printed(frame, look).count("2014-2020") == 1


def test_a_table_fits_if_nothing_is_cut_and_nothing_goes_below() -> None:
    frame = FRAME.select("region", "projects")
    needed = max(map(cell_len, printed(frame, Look(width=200)).splitlines()))

    assert fits(frame, Look(width=needed))
    assert not fits(frame, Look(width=needed - 1))
    assert not fits(frame, Look(width=needed, bars=("projects",)))


def test_a_column_wider_than_the_terminal_is_cut_to_it() -> None:
    text = printed(pl.DataFrame({"a_rather_long_name": [10**12]}), Look(width=10))

    assert text == " a_rather_\n long_name\n──────────\n1,000,000…\n"


def test_a_table_without_columns_is_nothing() -> None:
    assert not printed(pl.DataFrame(), Look(width=80))
