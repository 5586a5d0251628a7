import unicodedata

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from esfkit.parsing import scan
from esfkit.parsing.beginnings import LONG_BEGINNING, begins_as_prose, lines_to_read
from esfkit.parsing.lines import split_lines
from esfkit.vocabulary.labels import read_labels

LABELS = tuple(label.words for label in read_labels())


@pytest.mark.parametrize(
    "line",
    [
        "Region",
        "REGION: Väst",
        "region Väst",
        "• Region",
        "**Region:** Väst",
        "1. Region",
        "12) Region",
        "Re\u00adgion",
        "E-post: a@exempel.se",
        "e-Post: a@exempel.se",
        "Aktör",
        unicodedata.normalize("NFD", "Aktör"),
        "   Region",
        "Dnr 2016/00130",
    ],
)
def test_a_line_that_may_begin_with_a_label_is_read(line: str) -> None:
    assert lines_to_read(split_lines(f"x\n{line}\n\nx")) == [1]


@pytest.mark.parametrize(
    "line",
    [
        "",
        "Sammanfattning",
        "Det är en bro",
        "Vi möts",
        "I egen takt",
        "2016/00130",
        "2.1",
        "12.5 tkr",
        "50%",
        "6 113 800 kr",
    ],
)
def test_a_line_whose_first_letters_no_label_has_is_passed_over(line: str) -> None:
    assert lines_to_read(split_lines(line)) == []


@pytest.mark.parametrize("words", ["Slutrapport 7", "Verkstaden", "Projektet vänder", "Det är"])
def test_words_that_part_from_every_label_are_prose(words: str) -> None:
    assert begins_as_prose(words[:LONG_BEGINNING])


@pytest.mark.parametrize("label", LABELS)
def test_no_beginning_of_a_label_is_prose(label: str) -> None:
    for words in (label, label.upper(), label.lower(), unicodedata.normalize("NFD", label)):
        assert not begins_as_prose(words[:4])
        assert not begins_as_prose(f"{words} ord"[:LONG_BEGINNING])
        assert not begins_as_prose(f"{words}Ord"[:LONG_BEGINNING])


PIECES = st.one_of(
    st.sampled_from(LABELS),
    st.sampled_from(LABELS).map(lambda label: label[:5]),
    st.sampled_from((" ", "  ", ":", "\t", "|", "a", "e", "é", "\u0301", "\u030a", "\u00ad")),
    st.text("ABDEFINOPRSTUÅÄÖabdefinoprstuåäöß .:-1", max_size=6),
    st.text(max_size=3),
)


@settings(max_examples=600, deadline=None)
@given(st.lists(PIECES, min_size=1, max_size=4).map("".join), st.sampled_from((4, 10)))
@example("Aktor\u0308", 4)
@example("Dnr  2016", 4)
@example("Pa\u030aga\u030ar: 2016", 10)
def test_a_line_that_begins_as_prose_carries_no_label(line: str, letters: int) -> None:
    if not begins_as_prose(line[:letters]):
        return
    lines = split_lines(line)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(scan, "begins_as_prose", lambda _: False)
        assert list(scan._hits_of_line(lines, 0)) == []  # noqa: SLF001 - the look that is saved
