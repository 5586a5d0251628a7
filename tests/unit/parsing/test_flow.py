import textwrap
import unicodedata
from typing import Literal

import pytest

from esfkit.parsing.flow import cut_flow_headers
from esfkit.parsing.header import Header
from esfkit.parsing.lines import split_lines
from pages import GLUED, running_page

SUMMARY = "Sammanfattning Deltagarna lär sig bygga båtar."


def headers(text: str, *, beside_others: bool = False) -> list[Header]:
    return list(cut_flow_headers(split_lines(text), beside_others=beside_others))


def values(text: str) -> dict[str, str]:
    [header] = headers(text)
    return {found.label.field: text[found.start : found.end] for found in header.found}


def without_colons(text: str) -> str:
    return text.replace(": ", " ")


ALL = {
    "programme_area": "Programområde 1 Kompetensförsörjning",
    "phase": "Genomförande",
    "owner": "Mora kommun",
    "contact_person": "Egil Påhittad",
    "email": "egil@exempel.se",
    "phone": "0250-260 00",
    "esf_support": "3 100 000 kr",
    "total_budget": "6 200 000 kr",
    "period": "2009-04-01 till 2010-12-31",
    "region": "Norra Mellansverige",
}


@pytest.mark.parametrize("page", [running_page(SUMMARY), without_colons(running_page(SUMMARY))])
def test_a_page_on_one_line_gives_every_value(page: str) -> None:
    assert values(page) == ALL


@pytest.mark.parametrize("form", ["NFD", "NFC"])
def test_labels_in_capitals_and_decomposed_letters_are_met(form: Literal["NFC", "NFD"]) -> None:
    page = running_page(SUMMARY).replace("Projektägare", "PROJEKTÄGARE")

    found = values(unicodedata.normalize(form, page))
    assert found["owner"] == "Mora kommun"
    assert found.keys() == ALL.keys()


def test_invisible_letters_in_labels_do_no_harm() -> None:
    page = running_page(SUMMARY).replace("Projektfas", "Projekt\u00adfas")

    assert values(page)["phase"] == "Genomförande"


def test_markup_around_labels_and_values_is_left_out() -> None:
    page = running_page(SUMMARY, owner="**Mora kommun** |")

    assert values(page)["owner"] == "Mora kommun"


@pytest.mark.parametrize("page", [running_page(SUMMARY), without_colons(running_page(SUMMARY))])
def test_a_flow_header_says_its_form_colons_and_place(page: str) -> None:
    [header] = headers(page)

    assert header.form.value == "flow"
    assert header.colon == ("Projektägare:" in page)
    assert page[: header.start] == "Ny kraft "
    assert page[header.end :] == f" {SUMMARY}"
    assert (header.first_line, header.stray) == (0, ())


def test_a_line_shorter_than_a_hundred_and_twenty_letters_is_no_page() -> None:
    line = "Projektägare: Mora Projektfas: Genomförande Region: Sydsverige"

    assert headers(line) == []
    assert len(headers(line.ljust(120, "."))) == 1


def test_beside_another_header_a_line_must_tell_more() -> None:
    line = "Utlysning: 2018/00777 Startdatum: 2019-01-14 Region: Stockholm ".ljust(150, ".")

    assert len(headers(line)) == 1
    assert headers(line, beside_others=True) == []


@pytest.mark.parametrize(
    "line",
    [
        "Bara prosa utan några etiketter, men lång. " * 5,
        "Projektägare och Projektnummer nämns, men inget mer. " * 5,
        "projektägare: mora projektfas: genomförande region: sydsverige " * 3,
    ],
)
def test_prose_on_one_line_gives_no_header(line: str) -> None:
    assert [header for header in headers(line) if len(header.found) > 2] == []


def test_an_empty_value_before_another_label_stays_empty() -> None:
    assert values(running_page(SUMMARY, phone=""))["phone"] == ""


@pytest.mark.parametrize(
    ("region", "prose"),
    [
        ("", SUMMARY),
        ("", "Deltagarna bygger båtar i Mora."),
        ("Norra Mellansverige", "Deltagarna bygger båtar i Mora."),
    ],
)
def test_prose_does_not_become_the_last_value(region: str, prose: str) -> None:
    assert values(running_page(prose, region=region))["region"] == region


@pytest.mark.parametrize(
    ("after", "owner"),
    [
        (" Sammanfattning Båtar byggs.", "Mora kommun"),
        (" In English Boats.", "Mora kommun"),
        ("", "Mora kommun"),
        (" som " + "bygger båtar " * 10, ""),
    ],
)
def test_words_at_the_end_go_on_to_the_first_heading_or_are_no_value(
    after: str, owner: str
) -> None:
    page = running_page(owner=None)[:-1] + f"e Projektägare: Mora kommun{after}"

    assert values(page)["owner"] == owner


