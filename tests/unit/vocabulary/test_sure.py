import pytest

from esfkit.vocabulary.labels import read_labels
from esfkit.vocabulary.sure import (
    is_own_label,
    is_sure,
    names_fund,
    names_this_fund,
    sure_words,
)
from esfkit.vocabulary.tables import read_table
from pages import call_page, record_of


def test_every_word_is_part_of_what_it_is_said_to_be_of() -> None:
    labels = {label.words for label in read_labels()}
    for row in read_table("sure_words"):
        assert row["of"] == "the fund's name" or row["of"] in labels
        assert row["words"] in {"ESF", *_parts_in_both_cases(row["of"])}


def _parts_in_both_cases(words: str) -> set[str]:
    spans = [(start, end) for end in range(len(words) + 1) for start in range(end)]
    return {case[start:end] for case in (words, words.upper()) for start, end in spans}


def test_every_word_stands_in_the_table_in_capitals_too() -> None:
    assert {words.upper() for words in sure_words()} <= {*sure_words()}


def test_every_word_is_the_same_in_every_encoding() -> None:
    assert all(words.isascii() and words.isalpha() for words in sure_words())


def test_a_page_that_names_the_fund_or_one_of_its_own_labels_is_sure() -> None:
    assert is_sure("Svenska ESF-rådet")
    assert is_sure("Total projektbudget\n1 000 kr")
    assert is_sure("BEVILJAT ESF-STÖD")
    assert is_sure("UTLYSNING\n2018/00777\nPROGRAMOMRÅDE\n2")


@pytest.mark.parametrize(
    "label", sorted({row["of"] for row in read_table("sure_words")} - {"the fund's name"})
)
def test_a_label_makes_a_page_sure_in_capitals_too(label: str) -> None:
    assert is_sure(f"{label}\n1")
    assert is_sure(f"{label.upper()}\n1")


def test_a_call_whose_page_is_in_capitals_is_read() -> None:
    assert record_of(call_page().upper()).call_amount_sek is not None


def test_labels_of_any_authority_are_not_sure() -> None:
    assert not is_sure("Projektägare: Umeå kommun\nRegion: Övre Norrland\nBudget: 1 000 kr")


@pytest.mark.parametrize(
    "text", ["Svenska ESF-rådet", "Socialfonden", "SOCIALFONDEN", "PROJEKTFAS"]
)
def test_a_text_names_the_fund(text: str) -> None:
    assert names_this_fund(text)


@pytest.mark.parametrize("label", ["Projektperiod", "PROJEKTNUMMER", "Diarienummer: TN 1"])
def test_a_label_of_any_authority_names_no_fund(label: str) -> None:
    assert not names_this_fund(label)


def test_labels_of_the_fund_s_pages_are_its_own() -> None:
    own = {label.words for label in read_labels() if is_own_label(label)}

    assert {"Projektfas", "Planerat antal deltagare", "Stödmottagare postnr"} <= own
    assert own.isdisjoint({"Stödmottagare", "Antal deltagare", "Projektägare", "Diarienummer"})


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Finansiering: AMIF", True),
        ("betalas av europeiska socialfonden", True),
        ("Regionalfonden", True),
        ("Trafikverket", False),
        ("CFO sökes", False),
    ],
)
def test_a_fund_is_named_by_its_code_or_its_name(text: str, named: bool) -> None:  # noqa: FBT001 - a case of the table
    assert names_fund(text) is named
