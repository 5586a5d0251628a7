"""Labels that name one project or call, and those of programmes, regions, years and lists."""

import pytest

from esfkit.parsing.identity import can_name, is_damaged
from esfkit.parsing.parse import Reason
from pages import call_page, colon_page, glued_page, kohesio_page, records_of, rejection_of

FIGURES = "Beviljat ESF-stöd: 345 678 000 kr\nTotal projektbudget: 600 000 000 kr\n"
PLACE = "Antal deltagare: 34 000\nRegion: Stockholm\n"
LISTED = (
    "Projektägare: {}\nBeviljat ESF-stöd: 12 mkr\n"
    "Projektperiod: 2018-2020\nRegion: Sydsverige\n"
)
PROGRAMME = (
    "Om ESF-programmet\n\nFond: Europeiska socialfonden\nProgramperiod: 2014-2020\n"
    "Program CCI: 2014SE05M9OP001\nLand som berörs: Sverige\nBudget: 12,5 miljarder\n"
    "Unionens medfinansieringsgrad: 50%\n"
)
OF_KOHESIO = (
    "National ESF programme Sweden\n\nProgramming period: 2014-2020\n"
    "Fund: European Social Fund (ESF)\nTotal budget: 1 300 000 000,00 €\n"
    "EU contribution: 770 000 000,00 €\n"
)


@pytest.mark.parametrize(
    "facts",
    [
        f"Programområde 1 i siffror\n\n{FIGURES}{PLACE}",
        f"Socialfonden 2007–2013\n\nProjektperiod: 2007-2013\n{FIGURES}{PLACE}",
        PROGRAMME,
        OF_KOHESIO,
    ],
    ids=["area", "years", "programme", "kohesio"],
)
def test_facts_about_a_programme_name_no_project(facts: str) -> None:
    assert rejection_of(facts).reason is Reason.NO_IDENTITY


@pytest.mark.parametrize(
    "name",
    [
        "Projektägare: Umeå kommun",
        "Projektägare: ",
        "Projektägare: 2120002627",
        "Projektnummer: 2016/00999",
        "Projektnummer: 2O16/OO999",
        "Projektnummer: /",
        "Namn: Nya vägar",
        "Projektfas: Genomförande",
        "Projektperiod: 1 januari 2016 - 31 december 2018",
        "Startdatum: 2016-01-01",
    ],
)
def test_one_label_that_names_the_project_is_enough(name: str) -> None:
    assert len(records_of(f"Nya vägar\n\n{name}\n{FIGURES}{PLACE}")) == 1


def test_a_heading_with_a_number_names_the_project_too() -> None:
    (record,) = records_of(f"2016/00999 - Nya vägar\n\n{FIGURES}{PLACE}")

    assert (record.project_number, record.title) == ("2016/00999", "Nya vägar")


def test_the_number_of_a_page_names_nobody() -> None:
    contents = (
        "Handbok för ESF-projekt\n\nProjektägare 4\nProjektperiod 7\nTotal projektbudget 1200\n"
        "Beviljat ESF-stöd 1300\nPlanerat antal deltagare 15\nRegion 18\n"
    )

    assert rejection_of(contents).reason is Reason.NO_IDENTITY


def test_a_call_needs_its_number_or_its_amount() -> None:
    assert len(records_of(call_page(call_amount=None))) == 1
    assert len(records_of(call_page(call_number=""))) == 1
    nameless = call_page(call_number="Aktuella", call_amount="")

    assert rejection_of(nameless).reason is Reason.NO_IDENTITY


@pytest.mark.parametrize(
    ("words", "possible"),
    [("Umeå", True), ("3M", True), ("4", False), ("15-16", False), ("212000-2627", True)],
)
def test_a_name_has_letters_or_is_an_organisation_number(words: str, possible: bool) -> None:  # noqa: FBT001 - a case of the table
    assert can_name(words) is possible


@pytest.mark.parametrize(
    ("words", "damaged"),
    [
        ("2O16/OO999", True),
        ("????/?????", True),
        ("xx xxx xxx kr", True),
        ("17", False),
        ("Aktuella", False),
        ("Af-2019/0012 3456", False),
    ],
)
def test_digits_blotted_out_are_a_damaged_number(words: str, damaged: bool) -> None:  # noqa: FBT001 - a case of the table
    assert is_damaged(words) is damaged


# --- lists --------------------------------------------------------------------------------


def block(name: str, owner: str) -> str:
    return f"{name}\n{LISTED.format(owner)}\n"


def test_short_projects_without_numbers_below_one_heading_are_a_list() -> None:
    news = f"Två projekt får stöd\n\n{block('Stigen', 'Boden')}{block('Ungt mod', 'Piteå')}"

    assert rejection_of(news).reason is Reason.LISTED


def test_a_list_is_one_even_where_only_its_last_project_has_enough_labels() -> None:
    three = LISTED.replace("Region: Sydsverige\n", "")
    news = "".join(f"{name}\n{three.format(name)}\n" for name in ("Stigen", "Modet"))

    assert (
        rejection_of(f"Nyheter\n\n{news}Kontakt\nE-post: ida@exempel.se\n").reason
        is Reason.LISTED
    )


def test_two_short_records_without_a_common_heading_are_two() -> None:
    assert len(records_of(block("Stigen", "Boden") + block("Ungt mod", "Piteå"))) == 2


def test_listed_projects_with_numbers_are_records() -> None:
    numbered = "Stigen\nProjektnummer: 2018/0000{}\nNamn: Stigen\n" + LISTED.format("Boden")
    page = "Bilaga: projekten\n\n" + "\n".join(numbered.format(digit) for digit in (1, 2))

    assert [record.project_number for record in records_of(page)] == [
        "2018/00001",
        "2018/00002",
    ]


def test_whole_records_below_one_heading_are_records() -> None:
    page = f"Projekt 2009\n\n{glued_page()}\n{glued_page(heading='Nästa väg')}"

    assert len(records_of(page)) == 2


def test_two_projects_of_kohesio_in_one_file_are_two() -> None:
    assert len(records_of(f"{kohesio_page()}\n{kohesio_page(heading='Blue port')}")) == 2


def test_number_owner_and_name_suffice_without_money_and_period() -> None:
    page = colon_page(
        planned_participants=None,
        period=None,
        total_budget=None,
        esf_support=None,
        specific_objective=None,
        union_cofinancing_rate=None,
        intervention_code=None,
    )

    (record,) = records_of(page)

    assert (record.project_number, record.owner, record.title) == (
        "2016/00999",
        "Umeå kommun, Umeå kommun",
        "Nya vägar",
    )
