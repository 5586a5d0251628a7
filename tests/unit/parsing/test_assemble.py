from datetime import date

import pytest

from esfkit.model.document import Document, Origin
from esfkit.model.finding import Problem, Severity
from esfkit.model.record import ParticipantTarget, Section
from esfkit.parsing.draft import MOST_FINDINGS, make_finding
from esfkit.parsing.parse import parse_document
from esfkit.parsing.reading import Parsed
from pages import (
    PRACTICE,
    call_page,
    colon_page,
    glued_page,
    plus_page,
    problems_with,
    proof_of,
    record_of,
    records_of,
    result_of,
    running_page,
)


def parsed_of(text: str) -> Parsed:
    [parsed] = result_of(text).parsed
    return parsed


# --- title and number ---------------------------------------------------------------------


def test_the_labelled_title_counts_and_the_heading_only_where_there_is_none() -> None:
    assert record_of(colon_page(heading="2016/00999 - Nya stigar")).title == "Nya vägar"
    assert (
        record_of(colon_page(heading="2016/00999 - Nya stigar", title=None)).title
        == "Nya stigar"
    )


def test_the_heading_s_number_counts_where_no_label_prints_one() -> None:
    record = record_of(colon_page(heading="2016/00998 - Nya vägar", project_number=None))

    assert (record.project_number, record.title) == ("2016/00998", "Nya vägar")
    assert (
        proof_of(record, "project_number").raw,
        proof_of(record, "project_number").label,
    ) == (
        "2016/00998",
        None,
    )


def test_a_heading_that_prints_another_number_than_the_label_is_told() -> None:
    record = record_of(colon_page(heading="2016/00998 - Nya vägar"))

    assert record.project_number == "2016/00999"
    assert problems_with(record, "project_number") == [Problem.NUMBER_CONFLICT]


def test_the_number_in_the_heading_of_a_call_is_a_call_number() -> None:
    record = record_of(call_page(heading="2018/00778 - Nytt jobb", call_number=None))

    assert (record.call_number, record.project_number) == ("2018/00778", None)


@pytest.mark.parametrize(
    ("heading", "title"),
    [("/ - Nya vägar", "Nya vägar"), ("-S - Nya vägar", "Nya vägar"), ("2016/00999 -", None)],
)
def test_what_is_left_of_a_number_is_no_part_of_the_title(
    heading: str, title: str | None
) -> None:
    assert record_of(colon_page(heading=heading, title=None)).title == title


def test_a_title_is_on_one_line_and_its_proof_as_printed() -> None:
    record = record_of(colon_page(title="Nya   vägar"))

    assert (record.title, proof_of(record, "title").raw) == ("Nya vägar", "Nya   vägar")


def test_a_page_without_title_or_number_says_so() -> None:
    record = record_of(colon_page(title=None, project_number=None))

    assert (record.title, record.project_number) == (None, None)
    assert problems_with(record, "title") == [Problem.TITLE_MISSING]
    assert problems_with(record, "project_number") == [Problem.PROJECT_NUMBER_MISSING]


@pytest.mark.parametrize(
    ("page", "message"),
    [
        (glued_page(), "pages of layout esf-2007-glued print no project number"),
        (colon_page(project_number=None), "the page prints no project number"),
    ],
)
def test_a_missing_number_is_told_from_one_that_such_pages_never_print(
    page: str, message: str
) -> None:
    record = record_of(page)

    assert [one.message for one in record.findings if one.field == "project_number"] == [
        message
    ]


def test_a_call_owes_no_project_number() -> None:
    assert problems_with(record_of(call_page()), "project_number") == []


# --- prose --------------------------------------------------------------------------------


def test_prose_below_the_labels_is_the_summary_and_a_section() -> None:
    record = record_of(colon_page("Vi lär av varandra.\n\nOch av andra."))

    assert record.summary == "Vi lär av varandra.\n\nOch av andra."
    assert record.sections == (Section(heading=None, text=record.summary),)


