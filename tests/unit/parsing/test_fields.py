from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from esfkit.layouts.layout import all_layouts, layout_named
from esfkit.model.record import Record
from esfkit.parsing.draft import Draft
from esfkit.parsing.fields import FIELDS, is_lost, is_readable, take_value
from esfkit.parsing.header import Found
from esfkit.parsing.lines import split_lines
from esfkit.vocabulary.labels import NOT_KEPT, label_table, read_labels


def taken(*pairs: tuple[str, str], layout: str = "esf-2014-colon") -> Draft:
    """The draft after reading each label with its words."""
    text = "".join(f"{label}\n{words}\n" for label, words in pairs)
    draft = Draft(split_lines(text), layout_named(layout))
    at = line = 0
    for label, words in pairs:
        start = at + len(label) + 1
        take_value(
            draft,
            Found(
                label_table().exact[label],
                at,
                at + len(label),
                line + 1,
                start,
                start + len(words),
            ),
        )
        at = start + len(words) + 1
        line += 2
    return draft


def read(label: str, words: str, layout: str = "esf-2014-colon") -> tuple[Any, list[str]]:
    """The columns and the finding codes that one label gives."""
    draft = taken((label, words), layout=layout)
    return draft.values, [finding.code.value for finding in draft.findings]


def test_every_field_of_the_labels_and_layouts_is_read_and_no_other() -> None:
    labelled = {label.field for label in read_labels()}

    assert FIELDS.keys() == labelled | {NOT_KEPT}
    for layout in all_layouts():
        assert {*layout.fields, *layout.rename.values()} <= {*FIELDS, *Record.model_fields}


@pytest.mark.parametrize(
    ("label", "words", "columns"),
    [
        ("Projektnummer", "2016/00999", {"project_number": "2016/00999"}),
        ("Utlysning", "2018/00777", {"call_number": "2018/00777"}),
        ("Namn", "Nya  vägar", {"title": "Nya vägar"}),
        ("Projektägare", "Umeå kommun", {"owner": "Umeå kommun"}),
        ("Organisationsnummer", "556036-0793", {"owner_org_number": "5560360793"}),
        ("Planerat antal deltagare", "0", {"planned_participants": 0}),
        ("Varav kvinnor", "7", {"planned_women": 7}),
        ("Varav män", "5", {"planned_men": 5}),
        ("Startdatum", "2016-09-01", {"period_start": date(2016, 9, 1)}),
        ("Slutdatum", "2019-02-28", {"period_end": date(2019, 2, 28)}),
        ("Total projektbudget", "1 200 000 kr", {"total_budget_sek": 1_200_000}),
        ("Total projektbudget", "0", {"total_budget_sek": 0}),
        ("Total projektbudget (kr)", "1 200 000", {"total_budget_sek": 1_200_000}),
        ("Total projektbudget", "2 000 kr (inkl. moms)", {"total_budget_sek": 2_000}),
        ("Beviljat ESF-stöd i kronor", "700 000", {"esf_support_sek": 700_000}),
        ("Utlyst belopp, kr", "60 000 000", {"call_amount_sek": 60_000_000}),
        ("Varav ESF-stöd", "700 000 kr", {"esf_support_sek": 700_000}),
        ("Projekttitel", "Nya vägar", {"title": "Nya vägar"}),
        ("Planerat antal deltagare", "240 (120/120)", {"planned_participants": 240}),
        ("Beviljat ESF-stöd", "2,9 mnkr", {"esf_support_sek": 2_900_000}),
        ("Beviljat ESF-stöd", "1,25 €", {"esf_support_eur": Decimal("1.25")}),
        ("Utlyst belopp", "60 000 000 kr", {"call_amount_sek": 60_000_000}),
        ("E-post", "tuva@exempel.se", {"email": "tuva@exempel.se"}),
        ("Telefonnummer", "090-16 10 00", {"phone": "090-16 10 00"}),
        ("Stödmottagare postnr", "901 84", {"postal_code": "90184"}),
        ("Stödmottagarens address", "Box 1", {"postal_address": "Box 1"}),
        ("Stödmottagare ort", "UMEÅ", {"postal_town": "UMEÅ"}),
        ("Stödmottagarens land", "Sverige", {"country": "Sverige"}),
        ("Program CCI", "2021SE05SFPR", {"programme_cci": "2021SE05SFPR"}),
        ("Fond", "Socialfonden", {"fund": "ESF"}),
        ("Specifikt mål", "2.1", {"specific_objective": "2.1"}),
        ("Unionens medfinansieringsgrad", "50%", {"union_cofinancing_rate": 0.5}),
        ("Interventionstyp", "102", {"intervention_code": "102"}),
        ("Projektfas", "GENOMFÖRANDE", {"phase": "Genomförande"}),
        ("Projektfas", "Förprojektering", {"phase": "Förprojektering"}),
        ("Insats av strategisk betydelse", "Nej", {"strategic_importance": False}),
        (
            "Sekundärtema - Motverka barnfattigdom",
            "Ja",
            {"secondary_theme_child_poverty": True},
        ),
        ("Programområde", "2", {"programme_area": "2"}),
        (
            "Programområde",
            "2.1 Öka övergångarna till arbete",
            {"programme_area": "2", "specific_objective": "2.1"},
        ),
        ("Region", "SYDSVERIGE", {"region": "Sydsverige", "region_code": "SE22"}),
        ("Region", "ESF Nationellt", {"region": "Nationellt", "region_code": "SE"}),
        ("NUTS-2 kod", "SE0", {"region_code": "SE"}),
        ("Finansiering", "Europeiska socialfonden (ESF)", {"fund": "ESF"}),
        (
            "Programperiod",
            "2014–2020",
            {"programme_period": "2014-2020", "programme_period_basis": "printed"},
        ),
        ("Utvärderingsrapporter", "• Delrapport", {"evaluation_reports": ("Delrapport",)}),
    ],
)
def test_a_label_s_words_become_columns(
    label: str, words: str, columns: dict[str, object]
) -> None:
    assert read(label, words) == (columns, [])


