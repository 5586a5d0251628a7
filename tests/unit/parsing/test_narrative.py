from datetime import date

import pytest

from esfkit.parsing.lines import split_lines
from esfkit.parsing.narrative import Narrative, detect_narrative
from pages import PRACTICE, colon_page, glued_page, record_of, records_of

SITE = "Nordiskt samarbete om integration och inkludering"
DATED = f"{SITE}\n\nOdla jobb\n\nTemat\n11 okt 2019\n\nProsa.\n"
HEADED = "Odla jobb\n\nMålgrupp\nAlla.\n\nBeskrivning\nVi odlar.\n\nSyfte\nJobb.\n"


def page(text: str, heading: str | None = None) -> Narrative | None:
    lines = split_lines(text)
    return detect_narrative(lines, 0, len(lines.words), heading)


def the_page(text: str, heading: str | None = None) -> Narrative:
    found = page(text, heading)
    assert found is not None
    return found


def title(text: str, heading: str | None = None) -> str:
    place = the_page(text, heading).title
    assert place is not None
    return text[place.start : place.end]


@pytest.mark.parametrize("text", [PRACTICE, DATED, HEADED])
def test_a_page_is_told_by_its_site_with_date_or_headings_or_by_headings_alone(
    text: str,
) -> None:
    assert the_page(text).layout.name == "practice"


@pytest.mark.parametrize(
    "site",
    [
        "Nordisk samarbejde om integration og inklusion",
        "Nordisk samarbeid om integrering og inkludering",
        "Nordic cooperation on integration and inclusion",
        "NORDISKT SAMARBETE – INTEGRATION, INKLUDERING",
    ],
)
def test_the_site_names_itself_in_each_of_its_languages(site: str) -> None:
    assert page(DATED.replace(SITE, site)) is not None


def test_the_title_is_the_first_line_that_may_be_one() -> None:
    assert (
        title(DATED.replace("Odla jobb", "Hem / Exempel / Odling\n\nOdla jobb")) == "Odla jobb"
    )


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Bara prosa.\n",
        "Odla jobb\n\n11 okt 2019\n\nProsa utan rubriker.\n",
        f"{SITE}\n\nOdla jobb\n\nProsa utan datum.\n",
        f"{SITE}\n\nEn nyhet\n11 okt 2019\n\nProsa.\n",
        "Odla jobb\n\nMålgrupp\nAlla.\n\nSyfte\nJobb.\n\nUtvärdering\nFinns.\n",
        "Odla jobb\n\nBeskrivning\nVi odlar.\n\nSyfte\nJobb.\n",
    ],
    ids=[
        "empty",
        "prose",
        "date",
        "site",
        "news of the site",
        "shared headings",
        "two headings",
    ],
)
def test_less_than_that_is_no_practice_page(text: str) -> None:
    assert page(text) is None


def test_the_site_must_name_itself_among_the_first_eight_lines() -> None:
    assert page("Meny\n" * 7 + DATED) is not None
    assert page("Meny\n" * 8 + DATED) is None


def test_only_site_and_date_leave_doubt() -> None:
    assert the_page(DATED).unsure is True
    assert the_page(PRACTICE).unsure is False


def test_the_title_is_the_first_line_that_is_no_furniture() -> None:
    assert title(f"Meny\n{SITE}\n\nStäng\nOdla jobb\nTemat\n11 okt 2019\n") == "Odla jobb"


def test_the_page_s_own_heading_is_its_title() -> None:
    text = f"{SITE}\n\nGoda exempel\n\nOdla jobb\n\nTemat\n11 okt 2019\n"

    assert title(text, "Odla jobb") == "Odla jobb"


def test_a_heading_that_the_page_does_not_print_is_passed_over() -> None:
    assert title(DATED, "Startsida") == "Odla jobb"


def test_an_overlong_first_line_is_no_title() -> None:
    text = f"{SITE}\n{'x' * 251}\n11 okt 2019\n\nBeskrivning\nProsa.\n"

    assert the_page(text).title is None


def test_a_page_may_end_before_any_title() -> None:
    assert page(f"{SITE}\n") is None


@pytest.mark.parametrize(
    ("printed", "published"),
    [
        ("11 okt 2019", date(2019, 10, 11)),
        ("2019-10-11", date(2019, 10, 11)),
        ("oktober 2019", None),
        ("Den 11 oktober 2019 hölls en mässa i Boden med många", None),
        ("11 okt", None),
    ],
)
def test_the_date_is_one_that_names_a_day_and_stands_alone(
    printed: str, published: date | None
) -> None:
    found = the_page(PRACTICE.replace("11 okt 2019", printed))

    assert (found.published and found.published.as_date()) == published


def test_the_date_stands_within_six_lines_below_the_title() -> None:
    def page_with(lines: int) -> Narrative:
        text = f"{SITE}\nOdla jobb\n" + "Temat\n" * lines + "11 okt 2019\n\nBeskrivning\nX.\n"
        return the_page(text)

    assert page_with(5).date is not None
    assert page_with(6).date is None


def test_prose_begins_below_the_date_or_else_below_the_title() -> None:
    assert the_page(DATED).begin == 6
    assert the_page(HEADED).begin == 1


def test_a_heading_counts_once_however_often_it_stands() -> None:
    assert page("Odla jobb\n\nBeskrivning\nA.\n\nBeskrivning\nB.\n\nBeskrivning\nC.\n") is None


BOX = "\nFakta om projektet\nProjektägare: Bodens kommun\nBudget: 3 mkr\n{}"


@pytest.mark.parametrize(
    "rest",
    [
        "Projektperiod: 2018-2020\nKontaktperson: Ida Ek\n",
        "Diarienummer: 2018/00100\nProjektperiod: 2018-2020\n",
        "\nKontakt\nRegion\nProgramområde\nUtlysning\n\nTelefon: 020-33 33 90\n",
    ],
    ids=["box", "number", "menu"],
)
def test_labels_below_a_narrated_page_are_its_prose(rest: str) -> None:
    record = record_of(PRACTICE + BOX.format(rest))

    assert (record.kind, record.title) == ("practice", "Odla jobb i Boden")
    assert str(record.published) == "2019-10-11"
    assert (record.total_budget_sek, record.project_number) == (None, None)


@pytest.mark.parametrize("page", [colon_page(heading="Nya vägar"), glued_page()])
def test_a_whole_record_below_a_narrated_page_is_a_record(page: str) -> None:
    assert [record.kind for record in records_of(f"{PRACTICE}\n{page}")] == ["project"]


def test_labels_right_below_the_site_s_line_are_a_record() -> None:
    page = f"{SITE}\n\nOdla jobb\n\nProjektägare: Boden\nProjektnummer: 2016/00999\n"
    page += "Region: Övre Norrland\nProjektperiod: 2016-01-01 - 2017-12-31\n"

    assert record_of(page).kind == "project"
