import random

import pytest

from esfkit.model.finding import Problem
from esfkit.values.place import (
    county_of,
    read_municipality,
    read_nuts2,
    read_region,
    region_of_municipality,
)
from esfkit.vocabulary.codes import Code, code_list


def code_of(reading: Code | Problem | None) -> str | None:
    return reading.code if isinstance(reading, Code) else reading


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("Västsverige", "SE23"),
        ("VÄSTSVERIGE", "SE23"),
        (" Småland & Öarna ", "SE21"),
        ("Småland med öarna", "SE21"),
        ("ESF Nationellt", "SE"),
        ("Nationellt.", "SE"),
        ("O\u0308vre Norrland", "SE33"),
        ("ÖMS", "SE12"),
        ("se22", "SE22"),
        ("SE0", "SE"),
    ],
)
def test_a_region_is_read_in_every_spelling(words: str, code: str) -> None:
    assert code_of(read_region(words)) == code


def test_every_form_in_the_list_reads_as_its_region() -> None:
    for row in code_list("regions").codes:
        for form in (row.name_sv, row.name_en, *row.variants):
            assert read_region(form) == row


@pytest.mark.parametrize(
    "words",
    ["Skåne län", "Region Göteborg", "Södra Sverige", "Västsverige, Sydsverige", "x" * 5000],
)
def test_other_words_are_no_region(words: str) -> None:
    assert read_region(words) is Problem.REGION_UNKNOWN


@pytest.mark.parametrize("read", [read_region, read_municipality, read_nuts2])
@pytest.mark.parametrize("words", ["", "  ", "-", "saknas", "UPPGIFT SAKNAS", "\u00a0"])
def test_words_that_say_nothing_name_no_place(read: object, words: str) -> None:
    assert callable(read)
    assert read(words) is None


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("Kalmar", "0880"),
        (" • Aneby", "0604"),
        ("- Nybro,", "0881"),
        ("* Växjö kommun", "0780"),
        ("HALLSTAHAMMARS KOMMUN", "1961"),
        ("Göteborgs stad", "1480"),
        ("Göteborg stad", "1480"),
        ("Stockholms Stad", "0180"),
        ("Uddevalla stad", "1485"),
        ("Borås", "1490"),
        ("Hofors kommun", "2104"),
        ("Kalmars", "0880"),
        ("Gotlands kommun", "0980"),
        ("Region Gotland", "0980"),
        ("Malung-Sälens kommun", "2023"),
        ("0880", "0880"),
    ],
)
def test_a_municipality_is_read_in_every_form(words: str, code: str) -> None:
    assert code_of(read_municipality(words)) == code


@pytest.mark.parametrize(
    "words",
    [
        "Kalmar län",
        "Västra Götaland",
        "Kalmar och Nybro",
        "kommun",
        "Regionförbundet i Kalmar län",
        "Kalmarss",
        "K" * 300,
    ],
)
def test_other_words_are_no_municipality(words: str) -> None:
    assert read_municipality(words) is Problem.MUNICIPALITY_UNKNOWN


def test_no_genitive_is_the_name_of_another_municipality() -> None:
    for row in code_list("municipalities").codes:
        for form in ("", "s", " kommun", "s kommun", " stad", "s stad"):
            assert read_municipality(row.name_sv + form) == row


def test_a_bullet_alone_names_no_municipality() -> None:
    assert read_municipality(" • ") is None


def test_a_municipality_lies_in_its_county_and_region() -> None:
    assert code_of(county_of("0880")) == "08"
    assert code_of(region_of_municipality("0880")) == "SE21"
    assert code_of(region_of_municipality("1961")) == "SE12"
    assert code_of(region_of_municipality("0980")) == "SE21"
    assert code_of(region_of_municipality("1480")) == "SE23"


def test_every_municipality_lies_in_one_of_the_eight_regions() -> None:
    regions = {
        code_of(region_of_municipality(m.code)) for m in code_list("municipalities").codes
    }
    assert regions == {"SE11", "SE12", "SE21", "SE22", "SE23", "SE31", "SE32", "SE33"}


def test_an_unknown_municipality_lies_nowhere() -> None:
    assert county_of("9999") is None
    assert region_of_municipality("9999") is None


@pytest.mark.parametrize(
    ("words", "code"),
    [("SE22", "SE22"), ("se33", "SE33"), (" SE0 ", "SE"), ("se0", "SE"), ("SE11.", "SE11")],
)
def test_a_nuts_code_is_read(words: str, code: str) -> None:
    assert read_nuts2(words) == code


@pytest.mark.parametrize(
    "words", ["SE2", "SE224", "SE99", "DK01", "Sydsverige", "２２", "S" * 999]
)
def test_another_code_is_unknown(words: str) -> None:
    assert read_nuts2(words) is Problem.CODE_UNKNOWN


def test_a_code_that_lost_its_digits_is_not_the_whole_country() -> None:
    assert read_nuts2("SE") is Problem.DIGITS_LOST
    assert read_region("se") is Problem.DIGITS_LOST


def test_no_words_make_a_reader_raise() -> None:
    chance = random.Random(7)  # noqa: S311 - any repeatable words will do
    letters = "SEKalmr 0123•-–.,\u00ad\u200b\ud800\x00\u0130ßÅå\n"
    for _ in range(3000):
        words = "".join(chance.choices(letters, k=chance.randrange(12)))
        assert isinstance(read_region(words), Code | Problem | None)
        assert isinstance(read_municipality(words), Code | Problem | None)
        assert isinstance(read_nuts2(words), str | None)
