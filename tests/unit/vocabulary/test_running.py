import pytest

from esfkit.layouts.layout import Layout, Style, all_layouts
from esfkit.vocabulary.headings import headings, is_chrome
from esfkit.vocabulary.labels import read_labels
from esfkit.vocabulary.running import running_words

LABELS = read_labels()


def fields_begun_by(words: str) -> set[str]:
    return {label.field for label in LABELS if label.words.startswith(words)}


@pytest.mark.parametrize("words", running_words("telling", "frequent"))
def test_every_telling_word_begins_a_label(words: str) -> None:
    assert fields_begun_by(words) != set()


@pytest.mark.parametrize(
    "layout",
    [one for one in all_layouts() if one.style not in (Style.NARRATIVE, Style.LIST)],
    ids=lambda layout: layout.name,
)
def test_every_layout_of_labels_prints_a_frequent_word(layout: Layout) -> None:
    frequent = {
        field for words in running_words("frequent") for field in fields_begun_by(words)
    }

    assert frequent & {*layout.fields}


def test_what_begins_prose_is_a_heading_and_what_stands_before_it_is_furniture() -> None:
    assert [words.casefold() in headings() for words in running_words("heading")] == [True]
    assert [is_chrome(words) for words in running_words("link")] == [True]


def test_words_keep_the_order_of_their_table() -> None:
    assert running_words("frequent")[:2] == ("Projektägare", "Programområde")
    assert running_words() == ()
