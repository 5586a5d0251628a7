from esfkit.pipeline import parse
from esfkit.pipeline.learning.suggestions import suggest, unknown_labels
from pages import colon_page
from projektbank import bank_page


def suggestions(*texts: str) -> dict[str, tuple[int, str]]:
    seen = [
        each
        for number, text in enumerate(texts)
        for each in unknown_labels(parse(text), f"page-{number}")
    ]
    return {one.words: (one.seen, one.field) for one in suggest(seen)}


def test_labels_of_unknown_pages_are_proposed_with_how_often_they_stand() -> None:
    texts = [bank_page(number, "inline")[0] for number in range(3)]

    proposed = suggestions(*texts)

    assert proposed["Berört område"] == (3, "region")
    assert proposed["Genomförs mellan"] == (3, "period")
    assert proposed["Omslutning"] == (3, "")
    assert proposed["Huvudman"] == (3, "")


def test_words_like_a_known_label_settle_its_field() -> None:
    text = "Projektägaren: Lessebo kommun\nTotala projektbudgeten: 5 000 000 kr\n"

    assert suggestions(text) == {
        "Projektägaren": (1, "owner"),
        "Totala projektbudgeten": (1, "total_budget"),
    }


def test_what_no_colon_marks_must_stand_on_two_pages() -> None:
    texts = [bank_page(number, "next_line")[0] for number in range(2)]

    assert "Omslutning" not in suggestions(texts[0])
    assert suggestions(*texts)["Omslutning"] == (2, "")


def test_known_labels_and_headings_are_not_proposed() -> None:
    assert suggestions("Projektägare: X\nBakgrund: Y\n") == {}


def test_of_a_page_with_a_record_only_unclaimed_lines_count() -> None:
    page = colon_page(heading="2016/00999 - Nya vägar", prose="Vi gör: mer.")
    page = page.replace("Region:", "Handläggare:\nEnhet 4\nRegion:")

    assert list(suggestions(page)) == ["Handläggare"]


def test_examples_tell_where_and_by_what_value() -> None:
    text = "Omslutning: 5 000 kr\nX: y\n"

    [first, _] = suggest(unknown_labels(parse(text), "page.txt"))

    assert first.examples[0].place == "page.txt:1"
    assert first.examples[0].value == "5 000 kr"
    assert set(first.could_be) >= {"total_budget", "esf_support"}


def test_words_by_which_only_a_person_is_reached_may_be_a_name() -> None:
    text = (
        "Eva Påhittad: 0470-12 34 56\nTuva Påhittad: tuva@exempel.se\n"
        "Telefonnumer: 0470-12 34 56\nDnr här: 2016/00999\nOmslutning: 5 000 kr\n"
    )

    found = suggest(unknown_labels(parse(text), "page.txt"))

    assert {one.words: one.personal for one in found} == {
        "Eva Påhittad": True,
        "Tuva Påhittad": True,
        "Telefonnumer": False,
        "Dnr här": False,
        "Omslutning": False,
    }