def test_a_section_line_between_two_labels_is_no_part_of_a_value() -> None:
    page = running_page(SUMMARY, total_budget="6 200 000 kr project info")

    assert values(page)["total_budget"] == "6 200 000 kr"


def test_what_no_reader_takes_whole_is_left_whole() -> None:
    page = running_page(SUMMARY, total_budget="6 200 000 kr och mer")

    assert values(page)["total_budget"] == "6 200 000 kr och mer"


@pytest.mark.parametrize("behind", [": ", " "])
def test_label_words_inside_a_value_are_no_labels(behind: str) -> None:
    owner = "Region Dalarna, Regionala enheten"

    page = running_page(SUMMARY, owner=owner).replace(": ", behind)
    assert values(page)["owner"] == owner


def test_label_words_in_the_prose_are_no_labels() -> None:
    prose = f"{SUMMARY} Region: här menas bygden. Projektperiod för den omgången var ett år."

    assert values(running_page(prose)) == ALL


def test_two_records_in_one_line_are_two_headers() -> None:
    one, two = running_page(), running_page(heading="Nästa", region="Sydsverige")
    first, second = headers(f"{one} {two}")

    assert (len(first.found), len(second.found)) == (10, 10)
    assert first.end < second.start


def test_every_long_line_is_asked() -> None:
    page = f"{running_page()}\nProsa.\n\n{running_page()}"

    assert [header.first_line for header in headers(page)] == [0, 3]


def test_two_records_in_one_line_without_prose_between_them_are_two_headers() -> None:
    one = "Utlysning: 2018/00777 Region: Stockholm Startdatum: 2019-01-14 Utlyst belopp: 1 kr"
    first, second = headers(f"{one} {one}")

    assert [found.label.field for found in first.found] == [
        found.label.field for found in second.found
    ]


def test_labels_far_apart_in_one_line_are_two_headers() -> None:
    one = "Utlysning: 2018/00777 Region: Stockholm Projektägare: "
    first, second = headers(f"{one}{'båtar ' * 50}Startdatum: 2019-01-14 Slutdatum: 2019-02-01")

    assert (len(first.found), len(second.found)) == (3, 2)


def test_label_words_in_small_letters_without_colon_are_prose() -> None:
    page = without_colons(running_page("Sammanfattning Vi bor i region Syd med egen e-post."))

    assert values(page) == ALL


def test_label_words_within_other_words_are_no_labels() -> None:
    line = "Storprojektägare (Projektägare) (Projektfas) ".ljust(200, "x")

    assert headers(line) == []


def test_letters_that_only_look_alike_make_no_label() -> None:
    found = values(running_page(SUMMARY).replace("Projektperiod", "Projektperıod"))

    assert "period" not in found
    assert found["region"] == "Norra Mellansverige"


def test_a_record_does_not_begin_with_a_label_whose_words_are_no_value() -> None:
    line = "Region: här menas bygden och dess byar " + running_page(SUMMARY, heading="")

    assert [found.label.field for found in headers(line)[0].found] == list(ALL)


def test_a_label_that_begins_a_running_line_below_others_is_one() -> None:
    line = running_page().removeprefix("Ny kraft ")

    found = values(f"Ny kraft\n\n{line}\n")

    assert found["programme_area"] == "Programområde 1 Kompetensförsörjning"


@pytest.mark.parametrize("mark", [";", ","])
def test_marks_that_part_the_values_are_no_part_of_them(mark: str) -> None:
    fields = [f"{label}: {words}" for label, words in GLUED.values()]

    assert values(f"Ny kraft {f'{mark} '.join(fields)} {SUMMARY}") == ALL


def test_a_mark_behind_one_value_belongs_to_it() -> None:
    page = running_page(SUMMARY, owner="Mora kommun,")

    assert values(page)["owner"] == "Mora kommun,"


@pytest.mark.parametrize("columns", [60, 72, 100])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_page_on_one_line_that_was_wrapped_gives_every_value(columns: int, end: str) -> None:
    page = end.join(textwrap.wrap(running_page(), columns))

    found = values(page)
    assert {field: " ".join(words.split()) for field, words in found.items()} == ALL


def test_a_value_in_a_wrapped_page_has_the_line_it_stands_on() -> None:
    page = "\n".join(textwrap.wrap(running_page(), 72))
    lines = page.split("\n")

    for found in headers(page)[0].found:
        assert page[found.start : found.end].split("\n")[0] in lines[found.line]