@pytest.mark.parametrize("label", sorted({label.words for label in read_labels()}))
def test_no_label_makes_a_value_out_of_nothing(label: str) -> None:
    columns, codes = read(label, "")

    assert columns == {}
    assert codes in ([], ["value_missing"])


@pytest.mark.parametrize("words", ["saknas", "XX", "-", "UPPGIFT SAKNAS"])
@pytest.mark.parametrize("label", sorted({label.words for label in read_labels()}))
def test_a_null_word_is_no_value(label: str, words: str) -> None:
    columns, codes = read(label, words)

    assert columns == {}
    assert codes in ([], ["null_word"], ["value_missing"])


@pytest.mark.parametrize(
    ("label", "words", "code"),
    [
        ("Total projektbudget", "1.1", "amount_is_objective"),
        ("Total projektbudget", "kr", "digits_lost"),
        ("Total projektbudget", "2,5", "amount_without_unit"),
        ("Total projektbudget", "9", "amount_without_unit"),
        ("Total projektbudget", "max 5 miljoner kr", "unreadable_value"),
        ("Planerat antal deltagare", "minst 80", "unreadable_value"),
        ("Total projektbudget", "10-12 miljoner kr", "amount_ambiguous"),
        ("Total projektbudget", "5 USD", "currency_unexpected"),
        ("Total projektbudget", "se bilaga", "unreadable_value"),
        ("Utlyst belopp", "5 €", "currency_unexpected"),
        ("Projektperiod", "-- till --", "digits_lost"),
        ("Projektperiod", "2016-02-31 - 2017-01-01", "date_impossible"),
        ("Projektperiod", "ett år", "unreadable_value"),
        ("Startdatum", "oktober 2021", "date_imprecise"),
        ("Startdatum", "2016-13-01", "date_impossible"),
        ("Startdatum", "2010/ /06", "digits_lost"),
        ("Region", "Norrköping", "region_unknown"),
        ("NUTS-2 kod", "SE99", "code_unknown"),
        ("Programområde", "Kompetensförsörjning", "area_code_missing"),
        ("Programområde", "Bygden", "unreadable_value"),
        ("Programperiod", "1999-2005", "code_unknown"),
        ("Specifikt mål", "2", "code_unknown"),
        ("Organisationsnummer", "556036-0794", "organisation_number_invalid"),
        ("Stödmottagare postnr", "12", "postal_code_invalid"),
        ("E-post", "[email protected]", "email_protected"),
        ("Fond", "Kassan", "code_unknown"),
        ("Planerat antal deltagare", "120individer och fler", "unreadable_value"),
        ("Projektnummer", "nästa år", "unreadable_value"),
        ("Projektfas", "Bakgrund", "code_unknown"),
    ],
)
def test_words_that_are_no_value_give_none_and_say_why(
    label: str, words: str, code: str
) -> None:
    assert read(label, words) == ({}, [code])


