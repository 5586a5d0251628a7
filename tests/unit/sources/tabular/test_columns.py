import pytest

from esfkit.model.document import Document, Origin, Passed, Unread, Why
from esfkit.model.finding import Problem
from esfkit.sources.limits import Limits
from esfkit.sources.reading import Reading
from esfkit.sources.sieve import Sieve
from esfkit.sources.tabular.columns import (
    find_columns,
    fold_heading,
    list_row,
    no_columns,
    shown,
    text_row,
    unknown_headings,
)
from esfkit.vocabulary.fold import fold
from esfkit.vocabulary.lists import list_headings, read_list_headings

READING = Reading(list_headings=list_headings())
HEADINGS = ["Diarienummer", "Stödmottagare", "Namn på insatsen", "Startdatum", "Slutdatum"]
ROW = ["23-017-S01", "Uppsala kommun", "Bron", "2023-02-01", "2025-12-31"]
ORIGIN = Origin(path="lista.csv", line=2)


def read(headings: list[str], cells: list[str], reading: Reading = READING) -> object:
    columns = find_columns([headings], reading)
    assert columns is not None
    return list_row(columns, cells, ORIGIN, reading)


# --- which columns ----------------------------------------------------------------------


@pytest.mark.parametrize("heading", [each.words for each in read_list_headings()])
def test_a_heading_is_folded_as_the_vocabulary_folds_it(heading: str) -> None:
    for printed in (heading, heading.upper(), f" {heading} ".replace(" ", "\n ")):
        assert fold_heading(printed) == fold(printed) == fold(heading)


def test_dashes_invisible_letters_and_decomposed_ones_do_not_tell_headings_apart() -> None:
    assert fold_heading("\ufeffEU\u2011sto\u0308d\u00a0i SEK") == "eu-stöd i sek"


def test_five_headings_make_a_table_a_list() -> None:
    columns = find_columns([["Projekt i länet", "", "", "", ""], HEADINGS], READING)

    assert columns is not None
    assert (columns.is_list, columns.row, columns.known) == (True, 1, 5)


def test_four_headings_make_none() -> None:
    assert find_columns([HEADINGS[:4]], READING) is None


def test_the_same_heading_five_times_makes_none() -> None:
    assert find_columns([["Startdatum"] * 5], READING) is None


def test_headings_are_looked_for_in_the_first_twenty_rows_only() -> None:
    title: list[str] = ["x"]

    assert find_columns([*[title] * 19, HEADINGS], READING) is not None
    assert find_columns([*[title] * 20, HEADINGS], READING) is None


def test_the_first_name_of_a_text_that_any_column_has_is_taken() -> None:
    columns = find_columns([["Content", "URL", "Text"]], READING)

    assert columns is not None
    assert (columns.is_list, columns.text, columns.url) == (False, 2, 1)


def test_a_text_alone_in_its_row_is_no_table() -> None:
    assert find_columns([["text"]], READING) is None


def test_a_line_that_tells_excel_the_separator_is_no_row() -> None:
    columns = find_columns([["sep=", ""], ["url", "text"]], READING)

    assert columns is not None
    assert columns.row == 1


def test_a_table_without_a_column_of_pages_is_told_with_its_columns() -> None:
    obstacle = no_columns([["id", "brödtext"]], READING)

    assert obstacle.code is Problem.TEXT_FIELD_MISSING
    assert "the columns are id, brödtext." in obstacle.message
    assert "--text-field" in obstacle.message


def test_a_dataset_of_esfkit_is_told_as_one() -> None:
    obstacle = no_columns([["record_id", "kind", "title"]], READING)

    assert obstacle.code is Problem.FORMAT_UNSUPPORTED
    assert "is a dataset of esfkit already" in obstacle.message


def test_a_table_without_rows_is_empty() -> None:
    assert no_columns([], READING).code is Problem.DOCUMENT_EMPTY


def test_unknown_headings_are_told_in_one_finding() -> None:
    columns = find_columns([[*HEADINGS, "Handläggare", "Min\nanteckning", ""]], READING)

    assert columns is not None
    (finding,) = unknown_headings(columns)
    assert finding.code is Problem.HEADING_UNKNOWN
    assert "“Handläggare”, “Min anteckning”." in finding.message


def test_known_headings_are_told_in_none() -> None:
    columns = find_columns([[*HEADINGS, ""]], READING)

    assert columns is not None
    assert unknown_headings(columns) == ()


# --- a list's rows ----------------------------------------------------------------------


