from collections.abc import Sequence

import ahocorasick_rs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from esfkit.sources import search
from esfkit.sources.search import Search, line_around

SMALL = 16
WORDS = (b"ESF", b"momr", b"rogrammi", b"\\u003c")
PIECES = (*WORDS, b"ES", b"SF", b"mom", b"rogramm", b"\\u00", b"3c", b"x", b" ", b"\n")
TEXTS = st.lists(st.sampled_from(PIECES), max_size=30).map(b"".join)


class Counting:
    """The search of the package, which notes how much it is given and how much it gives."""

    searched: list[int]
    given: list[int]

    def __init__(self, words: Sequence[bytes], matchkind: ahocorasick_rs.MatchKind) -> None:
        self._automaton = ahocorasick_rs.BytesAhoCorasick(words, matchkind=matchkind)

    def find_matches_as_indexes(self, content: memoryview) -> list[tuple[int, int, int]]:
        found = self._automaton.find_matches_as_indexes(content)
        self.searched.append(len(content))
        self.given.append(len(found))
        return found


@pytest.fixture
def counting(monkeypatch: pytest.MonkeyPatch) -> type[Counting]:
    monkeypatch.setattr(search, "BytesAhoCorasick", Counting)
    monkeypatch.setattr(search, "_WINDOW", 1000)
    Counting.searched, Counting.given = [], []
    return Counting


def lines_with(content: bytes, words: Sequence[bytes]) -> list[bytes]:
    """The lines with one of the words, by looking into each."""
    lines = content.split(b"\n")
    return [line for line in lines if any(word in line for word in words)]


def lines_found(content: bytes, words: Sequence[bytes] = WORDS) -> list[bytes]:
    found = Search(words).lines(bytearray(content), len(content))
    return [content[begin:end] for begin, end in found]


@settings(deadline=None)
@given(content=TEXTS)
def test_every_line_with_a_word_is_found_once_and_no_other(content: bytes) -> None:
    assert lines_found(content) == lines_with(content, WORDS)


@pytest.mark.parametrize("window", [1, 2, 7, SMALL])
def test_a_word_may_stand_on_the_edge_of_what_is_searched_at_once(
    window: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search, "_WINDOW", window)
    for before in range(2 * SMALL):
        content = b"x" * before + b"rogrammi\n" + b"y" * before + b"\n\nESF"

        assert lines_found(content) == [b"x" * before + b"rogrammi", b"ESF"]
        assert Search(WORDS).stands_in(content[: before + 8], before + 8)
        assert not Search(WORDS).stands_in(content, before + 7)
        assert Search((b"\n", b"SF")).finds(content, 0, len(content)) == [0, 0, 0, 1]


@settings(deadline=None)
@given(content=TEXTS, window=st.integers(1, 20))
def test_however_little_is_searched_at_once_the_same_is_found(
    content: bytes, window: int
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(search, "_WINDOW", window)

        assert lines_found(content) == lines_with(content, WORDS)
        stands = any(word in content for word in WORDS)
        assert Search(WORDS).stands_in(content, len(content)) is stands
        ends = Search((b"\nES", b"\n")).finds(content, 0, len(content))
        assert ends.count(0) == content.count(b"\nES")
        assert len(ends) == content.count(b"\n")


def test_words_that_overlap_mark_their_line() -> None:
    words = (b"momr", b"romb", b"rom")

    assert lines_found(b"momromb\nxx\nomromb\nmomr\n", words) == [
        *(b"momromb", b"omromb", b"momr")
    ]


def test_nothing_is_searched_behind_the_end() -> None:
    content = bytearray(b"ES\nxx\nESF")

    assert list(Search(WORDS).lines(content, 6)) == []
    assert list(Search(WORDS).lines(content, 8)) == []
    assert list(Search(WORDS).lines(content, 9)) == [(6, 9)]


def test_no_words_stand_nowhere() -> None:
    assert not Search(()).stands_in(b"ESF", 3)


def test_a_line_of_nothing_but_words_is_searched_no_further_than_its_first(
    counting: type[Counting],
) -> None:
    content = b"ESF" * 100_000 + b"\nx\n"

    assert list(Search((b"ESF",)).lines(bytearray(content), len(content))) == [(0, 300_000)]
    assert counting.searched == [1003, 3]
    assert counting.given == [334, 0]


def test_a_document_of_nothing_but_words_is_searched_no_further_than_its_first(
    counting: type[Counting],
) -> None:
    assert Search((b"ESF",)).stands_in(b"ESF" * 100_000, 300_000)
    assert counting.given == [334]


def test_lines_of_nothing_but_words_are_searched_once(counting: type[Counting]) -> None:
    content = b"ESFESF\n" * 10_000

    found = list(Search((b"ESF",)).lines(bytearray(content), len(content)))
    assert len(found) == 10_000
    assert sum(counting.searched) <= len(content) * 1.01
    assert max(counting.given) <= 1003 // 3


def test_never_more_is_held_than_stands_in_a_window(counting: type[Counting]) -> None:
    content = b"\n" * 100_000

    assert len(Search((b"\n{", b"\n")).finds(content, 0, len(content))) == 100_000
    assert max(counting.given) <= 1002


def test_a_line_is_told_by_any_place_in_it() -> None:
    content = bytearray(b"one\ntwo\nthree")

    assert line_around(content, 0, 0, 13) == (0, 3)
    assert line_around(content, 5, 3, 13) == (4, 7)
    assert line_around(content, 12, 0, 13) == (8, 13)
    assert line_around(content, 9, 7, 11) == (8, 11)