def test_an_amount_with_ore_is_rounded_and_says_so() -> None:
    assert read("Total projektbudget", "1 234,50 kr") == (
        {"total_budget_sek": 1235},
        ["amount_rounded"],
    )


def test_an_amount_without_currency_has_that_of_its_layout() -> None:
    columns, _ = read("Total budget", "27,859,655.0", layout="kohesio")

    assert columns == {"total_budget_eur": Decimal("27859655.00")}


def test_a_rate_in_brackets_behind_an_amount_does_not_disturb_it() -> None:
    columns, codes = read("EU contribution", "6 059 894,50 € (40%)", layout="kohesio")

    assert (columns, codes) == ({"esf_support_eur": Decimal("6059894.50")}, [])


def test_women_and_men_named_behind_the_participants_have_their_own_characters() -> None:
    draft = taken(("Planerat antal deltagare", "240 (110 kvinnor, 130 män)"))

    assert draft.values == {
        "planned_participants": 240,
        "planned_women": 110,
        "planned_men": 130,
    }
    assert [each["raw"] for each in draft.provenance] == [
        "240 (110 kvinnor, 130 män)",
        "110",
        "130",
    ]
    assert draft.findings == []


def test_a_period_is_read_before_a_remark() -> None:
    columns, codes = read("Projektperiod", "2016-09-01 - 2019-02-28 (förlängt)")

    assert columns == {"period_start": date(2016, 9, 1), "period_end": date(2019, 2, 28)}
    assert codes == []


def test_each_date_of_a_period_has_its_own_characters() -> None:
    draft = taken(("Projektperiod", "1 februari 2023 – 31 januari 2026"))

    assert draft.values == {"period_start": date(2023, 2, 1), "period_end": date(2026, 1, 31)}
    assert [each["raw"] for each in draft.provenance] == ["1 februari 2023", "31 januari 2026"]


@pytest.mark.parametrize(
    ("words", "columns", "codes"),
    [
        ("2016 – pågående", {}, ["date_imprecise", "period_open"]),
        ("2016-01-01 – pågående", {"period_start": date(2016, 1, 1)}, ["period_open"]),
        ("till 2018-12-31", {"period_end": date(2018, 12, 31)}, []),
        ("2023 – 2025", {}, ["date_imprecise", "date_imprecise"]),
        ("februari-oktober 2021", {}, ["date_imprecise", "date_imprecise"]),
        ("saknas", {}, ["null_word"]),
    ],
)
def test_a_period_tells_no_more_than_it_prints(
    words: str, columns: dict[str, date], codes: list[str]
) -> None:
    assert read("Projektperiod", words) == (columns, codes)


def test_the_dates_of_two_labels_that_agree_are_no_conflict() -> None:
    period = ("Projektperiod", "2016-09-01 - 2019-02-28")

    draft = taken(period, ("Startdatum", "2016-09-01"), ("Slutdatum", "2019-02-27"))
    assert [finding.field for finding in draft.findings] == ["period_end"]
    assert draft.values["period_end"] == date(2019, 2, 28)