def test_a_row_is_written_out_with_the_places_of_headings_and_words() -> None:
    document = read(HEADINGS, ROW)

    assert isinstance(document, Document)
    assert document.text == (
        "Diarienummer: 23-017-S01\nStödmottagare: Uppsala kommun\nNamn på insatsen: Bron\n"
        "Startdatum: 2023-02-01\nSlutdatum: 2025-12-31"
    )
    text = document.text
    places = [
        (text[each.heading_start : each.heading_end], text[each.start : each.end])
        for each in document.cells
    ]
    assert places == list(zip(HEADINGS, ROW, strict=True))
    assert (document.crawled, document.origin.line) == (False, 2)


def test_the_hash_is_that_of_the_row_written_out() -> None:
    first, again, other = (read(HEADINGS, [*ROW[:4], end]) for end in ("", "", "2026-01-01"))

    assert isinstance(first, Document)
    assert isinstance(again, Document)
    assert isinstance(other, Document)
    assert first.origin.sha256 == again.origin.sha256 != other.origin.sha256


def test_an_empty_cell_has_an_empty_place_and_an_empty_column_none() -> None:
    document = read([*HEADINGS, ""], [*ROW[:4], " ", " "])

    assert isinstance(document, Document)
    assert len(document.cells) == 5
    assert document.cells[-1].start == document.cells[-1].end == len(document.text)


def test_words_without_a_heading_are_kept() -> None:
    document = read([*HEADINGS, ""], [*ROW, "se bilaga"])

    assert isinstance(document, Document)
    assert document.text.endswith("\n: se bilaga")


def test_empty_rows_and_headings_once_more_are_no_rows() -> None:
    english = ["Operation ID", "Beneficiary", "Operation Name", "Start date", "End date"]

    assert read(HEADINGS, [" ", "", "\u00a0", "", ""]) is None
    assert read(HEADINGS, HEADINGS) is None
    assert read(HEADINGS, english) is None


@pytest.mark.parametrize(("country", "is_read"), [("Sweden", True), ("SE", True), ("", True)])
def test_rows_of_sweden_are_read(country: str, *, is_read: bool) -> None:
    assert isinstance(read([*HEADINGS, "Country"], [*ROW, country]), Document) is is_read


def test_rows_of_another_country_are_passed_over() -> None:
    passed = read([*HEADINGS, "Country"], [*ROW, "Finland"])

    assert passed == Passed(1, ORIGIN, why=Why.OTHER_COUNTRY)


def test_a_beneficiary_from_abroad_does_not_make_the_row_foreign() -> None:
    row = read([*HEADINGS, "Stödmottagarens land"], [*ROW, "Finland"])

    assert isinstance(row, Document)


def test_a_row_longer_than_a_document_is_not_read() -> None:
    reading = Reading(limits=Limits(document_bytes=40), list_headings=list_headings())
    row = read(HEADINGS, [*ROW[:4], "x" * 40], reading)

    assert isinstance(row, Unread)
    assert row.finding.code is Problem.LIMIT_MET
    assert "document_bytes" in row.finding.message


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        (" Mål \n", "Mål"),
        ("<p>Ett &amp; två</p><p>Tre</p>", "Ett & två\n\nTre"),
        ("Mål<br>och medel", "Mål\noch medel"),
        ("Lön &amp; arbete", "Lön & arbete"),
        ("AT&T <25 år> 3 < 4", "AT&T <25 år> 3 < 4"),
        ("Ett\nTvå", "Ett\nTvå"),
    ],
)
def test_words_in_html_are_shown_as_a_browser_does_and_others_as_they_stand(
    cell: str, words: str
) -> None:
    assert shown(cell) == words


# --- a crawl's rows ---------------------------------------------------------------------


def test_a_page_in_a_cell_is_a_crawled_document() -> None:
    document = text_row("Sida på nätet", ORIGIN, READING)

    assert isinstance(document, Document)
    assert (document.text, document.crawled) == ("Sida på nätet", True)


def test_a_page_without_any_of_the_sieve_s_words_is_passed_over() -> None:
    sieve = Sieve((b"ESF",))

    assert text_row("Om vädret", ORIGIN, Reading(sieve=sieve)) == Passed(1)
    assert text_row("Om vädret", ORIGIN, Reading(sieve=sieve, shows_passed=True)) == Passed(
        1, ORIGIN, "Om vädret".encode()
    )
    assert isinstance(text_row("Om ESF", ORIGIN, Reading(sieve=sieve)), Document)


def test_an_empty_page_is_passed_over() -> None:
    assert text_row(b" \n", ORIGIN, READING) == Passed(1, ORIGIN, why=Why.NO_TEXT)
