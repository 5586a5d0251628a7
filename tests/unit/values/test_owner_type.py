import csv
from pathlib import Path
from timeit import timeit

import pytest

from esfkit.values.owner_type import read_owner_type
from esfkit.vocabulary.codes import code_list
from esfkit.vocabulary.fold import fold
from esfkit.vocabulary.tables import read_table

FIXTURES = Path(__file__).parents[2] / "fixtures" / "values"

with (FIXTURES / "owner_types.csv").open(encoding="utf-8", newline="") as stream:
    OWNERS = [tuple(row.values()) for row in csv.DictReader(stream, delimiter=";")]

FORMS = list(read_table("legal_forms"))
PLACES = {
    *(
        "whole",
        "start",
        "end",
        "within",
        "last ends in",
        "first or last ends in",
        "word ends in",
        "word before",
    ),
    "number",
}


@pytest.mark.parametrize(("name", "number", "expected"), OWNERS)
def test_an_owner_is_of_the_type_that_the_table_of_names_says(
    name: str, number: str, expected: str
) -> None:
    assert read_owner_type(name or None, number or None) == (expected or None)


def test_the_table_of_names_has_every_type_and_many_without() -> None:
    expected = [row[2] for row in OWNERS]

    assert len(OWNERS) >= 80
    assert set(expected) == {"", *(code.code for code in code_list("owner_types").codes)}
    assert expected.count("") >= 20


def test_every_municipality_is_one_under_all_its_names_with_kommun_or_stad() -> None:
    for code in code_list("municipalities").codes:
        for form in code.variants:
            if form.endswith((" kommun", " stad")):
                assert read_owner_type(form) == "municipality", form
        if f"{code.name_sv} kommun" in code.variants:
            assert read_owner_type(code.name_sv) is None


def test_capitals_and_the_kind_of_blank_do_not_matter() -> None:
    assert read_owner_type("PÅHITTET EKONOMISK\u00a0FÖRENING") == "economic_association"
    assert read_owner_type("Pa\u030ahittets samordningsfo\u0308rbund") == (
        "coordination_association"
    )


@pytest.mark.parametrize("name", ["", " ", "()", "(AB)", ",", "x " * 400, "\ud800", "publ"])
def test_a_name_without_meaning_has_no_type(name: str) -> None:
    assert read_owner_type(name) is None


def test_a_number_that_names_no_body_tells_nothing() -> None:
    assert read_owner_type("Påhittet", "5560360794") is None
    assert read_owner_type("Påhittet AB", "5560360794") == "company"


def test_every_row_of_the_legal_forms_tells_a_known_type_from_a_known_place() -> None:
    known = {code.code for code in code_list("owner_types").codes}
    for row in FORMS:
        assert row["place"] in PLACES, row
        assert set(filter(None, row["code"].split("|"))) <= known, row
        assert row["rank"] in ("legal", "body", ""), row
        assert row["certainty"] in ("read", "inferred", "recalled"), row
        assert len(row["source"]) >= 8, row
        assert row["words"] == fold(row["words"]), row


def test_no_words_of_the_legal_forms_stand_twice_in_one_place() -> None:
    keys = [(row["words"], row["place"]) for row in FORMS]
    assert len(set(keys)) == len(keys)


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (row["words"], row["code"])
        for row in FORMS
        if row["place"] == "whole" or (row["place"] == "start" and row["rank"] == "body")
    ],
)
def test_every_name_of_a_body_tells_its_type(words: str, code: str) -> None:
    assert read_owner_type(words.upper()) == code


@pytest.mark.parametrize("row", [row for row in FORMS if row["rank"] == "legal"])
def test_every_word_of_a_legal_form_tells_it_beside_a_name_and_not_alone(
    row: dict[str, str],
) -> None:
    words, place = row["words"], row["place"]
    name = {"start": f"{words} väv", "whole": words}.get(place, f"väv {words}")

    assert read_owner_type(name) == row["code"]
    assert place == "whole" or read_owner_type(words) is None


def test_reading_a_type_is_cheap() -> None:
    read = read_owner_type.__wrapped__
    read("Påhittade verkstäder i Norra Småland", None)
    fastest = min(
        timeit(lambda: read("Verkstäder i Uppsala kommun", "5560360793"), number=200)
        for _ in range(5)
    )
    assert fastest / 200 < 500e-6  # the budget allows for a busy machine
