from esfkit.vocabulary.labels import read_labels
from esfkit.vocabulary.sure import is_sure, sure_words
from esfkit.vocabulary.tables import read_table


def test_every_word_is_part_of_what_it_is_said_to_be_of() -> None:
    labels = {label.words for label in read_labels()}
    for row in read_table("sure_words"):
        assert row["of"] == "the fund's name" or row["of"] in labels
        assert row["words"] in row["of"] or row["words"] == "ESF"


def test_every_word_is_the_same_in_every_encoding() -> None:
    assert all(words.isascii() and words.isalpha() for words in sure_words())


def test_a_page_that_names_the_fund_or_one_of_its_own_labels_is_sure() -> None:
    assert is_sure("Svenska ESF-rådet")
    assert is_sure("Total projektbudget\n1 000 kr")
    assert is_sure("BEVILJAT ESF-STÖD")


def test_labels_of_any_authority_are_not_sure() -> None:
    assert not is_sure("Projektägare: Umeå kommun\nRegion: Övre Norrland\nBudget: 1 000 kr")
