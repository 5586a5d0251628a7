from collections.abc import Iterator

import pytest

from esfkit.vocabulary.headings import is_chrome
from esfkit.vocabulary.labels import label_table
from esfkit.vocabulary.sure import is_sure
from esfkit.vocabulary.tables import TEACHABLE, add_rows, read_packaged, read_table


@pytest.fixture(autouse=True)
def untaught() -> Iterator[None]:
    yield
    add_rows({})


def test_added_rows_come_after_the_package_s_own() -> None:
    packaged = list(read_packaged("sure_words"))

    add_rows({"sure_words": [{"words": "projektbank"}]})

    assert list(read_table("sure_words")) == [*packaged, {"words": "projektbank"}]
    assert list(read_packaged("sure_words")) == packaged


def test_what_was_remembered_of_a_table_is_forgotten_when_rows_are_added() -> None:
    assert not is_chrome("Länets projektbank")
    assert not is_sure("Länets projektbank")
    assert "huvudman" not in label_table().by_key

    row = {"field": "owner", "language": "sv", "label": "Huvudman", "section": ""}
    add_rows(
        {
            "labels": [row],
            "chrome": [{"match": "line", "words": "Länets projektbank"}],
            "sure_words": [{"words": "projektbank"}],
        }
    )

    assert is_chrome("Länets projektbank")
    assert is_sure("Länets projektbank")
    assert label_table().by_key["huvudman"].field == "owner"


def test_rows_added_later_take_the_place_of_those_added_before() -> None:
    add_rows({"sure_words": [{"words": "projektbank"}]})
    add_rows({})

    assert not is_sure("projektbank")


def test_the_tables_that_can_be_taught_exist() -> None:
    assert all(list(read_packaged(name)) for name in TEACHABLE)
