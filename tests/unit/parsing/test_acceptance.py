"""Which headers are records, and which blocks of labels belong to them."""

import pytest

from esfkit.model.document import Document
from esfkit.model.record import Record
from esfkit.parsing.parse import Reason, parse_document

PAGE = (
    "2016/00999 - Nya vägar\n\nProjektnummer:\n2016/00999\nProjektägare:\nUmeå kommun\n"
    "Region:\nÖvre Norrland\nTotal projektbudget:\n1 200 000\n"
)


def records(text: str) -> list[Record]:
    return [each.record for each in parse_document(Document(text)).parsed]


def test_an_empty_value_does_not_end_the_header() -> None:
    page = (
        "Projektnummer:\n2016/00999\nProjektägare:\nRegion Syd\nRegion:\nSydsverige\n"
        "Planerat antal deltagare:\n12\nTotal projektbudget:\n\nInterventionstyp:\n102\n"
    )

    (record,) = records(page)

    assert record.intervention_code == "102"
    assert record.owner == "Region Syd"
    assert record.total_budget_sek is None


def test_a_period_broken_after_its_joint_keeps_its_end() -> None:
    (record,) = records(
        f"{PAGE}Projektperiod:\n2016-09-01 -\n2019-02-28\nKontaktperson:\nIda Ek\n"
    )

    assert str(record.period_start) == "2016-09-01"
    assert str(record.period_end) == "2019-02-28"


def test_a_target_with_a_colon_is_no_heading() -> None:
    (record,) = records(
        f"{PAGE}\nSammanfattning\n\nKort.\n\nMål\n\nAntal deltagare i kurs:\n640\n320/320\n"
    )

    assert [(each.label, each.total, each.women) for each in record.participant_targets] == [
        ("Antal deltagare i kurs", 640, 320)
    ]


def test_words_behind_a_contact_are_no_address() -> None:
    (record,) = records(
        f"{PAGE}Kontaktperson:\nIda Ek, verksamhetschef\nE-post:\nida@exempel.se\n"
    )

    assert record.contact_person == "Ida Ek, verksamhetschef"
    assert record.email == "ida@exempel.se"


@pytest.mark.parametrize("heading", ["Finansiering", "Plats", "Status", "Budget"])
def test_a_heading_of_the_prose_that_is_a_label_elsewhere_changes_nothing(heading: str) -> None:
    (record,) = records(
        f"{PAGE}\nKort om projektet\n\n{heading}\n\nSocialfonden och kommunen.\n"
    )

    assert record.total_budget_sek == 1_200_000
    assert record.fund is None


def test_a_fact_box_in_the_prose_is_no_second_record() -> None:
    box = (
        "Fakta om Vägen in:\nProjektägare: Kalmar kommun\nTotal projektbudget: 3 000 000 kr\n"
        "Projektperiod: 2010-01-01 - 2012-12-31\nKontaktperson: Per Ek\n"
    )

    (record,) = records(f"{PAGE}\nProjektet bygger på ett tidigare projekt.\n\n{box}")

    assert record.owner == "Umeå kommun"


def test_pages_of_two_families_in_one_file_come_apart() -> None:
    plus = (
        "22-017-S98 - Delaktig\n\nDiarienummer:\n22-017-S98\nNamn:\nDelaktig\nProgram CCI:\n"
        "2021SE05SFPR\nProjektägare:\nLUNDS KOMMUN\nRegion:\nSydsverige\nAntal deltagare:\n7\n"
        "Insats av strategisk betydelse:\nNej\nNUTS-2 kod:\nSE22\n"
    )

    first, second = records(f"{PAGE}\n{plus}")

    assert (first.project_number, first.owner) == ("2016/00999", "Umeå kommun")
    assert (second.project_number, second.owner) == ("22-017-S98", "LUNDS KOMMUN")


def test_a_form_without_answers_is_no_record() -> None:
    result = parse_document(
        Document(
            "Projektnamn:\nProjektägare:\nProjektfas:\nProjektperiod:\nTotal projektbudget:\n"
        )
    )

    assert result.parsed == ()
    assert result.rejection is not None
    assert result.rejection.reason is Reason.NO_VALUES


def test_a_fact_box_below_news_is_no_record() -> None:
    news = "Kommunen har fått stöd ur socialfonden och börjar i höst med de första kurserna. "
    result = parse_document(
        Document(
            f"Miljoner till kommunen\n\n{news.strip()}\n\n{news.strip()}\n\n"
            "Projektägare: Umeå kommun\nTotal projektbudget: 1 200 000 kr\n"
            "Projektperiod: 2016-01-01 - 2017-12-31\nRegion: Övre Norrland\n"
            "Beviljat ESF-stöd: 600 000 kr\n"
        )
    )

    assert result.parsed == ()
    assert result.rejection is not None
    assert result.rejection.reason is Reason.FACT_BOX


