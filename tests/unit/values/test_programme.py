import random
from time import perf_counter

import pytest

from esfkit.model.finding import Problem
from esfkit.values.programme import (
    AreaReading,
    area_name,
    area_of_objective,
    area_period,
    intervention_name,
    objective_name,
    read_area,
    read_objective,
)
from esfkit.vocabulary.codes import code_list

SKILLS = "Kompetensförsörjning"
MOVES = "Öka övergångarna till arbete"
YOUTH = "Sysselsättningsinitiativet för unga"


@pytest.mark.parametrize(
    ("words", "area", "objective", "name"),
    [
        ("Programområde 1 Kompetensförsörjning", "1", None, SKILLS),
        ("PROGRAMOMRÅDE 1 KOMPETENSFÖRSÖRJNING", "1", None, SKILLS.upper()),
        ("Programomra\u030ade 1 Kompetensförsörjning", "1", None, SKILLS),
        ("Programområde\u00a01 Kompetensförsörjning", "1", None, SKILLS),
        ("Programområde 2: Ökat arbetskraftsutbud", "2", None, "Ökat arbetskraftsutbud"),
        (
            "Programområde 2 - Ökade övergångar till arbete",
            "2",
            None,
            "Ökade övergångar till arbete",
        ),
        (
            "Programområde A – Öka möjligheten till arbete",
            "A",
            None,
            "Öka möjligheten till arbete",
        ),
        ("Område 1 – Kompetensförsörjning", "1", None, SKILLS),
        ("Programområde: Programområde 1 Kompetensförsörjning", "1", None, SKILLS),
        ("1 Kompetensförsörjning", "1", None, SKILLS),
        ("1 kompetensförsörjning", "1", None, SKILLS.lower()),
        ("1. Kompetensförsörjning", "1", None, SKILLS),
        ("1Kompetensförsörjning", "1", None, SKILLS),
        ("2.1 Öka övergångarna till arbete", "2", "2.1", MOVES),
        ("3.1 Sysselsättningsinitiativet för unga", "3", "3.1", YOUTH),
        ("Mål 2:1 Öka övergångarna till arbete", "2", "2.1", MOVES),
        ("E Social innovation", "E", None, "Social innovation"),
        ("A1 Främja livslångt lärande", "A", "A1", "Främja livslångt lärande"),
        ("POA1: Kompetensutveckling", "A", "A1", "Kompetensutveckling"),
        ("7.2 Care", "7", "7.2", "Care"),
        ("Programområde 2", "2", None, None),
        ("PO 2", "2", None, None),
        ("PO2", "2", None, None),
        ("2", "2", None, None),
        ("2.", "2", None, None),
        ("A", "A", None, None),
        ("b", "B", None, None),
        ("F", "F", None, None),
        ("7", "7", None, None),
        ("7.2", "7", "7.2", None),
        ("5.1", "5", "5.1", None),
        ("A2A", "A", "A2A", None),
        ("a2a", "A", "A2A", None),
        ("A.1", "A", "A1", None),
        ("C1", "C", "C1", None),
        ("B1", "B", "B1", None),
        ("Care", "Care", None, None),
        ("Programområde Care", "Care", None, None),
        ("React-EU", "React-EU", None, None),
        ("REACT-EU", "REACT-EU", None, None),
    ],
)
def test_an_area_is_read_with_objective_and_name(
    words: str, area: str, objective: str | None, name: str | None
) -> None:
    assert read_area(words) == AreaReading(area, objective, name)


@pytest.mark.parametrize(
    "words",
    [
        "Kompetensförsörjning",
        "Programområde Kompetensförsörjning",
        "ProgramområdeKompetensförsörjning",
        "PROGRAMOMRÅDE  KOMPETENSFÖRSÖRJNING",
        "Programområde : Ökat arbetskraftsutbud",
        ". Öka övergångarna till arbete",
        "Sysselsättningsinitiativet för unga",
        "Tekniskt stöd",
    ],
)
def test_a_name_that_lost_its_code_never_gets_one(words: str) -> None:
    assert read_area(words) is Problem.AREA_CODE_MISSING


