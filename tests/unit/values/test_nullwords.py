import unicodedata
from typing import Literal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from esfkit.model.finding import Problem
from esfkit.values.nullwords import (
    _NULL_WORDS,
    lost_digits,
    says_nothing,
    stated,
    stated_in_digits,
)

NULL_WORDS = [
    *("", " ", "\xa0", "saknas", "Saknas", "saknas.", "XX", "-", "–", "—", "UPPGIFT SAKNAS"),
    *("N.a.", "n/a", "ej angivet", "Uppgift\nsaknas", "[tomt]", "(saknas)", "…", "\ufeff"),
    *("_", "________", "__ __"),
]
REMNANTS = [
    *("kr", "%", "-- till --", "- - -", "/ /", "2010/ /06", "SEK", "till", "--", "– till –"),
    *("2010//06", " kr ", ":-", "(%)", ", €", "miljoner kronor", "2009-04-01 till --", "/"),
]
WORDS = ["6 113 800 kr", "Uppsala kommun", "2016-09-01 - 2019-02-28", "0", "2010 -- 2012", "Ja"]


@pytest.mark.parametrize("words", NULL_WORDS)
def test_null_words_say_nothing(words: str) -> None:
    assert says_nothing(words)
    assert not lost_digits(words)
    assert stated(words) is None
    assert stated_in_digits(words) is None


@pytest.mark.parametrize("null", sorted(_NULL_WORDS))
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_every_null_word_says_nothing_in_every_case_and_unicode_form(
    null: str, form: Literal["NFC", "NFD"]
) -> None:
    for case in (null, null.upper(), null.capitalize()):
        words = unicodedata.normalize(form, case)
        assert says_nothing(words)
        assert says_nothing(f"[{words}]")


@given(st.text(max_size=30))
@example("A\u030a")
def test_words_say_nothing_just_where_nothing_is_stated(words: str) -> None:
    assert says_nothing(words) == (stated(words) is None)


@pytest.mark.parametrize("words", REMNANTS)
def test_remains_of_a_copy_without_digits_are_told_from_null_words(words: str) -> None:
    assert lost_digits(words)
    assert not says_nothing(words)
    assert stated_in_digits(words) is Problem.DIGITS_LOST


@pytest.mark.parametrize("words", WORDS)
def test_words_that_say_something_are_neither(words: str) -> None:
    assert not says_nothing(words)
    assert not lost_digits(words)


def test_prose_is_too_long_for_a_value() -> None:
    assert stated("saknas " * 40) is Problem.UNREADABLE_VALUE
    assert not says_nothing("saknas " * 40)
    assert not lost_digits("-" * 400)


def test_blanks_say_nothing_however_many() -> None:
    assert says_nothing(" \n" * 5000)
