"""The ten traps that real pages hold, and the rules of null and empty values.

Each is told in ``layouts.md``: what the page prints, and what must not be made of it.
"""

from datetime import date

import pytest

from esfkit.model.finding import Problem
from esfkit.model.record import Section
from pages import (
    PRACTICE,
    Build,
    call_page,
    colon_page,
    glued_page,
    kohesio_page,
    lines_page,
    plus_page,
    problems_with,
    proof_of,
    record_of,
    records_of,
    rejection_of,
    running_page,
)

PROSE = "Deltagarna bygger båtar och lär av varandra."


# --- 1: the page prints the objective where the budget should stand ---------------------


@pytest.mark.parametrize("printed", ["1.1", "2.3", "1.1 kr"])
def test_an_objective_in_a_money_field_is_no_amount_and_is_told(printed: str) -> None:
    record = record_of(colon_page(total_budget=printed))

    assert (record.total_budget_sek, record.esf_share) == (None, None)
    assert problems_with(record, "total_budget_sek") == [Problem.AMOUNT_IS_OBJECTIVE]


# --- 2: titles --------------------------------------------------------------------------


@pytest.mark.parametrize(
    "title",
    [
        "Klusterutvärdering 2016/00739",
        "Utvärdering av 2016/00739 och 2016/00740",
        "Trappan - steg 2: nya vägar #framåt",
        "Jobb 2020 2.0",
        "”Mat för två” – kök som klassrum",
        "Genomförande Kompetensförsörjning Öland",
        "Kompetens.NU 1-3 - Genomförande",
        "Region 10",
        "Budget",
        "2020 - året då allt hände",
    ],
)
@pytest.mark.parametrize("place", ["label", "heading"])
def test_a_title_is_kept_whole_whatever_it_holds(
    title: str,
    place: str,
) -> None:
    heading = f"2016/00999 - {title}"
    record = record_of(colon_page(heading=heading, title=title if place == "label" else None))

    assert (record.title, record.project_number) == (title, "2016/00999")


def test_a_number_within_a_title_above_is_not_the_project_s_own() -> None:
    record = record_of(
        colon_page(heading="Klusterutvärdering 2016/00739", title=None, project_number=None)
    )

    assert (record.title, record.project_number) == ("Klusterutvärdering 2016/00739", None)


# --- 3: owners --------------------------------------------------------------------------


def test_an_owner_glued_to_a_null_word_is_no_owner() -> None:
    record = record_of(glued_page(owner="saknas"))

    assert (record.owner, record.owner_name) == (None, None)
    assert problems_with(record, "owner") == [Problem.NULL_WORD]


@pytest.mark.parametrize(
    ("owner", "name", "unit"),
    [
        ("Mora kommun, Mora kommun", "Mora kommun", None),
        ("Mora kommun, Kultur, Kultur", "Mora kommun", "Kultur"),
        ("Socialförvaltningen", "Socialförvaltningen", None),
        ("MORA KOMMUN", "MORA KOMMUN", None),
        ("Ungdomsstyrelsen,ENKU", "Ungdomsstyrelsen", "ENKU"),
        ("Stiftelsen för ett öppnare arbetsl", "Stiftelsen för ett öppnare arbetsl", None),
        ("212000-1355", None, None),
    ],
)
@pytest.mark.parametrize("page", [glued_page, colon_page], ids=["glued", "colon"])
def test_an_owner_is_kept_as_printed_and_its_parts_derived(
    page: Build, owner: str, name: str | None, unit: str | None
) -> None:
    record = record_of(page(owner=owner))

    assert (record.owner, record.owner_name, record.owner_unit) == (owner, name, unit)


def test_an_owner_in_lower_case_glued_to_its_label_is_an_owner() -> None:
    assert record_of(glued_page(owner="mora kommun")).owner == "mora kommun"


# --- 4: values that begin with a label's word, and empty values -------------------------


@pytest.mark.parametrize("page", [glued_page, colon_page, lines_page, running_page, plus_page])
@pytest.mark.parametrize(
    "owner", ["Region Göteborg", "Region Västmanland, Regionala utvecklingsförvaltningen"]
)
def test_an_owner_that_begins_with_region_is_no_region(page: Build, owner: str) -> None:
    usual = record_of(page())
    record = record_of(page(owner=owner))

    assert (record.owner, record.region) == (owner, usual.region)


@pytest.mark.parametrize("page", [colon_page, lines_page, glued_page])
@pytest.mark.parametrize("field", ["owner", "region", "period", "total_budget", "email"])
def test_an_empty_value_before_another_label_is_null_and_told(page: Build, field: str) -> None:
    usual = record_of(page())
    record = record_of(page(**{field: ""}))

    columns = {"period": "period_start", "total_budget": "total_budget_sek"}
    column = columns.get(field, field)
    assert getattr(usual, column) is not None
    assert getattr(record, column) is None
    assert problems_with(record, column) == [Problem.VALUE_MISSING]


