"""Labels of one record on two pages of paper."""

from pages import records_of

UPPER = (
    "ESF-rådet  Sida 1\n\nNya vägar\n\nProjektnummer: 2016/00999\nProjektägare: Umeå kommun\n"
    "Namn: Nya vägar\nRegion: Övre Norrland\nTotal projektbudget: 1 200 000\n\n  1 (2)\n"
)
LOWER = (
    "ESF-rådet  Sida 2\n\nBeviljat ESF-stöd: 800 000\nPlanerat antal deltagare: 120\n"
    "Specifikt mål: 2.1\nUnionens medfinansieringsgrad: 50%\n"
    "Projektperiod: 2016-09-01 - 2019-02-28\n\nKurser hålls.\n"
)


def test_labels_below_a_page_break_go_on_with_those_above() -> None:
    (record,) = records_of(f"{UPPER}\f{LOWER}")

    assert (record.title, record.project_number) == ("Nya vägar", "2016/00999")
    assert (record.total_budget_sek, record.esf_support_sek) == (1_200_000, 800_000)
    assert record.summary == "Kurser hålls."
    assert "“1 (2)” was not understood" in [each.message for each in record.findings]


def test_a_page_with_a_name_of_its_own_is_a_record_of_its_own() -> None:
    other = LOWER.replace("Beviljat", "Projektägare: Bodens kommun\nBeviljat")

    assert "Umeå kommun" not in [record.owner for record in records_of(f"{UPPER}\f{other}")]


def test_labels_named_again_are_not_of_the_record_above() -> None:
    again = LOWER.replace("Specifikt mål: 2.1", "Total projektbudget: 7 000")

    assert records_of(f"{UPPER}\f{again}")[0].esf_support_sek is None


def test_prose_between_them_parts_two_pages() -> None:
    prose = "".join(f"Rad {number} om något annat.\n" for number in range(5))

    assert records_of(f"{UPPER}\f{prose}\n{LOWER}")[0].esf_support_sek is None


def test_a_page_without_labels_above_changes_nothing() -> None:
    (record,) = records_of(f"Omslag\n\f{LOWER}")

    assert record.esf_support_sek == 800_000


def test_facts_on_the_next_page_that_name_nothing_are_prose_of_the_record() -> None:
    facts = "Beviljat ESF-stöd: 7 000\nAntal deltagare: 5\nTotal projektbudget: 9 000\n"
    facts += "Region: Sydsverige\nSå gick det.\n"

    first = UPPER.replace("\n  1 (2)", "Beviljat ESF-stöd: 800 000\n\nKurser.")

    (record,) = records_of(f"{first}\f{facts}")

    assert record.esf_support_sek == 800_000
    assert "Så gick det." in record.sections[-1].text
