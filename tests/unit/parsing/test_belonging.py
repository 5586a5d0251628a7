"""Whose page it is, where other authorities print the same labels."""

import pytest

from esfkit.parsing.parse import Reason
from pages import kohesio_page, records_of, rejection_of

WORKS = (
    "Gångväg längs ån\n\nDiarienummer: {}\nProjektägare: Tekniska nämnden\n"
    "Projektperiod: 2019-05-01 - 2019-11-30\nTotal projektbudget: 4 500 000 kr\n"
)
EXAMPLE = "Odla\n\n{}: ABF\nPlats: Boden\nTidsperiod: 2016-01-01 till 2017-01-01\n{}: {}\n"


def test_labels_of_any_authority_alone_are_no_project() -> None:
    rejection = rejection_of(WORKS.format("TN 2019/00123"))

    assert rejection.reason is Reason.NO_SURE_WORD
    assert "other authorities print its labels too" in rejection.message


@pytest.mark.parametrize("number", ["2019/00123", "2009-3050012", "22-006-S01"])
def test_a_number_of_the_fund_s_shapes_makes_them_one(number: str) -> None:
    (record,) = records_of(WORKS.format(number))

    assert record.project_number == number


@pytest.mark.parametrize(
    "line",
    [
        "Stödet kommer från Socialfonden.",
        "Svenska ESF-rådet",
        "EUROPEISKA SOCIALFONDEN",
    ],
)
def test_the_fund_s_name_makes_them_one(line: str) -> None:
    assert len(records_of(f"{WORKS.format('TN 2019/00123')}\n{line}\n")) == 1


@pytest.mark.parametrize(
    "label",
    ["Projektfas: Genomförande", "Planerat antal deltagare: 12", "Specifikt mål: 2.1"],
)
def test_a_label_that_no_others_print_makes_them_one(label: str) -> None:
    assert len(records_of(f"{WORKS.format('TN 2019/00123')}{label}\n")) == 1


@pytest.mark.parametrize(
    "payer",
    [
        "Fond: Europeiska regionala utvecklingsfonden (ERUF)",
        "Programme: Interreg Sverige–Norge",
        "Programme: Erasmus+",
    ],
)
def test_a_project_of_another_fund_or_programme_is_none(payer: str) -> None:
    page = WORKS.format("2019/00123") + f"Programområde: 1\n{payer}\n"

    assert rejection_of(page).reason is Reason.NO_SURE_WORD


def test_kohesio_has_the_projects_of_all_funds() -> None:
    (record,) = records_of(kohesio_page(fund="European Regional Development Fund (ERDF)"))

    assert record.fund == "ERDF"


@pytest.mark.parametrize(
    ("actor", "payer", "words"),
    [
        ("Aktör", "Finansiering", "Länsstyrelsen"),
        ("Utförare", "Finansiering", "Asyl-, migrations- och integrationsfonden (AMIF)"),
        ("Utförare", "EU-finansiering", "2 000 000 kr"),
    ],
)
def test_an_example_names_its_actor_or_a_fund(actor: str, payer: str, words: str) -> None:
    (record,) = records_of(EXAMPLE.format(actor, payer, words))

    assert record.kind == "practice"


def test_anybody_s_plans_are_no_example() -> None:
    rejection = rejection_of(EXAMPLE.format("Utförare", "Finansiering", "Trafikverket"))

    assert rejection.reason is Reason.NO_SURE_WORD
    assert rejection.message.startswith("county-examples: names no fund")


def test_an_example_may_print_how_many_took_part() -> None:
    (record,) = records_of(EXAMPLE.format("Aktör", "Antal deltagare", "120"))

    assert (record.kind, record.planned_participants) == ("practice", 120)
