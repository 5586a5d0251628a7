import polars as pl
import pytest

from esfkit.analysis.namespace import EsfNamespace
from esfkit.dataset.frame import to_frame
from factories import a_finding, a_full_project, a_project

PERSON = "Freja Ekeroth"
PAGES = to_frame(
    [
        a_full_project(
            contact_person=PERSON,
            title=f"Vägen in med {PERSON}",
            owner_name=f"{PERSON} AB",
            provenance=(),
            findings=(a_finding(message=f"“{PERSON}: 3” is odd"), a_finding(message="odd")),
        ),
        a_full_project(
            contact_person=PERSON,
            title=f"Vägen in, {PERSON}",
            layout="esf-plus",
            findings=(),
        ),
        a_project("1", project_number=None, title=f"Broar av {PERSON}", owner_name="A"),
        a_project("2", project_number=None, title=f"Broar, av {PERSON}", owner_name="A "),
    ]
)
ASKED = EsfNamespace(PAGES)


def answers(*, personal: bool) -> dict[str, pl.DataFrame]:
    """Return what tells about the records, by the question."""
    merged = ASKED.merge(personal=personal)
    return {
        "summary": ASKED.summary("owner_name", personal=personal),
        "pivot": ASKED.pivot("owner_name", "region", personal=personal),
        "timeline": ASKED.timeline(by="owner_name", personal=personal),
        "deciding": ASKED.deciding(3, personal=personal),
        "findings": ASKED.findings(personal=personal),
        "origins": merged.origins,
        "review": merged.review,
    }


@pytest.mark.parametrize("question", list(answers(personal=False)))
def test_what_tells_about_records_names_no_person_unless_asked(question: str) -> None:
    asked, unasked = answers(personal=True)[question], answers(personal=False)[question]

    assert "ekeroth" in asked.write_ndjson().casefold()
    assert "ekeroth" not in unasked.write_ndjson().casefold()
    assert unasked.height == asked.height or question == "origins"


def test_what_gives_records_is_as_whole_as_the_table() -> None:
    merged = ASKED.merge()

    assert merged.observations.equals(PAGES)
    assert PERSON in merged.projects["contact_person"].to_list()
    assert PERSON in ASKED.search("väg*")["contact_person"].to_list()


def test_findings_are_counted_whether_they_quote_a_person_or_not() -> None:
    [shown] = ASKED.findings().to_dicts()

    assert shown["findings"] == 2
    assert shown["examples"] == ["esf:2016/00130: odd"]
