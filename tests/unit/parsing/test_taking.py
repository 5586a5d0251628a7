"""Whole pages: titles and prose around a header."""

import pytest

from esfkit.model.finding import Problem
from pages import colon_page, glued_page, lines_page, problems_with, proof_of, record_of

GOALS = """Målsättning

Projektets mål är följande:
Antal deltagare i kurs
60
40/20

VÅR UPPFÖLJNING
Frågor ställs varje termin.

Delmål:
- Antal deltagare som får arbete: 12 (6/6)

Jämställdhetsintegrering

Antal deltagare: 500
"""


def test_targets_of_all_goals_sections_are_kept_and_each_section_proves_its_own() -> None:
    record = record_of(glued_page(GOALS))
    proofs = [each for each in record.provenance if each.field == "participant_targets"]

    assert [(one.label, one.total, one.women) for one in record.participant_targets] == [
        ("Antal deltagare i kurs", 60, 40),
        ("Antal deltagare som får arbete", 12, 6),
    ]
    assert [proof.label for proof in proofs] == ["Projektets mål är följande:", "Delmål:"]
    assert problems_with(record, "participant_targets") == []


def test_what_stands_below_a_list_is_prose_of_its_own() -> None:
    record = record_of(
        glued_page("Deltagande aktörer\n\n • ABF\n • LO\n\nSvenska ESF-rådet\nBox 1\n")
    )

    assert record.actors == ("ABF", "LO")
    assert [(each.heading, each.text) for each in record.sections] == [
        (None, "Svenska ESF-rådet\nBox 1")
    ]


def test_a_page_s_foot_is_no_municipality() -> None:
    record = record_of(glued_page("Kommun\n\n • Mora\n • Orsa\n\nBox 1, 800 00 Gävle\n"))

    assert record.municipalities == ("Mora", "Orsa")
    assert problems_with(record, "municipalities") == []


def test_municipalities_on_one_line_are_several() -> None:
    record = record_of(glued_page("Kommun\n\nMora, Orsa och Älvdalen\n"))

    assert record.municipality_codes == ("2062", "2034", "2039")
    assert proof_of(record, "municipalities").raw == "Mora, Orsa och Älvdalen"


HEAD = "Du är här: Start > Projekt\n\nVävstugan\n\nUppdaterad 2018-03-12\n\nFakta om projektet"


@pytest.mark.parametrize("page", [lines_page(heading=HEAD), glued_page(heading=HEAD)])
def test_the_furniture_between_title_and_labels_is_neither(page: str) -> None:
    record = record_of(page)

    assert record.title == "Vävstugan"
    assert Problem.LINE_UNCLAIMED not in problems_with(record, None)


def test_where_every_line_is_a_bullet_the_title_is_too() -> None:
    page = colon_page("Sammanfattning\nVävar.", heading="Vävstugan", title=None)
    bulleted = "".join(f"- {line}\n" if line else "\n" for line in page.split("\n"))

    assert record_of(bulleted.replace(":\n- ", ": ")).title == "Vävstugan"