def test_the_section_named_summary_is_the_summary() -> None:
    record = record_of(glued_page("Ingress.\n\nSammanfattning\n\nVi lär.\n\nSyfte\n\nJobb."))

    assert record.summary == "Vi lär."
    assert [section.heading for section in record.sections] == [None, "Sammanfattning", "Syfte"]


@pytest.mark.parametrize("prose", ["", "Sammanfattning\n\nSyfte\n\nJobb.", "Syfte\n\nJobb."])
def test_other_prose_does_not_stand_for_the_summary(prose: str) -> None:
    assert record_of(glued_page(prose)).summary is None


def test_bullets_under_participating_actors_are_actors_duplicates_kept() -> None:
    record = record_of(glued_page("Deltagande aktörer\n\n • ABF\n • Komvux\n • ABF\n"))

    assert record.actors == ("ABF", "Komvux", "ABF")
    assert record.sections == ()
    assert (proof_of(record, "actors").raw, proof_of(record, "actors").label) == (
        "• ABF\n • Komvux\n • ABF",
        "Deltagande aktörer",
    )


def test_an_empty_list_of_actors_is_no_value() -> None:
    record = record_of(glued_page("Deltagande aktörer\n\nKommun\n\n"))

    assert (record.actors, record.municipalities) == ((), ())


def test_bullets_under_kommun_are_municipalities_with_their_codes() -> None:
    record = record_of(glued_page("Kommun\n\n • Mora\n • Älvdalens kommun\n • -\n"))

    assert record.municipalities == ("Mora", "Älvdalen")
    assert record.municipality_codes == ("2062", "2039")


def test_an_entry_that_is_no_municipality_is_told() -> None:
    record = record_of(glued_page("Kommun\n\n • Mora\n • Atlantis\n"))

    assert record.municipalities == ("Mora",)
    assert problems_with(record, "municipalities") == [Problem.MUNICIPALITY_UNKNOWN]


def test_prose_under_kommun_is_a_section() -> None:
    record = record_of(glued_page("Kommun\n\nKommunen växer.\n"))

    assert record.municipalities == ()
    assert record.sections == (Section(heading="Kommun", text="Kommunen växer."),)


def test_targets_are_kept_apart_from_planned_participants() -> None:
    goals = "Målsättning\n\nAntal deltagare i kurs\n640\n320/320\n"
    record = record_of(colon_page(goals))

    assert record.planned_participants == 120
    assert record.participant_targets == (
        ParticipantTarget(label="Antal deltagare i kurs", total=640, women=320, men=320),
    )


def test_goals_without_participants_are_prose() -> None:
    record = record_of(colon_page("Mål\n\nAntal företag\n12\n"))

    assert record.participant_targets == ()
    assert record.sections == (Section(heading="Mål", text="Antal företag\n12"),)


def test_prose_on_the_line_of_a_running_page_is_a_section_with_its_heading() -> None:
    record = record_of(running_page("In English Sammanfattning Vi lär."))

    assert record.sections == (Section(heading="Sammanfattning", text="Vi lär."),)
    assert record.summary == "Vi lär."


@pytest.mark.parametrize(
    ("prose", "heading"), [("Vi lär av andra.", None), ("ESFRÅDET stöder.", None)]
)
def test_prose_on_a_running_line_may_have_no_heading(prose: str, heading: str | None) -> None:
    assert record_of(running_page(prose)).sections == (Section(heading=heading, text=prose),)


def test_prose_in_the_lines_below_a_running_page_is_its_own_too() -> None:
    record = record_of(running_page("Vi lär.") + "\n\nSyfte\n\nJobb.\n")

    assert [section.text for section in record.sections] == ["Vi lär.", "Jobb."]


def test_a_running_page_may_end_with_its_labels() -> None:
    assert record_of(running_page()).sections == ()


# --- practice -----------------------------------------------------------------------------


def test_a_practice_page_has_title_date_and_prose() -> None:
    record = record_of(PRACTICE)

    assert (record.kind, record.title, record.published) == (
        "practice",
        "Odla jobb i Boden",
        date(2019, 10, 11),
    )
    assert record.summary == "En trädgård lär upp nya svenskar."
    assert [section.heading for section in record.sections] == [None, "Målgrupp", "Beskrivning"]
    assert record.claimed_share == 1.0