def test_a_form_feed_within_a_record_is_a_page_break() -> None:
    (record,) = records(f"{PAGE}\nSammanfattning\nFörsta sidan.\n\fAndra sidan.\n")

    assert "Andra sidan." in record.sections[-1].text


def test_the_last_line_of_prose_is_no_title_of_the_next_record() -> None:
    second = PAGE.split("\n\n", 1)[1].replace("00999", "00998")

    first, other = records(f"{PAGE}\nProsa här.\nMer finns hos kommunen\n{second}Namn:\nB\n")

    assert other.title == "B"
    assert "Mer finns" in first.sections[-1].text


def test_furniture_and_unknown_labels_are_no_values() -> None:
    (record,) = records(
        "Projektnummer:\n2016/00999\nProjektägare:\nLogotyp på utskrifter\n"
        "Region:\nSydsverige\nKontaktperson:\nProjektets webbplats:\nwww.exempel.se\n"
        "Total projektbudget:\n1 000 000\n"
    )

    assert record.owner is None
    assert record.contact_person is None


BROKEN = PAGE.replace("1 200 000", "1 200\n000")


def test_an_amount_broken_between_its_thousands_is_whole() -> None:
    (record,) = records(f"{BROKEN}Kontaktperson:\nIda Ek\n")

    assert record.total_budget_sek == 1_200_000


@pytest.mark.parametrize("first", ["Region:\nÖvre Norrland", "NUTS-2 kod:\nSE11"])
def test_the_region_printed_wins_over_another_code_in_any_order(first: str) -> None:
    second = "NUTS-2 kod:\nSE11" if "Region" in first else "Region:\nÖvre Norrland"
    header = PAGE.replace("Region:\nÖvre Norrland\n", "")

    (record,) = records(f"{header}{first}\n{second}\nKontaktperson:\nIda Ek\n")

    assert (record.region, record.region_code) == ("Övre Norrland", "SE33")
    assert "region_code_conflict" in [finding.code for finding in record.findings]


def test_a_sentence_about_cookies_stays() -> None:
    (record,) = records(f"{PAGE}\nDeltagarna bakar bröd, bullar och cookies.\n")

    assert record.summary == "Deltagarna bakar bröd, bullar och cookies."


def test_a_sentence_that_lists_labels_is_no_record() -> None:
    listed = "Programområde, Projektfas, Projektägare, Kontaktperson, E-post, Beviljat ESF-stöd"

    assert (
        records(f"Sidorna har dessa uppgifter: {listed}, Total projektbudget och mer.\n") == []
    )


def test_a_project_may_have_the_name_of_a_button() -> None:
    (record,) = records(
        PAGE.replace("2016/00999 - Nya vägar\n\n", "") + "Namn:\nLyssna\nE-post:\n"
    )

    assert record.title == "Lyssna"


def test_a_call_that_lost_all_its_digits_is_a_call_all_the_same() -> None:
    (record,) = records(
        "Kortare sjukfrånvaro\n\nUtlysning\n/\nProgramområde\n Kompetensförsörjning\n"
        "Startdatum\n--\nSlutdatum\n--\nUtlyst belopp\n   kr\n"
    )

    assert (record.kind, record.title) == ("call", "Kortare sjukfrånvaro")
    assert record.call_amount_sek is None


MENU = "Projektägare\nProgramområde\nRegion\nProjektperiod\nUtlysning\n"
FOOTER = "Telefon: 020-33 33 90\nE-post: fraga@exempel.se\nOrganisationsnummer: 202100-5208\n"


@pytest.mark.parametrize(
    "menu",
    [MENU, MENU.removesuffix("Utlysning\n"), "Region\nProgramområde\nUtlysning\n"],
    ids=["both", "project", "call"],
)
def test_whom_to_ask_makes_no_record_of_a_menu(menu: str) -> None:
    result = parse_document(Document(f"Nyheter från ESF\n\n{menu}\nESF-rådet\n{FOOTER}"))

    assert result.parsed == ()


def test_a_form_with_lines_to_fill_in_is_no_record() -> None:
    form = (
        "Ansökan till socialfonden\n\nProjektägare: ________\nProjektperiod: fr.o.m. ____\n"
        "Total projektbudget: ____ kr\nKontaktperson: ____\nFinansiering: ____\n"
    )

    assert records(form) == []


def test_a_call_s_dates_and_status_alone_are_a_vacancy() -> None:
    vacancy = (
        "Ekonom till ESF-projekt\n\nDiarienummer: Af-2019/0012 3456\n"
        "Första ansökningsdatum: 2019-04-12\nSista ansökningsdatum: 2019-05-03\n"
        "Region: Övre Norrland\nStatus: Öppen\n"
    )
    call = vacancy.replace("Af-2019/0012 3456", "24-030")

    assert records(vacancy) == []
    assert [record.call_number for record in records(call)] == ["24-030"]
