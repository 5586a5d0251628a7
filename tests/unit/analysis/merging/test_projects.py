from datetime import date
from typing import Any

import polars as pl
from polars.testing import assert_frame_equal

from esfkit.analysis.merging.merge import Merged, merge
from esfkit.dataset.columns import SCHEMA
from esfkit.dataset.frame import to_frame, to_records
from esfkit.model.finding import Problem
from esfkit.model.record import Record
from factories import a_call, a_finding, a_full_project, a_place, a_project

NUMBER = "2016/00130"


def _merged(*records: Record) -> Merged:
    return merge(to_frame(records).lazy())


def _listed(**values: Any) -> Record:  # noqa: ANN401 - of the record
    return a_project(NUMBER, **{"layout": "esf-list", "source_path": "list.csv", **values})


def _page(**values: Any) -> Record:  # noqa: ANN401 - of the record
    return a_project(NUMBER, **{"layout": "esf-plus", "source_path": "page.txt", **values})


def _only(merged: Merged) -> dict[str, Any]:
    [row] = merged.projects.to_dicts()
    return row


def test_what_stands_alone_stays_as_it_is() -> None:
    given = to_frame([a_full_project(), a_call()])

    merged = merge(given.lazy())

    assert_frame_equal(given.sort("record_id"), merged.projects)
    assert_frame_equal(given, merged.observations)


def test_nothing_becomes_nothing() -> None:
    merged = _merged()

    assert (merged.projects.schema, merged.projects.height) == (SCHEMA, 0)
    assert (merged.origins.height, merged.review.height) == (0, 0)


def test_the_list_counts_before_the_page_and_the_page_fills_its_gaps() -> None:
    row = _only(
        _merged(
            _page(total_budget_sek=5_000_000, esf_support_sek=2_000_000, summary="Vi provar."),
            _listed(esf_support_sek=2_500_000),
        )
    )

    assert (row["esf_support_sek"], row["total_budget_sek"]) == (2_500_000, 5_000_000)
    assert (row["esf_share"], row["summary"]) == (0.5, "Vi provar.")
    assert (row["layout"], row["source_path"]) == ("esf-list", "list.csv")


def test_a_project_is_a_record_as_any_other() -> None:
    [record] = to_records(
        _merged(_page(title="Väg"), _listed(municipalities=("Växjö",))).projects
    )

    assert (record.title, record.municipalities, record.actors) == ("Väg", ("Växjö",), ())


def test_the_telephone_number_is_that_of_the_contact_person() -> None:
    row = _only(
        _merged(
            _listed(contact_person="Berit Påhittad"),
            _page(contact_person="Nils Uppdiktad", email="nils@example.se", phone="08-1"),
        )
    )

    assert (row["contact_person"], row["email"], row["phone"]) == ("Berit Påhittad", None, None)


def test_what_belongs_together_comes_from_one_that_agrees() -> None:
    row = _only(
        _merged(
            _listed(planned_participants=50),
            _page(planned_participants=60, planned_women=40),
            _page(planned_participants=50, planned_women=30, source_path="z.txt"),
        )
    )

    assert (row["planned_participants"], row["planned_women"]) == (50, 30)


def test_the_number_is_the_identity_whoever_comes_first() -> None:
    stated = {
        "title": "Väg",
        "owner_name": "X",
        "period_start": date(2016, 1, 1),
        "period_end": date(2017, 1, 1),
    }
    listed = _listed(project_number=None, record_id="esf:0123456789ab", **stated)

    row = _only(_merged(listed, _page(**stated)))

    assert (row["record_id"], row["project_number"]) == (f"esf:{NUMBER}", NUMBER)
    assert row["layout"] == "esf-list"


def test_two_projects_of_one_number_keep_an_identity_each() -> None:
    merged = _merged(
        _page(phase="Genomförande"),
        _page(phase="Genomförande", title="Väg", source_path="2.txt"),
        _page(phase="Förprojektering", source_path="3.txt"),
    )

    by_phase = {row["phase"]: row for row in merged.projects.to_dicts()}
    assert by_phase["Genomförande"]["record_id"] == f"esf:{NUMBER}"
    assert by_phase["Förprojektering"]["record_id"] != f"esf:{NUMBER}"
    [finding] = by_phase["Förprojektering"]["findings"]
    assert (finding["field"], finding["severity"]) == ("record_id", "warning")
    assert f"esf:{NUMBER}" in finding["message"]