def test_a_practice_page_without_a_date_has_its_prose_below_the_title() -> None:
    record = record_of(PRACTICE.replace("11 okt 2019\n\n", ""))

    assert record.published is None
    assert record.summary == "Nyanlända som resurs\n\nEn trädgård lär upp nya svenskar."


def test_a_practice_title_keeps_a_number_that_it_begins_with() -> None:
    record = record_of(PRACTICE.replace("Odla jobb", "2016/00999 - Odla jobb"))

    assert (record.title, record.project_number) == ("2016/00999 - Odla jobb i Boden", None)


def test_a_practice_page_that_only_site_and_date_tell_is_unsure() -> None:
    record = record_of(PRACTICE.split("Målgrupp", maxsplit=1)[0])

    assert problems_with(record, "kind") == [Problem.KIND_UNSURE]


def test_lines_above_a_practice_page_that_are_no_furniture_are_unclaimed() -> None:
    parsed = parsed_of("Vad hände sedan\nStäng\n" + PRACTICE)

    assert parsed.record.claimed_share is not None
    assert parsed.record.claimed_share < 1


# --- the whole ----------------------------------------------------------------------------


def test_every_value_is_proved_by_its_characters() -> None:
    text = "\n\n" + glued_page("Sammanfattning\n\nVi lär.\n\nKommun\n\n • Mora\n")
    record = record_of(text)

    assert len(record.provenance) > 10
    for place in record.provenance:
        assert text[place.start : place.end] == place.raw
        assert text.count("\n", 0, place.start) == place.line - 1


def test_a_labelled_line_that_its_layout_does_not_know_is_unclaimed() -> None:
    record = record_of(colon_page().replace("Region:", "Plats:\nByn\nRegion:"))

    assert record.layout == "esf-2014-colon"
    assert [one.message for one in record.findings] == ["“Plats: Byn” was not understood"]


def test_an_unknown_label_is_told() -> None:
    page = colon_page().replace("Region:", "Skostorlek:\n42\nRegion:")
    record = record_of(page)

    assert [one.code for one in record.findings] == [
        Problem.LABEL_UNKNOWN,
        Problem.LINE_UNCLAIMED,
    ]
    assert record.claimed_share == pytest.approx(1 - 13 / len("".join(page.split())), abs=1e-4)


def test_lines_above_the_title_are_unclaimed_unless_they_are_furniture() -> None:
    record = record_of("Stäng\n\nNågot annat\n\nNya vägar\n" + colon_page(title=None))

    assert [one.message for one in record.findings] == ["“Något annat” was not understood"]


def test_no_more_than_twenty_unclaimed_lines_are_named() -> None:
    above = "".join(f"Rad {number}\n\n" for number in range(30))
    record = record_of(above + "Nya vägar\n\n" + colon_page(title=None))

    assert problems_with(record, None) == [Problem.LINE_UNCLAIMED] * 20


def test_no_more_than_a_hundred_findings_are_kept_and_the_rest_counted() -> None:
    met = tuple(
        make_finding(Problem.INVALID_BYTES, None, "x") for _ in range(MOST_FINDINGS + 2)
    )
    [parsed] = parse_document(Document(colon_page(), findings=met)).parsed
    [*kept, last] = parsed.record.findings

    assert len(kept) == MOST_FINDINGS
    assert (last.code, last.severity) == (Problem.FINDINGS_CUT, Severity.NOTE)
    assert last.message == "2 more findings are not kept"


def test_findings_of_the_bytes_come_first() -> None:
    met = make_finding(Problem.DECODED_AS_LEGACY, None, "x")
    [parsed] = parse_document(Document(colon_page(total_budget="kr"), findings=(met,))).parsed

    assert [one.code for one in parsed.record.findings] == [
        Problem.DECODED_AS_LEGACY,
        Problem.DIGITS_LOST,
    ]


