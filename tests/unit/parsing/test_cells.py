import pytest

from esfkit.parsing.cells import cut_cells, is_in_cells


def cells(words: str) -> list[str]:
    return [words[begin:stop] for begin, stop in cut_cells(words)]


@pytest.mark.parametrize("words", ["a\tb", "a|b", "a │ b", "a ┃ b", "a ║ b", "a  b"])
def test_tabs_bars_and_wide_gaps_divide_cells(words: str) -> None:
    assert is_in_cells(words)
    assert [cell.strip() for cell in cells(words)] == ["a", "b"]


@pytest.mark.parametrize("words", ["", "a b", "å: b - c"])
def test_other_lines_are_not_divided(words: str) -> None:
    assert not is_in_cells(words)
    assert cells(words) == [words]


def test_a_second_gap_divides_nothing_by_itself() -> None:
    assert cells("Budget  900  000  kr") == ["Budget", "900  000  kr"]


def test_a_label_with_a_colon_is_a_cell_of_its_own() -> None:
    assert cells("Budget:  900  000 kr  Region:  Väst") == [
        "Budget:",
        "900  000 kr",
        "Region:",
        "Väst",
    ]


def test_other_words_with_a_colon_are_not() -> None:
    assert cells("Kontakt:  Tuva Påhittad  direkt:  070") == [
        "Kontakt:",
        "Tuva Påhittad  direkt:  070",
    ]