@pytest.mark.parametrize("page", [glued_page, running_page])
def test_an_empty_last_label_takes_nothing_from_the_prose(page: Build) -> None:
    record = record_of(page(f"Sammanfattning {PROSE}", region=""))

    assert (record.region, record.region_code) == (None, None)


@pytest.mark.parametrize("gap", ["\n\n", "\n"], ids=["blank line", "no blank line"])
def test_prose_below_an_empty_last_label_stays_prose(gap: str) -> None:
    header = colon_page(intervention_code="", title="Nya vägar").rstrip("\n")
    record = record_of(f"{header}{gap}{PROSE}\n")

    assert record.intervention_code is None
    assert record.summary == PROSE


def test_prose_below_an_empty_last_label_of_free_words_stays_prose() -> None:
    header = colon_page().rstrip("\n") + "\nStödmottagarens address:\n"
    record = record_of(f"{header}\n{PROSE}\n")

    assert (record.postal_address, record.summary) == (None, PROSE)


# --- 5: prose that imitates labels ------------------------------------------------------


@pytest.mark.parametrize(
    "prose",
    [
        "FÖRVÄNTADE EFFEKTER:\nRegion: här avses det område som en buss når.",
        "Bakgrund\nA.\n\nBakgrund\nB.\n\nBakgrund\nC.",
        "Budgeten för loven var 12 miljoner kronor.",
        "Kontaktperson:\nEn kontaktperson utses för var och en.",
        "Total projektbudget för grannens satsning var 9 900 000 kr.",
        "Planerat antal deltagare i den öppna verksamheten är 200.",
        "Utlysning\n\nLäs hela texten. Slutdatum meddelas senare.",
    ],
)
@pytest.mark.parametrize("page", [colon_page, glued_page, lines_page, plus_page])
def test_prose_that_imitates_labels_stays_prose(page: Build, prose: str) -> None:
    [usual, record] = [*records_of(page("Vi lär.")), *records_of(page(f"Vi lär.\n\n{prose}"))]
    of_the_page = {"sections", "summary", "provenance", "findings", "claimed_share"}

    assert record.model_dump(exclude=of_the_page) == usual.model_dump(exclude=of_the_page)
    assert record.findings == usual.findings


def test_a_heading_that_stands_three_times_is_three_sections() -> None:
    record = record_of(colon_page("Bakgrund\nA.\n\nBakgrund\nB.\n\nBakgrund\nC."))

    assert record.sections == tuple(
        Section(heading="Bakgrund", text=text) for text in ("A.", "B.", "C.")
    )


# --- 6: numbers in prose ----------------------------------------------------------------


@pytest.mark.parametrize(
    "prose",
    [
        "Ett annat projekt, 2014/00521, fick 4 653 000 kr.",
        "Målgruppen är unga, 15-24 år.",
        "Se SFS 2017:5.",
        "1998 70% 38% 96%",
        "Vi möter 120individer och 450 deltagare.",
        "I kommunen är 11000 utan arbete, varav 310 kvinnor.",
    ],
)
def test_numbers_in_prose_are_nobody_s_values(prose: str) -> None:
    empty = colon_page(
        prose, project_number=None, planned_participants=None, total_budget=None, period=None
    )
    record = record_of(empty)

    assert record.project_number is None
    assert record.planned_participants is None
    assert record.total_budget_sek is None
    assert record.period_start is None
    assert record.participant_targets == ()


# --- 7: one project in two layouts ------------------------------------------------------


def test_two_pages_of_one_project_that_contradict_each_other_are_both_kept() -> None:
    one = colon_page(planned_participants="500", programme_area="5", specific_objective="5.1")
    other = colon_page(planned_participants="450", programme_area="7", specific_objective="7.2")
    first, second = record_of(one), record_of(other)

    assert first.record_id == second.record_id == "esf:2016/00999"
    assert (first.planned_participants, second.planned_participants) == (500, 450)
    assert (first.specific_objective, second.specific_objective) == ("5.1", "7.2")


# --- 8: the rate is not the share -------------------------------------------------------


@pytest.mark.parametrize(
    ("support", "share"), [("470 000", 0.47), ("750 000", 0.75), ("1 000 000", 1.0)]
)
def test_a_rate_that_differs_from_the_share_is_normal(support: str, share: float) -> None:
    record = record_of(colon_page(total_budget="1 000 000", esf_support=support))

    assert (record.union_cofinancing_rate, record.esf_share) == (0.5, share)
    assert record.findings == ()


def test_neither_rate_nor_support_is_derived_from_the_other() -> None:
    record = record_of(colon_page(esf_support=None))
    assert (record.union_cofinancing_rate, record.esf_support_sek, record.esf_share) == (
        0.5,
        None,
        None,
    )

    record = record_of(colon_page(union_cofinancing_rate=""))
    assert record.union_cofinancing_rate is None
    assert record.esf_share == pytest.approx(2 / 3)


