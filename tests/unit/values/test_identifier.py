import pytest

from esfkit.model.finding import Problem
from esfkit.values.identifier import (
    cci_period,
    leading_number,
    leading_residue,
    number_period,
    read_cci,
    read_intervention_code,
    read_org_number,
    read_postal_code,
    read_project_number,
)


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("2016/00130", "2016/00130"),
        ("2009-3050012", "2009-3050012"),
        ("22-017-S01", "22-017-S01"),
        ("23-043-S97", "23-043-S97"),
        ("22-017-S101", "22-017-S101"),
        ("24-030", "24-030"),
        ("2021SE05SFPR001_22-002-S01", "22-002-S01"),
        ("Dnr 2016/00130", "2016/00130"),
        ("Dnr: 2016/00130", "2016/00130"),
        ("Diarienummer 2016/00130", "2016/00130"),
        ("2016 / 00130", "2016/00130"),
        ("24–006–s01", "24-006-S01"),
        ("24 - 006 - S01", "24-006-S01"),
        (" 2016/00130\n", "2016/00130"),
        ("2016/\u200b00130", "2016/00130"),
    ],
)
def test_a_project_number_is_read(printed: str, expected: str) -> None:
    assert read_project_number(printed) == expected


@pytest.mark.parametrize(
    "printed",
    [
        *("2016/00130 X", "2016/130", "2016-00130", "1.1", "1999/00130", "15-240", "24-0305"),
        *("2016/00130, 2016/00131", "2016-09-01", "２０１６/00130", "9" * 5000, "Trappsteget"),
    ],
)
def test_trailing_words_and_other_shapes_are_no_project_number(printed: str) -> None:
    assert read_project_number(printed) is Problem.UNREADABLE_VALUE


@pytest.mark.parametrize("printed", ["2010/ /06", "/", "--S", "-S", "Dnr /"])
def test_a_project_number_that_lost_digits_is_told(printed: str) -> None:
    assert read_project_number(printed) is Problem.DIGITS_LOST


@pytest.mark.parametrize("printed", ["", "-", "saknas"])
def test_a_null_word_is_no_identifier(printed: str) -> None:
    assert read_project_number(printed) is None
    assert read_org_number(printed) is None
    assert read_postal_code(printed) is None
    assert read_intervention_code(printed) is None
    assert read_cci(printed) is None


@pytest.mark.parametrize(
    ("number", "period"),
    [
        ("2009-3050012", "2007-2013"),
        ("2014-5040001", "2007-2013"),
        ("2016/00130", "2014-2020"),
        ("22-017-S01", "2021-2027"),
        ("23-043-S397", "2021-2027"),
        ("24-030", "2021-2027"),
        ("2016", None),
        ("", None),
    ],
)
def test_the_shape_of_a_number_tells_its_programme_period(
    number: str, period: str | None
) -> None:
    assert number_period(number) == period


@pytest.mark.parametrize(
    ("heading", "number", "title"),
    [
        ("2016/00130 - Trappsteget", "2016/00130", "Trappsteget"),
        ("22-021-S03 – X", "22-021-S03", "X"),
        ("2016/00130: X", "2016/00130", "X"),
        ("2016/00130 X", "2016/00130", "X"),
        ("2016/00130", "2016/00130", ""),
        (
            "2018/00497 - Klusterutvärdering 2016/00739",
            "2018/00497",
            "Klusterutvärdering 2016/00739",
        ),
        ("24-030 - POA1: Kompetens", "24-030", "POA1: Kompetens"),
        ("2009-3050012 - Region 10", "2009-3050012", "Region 10"),
        ("\ufeff2022/00057\xa0-\xa0Förstudie", "2022/00057", "Förstudie"),
        ("Dnr 2016/00130 - X", "2016/00130", "X"),
        ("22–021–S03 - X", "22-021-S03", "X"),
    ],
)
def test_the_number_before_a_title_is_found(heading: str, number: str, title: str) -> None:
    found = leading_number(heading)
    assert found is not None
    assert found[0] == number
    assert heading[found[1] :] == title


@pytest.mark.parametrize(
    "heading",
    [
        *("1000 jobb - Grundsteget", "2.0", "2016-2019 - Jobb", "15-24 år", "24-030 platser"),
        *("Trappsteget 2016/00130", "2016/001305 - X", "", "22-021-S03X", "3.1 - X", "20-240X"),
    ],
)
def test_a_title_that_begins_with_figures_keeps_them(heading: str) -> None:
    assert leading_number(heading) is None


