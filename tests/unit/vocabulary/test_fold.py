import unicodedata

import pytest

from esfkit.vocabulary.fold import fold


@pytest.mark.parametrize(
    ("printed", "same_as"),
    [
        ("PROJEKTÄGARE", "projektägare"),
        ("Projekt\u00e4gare", "Projekta\u0308gare"),
        ("Beviljat\u00a0ESF-stöd", "Beviljat ESF-stöd"),
        ("Beviljat\u202fESF\u2011stöd", "Beviljat ESF-stöd"),
        ("Småland – Öarna", "Småland - Öarna"),
        ("Små\u00adland", "Småland"),
        ("\ufeffRegion\u200b", "Region"),
        ("  Total \t projekt\nbudget ", "Total projekt budget"),
        ("”Care”", '"Care"'),
        ("Malmö’s", "Malmö's"),
        ("Stra\u00dfe", "STRASSE"),
        ("a\u2212b", "a-b"),
    ],
)
def test_two_printed_forms_are_the_same_words(printed: str, same_as: str) -> None:
    assert fold(printed) == fold(same_as)


@pytest.mark.parametrize(
    ("one", "other"),
    [("Håbo", "Habo"), ("Mål 2.1", "Mål 2.2"), ("Malå", "Mala"), ("A2A", "A2 A"), ("é", "e")],
)
def test_two_different_words_stay_different(one: str, other: str) -> None:
    assert fold(one) != fold(other)


def test_folding_gives_small_letters_and_single_blanks() -> None:
    assert fold(" Östra \u2003 MELLANSVERIGE ") == "östra mellansverige"


def test_folding_a_folded_word_changes_nothing() -> None:
    every = [chr(point) for point in range(0x3000) if unicodedata.category(chr(point)) != "Cs"]
    odd = [letter for letter in every if fold(fold(letter)) != fold(letter)]
    assert [letter for letter in odd if letter.isalpha() and ord(letter) < 0x300] == []


def test_nothing_folds_to_nothing() -> None:
    assert fold("") == fold(" \u00a0\u200b") == ""