# --- 9: what copies ate -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("field", "left", "column"),
    [
        ("total_budget", "kr", "total_budget_sek"),
        ("esf_support", "kr", "esf_support_sek"),
        ("period", "-- till --", "period_start"),
        ("period", "2010/ /06", "period_start"),
        ("union_cofinancing_rate", "%", "union_cofinancing_rate"),
    ],
)
def test_what_a_copy_left_of_a_figure_is_no_value(field: str, left: str, column: str) -> None:
    record = record_of(colon_page(**{field: left}))

    assert getattr(record, column) is None
    assert problems_with(record, column) == [Problem.DIGITS_LOST]


def test_a_page_that_lost_all_its_digits_takes_no_value_from_elsewhere() -> None:
    page = glued_page(
        "Sammanfattning\n\nFör 12 miljoner kr 2009-01-01 till 2010-01-01.",
        esf_support="kr",
        total_budget="kr",
        period="-- till --",
        phone="-",
        programme_area="Programområde Kompetensförsörjning",
    )
    record = record_of(page)

    figures = ("esf_support_sek", "total_budget_sek", "period_start", "period_end", "phone")
    assert [getattr(record, name) for name in figures] == [None] * 5
    assert (record.programme_area, record.owner) == (None, "Mora kommun")


@pytest.mark.parametrize("owner", ["Go?teborgs stad", "GÃ¶teborgs stad", "Mora $left kommun"])
def test_broken_letters_of_a_value_are_kept_as_printed(owner: str) -> None:
    assert record_of(colon_page(owner=owner)).owner == owner


def test_a_literal_n_for_line_breaks_is_prose() -> None:
    prose = "Vi lär.nnSyfte: jobb.n"

    assert record_of(colon_page(prose)).summary == prose


# --- 10: pages that share labels --------------------------------------------------------


def test_a_call_is_no_project_though_it_shares_labels_and_number_series() -> None:
    record = record_of(call_page())

    assert (record.kind, record.call_number, record.project_number) == (
        "call",
        "2018/00777",
        None,
    )
    assert record.call_amount_sek == 60_000_000
    assert record.record_id != "esf:2018/00777"


def test_a_project_that_names_its_call_is_no_call() -> None:
    record = record_of(lines_page())

    assert (record.kind, record.call_number) == ("project", "2015/00088")


def test_news_of_the_practice_site_are_no_practice_page() -> None:
    site, title, *_ = PRACTICE.split("\n\n")

    assert rejection_of(f"{site}\n\n{title}\n11 okt 2019\n\n{PROSE}\n").reason == "no_labels"
    assert record_of(PRACTICE).kind == "practice"


# --- null and empty values --------------------------------------------------------------


@pytest.mark.parametrize("word", ["saknas", "XX", "-", "UPPGIFT SAKNAS"])
@pytest.mark.parametrize(
    "field", ["owner", "title", "region", "period", "total_budget", "email"]
)
def test_a_null_word_is_null_and_told(field: str, word: str) -> None:
    record = record_of(colon_page(**{field: word}))

    columns = {"period": "period_start", "total_budget": "total_budget_sek"}
    column = columns.get(field, field)
    assert getattr(record, column) is None
    assert Problem.NULL_WORD in problems_with(record, column)


def test_zero_participants_are_real() -> None:
    record = record_of(plus_page(planned_participants="0"))

    assert record.planned_participants == 0
    assert problems_with(record, "planned_participants") == []


@pytest.mark.parametrize("printed", ["0", "0 kr"])
def test_zero_kronor_are_printed_and_told(printed: str) -> None:
    record = record_of(colon_page(esf_support=printed))

    assert (record.esf_support_sek, record.esf_share) == (0, 0.0)
    assert problems_with(record, "esf_support_sek") == [Problem.AMOUNT_ZERO]


def test_a_label_that_is_not_printed_is_null_without_a_finding() -> None:
    record = record_of(colon_page(region=None, planned_participants=None))

    assert (record.region, record.planned_participants, record.findings) == (None, None, ())


@pytest.mark.parametrize("printed", ["2016 – pågående", "2023 – 2025", "februari-oktober 2021"])
def test_a_date_that_names_no_day_is_no_day(printed: str) -> None:
    record = record_of(colon_page(period=printed))

    assert (record.period_start, record.period_end) == (None, None)
    assert Problem.DATE_IMPRECISE in problems_with(record, "period_start")


def test_euro_are_never_made_kronor() -> None:
    record = record_of(kohesio_page())

    assert (record.total_budget_sek, record.esf_support_sek) == (None, None)
    assert str(record.total_budget_eur) == "2410923.15"


def test_the_rate_in_brackets_behind_a_support_is_no_share() -> None:
    assert record_of(kohesio_page()).esf_share == pytest.approx(0.5, abs=1e-4)


def test_the_nation_is_no_nuts_region() -> None:
    record = record_of(plus_page(region="ESF Nationellt", nuts_code="SE0"))

    assert (record.region, record.region_code, record.findings) == ("Nationellt", "SE", ())


def test_each_date_has_its_own_proof() -> None:
    record = record_of(glued_page())

    assert (record.period_start, record.period_end) == (date(2009, 4, 1), date(2010, 12, 31))
    assert proof_of(record, "period_end").raw == "2010-12-31"
