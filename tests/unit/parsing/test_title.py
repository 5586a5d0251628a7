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
        ("Nya vägar\n\nProjektfakta", "Nya vägar"),
        ("Nya vägar\nurl: https://exempel.se/nya-vagar", "Nya vägar"),
        ('---\ntitle: "Nya vägar"\n---', "Nya vägar"),
        ("Nya vägar\n\nFakta om projektet:", "Nya vägar"),
        ("Nya vägar\n\nPublicerad: 2018-03-04\nUppdaterad den 5 april 2019", "Nya vägar"),
        ("Nya vägar\n\n5 april 2019", "Nya vägar"),
        ("Nya vägar\n\nStart > Projekt > Nya vägar", "Nya vägar"),
        ("Nya vägar\n\nHem / Projekt", "Nya vägar"),
        ("Nya vägar\n\nSammanfattning", "Nya vägar"),
        ("Nya vägar\nProgramområde\nProjektägare", "Nya vägar"),
        ("Nya vägar\n\n december - Frukostmöte i Boden", "Nya vägar"),
        ("- Nya vägar", "Nya vägar"),
        ("– Nya vägar -", "Nya vägar -"),
        ("\u200b Nya vägar\u200b", "Nya vägar"),
        ("Nya vägar\\", "Nya vägar"),
        ("Bättre hälsa 2012", "Bättre hälsa 2012"),
        ("2012", "2012"),
        ("Start", "Start"),
        ("Start 2012", "Start 2012"),
        ("Kontakt", "Kontakt"),
        ("Från kurs > arbete", "Från kurs > arbete"),
        ("December - en ny början", "December - en ny början"),
        ("Publicerad forskning i vården", "Publicerad forskning i vården"),
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


def test_a_sentence_above_the_heading_of_a_section_is_prose_and_no_title() -> None:
    assert title_above("Nya vägar\n\nTill sist.\n\nBeskrivning") is None
    assert title_above("Nya vägar\n\nTill sist.\n\nBeskrivning:") is None
    assert title_above("Nya vägar\n\nBeskrivning") == "Nya vägar"


@pytest.mark.parametrize(
    ("near", "title"), [("Region\nVästsverige", "STEGET :"), ("Budget\n100 kr", None)]
)
def test_a_blank_before_a_colon_is_left_of_digits_where_a_page_has_none(
    near: str, title: str | None
) -> None:
    lines = split_lines(f"STEGET :\n\n{near}\n")
    found = find_title(lines, 0, 2, None)

    assert (found and lines.text[found.start : found.end]) == title


def title_above_inline(above: str) -> str | None:
    lines = split_lines(f"{above}\nRegion: Västsverige\n")
    title = find_title(lines, 0, len(lines.words) - 2, None)
    return None if title is None else lines.text[title.start : title.end]


@pytest.mark.parametrize(
    ("above", "title"),
    [
        ("Nya vägar\n\nInsatsområde: Vård", "Nya vägar"),
        ("Nya vägar\n\nInsatsområde: 1.2 Vård\nSökande: Bo AB", "Nya vägar"),
        ("Insatsområde: Vård", "Insatsområde: Vård"),
        ("Stäng\n\nInsatsområde: Vård", "Insatsområde: Vård"),
        ("Nya vägar är här.\n\nInsatsområde: Vård", "Insatsområde: Vård"),
        ("Nya vägar\nInsatsområde: Vård", "Insatsområde: Vård"),
        ("Goda exempel\n\nInsatsområde: Vård\n", "Insatsområde: Vård"),
        ("Goda exempel\n\nNya vägar: en bok om arbete", "Nya vägar: en bok om arbete"),
        ("Goda exempel\n\nMÅLGRUPP: Unga", "MÅLGRUPP: Unga"),
        ("Goda exempel\n\n2016/00999 - Steg: Två", "2016/00999 - Steg: Två"),
        ("Goda exempel\n\nEn väg till nytt arbete: Två", "En väg till nytt arbete: Två"),
    ],
)
def test_an_unknown_label_right_above_inline_ones_is_no_title(above: str, title: str) -> None:
    assert title_above_inline(above) == title


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
    "title",
    [
        "Kompetensutveckling inom\nbesöksnäringen i Boden",
        "Hälsa i arbetslivet i norr\n– en väg framåt",
        "Kompetensutveckling och\nHälsa",
        "Kompetensutveckling inom\nbesöksnäringen, hotell och\nrestaurang",
    ],
)
def test_a_title_may_go_on_behind_a_short_line(title: str) -> None:
    assert title_above(f"Stäng\n\n{title}") == title


@pytest.mark.parametrize(
    "above",
    [
        "Ett kort namn",
        "Ett namn på något annat i Boden:",
        f"{LONG}\n{LONG}",
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
        ("Nya vägar; ", "Nya vägar"),
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
