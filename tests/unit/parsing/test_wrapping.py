import pytest

from esfkit.parsing.fields import is_readable
from esfkit.parsing.lines import split_lines
from esfkit.parsing.scan import Form, scan
from esfkit.parsing.wrapping import Room, figure_goes_on, words_go_on


@pytest.mark.parametrize(
    ("first", "second", "goes_on"),
    [
        ("Boden,", "Sektion Väst", True),
        ("Föreningen för ett", "öppnare Boden", False),
        ("Föreningen för ett öppnare", "boden", True),
        ("Föreningen Boden, Luleå och", "Älvsbyn", True),
        ("Föreningen för ett öppnare Boden", "Sektion Väst", None),
        ("Föreningen för ett öppnare Boden", "Befattning: Chef", False),
        ("Föreningen för ett öppnare Boden", "Kl 9: Öppet", False),
        ("Föreningen för ett öppnare Boden", "www.exempel.se", False),
        ("Föreningen för ett öppnare Boden", "WebbplatsSaknas", None),
    ],
)
def test_words_go_on_where_a_name_does_not_end(
    first: str, second: str, *, goes_on: bool | None
) -> None:
    assert words_go_on(first, second, Form.OWN) is goes_on


def test_a_capital_within_a_word_tells_a_label_among_glued_ones() -> None:
    first = "Föreningen för ett öppnare Boden"

    assert words_go_on(first, "WebbplatsSaknas", Form.GLUED) is False
    assert words_go_on(first, "Sektion Väst", Form.GLUED) is None


@pytest.mark.parametrize(
    ("field", "first", "second", "goes_on"),
    [
        ("period", "2016-09-01 -", "2019-02-28", True),
        ("total_budget", "6 113", "800 kr", True),
        ("total_budget", "6 113 800 kr", "12", False),
        ("email", "tuva@exempel.s", "e", True),
        ("email", "tuva@exempel.se", "Tuva", False),
    ],
)
def test_figures_go_on_where_both_lines_are_one(
    field: str, first: str, second: str, *, goes_on: bool
) -> None:
    assert figure_goes_on(field, first, f"{first}\n{second}", is_readable) is goes_on


def test_the_room_of_a_header_is_its_longest_line_above_the_last_label() -> None:
    page = "Namn\nNya vägar i norr\nProjektägare: Mora kommun\nFond\nEtt helt stycke prosa.\n"
    lines = split_lines(page)

    assert Room.of(scan(lines), lines) == Room(
        value=len("Nya vägar i norr"), line=len("Projektägare: Mora kommun")
    )


@pytest.mark.parametrize(("second", "taken"), [("Chef", False), ("Enhetschef i", True)])
def test_room_is_taken_where_the_next_word_would_be_too_long(
    second: str, *, taken: bool
) -> None:
    first = "Tuva Påhittad"

    assert Room(value=20, line=20).is_taken(first, first, second) is taken
