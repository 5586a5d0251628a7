from collections import Counter

import pytest

from esfkit.vocabulary.fold import fold
from esfkit.vocabulary.headings import (
    begins_words,
    chrome,
    heading_starts,
    headings,
    is_chrome,
)
from esfkit.vocabulary.labels import read_labels
from esfkit.vocabulary.tables import read_table


@pytest.mark.parametrize(
    ("printed", "role", "language"),
    [
        ("Sammanfattning", "summary", "sv"),
        ("MÅLSÄTTNING", "goals", "sv"),
        ("Deltagande aktörer", "actors", "sv"),
        ("Kommun", "municipalities", "sv"),
        ("Målgruppe", "practice", "da"),
        ("Hensikt", "practice", "nb"),
        ("Expected results", "practice", "en"),
        ("Bakgrund", "prose", "sv"),
    ],
)
def test_a_known_heading_has_a_role_and_a_language(
    printed: str, role: str, language: str
) -> None:
    heading = headings()[fold(printed)]

    assert (heading.role, heading.language) == (role, language)


def test_every_heading_has_a_known_role_and_stands_once() -> None:
    rows = list(read_table("sections"))
    tally = Counter(fold(row["heading"]) for row in rows)

    assert {row["role"] for row in rows} == {
        *("summary", "prose", "goals", "actors", "municipalities", "practice")
    }
    assert [heading for heading, count in tally.items() if count > 1] == []
    assert all(row["seen"].isdigit() and row["source"] for row in rows)


def test_the_first_letters_of_all_headings_are_known() -> None:
    assert {key[0] for key in headings()} == heading_starts()


@pytest.mark.parametrize(
    "line",
    [
        "Logotyp på utskrifter",
        "  LOGOTYP PÅ UTSKRIFTER ",
        "Stäng",
        "Ja",
        "In English",
        "information (1)",
        "Följ oss på sociala medier:",
        "Kohesio: discover EU projects in your region",
        "Kohesio: något annat",
        "project info",
        "Uppdaterad information med anledning av covid-19 till projekt",
        "3 december - Frukostmöte i Boden",
        "28 februari - Stängt",
        "december - Frukostmöte i Boden",
        "Publicerad: 2018-03-04",
        "Senast uppdaterad 12 mars 2019 kl. 10:30",
        "Sidan uppdaterades senast den 5 maj 2020",
        "date: 2020-01-01T10:00:00Z",
        "Last updated: May 5, 2020",
        "Uppdaterad -- ",
        "Publiceringsdatum",
        "© Fonden 2013",
        "Du är här: Start",
        "Fakta om projektet:",
        "Vi använder cookies här",
        "Nordiskt samarbete om integration och inkludering",
        "Nordisk samarbeid om integrering og inkludering",
        "Nordic cooperation on integration and inclusion",
    ],
)
def test_page_furniture_is_known(line: str) -> None:
    assert is_chrome(line) is True


@pytest.mark.parametrize(
    "line",
    [
        "",
        "Stängningsdags",
        "Vi stänger",
        "Ja, gärna",
        "3 december",
        "3 december 2019",
        "3 decembers - x",
        "December - en ny början",
        "Publicerad forskning 2018",
        "Publicerad 2018 av Bo",
        "Datumet 2018-03-04",
        "Uppdaterade kunskaper",
        "Fakta om projektet Bro",
        "Nordiskt samarbete om arbete",
        "Integration och inkludering i Norden",
        "Projektet",
        "Funding our future",
    ],
)
def test_other_lines_are_no_furniture(line: str) -> None:
    assert is_chrome(line) is False


def test_no_label_is_furniture_unless_it_is_a_section_line_too() -> None:
    assert {label.section for label in read_labels() if is_chrome(label.words)} <= {"value"}


def test_no_heading_is_furniture() -> None:
    assert [each.words for each in headings().values() if is_chrome(each.words)] == []


def test_furniture_is_kept_folded_and_each_kind_is_known() -> None:
    rows = list(read_table("chrome"))

    assert {row["match"] for row in rows} == {"line", "start", "words", "stamp"}
    known = chrome()
    for words in (*known.lines, *known.starts, *known.words, *known.stamps):
        assert words == fold(words) != ""
    assert known.word_starts == tuple(words.split()[0] for words in known.words)


@pytest.mark.parametrize(
    ("beginnings", "folded", "begins"),
    [
        ("nordi integra", "nordiskt om integration", True),
        ("nordi integra", "integration nordiskt", False),
        ("nordi integra", "nordiskt", False),
        ("nordi", "om nordiskt", True),
        ("nordi nordi", "nordiskt", False),
        ("", "vad som helst", True),
    ],
)
def test_words_begin_so_one_after_the_other(
    beginnings: str,
    folded: str,
    begins: object,
) -> None:
    assert begins_words(beginnings, folded) is begins
