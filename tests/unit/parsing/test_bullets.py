import pytest

from esfkit.parsing.bullets import (
    has_bullet,
    is_entry,
    join_wrapped,
    without_bullet,
)
from esfkit.parsing.lines import split_lines


@pytest.mark.parametrize(
    "mark",
    ["• ", "•", "- ", "– ", "* ", "  ▪\t", "> • ", "1. ", "12) ", "\u00a0\uf0b7 ", "●\u00a0"],
)
def test_an_entry_has_a_mark_before_its_words(mark: str) -> None:
    line = f"{mark}Boden-Luleå AB "

    assert has_bullet(line)
    assert is_entry(line)
    assert without_bullet(line) == "Boden-Luleå AB"


@pytest.mark.parametrize("line", ["", "Boden", "> Boden", "-Boden", "1.2 Boden", "2010", "1:a"])
def test_a_line_without_a_mark_is_none(line: str) -> None:
    assert not has_bullet(line)
    assert not is_entry(line)


@pytest.mark.parametrize("line", ["•", "- ", "> • ", "• ***"])
def test_a_mark_without_words_is_no_entry(line: str) -> None:
    assert not is_entry(line)


@pytest.mark.parametrize(
    ("text", "entries"),
    [
        ("• Arbetsmarknads-\n  enheten\n• ABF", ["Arbetsmarknads-\n  enheten", "ABF"]),
        ("• Centrala\n  personalavdelningen", ["Centrala\n  personalavdelningen"]),
        ("• Vård, skola och\nOmsorg", ["Vård, skola och\nOmsorg"]),
        ("• ABF\nLO\nvux", ["ABF", "LO", "vux"]),
        ("Centrala\npersonalavdelningen", ["Centrala", "personalavdelningen"]),
        ("• ABF\n\nlokalt", ["ABF", "lokalt"]),
    ],
)
def test_a_wrapped_entry_is_one(text: str, entries: list[str]) -> None:
    lines = split_lines(text)
    filled = [number for number in range(len(lines.words)) if not lines.is_blank(number)]
    found = list(join_wrapped(lines, filled))

    assert [text[start:end] for start, end, _, _ in found] == entries


def test_an_entry_lies_on_its_first_line() -> None:
    lines = split_lines("• Centrala\npersonalavdelningen\n• ABF")

    assert [line for _, _, line, _ in join_wrapped(lines, (0, 1, 2))] == [0, 2]