def test_no_known_name_is_read_as_a_code_of_its_own() -> None:
    printed = {"care", "react-eu", "react eu"}
    for row in code_list("programme_areas").codes:
        for name in row.names:
            if name.casefold() not in printed:
                assert read_area(name) is Problem.AREA_CODE_MISSING


@pytest.mark.parametrize(
    "words", ["Programområde", "Programområde:", "PO", ".", ". .", "Område -"]
)
def test_the_announcing_word_alone_has_lost_its_digits(words: str) -> None:
    assert read_area(words) is Problem.DIGITS_LOST


@pytest.mark.parametrize(
    "words",
    [
        "Programområde och mål valdes efter dialog med partnerskapet.",
        "Programområde Något annat",
        "Programområden 1 och 2",
        "2 personer deltog",
        "2 och 3",
        "2.1-2.3",
        "2.10",
        "12",
        "0",
        "1 234 567 kr",
        "50%",
        "2016-02-01",
        "2016/00130",
        "I samarbete med Arbetsförmedlingen",
        "A och O",
        "Polisen",
        "Mål 3",
        "²",
        "２",
        "1 Först kom detta. Sedan kom det andra",
        "1 " + "Ord " * 30,
        "1 Kompetensförsörjning" + " " * 200,
    ],
)
def test_prose_and_figures_are_no_area(words: str) -> None:
    assert read_area(words) is Problem.UNREADABLE_VALUE


@pytest.mark.parametrize(
    "words", ["", " ", "-", "saknas", "UPPGIFT SAKNAS", "Programområde saknas"]
)
def test_words_that_say_nothing_are_no_area_and_no_objective(words: str) -> None:
    assert read_area(words) is None
    assert read_objective(words) is None


@pytest.mark.parametrize(
    ("words", "objective"),
    [
        ("2.1", "2.1"),
        ("2:1", "2.1"),
        (" 2.1. ", "2.1"),
        ("A2A", "A2A"),
        ("A2.a", "A2.a"),
        ("C1", "C1"),
        ("7.2", "7.2"),
        ("Mål 2.1 Kvinnor och män som står långt från arbetsmarknaden", "2.1"),
        ("Specifikt mål: 2.2", "2.2"),
        ("särskilt mål 1.1", "1.1"),
        ("1.1 Kompetensförsörjning", "1.1"),
        ("MÅL 2:3 AKTIV INKLUDERING", "2.3"),
        ("Programområde A1", "A1"),
    ],
)
def test_an_objective_is_read(words: str, objective: str) -> None:
    assert read_objective(words) == objective


def test_every_objective_of_an_area_is_read_as_itself() -> None:
    for row in code_list("objectives").codes:
        if row.parent:
            assert read_objective(row.code) == row.code
            assert area_of_objective(row.code) == row.parent


@pytest.mark.parametrize(
    ("words", "problem"),
    [
        (".", Problem.DIGITS_LOST),
        ("Mål", Problem.DIGITS_LOST),
        ("Mål .", Problem.DIGITS_LOST),
        ("2", Problem.CODE_UNKNOWN),
        ("Programområde 1 Kompetensförsörjning", Problem.CODE_UNKNOWN),
        ("Kompetensförsörjning", Problem.UNREADABLE_VALUE),
        ("Målet är att fler ska nå arbete", Problem.UNREADABLE_VALUE),
        ("1.1 miljoner kronor", Problem.UNREADABLE_VALUE),
        ("m" * 500, Problem.UNREADABLE_VALUE),
    ],
)
def test_what_is_no_objective_says_why(words: str, problem: Problem) -> None:
    assert read_objective(words) is problem


@pytest.mark.parametrize(
    ("objective", "area"), [("2.1", "2"), ("A2A", "A"), ("A2.a", "A"), ("c1", "C"), ("", "")]
)
def test_an_objective_belongs_to_the_area_it_begins_with(objective: str, area: str) -> None:
    assert area_of_objective(objective) == area


