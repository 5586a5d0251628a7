import pytest

from esfkit.vocabulary.persons import (
    given_names,
    names_that_are_words,
    place_words,
    role_words,
    surnames,
)
from esfkit.vocabulary.tables import read_table


@pytest.mark.parametrize("table", ["person_names", "role_words"])
def test_every_row_has_a_certainty_and_a_source(table: str) -> None:
    for row in read_table(table):
        assert row["certainty"] in {"read", "inferred", "recalled"}, row
        assert row["source"], row


def test_no_name_stands_twice() -> None:
    names = [(row["part"], row["name"]) for row in read_table("person_names")]

    assert len(names) == len(set(names)) == len(given_names()) + len(surnames())


def test_names_that_are_words_are_names() -> None:
    assert names_that_are_words() <= given_names() | surnames()
    assert {"sten", "hans", "berg", "strand"} <= names_that_are_words()
    assert "freja" not in names_that_are_words()


def test_roles_tell_whether_an_organisation_may_stand_beside_them() -> None:
    assert "projektledare" in role_words("person")
    assert "kontakt" in role_words("either")
    assert "säger" in role_words("speech")
    kinds = [role_words("person"), role_words("either"), role_words("speech")]
    assert sum(map(len, kinds)) == len(role_words())


def test_the_words_of_places_are_known() -> None:
    assert {"växjö", "lund", "upplands", "väsby", "halland"} <= place_words()
    assert "freja" not in place_words()
