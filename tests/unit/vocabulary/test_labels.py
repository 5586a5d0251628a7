import re
import unicodedata
from collections import Counter
from collections.abc import Callable
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from esfkit.layouts.layout import all_layouts
from esfkit.vocabulary.fold import fold
from esfkit.vocabulary.labels import label_start, label_table, label_within, read_labels
from esfkit.vocabulary.tables import read_table


def test_every_row_becomes_a_label_in_file_order() -> None:
    rows = list(read_table("labels"))

    assert [(label.field, label.words) for label in read_labels()] == [
        (row["field"], row["label"]) for row in rows
    ]
    assert all(row["seen"].isdigit() and row["source"] for row in rows)


def test_no_printed_form_stands_for_two_labels() -> None:
    tally = Counter(label.key for label in read_labels())

    assert [key for key, count in tally.items() if count > 1] == []


def test_a_label_s_words_and_language_and_section_are_of_a_known_kind() -> None:
    for label in read_labels():
        assert label.words == " ".join(label.words.split())
        assert label.language in {"sv", "en"}
        assert label.section in {"", "generic", "value"}
        assert label.key == fold(label.words)


def test_every_generic_label_is_named_by_a_layout_that_it_may_stand_in() -> None:
    named = {field for layout in all_layouts() for field in layout.fields}

    assert [one.words for one in read_labels() if one.section and one.field not in named] == []


def test_a_label_is_found_by_its_folded_words_and_as_printed() -> None:
    table = label_table()

    for label in read_labels():
        assert table.by_key[label.key] == label
        for form in (
            label.words,
            f"{label.words}:",
            label.words.upper(),
            f"{label.words.upper()}:",
        ):
            assert table.exact[form] == label


def test_the_table_is_built_once_and_knows_its_longest_label() -> None:
    assert label_table() is label_table()
    assert label_table().longest == len("Sekundärtema - Motverka barnfattigdom")


@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize("case", [str, str.upper, str.lower])
def test_the_first_letters_of_every_label_begin_a_line_in_any_case(
    case: Callable[[str], str], form: Literal["NFC", "NFD"]
) -> None:
    for label in read_labels():
        printed = unicodedata.normalize(form, case(label.words))

        assert printed[:4] in label_table().starts


@pytest.mark.parametrize("head", ["Vi l", "Prov", "12 3", ""])
def test_other_first_letters_begin_no_label(head: str) -> None:
    assert head not in label_table().starts


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("Projektägare organisationsnummer: 1", "Projektägare organisationsnummer"),
        ("Projektägare Mora", "Projektägare"),
        ("PROJEKTÄGARE", "PROJEKTÄGARE"),
        ("projektägaren", "projektägare"),
        ("Beviljat\u00a0ESF\u2011stöd 1", "Beviljat\u00a0ESF\u2011stöd"),
        ("Total  projektbudget", "Total  projektbudget"),
        ("Projekta\u0308gare", "Projekta\u0308gare"),
        ("Ett Projekt", None),
        ("Total   \u00a0projektbudget", None),
        ("Projekt\u00adägare", None),
    ],
)
def test_the_longest_label_at_a_place_matches(text: str, label: str | None) -> None:
    match = label_start(invisible=False).match(text)

    assert (match and match.group()) == label


@pytest.mark.parametrize("mark", ["\u00ad", "\u200b", "\u2060", "\ufeff"])
def test_invisible_letters_may_stand_between_the_others_where_asked_for(mark: str) -> None:
    text = f"Projekt{mark}ägare{mark}Mora"
    match = label_start(invisible=True).match(text)

    assert match is not None
    assert match.group() == f"Projekt{mark}ägare{mark}"


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("Ny kraft Region: Syd E-post a@exempel.se", ["Region", "E-post"]),
        ("Region Syd | Fond | **Namn", ["Region", "Fond", "Namn"]),
        ("\tRegion\u00a0Fond", ["Region", "Fond"]),
        ("MinRegion (Fond) -Namn", []),
    ],
)
def test_labels_in_a_running_line_each_stand_after_a_blank(
    text: str, labels: list[str]
) -> None:
    assert label_within(invisible=False).findall(text) == labels


def test_every_printed_form_of_every_label_matches_itself() -> None:
    for label in read_labels():
        for printed in (label.words, unicodedata.normalize("NFD", label.words)):
            match = label_start(invisible=False).match(printed)

            assert match is not None
            assert match.group() == printed


LONGEST_FIRST = sorted({label.words for label in read_labels()}, key=len, reverse=True)
ONE_BY_ONE = re.compile("|".join(map(re.escape, LONGEST_FIRST)), re.IGNORECASE)


@given(
    st.sampled_from(LONGEST_FIRST),
    st.sampled_from(LONGEST_FIRST),
    st.sampled_from(("", " ", ":", "e", "s")),
    st.integers(0, 40),
)
def test_the_pattern_finds_the_longest_label_as_trying_each_one_does(
    one: str, other: str, joint: str, cut: int
) -> None:
    for words in (one + joint + other, one[:cut] + other, (one + joint).upper(), other.lower()):
        expected = ONE_BY_ONE.match(words)
        found = label_start(invisible=False).match(words)

        assert (found and found.group()) == (expected and expected.group())
