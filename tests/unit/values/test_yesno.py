import pytest

from esfkit.model.finding import Problem
from esfkit.values.yesno import read_yes_no


@pytest.mark.parametrize("printed", ["Ja", "JA", " ja\n", "Yes", "Ja."])
def test_yes_is_read(printed: str) -> None:
    assert read_yes_no(printed) is True


@pytest.mark.parametrize("printed", ["Nej", "nej", "No"])
def test_no_is_read(printed: str) -> None:
    assert read_yes_no(printed) is False


@pytest.mark.parametrize("printed", ["Ja, delvis", "1", "kanske", "J", "\ud800"])
def test_other_words_are_neither(printed: str) -> None:
    assert read_yes_no(printed) is Problem.UNREADABLE_VALUE


@pytest.mark.parametrize("printed", ["", "-", "saknas"])
def test_a_null_word_is_no_answer(printed: str) -> None:
    assert read_yes_no(printed) is None