def test_a_name_comes_from_the_list_of_its_period() -> None:
    assert area_name("2", "2007-2013") == "Ökat arbetskraftsutbud"
    assert area_name("2", "2014-2020") == "Ökade övergångar till arbete"
    assert area_name("E", "2021-2027") == "Social innovation"
    assert objective_name("A2", "2021-2027") == "Uppmuntra aktiv inkludering"
    read = objective_name("2.1", "2014-2020")
    assert read is not None
    assert read.startswith("Kvinnor och män som står långt")
    assert intervention_name("107", "2014-2020") == "Active and healthy ageing"


def test_a_code_without_a_period_has_a_name_where_only_one_period_knows_it() -> None:
    assert area_name("2", None) is None
    assert area_name("D", None) == "Öka kapaciteten i den glesa geografin"


@pytest.mark.parametrize("code", ["7", "Care", "", "A2A"])
def test_an_unknown_area_has_no_name(code: str) -> None:
    assert area_name(code, "2014-2020") is None


def test_a_description_in_brackets_is_not_given_as_a_name() -> None:
    assert area_name("F", "2021-2027") is None
    assert objective_name("1.1", "2014-2020") is None
    assert objective_name("A2A", "2021-2027") is None
    assert intervention_name("175", "2021-2027") is None


def test_a_name_that_was_not_read_in_a_source_is_not_given() -> None:
    assert area_name("3", "2007-2013") is None  # inferred
    assert intervention_name("140", "2021-2027") is None  # recalled


@pytest.mark.parametrize(
    ("words", "period"),
    [
        ("Ökat arbetskraftsutbud", "2007-2013"),
        ("Programområde 2 Ökat arbetskraftsutbud", "2007-2013"),
        ("3 Tekniskt stöd", "2007-2013"),
        ("2 Öka övergångarna till arbete", "2014-2020"),
        ("2.1", "2014-2020"),
        ("Mål 2.1", "2014-2020"),
        ("5", "2014-2020"),
        ("5.3", "2014-2020"),
        ("Care", "2014-2020"),
        ("React-EU", "2014-2020"),
        ("A", "2021-2027"),
        ("A2A", "2021-2027"),
        ("B1", "2021-2027"),
        ("B Öka övergångarna till arbete", "2021-2027"),
        ("C Ett nytt namn", "2021-2027"),
        ("C Minska risken för ekonomisk utsatthet", "2021-2027"),
        ("Programområde 1 Kompetensförsörjning", None),
        ("1", None),
        ("2 Något nytt", None),
        ("B Ökat arbetskraftsutbud", None),
        ("Öka övergångarna till arbete", None),
        ("7", None),
        ("7.2", None),
        ("", None),
        ("Kalmar", None),
        ("A" * 300, None),
    ],
)
def test_an_area_tells_the_period_where_only_one_knows_it(
    words: str, period: str | None
) -> None:
    assert area_period(words) == period


def test_no_words_make_a_reader_raise() -> None:
    chance = random.Random(7)  # noqa: S311 - any repeatable words will do
    letters = [
        *"Aa2.1: –-\n\x00\u00ad\u200b\ud800\u0130ßÅ",
        "Programområde",
        "PO",
        "Mål",
        SKILLS,
    ]
    for _ in range(5000):
        words = "".join(chance.choices(letters, k=chance.randrange(9)))
        assert isinstance(read_area(words), AreaReading | Problem | None)
        assert isinstance(read_objective(words), str | None)
        assert isinstance(area_period(words), str | None)


@pytest.mark.parametrize(
    "unit", [".", " .", "PO", "A2", "Programområde", "mål ", "-", "1", "Å"]
)
def test_repeated_words_take_no_longer_than_others(unit: str) -> None:
    start = perf_counter()
    for end in range(100):
        read_area(unit * (200 // len(unit) - 1) + chr(0x4E00 + end))
    assert perf_counter() - start < 5  # measured 0.01 s
