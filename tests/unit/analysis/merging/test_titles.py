import pytest

from esfkit.analysis.merging.titles import (
    LEAST_LIKENESS,
    likeness,
    parting_words,
    words_key,
)


@pytest.mark.parametrize(
    ("title", "same"),
    [
        ("Nya vägar", "NYA VÄGAR."),
        ("”Nya vägar”", "Nya  vägar"),
        ("Nya vägar – Arvika", "Nya vägar-Arvika"),
        ("Steg 2.0", "Steg 2 0"),
    ],
)
def test_case_blanks_and_punctuation_do_not_tell_titles_apart(title: str, same: str) -> None:
    assert words_key(same) == words_key(title)


@pytest.mark.parametrize(
    ("title", "other"), [("Jobb", "Jobb+"), ("Steg 2.0", "Steg 20"), ("Väg", "Vag")]
)
def test_letters_digits_and_plus_do(title: str, other: str) -> None:
    assert words_key(title) != words_key(other)


def test_nothing_has_an_empty_key() -> None:
    assert words_key(None) == ""
    assert words_key("–") == ""


def test_a_misspelt_title_is_alike_and_a_beginning_is_not() -> None:
    assert likeness("nya vägar i arvika", "nya vagar i arvika") >= LEAST_LIKENESS
    assert likeness("nya vägar", "nya vägar till arbete i arvika") == 0


@pytest.mark.parametrize(
    ("title", "parting"),
    [
        ("nya vägar", set()),
        ("förstudie nya vägar", {"pre-study"}),
        ("nya vägar förprojektering", {"pre-study"}),
        ("nya vägar ii", {"2"}),
        ("nya vägar etapp 2", {"2", "part"}),
        ("nya vägar 2016", {"2016"}),
    ],
)
def test_pre_studies_and_parts_are_told_by_their_words(title: str, parting: set[str]) -> None:
    assert parting_words(title) == parting