def test_a_nuts_code_that_agrees_with_the_region_is_no_second_value() -> None:
    draft = taken(("Region", "Sydsverige"), ("NUTS-2 kod", "SE22"))

    assert draft.values["region_code"] == "SE22"
    assert draft.findings == []


def test_a_nuts_code_of_another_region_is_a_conflict() -> None:
    draft = taken(("Region", "Sydsverige"), ("NUTS-2 kod", "SE33"))

    assert draft.values["region_code"] == "SE22"
    assert [finding.code.value for finding in draft.findings] == ["region_code_conflict"]


@pytest.mark.parametrize("words", ["Egna medel", "Kommunen", ""])
def test_a_line_about_other_money_names_no_fund(words: str) -> None:
    assert read("Finansiering", words, layout="county-examples") == ({}, [])


@pytest.mark.parametrize(
    ("words", "columns"),
    [
        ("Tuva Påhittad", {"contact_person": "Tuva Påhittad"}),
        ("Påhittad, Tuva", {"contact_person": "Påhittad, Tuva"}),
        (
            "Tuva Påhittad , tuva@exempel.se",
            {"contact_person": "Tuva Påhittad", "email": "tuva@exempel.se"},
        ),
        (
            "Tuva Påhittad, 090-16 10 00",
            {"contact_person": "Tuva Påhittad", "phone": "090-16 10 00"},
        ),
    ],
)
def test_an_address_or_number_after_the_contact_is_its_own_value(
    words: str, columns: dict[str, str]
) -> None:
    draft = taken(("Kontaktperson", words))

    assert (draft.values, draft.findings) == (columns, [])
    assert {each["field"]: each["raw"] for each in draft.provenance} == columns


def test_evaluation_reports_are_one_to_a_line() -> None:
    columns, _ = read("Utvärderingsrapporter", "• Delrapport\n-\n * Slutrapport; del 1")

    assert columns == {"evaluation_reports": ("Delrapport", "Slutrapport; del 1")}


@pytest.mark.parametrize(
    ("label", "words"),
    [
        ("Status", "Öppen"),
        ("Plats", "Boden"),
        ("Länk", "Odla"),
        ("Land som berörs", "Sverige"),
        ("Total Kostnader", "12 kr"),
        ("Medfinansiärer", "Kommunen"),
    ],
)
def test_some_labels_are_known_and_kept_nowhere(label: str, words: str) -> None:
    assert read(label, words) == ({}, [])


def test_a_layout_may_give_a_field_another_meaning() -> None:
    assert read("Diarienummer", "24-027", layout="esf-call-plus") == (
        {"call_number": "24-027"},
        [],
    )
    assert read("Budget", "38 000 000", layout="esf-call-plus") == (
        {"call_amount_sek": 38_000_000},
        [],
    )
    columns, _ = read("Sista ansökningsdatum", "2024-11-04", layout="esf-call-plus")
    assert columns == {"period_end": date(2024, 11, 4)}


@pytest.mark.parametrize(
    ("field", "words", "readable"),
    [
        ("total_budget", "1 kr", True),
        ("total_budget", "se bilaga", False),
        ("total_budget", "", False),
        ("region", "Sydsverige", True),
        ("region", "Göteborg", False),
        ("programme_period", "2014-2020", True),
        ("owner", "vad som helst", None),
    ],
)
def test_words_are_a_value_or_not_or_any_are(field: str, words: str, readable: object) -> None:
    assert is_readable(field, words) is readable


@pytest.mark.parametrize(
    ("field", "words", "lost"),
    [
        ("total_budget", "kr", True),
        ("total_budget", "saknas", True),
        ("email", "[email protected]", True),
        ("programme_area", "Kompetensförsörjning", True),
        ("total_budget", "1 kr", False),
        ("total_budget", "prosa", False),
        ("owner", "kr", False),
    ],
)
def test_what_a_copy_left_of_a_value_is_known(field: str, words: str, lost: object) -> None:
    assert is_lost(field, words) is lost