@pytest.mark.parametrize(
    ("heading", "title"),
    [
        ("/ - Trappsteget", "Trappsteget"),
        ("-S - Care", "Care"),
        ("--S – Care of Norrland", "Care of Norrland"),
        ("- - POA1: Kompetens", "POA1: Kompetens"),
        ("/: Trappsteget", "Trappsteget"),
        ("Trappsteget", "Trappsteget"),
        ("- Trappsteget", "- Trappsteget"),
        ("S - Care", "S - Care"),
        ("2O16/OO13O - Trappsteget", "Trappsteget"),
        ("20l6/00l30: Trappsteget", "Trappsteget"),
        ("2OO9-3O5OO12 - Trappsteget", "Trappsteget"),
        ("22-OO1-SO1 – Care", "Care"),
        ("2O16/OO13O", "2O16/OO13O"),
        ("2O16/OO13O och Trappsteget", "2O16/OO13O och Trappsteget"),
        ("Oool/OlOlO - Trappsteget", "Oool/OlOlO - Trappsteget"),
        ("/", "/"),
        ("", ""),
    ],
)
def test_what_a_lost_number_left_before_a_title_is_passed_over(
    heading: str, title: str
) -> None:
    assert heading[leading_residue(heading) :] == title


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("2120003005", "2120003005"),
        ("212000-3005", "2120003005"),
        ("212000–3005", "2120003005"),
        ("16212000-3005", "2120003005"),
        ("162120003005", "2120003005"),
        ("SE212000300501", "2120003005"),
        ("Org.nr 556036-0793", "5560360793"),
        ("212000-0142", "2120000142"),
        ("212000-1355", "2120001355"),
        ("202100-2247", "2021002247"),
        ("7164603867", "7164603867"),
        ("2220001289", "2220001289"),
    ],
)
def test_an_organisation_number_is_read_as_ten_digits(printed: str, expected: str) -> None:
    assert read_org_number(printed) == expected


@pytest.mark.parametrize(
    "printed",
    [
        "2120003006",
        "000000-0000",
        "121212-1212",
        "811218-9876",
        "212000",
        "Uppsala kommun",
        "²",
    ],
)
def test_a_number_that_fails_its_check_is_no_organisation_number(printed: str) -> None:
    assert read_org_number(printed) is Problem.ORGANISATION_NUMBER_INVALID


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("55318", "55318"),
        ("553 18", "55318"),
        ("553\xa018", "55318"),
        ("SE-553 18", "55318"),
        ("S-553 18", "55318"),
        ("SE 55318", "55318"),
        ("98499", "98499"),
    ],
)
def test_a_postal_code_is_read_as_five_digits(printed: str, expected: str) -> None:
    assert read_postal_code(printed) == expected


@pytest.mark.parametrize(
    "printed", ["05318", "5531", "553189", "99100", "DK-1000", "Lund", "²"]
)
def test_other_digits_are_no_postal_code(printed: str) -> None:
    assert read_postal_code(printed) is Problem.POSTAL_CODE_INVALID


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("102", "102"),
        ("0", "0"),
        ("102 – Access to employment", "102"),
        ("163: Främja", "163"),
        ("140: Stöd", "140"),
        ("102 – " + "Access to employment " * 20, "102"),
    ],
)
def test_an_intervention_code_is_read_as_printed(printed: str, expected: str) -> None:
    assert read_intervention_code(printed) == expected


@pytest.mark.parametrize(
    "printed", ["1020", "102, 103", "102-110", "102.5", "A2A", "117 och 118"]
)
def test_other_codes_are_no_intervention_code(printed: str) -> None:
    assert read_intervention_code(printed) is Problem.UNREADABLE_VALUE


@pytest.mark.parametrize(
    ("printed", "cci", "period"),
    [
        ("2021SE05SFPR", "2021SE05SFPR", "2021-2027"),
        ("2014SE05M9OP001", "2014SE05M9OP001", "2014-2020"),
        ("2007SE052PO001", "2007SE052PO001", "2007-2013"),
        (" 2021se05sfpr001 ", "2021SE05SFPR001", "2021-2027"),
    ],
)
def test_a_programme_code_is_read_and_tells_its_period(
    printed: str, cci: str, period: str
) -> None:
    assert read_cci(printed) == cci
    assert cci_period(cci) == period


@pytest.mark.parametrize("printed", ["2014-2020", "SE05", "2015SE05M9OP001", "Socialfonden"])
def test_other_words_are_no_programme_code(printed: str) -> None:
    assert read_cci(printed) is Problem.UNREADABLE_VALUE
    assert cci_period(printed) is None