def test_a_record_says_where_its_document_came_from() -> None:
    origin = Origin("a.zip", "b.txt", 7, "https://exempel.se/1", "ab", "cp1252")
    [parsed] = parse_document(Document(colon_page(), origin)).parsed
    record = parsed.record

    assert (record.source_path, record.source_member, record.source_line) == (
        "a.zip",
        "b.txt",
        7,
    )
    assert (record.source_url, record.source_sha256, record.source_encoding) == (
        "https://exempel.se/1",
        "ab",
        "cp1252",
    )


def test_domain_rules_are_asked_of_projects_and_calls_and_not_of_practice() -> None:
    budget = "Budget: 12 kr"
    practice = f"Kök\n\nAktör: ABF\nPlats: Boden\nFinansiering: ESF\n{budget}\n"

    assert problems_with(record_of(colon_page(total_budget="12 kr")), "total_budget_sek") == [
        Problem.BUDGET_SIZE_UNUSUAL
    ]
    record = record_of(practice)
    assert (record.kind, record.total_budget_sek, record.programme_period) == (
        "practice",
        12,
        None,
    )
    assert problems_with(record, "total_budget_sek") == []


def test_the_dates_between_which_one_applies_are_no_period_of_a_project() -> None:
    years = {"period_start": "2016-01-01", "period_end": "2022-12-31"}
    record = record_of(call_page(**years))

    assert (record.kind, record.period_end) == ("call", date(2022, 12, 31))
    assert problems_with(record, "period_end") == []


@pytest.mark.parametrize(
    ("page", "period", "basis"),
    [
        (colon_page(), "2014-2020", "number"),
        (glued_page(), "2007-2013", "layout"),
        (plus_page(), "2021-2027", "cci"),
        (plus_page(programme_cci=None, project_number=None), "2021-2027", "layout"),
        (call_page(), "2014-2020", "number"),
    ],
)
def test_the_programme_period_says_what_told_it(page: str, period: str, basis: str) -> None:
    record = record_of(page)

    assert (record.programme_period, record.programme_period_basis) == (period, basis)


def test_derived_columns_stand_beside_the_printed_ones() -> None:
    record = record_of(colon_page())

    assert record.record_id == "esf:2016/00999"
    assert record.esf_share == pytest.approx(2 / 3)
    assert (record.owner, record.owner_name) == ("Umeå kommun, Umeå kommun", "Umeå kommun")


def test_a_tie_of_layouts_is_told() -> None:
    page = glued_page().replace("Projektägare", "Projektägare:\n")
    for label in ("Programområde", "Projektfas", "Kontaktperson", "E-post", "Telefonnummer"):
        page = page.replace(f"\n{label}", f"\n{label}:\n")
    for label in ("Beviljat ESF-stöd", "Total projektbudget", "Projektperiod", "Region"):
        page = page.replace(f"\n{label}", f"\n{label}:\n")
    record = record_of(page)

    assert problems_with(record, "layout") == [Problem.LAYOUT_TIE]
    assert [one.message for one in record.findings if one.field == "layout"] == [
        "the layouts esf-2007-glued and inline-2007 fit equally well"
    ]


def test_what_was_read_can_be_looked_at() -> None:
    parsed = parsed_of("Något annat\n\nNya vägar\n\n" + colon_page("Vi lär.", title=None))

    assert parsed.header is not None
    assert len(parsed.header.found) == 14
    assert parsed.title is not None
    assert parsed.detection is not None
    assert (len(parsed.sections), len(parsed.unclaimed)) == (1, 1)
    assert parsed.place.first == 0


def test_a_page_of_two_records_gives_each_its_own_prose() -> None:
    one = colon_page("Vi lär.", heading="2016/00999 - Nya vägar")
    two = colon_page(
        "Vi bygger.", heading="2016/00998 - Ny bro", project_number="2016/00998", title="Ny bro"
    )

    assert [(each.title, each.summary) for each in records_of(f"{one}\n{two}")] == [
        ("Nya vägar", "Vi lär."),
        ("Ny bro", "Vi bygger."),
    ]
