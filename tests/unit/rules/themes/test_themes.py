"""What the two examples of a rule do not show."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest

from esfkit.model.finding import Problem
from esfkit.rules.catalogue import check_record, check_together


def found_in(**record: Any) -> dict[Problem, str]:  # noqa: ANN401 - whatever a record holds
    return {each.code: each.message for each in check_record({"kind": "project", **record})}


def prose(text: str) -> tuple[Mapping[str, str | None], ...]:
    return ({"heading": None, "text": text},)


# --- shares and money -------------------------------------------------------------------


@pytest.mark.parametrize(
    "record",
    [
        {"programme_period": "2021-2027", "programme_area": "C", "layout": "esf-plus"},
        {"programme_period": "2014-2020", "programme_area": "1", "layout": "kohesio"},
    ],
)
def test_shares_of_other_areas_and_of_kohesio_are_not_known(record: Mapping[str, str]) -> None:
    amounts = {"total_budget_sek": 10_000_000, "esf_support_sek": 8_500_000}

    assert Problem.SUPPORT_SHARE_UNEXPECTED not in found_in(**record, **amounts)


def test_area_a_has_shares_of_its_own() -> None:
    record = {"programme_period": "2021-2027", "programme_area": "A"}

    usual = found_in(**record, total_budget_sek=1_000_000, esf_support_sek=540_000)
    odd = found_in(**record, total_budget_sek=1_000_000, esf_support_sek=470_000)

    assert Problem.SUPPORT_SHARE_UNEXPECTED not in usual
    assert "47.0 %" in odd[Problem.SUPPORT_SHARE_UNEXPECTED]


def test_a_budget_in_euro_is_told_from_one_in_thousands() -> None:
    records = [
        {"project_number": "2016/00130", "total_budget_sek": amount}
        for amount in (5_000_000, 500_000, 5_000)
    ]

    told = {row: each.message for row, each in check_together(records)}

    assert told[1].endswith("to be in euro")
    assert told[2].endswith("to be in thousands")


# --- numbers and programmes -------------------------------------------------------------


def test_a_number_of_no_known_shape_tells_no_year() -> None:
    record = {"project_number": "A-17", "period_start": date(1999, 1, 1)}

    assert not {Problem.START_BEFORE_NUMBER, Problem.START_LONG_AFTER_NUMBER} & set(
        found_in(**record)
    )


def test_the_number_of_the_call_is_none_of_the_project() -> None:
    found = found_in(project_number="2015/00201", call_number="2015/00201")

    assert found[Problem.NUMBER_OF_CALL] == "2015/00201 is also the number of the call"


def test_areas_without_a_known_theme_are_let_pass() -> None:
    record = {
        "programme_period": "2014-2020",
        "programme_area": "5",
        "intervention_code": "117",
    }

    assert Problem.INTERVENTION_UNLIKELY not in found_in(**record)


# --- places, owners, contacts -----------------------------------------------------------


def test_a_town_that_is_no_municipality_is_not_placed() -> None:
    record = {"postal_town": "Bortomberga", "postal_code": "35112"}

    assert Problem.POSTAL_TOWN_ELSEWHERE not in found_in(**record)


@pytest.mark.parametrize(("code", "told"), [("28110", True), ("56510", False)])
def test_digits_that_two_regions_share_tell_by_the_third_or_not_at_all(
    code: str, *, told: bool
) -> None:
    found = found_in(postal_code=code, region_code="SE33")

    assert (Problem.OWNER_OFFICE_ELSEWHERE in found) == told


def test_small_letters_are_told() -> None:
    found = found_in(owner="växjö kommun")

    assert found[Problem.OWNER_LETTER_CASE].endswith("is printed in small letters")


@pytest.mark.parametrize("phone", ["+358 9 12", "00358912", "växeln"])
def test_foreign_numbers_and_words_are_not_counted(phone: str) -> None:
    assert Problem.PHONE_UNUSUAL not in found_in(phone=phone)


def test_an_owner_that_is_no_municipality_may_have_any_address() -> None:
    found = found_in(email="berit.pahittad@umea.se", owner="Påhittade Kooperatörer")

    assert Problem.EMAIL_OF_OTHER_MUNICIPALITY not in found


# --- prose ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "Redan i det tidigare projektet fanns 900 deltagare.",
        "I Sverige har 12 000 deltagare fått stöd.",
        "Varje grupp har 12 deltagare.",
        "Vi når 15-280 deltagare.",
        "Vi räknar med 210 deltagare.",
    ],
)
def test_participants_of_others_and_parts_of_the_number_are_no_contradiction(text: str) -> None:
    found = found_in(planned_participants=200, sections=prose(text))

    assert Problem.PROSE_PARTICIPANTS_DIFFER not in found


def test_both_figures_are_quoted() -> None:
    text = "Så här tänker vi.\nSammanlagt 1 280 deltagare ska delta. Sedan är det slut."

    found = found_in(planned_participants=200, sections=prose(text))

    assert found[Problem.PROSE_PARTICIPANTS_DIFFER] == (
        "the label says 200 participants, the prose “Sammanlagt 1 280 deltagare ska delta.”"
    )


@pytest.mark.parametrize(
    "text",
    [
        "Projektets budget är 2,4 miljoner kronor.",  # what is called the budget is the support
        "Budgeten för föreningens egen verksamhet var 37,4 miljoner kronor.",
        "Projektbudgeten är 2.345 miljoner kronor.",
        "Projektbudgeten är 0 kr.",
    ],
)
def test_amounts_of_others_and_unsure_ones_are_no_contradiction(text: str) -> None:
    found = found_in(
        total_budget_sek=5_044_038, esf_support_sek=2_369_104, sections=prose(text)
    )

    assert Problem.PROSE_BUDGET_DIFFERS not in found


def test_days_that_do_not_exist_contradict_nothing() -> None:
    found = found_in(
        period_start=date(2016, 9, 1),
        period_end=date(2019, 2, 28),
        sections=prose("Projektet pågår 2016-02-30 till 2019-02-28."),
    )

    assert Problem.PROSE_PERIOD_DIFFERS not in found


def test_many_other_numbers_are_told_shortly() -> None:
    numbers = ", ".join(f"2015/0041{last}" for last in range(5))

    found = found_in(sections=prose(f"Se {numbers} och 2015/00410."))

    assert found[Problem.PROSE_NAMES_OTHER_NUMBER].endswith("2015/00412 and 2 more")


def test_a_paragraph_is_no_title() -> None:
    found = found_in(title="Vägen in " * 40)

    assert "has 360 characters" in found[Problem.TITLE_UNUSUAL]


# --- sources ----------------------------------------------------------------------------


@pytest.mark.parametrize("end", ["deltagare och", "i samverkan med", "män,", "kommun –"])
def test_an_end_in_the_middle_of_a_sentence_is_told(end: str) -> None:
    found = found_in(sections=prose(f"{'Vi möter den som saknar arbete. ' * 9}För {end}"))

    assert found[Problem.PAGE_CUT].endswith(f"{end}”")


def test_an_end_of_a_short_text_is_not_looked_at() -> None:
    assert Problem.PAGE_CUT not in found_in(sections=prose("Läs mer om"))


def test_line_breaks_spelled_out_are_told() -> None:
    found = found_in(sections=prose(r"Det var syftet.\nMetoden är ny.\r\nDen prövas nu."))

    assert found[Problem.LINE_BREAKS_LOST].startswith("2 line breaks are a letter n")