def test_a_disagreement_is_a_note_that_quotes_both_values_and_places() -> None:
    row = _only(
        _merged(
            _listed(esf_support_sek=2_500_000),
            _page(esf_support_sek=2_000_000, source_member="a.txt", source_line=7),
        )
    )

    [finding] = row["findings"]
    assert finding == {
        "code": "value_conflict",
        "severity": "note",
        "field": "esf_support_sek",
        "message": "“2500000” (list.csv), but also “2000000” (page.txt:a.txt:7)",
        "start": None,
        "end": None,
    }


def test_a_spelling_is_no_disagreement() -> None:
    row = _only(_merged(_listed(title="NYA VÄGAR."), _page(title="Nya vägar")))

    assert (row["title"], row["findings"]) == ("NYA VÄGAR.", [])


def test_findings_go_with_the_value_they_are_about() -> None:
    missing = a_finding(Problem.VALUE_MISSING, field="total_budget_sek")
    rounded = a_finding(Problem.AMOUNT_ROUNDED, field="total_budget_sek", start=3, end=9)
    other = a_finding(Problem.AMOUNT_ROUNDED, field="esf_support_sek")

    row = _only(
        _merged(
            _listed(esf_support_sek=2_000_000, findings=(missing,)),
            _page(total_budget_sek=5, esf_support_sek=2_000_000, findings=(rounded, other)),
        )
    )

    [finding] = row["findings"]
    assert (finding["code"], finding["start"], finding["end"]) == ("amount_rounded", None, None)
    assert finding["message"].endswith("(read in page.txt)")


def test_provenance_is_that_of_the_document_that_the_row_names() -> None:
    row = _only(
        _merged(
            _listed(title="Väg", provenance=(a_place("title", "Väg", 5),)),
            _page(summary="Vi provar.", provenance=(a_place("summary", "Vi provar.", 70),)),
        )
    )

    assert [each["raw"] for each in row["provenance"]] == ["Väg"]
    assert row["source_path"] == "list.csv"


def test_the_origins_tell_of_every_observation() -> None:
    both: dict[str, Any] = {"owner_org_number": "2120001892"}
    page = _page(title="Stig", actors=("X", "Y"), **both)
    merged = _merged(_listed(title="Väg", phase="A", **both), page)

    told = merged.origins.filter(pl.col("field").is_in(["title", "phase", "actors"]))
    assert told.select("field", "value", "standing", "merged_by", "source_path").rows() == [
        ("title", "Väg", "given", "number", "list.csv"),
        ("title", "Stig", "disagrees", "number", "page.txt"),
        ("phase", "A", "given", "number", "list.csv"),
        ("actors", '["X", "Y"]', "given", "number", "page.txt"),
    ]


def test_an_observation_of_another_identity_joined_and_does_not_disagree() -> None:
    stated = {
        "title": "Väg",
        "owner_name": "X",
        "period_start": date(2016, 1, 1),
        "period_end": date(2017, 1, 1),
    }
    bare = _listed(project_number=None, record_id="esf:0123456789ab", **stated)

    origins = _merged(bare, _page(**stated)).origins

    told = origins.filter(pl.col("field") == "record_id").select("observed_as", "standing")
    assert told.rows() == [("esf:0123456789ab", "joined"), (f"esf:{NUMBER}", "given")]
    assert "disagrees" not in origins["standing"]


def test_two_readings_of_one_text_are_one_project_whichever_comes_first() -> None:
    old, new = _page(total_budget_sek=5_000_000), _page(total_budget_sek=6_000_000)

    assert_frame_equal(_merged(old, new).projects, _merged(new, old).projects)


def test_the_origins_hold_personal_data_only_if_asked() -> None:
    frame = to_frame([a_full_project()]).lazy()
    personal = {"contact_person", "email", "phone"}

    assert personal.isdisjoint(merge(frame).origins["field"])
    assert personal <= set(merge(frame, personal=True).origins["field"])


def test_a_share_is_derived_and_has_no_source() -> None:
    origins = _merged(a_full_project()).origins

    [row] = origins.filter(pl.col("field") == "esf_share").to_dicts()
    assert (row["value"], row["standing"], row["source_path"]) == ("0.67", "derived", None)
