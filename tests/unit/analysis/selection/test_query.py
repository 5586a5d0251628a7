import pytest

from esfkit.analysis.selection.query import MOST_WORDS, read_query
from esfkit.model.errors import BadRequest


def asked(query: str) -> list[tuple[bool, list[tuple[str, str, bool]]]]:
    """What is wanted or not, each with its words, the gaps before them, and exactness."""
    return [
        (each.wanted, [(part.word, part.gap, part.stands_for is None) for part in each.parts])
        for each in read_query(query)
    ]


def test_a_query_is_words_phrases_and_what_must_not_occur() -> None:
    assert asked('Kvinnor "Utrikes  födda" -män') == [
        (True, [("kvinnor", "", False)]),
        (True, [("utrikes", "", True), ("födda", "  ", True)]),
        (False, [("män", "", False)]),
    ]


def test_of_a_word_with_marks_inside_only_the_last_part_is_inflected() -> None:
    assert asked("a-kassa") == [(True, [("a", "", True), ("kassa", "-", False)])]


def test_marks_around_a_word_mean_nothing() -> None:
    assert asked("(kvinna*)?") == asked("kvinna")


def test_what_is_asked_for_twice_is_asked_for_once() -> None:
    assert asked("väg VÄG väg") == asked("väg")


def test_printed_quotation_marks_and_dashes_are_those_of_the_keyboard() -> None:
    assert asked("väg ”två ord” –män") == asked('väg "två ord" -män')


def test_the_message_names_what_was_met() -> None:
    with pytest.raises(BadRequest, match=f"{MOST_WORDS + 1} words; {MOST_WORDS} are allowed"):
        read_query(" ".join(f"ord{at}" for at in range(MOST_WORDS + 1)))
