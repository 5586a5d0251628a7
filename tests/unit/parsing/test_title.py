import pytest

from esfkit.parsing.lines import split_lines
from esfkit.parsing.title import find_title, find_title_before

LONG = "Ett mycket långt namn på ett projekt som handlar"


def title_above(text: str, first: int = 0, heading: str | None = None) -> str | None:
    """The title above the line that reads REST."""
    lines = split_lines(text + "\nREST")
    title = find_title(lines, first, len(lines.words) - 1, heading)
    return None if title is None else text[title.start : title.end]


def title_before(words: str, above: int = 0) -> str | None:
    title = find_title_before(split_lines(words + "Projektägare: X"), 0, len(words), above)
    return None if title is None else words[title.start : title.end]


@pytest.mark.parametrize(
    ("above", "title"),
    [
        ("Nya vägar", "Nya vägar"),
        ("Annat\n\nNya vägar\n\n", "Nya vägar"),
        ("# Nya vägar #", "Nya vägar"),
        ("**Nya vägar**\n---", "Nya vägar"),
        ("  > • Nya vägar", "Nya vägar"),
        ("Nya vägar\n\nLogotyp på utskrifter\nStäng", "Nya vägar"),
        ("Nya vägar\n\n3 december - Frukostmöte i Boden", "Nya vägar"),
        ("Nya vägar\n| Etikett | Värde |\n|---|---|", "Nya vägar"),
        ("”Kompetens.NU 1-3” - Genomförande", "”Kompetens.NU 1-3” - Genomförande"),
    ],
)
def test_the_title_is_the_nearest_line_that_is_no_furniture(above: str, title: str) -> None:
    assert title_above(above) == title


def test_a_line_that_announces_or_tells_something_is_no_title() -> None:
    sentence = "Här berättar vi om allt som händer i projektet just nu."

    assert title_above(f"Nya vägar\n{sentence}\nFakta:") == "Nya vägar"
    assert title_above("Nya vägar i Boden, Luleå och Piteå med omnejd...") is not None
    assert title_above("Kort sagt.") == "Kort sagt."


@pytest.mark.parametrize("above", ["", "\n\n", "Stäng\n\n***", "x" * 301])
def test_furniture_and_overlong_lines_are_no_title(above: str) -> None:
    assert title_above(above) is None


def test_a_line_of_three_hundred_letters_may_be_a_title() -> None:
    assert title_above("x" * 300) == "x" * 300


def test_no_title_stands_above_the_first_line() -> None:
    assert title_above("Nya vägar\nStäng", first=1) is None


def test_the_page_s_own_heading_is_its_title_wherever_it_stands() -> None:
    assert title_above("NYA  vägar\n\nIngress om annat", heading="Nya vägar") == "NYA  vägar"


def test_a_heading_that_is_not_printed_changes_nothing() -> None:
    assert title_above("Nya vägar", heading="ESF-rådet") == "Nya vägar"


@pytest.mark.parametrize("lead", ["", "Meny\n\n"])
def test_a_wrapped_title_begins_in_the_line_above(lead: str) -> None:
    assert title_above(f"{lead}{LONG}\nom vägar") == f"{LONG}\nom vägar"


@pytest.mark.parametrize(
    "above",
    [
        "Ett kort namn",
        f"Prosa.\n{LONG}",
        f"{LONG}.",
        f"{LONG}?",
        f"{LONG} {'x' * 250}",
        "Information med anledning av covid-19 och annat sådant",
    ],
)
def test_a_line_above_that_ended_by_itself_is_no_part_of_the_title(above: str) -> None:
    assert title_above(f"{above}\nom vägar") == "om vägar"


@pytest.mark.parametrize(
    ("words", "title"),
    [
        ("Nya vägar ", "Nya vägar"),
        ("Logotyp på utskrifter Nya vägar ", "Nya vägar"),
        ("Logotyp på utskrifter Stäng Nya vägar ", "Stäng Nya vägar"),
        ("# Nya vägar ", "Nya vägar"),
        ("Nya vägar Logotyp på utskrifter ", "Nya vägar"),
        ("Mer information och anmälan. Nya vägar ", "Nya vägar"),
        ("", None),
        ("   ", None),
        ("x" * 301, None),
        ("x" * 701, None),
    ],
)
def test_the_title_in_a_running_line_stands_before_its_labels(
    words: str, title: str | None
) -> None:
    assert title_before(words) == title


def test_letters_that_change_length_in_small_print_do_not_move_the_title() -> None:
    assert title_before("Logotyp på utskrifter İstanbul ") == "Logotyp på utskrifter İstanbul"


@pytest.mark.parametrize("mark", [".", "!", "?"])
def test_below_another_record_in_the_line_the_title_follows_its_last_sentence(
    mark: str,
) -> None:
    words = f"Först. Nej. Sammanfattning Båtar byggs{mark} Nästa väg "

    assert title_before(words, above=10) == "Nästa väg"
