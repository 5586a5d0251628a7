import io
from random import Random

import polars as pl
import pytest
from rich.cells import cell_len

from esfkit.analysis.summary import summary
from esfkit.dataset.frame import to_frame
from esfkit.output.terminal import Look, write_table
from esfkit.output.writers import writer_named
from factories import a_project

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

    assert printed(frame, Look(width=60)).replace("\xa0", " ") == (
        "                                                      total_\n"
        "region                                  projects  budget_sek\n"
        "────────────────────────────────────────────────────────────\n"
        "Småland och Öarna                              2  11 157 838\n"
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
    records = [
        a_project(
            f"2016/{number:05}",
            region=f"Region {number}",
            total_budget_sek=random.randrange(10**9),
            esf_support_sek=random.randrange(10**9),
            planned_participants=random.randrange(1000),
        )
        for number in range(9)
    ]
    table = summary(to_frame(records), ["region"]).table
    text = printed(table, Look(width=width))

    for name in table.columns[1:]:
        for value in table[name].to_list():
            if value is not None and name != "esf_share":
                assert f"{value:,}".replace(",", "\xa0") in text


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
