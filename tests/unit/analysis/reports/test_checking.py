from decimal import Decimal

from esfkit.analysis.reports.checking import checked
from esfkit.dataset.columns import SCHEMA
from esfkit.dataset.frame import to_frame
from esfkit.model.finding import Problem, Severity
from esfkit.model.record import ParticipantTarget, Record, Section
from factories import a_finding, a_full_project, a_project


def codes(*records: Record) -> list[list[str]]:
    frame = checked(to_frame(records))
    assert frame.schema == SCHEMA
    return [[each["code"] for each in found] for found in frame["findings"].to_list()]


def test_findings_of_reading_are_kept_and_those_of_rules_made_anew() -> None:
    read, stale = a_finding(Problem.NULL_WORD), a_finding(Problem.PERIOD_REVERSED)

    [found] = codes(a_project(total_budget_sek=12, findings=(read, stale)))

    assert found[0] == "null_word"
    assert "budget_size_unusual" in found
    assert "period_reversed" not in found


def test_findings_of_reading_can_be_left_out_or_weigh_more() -> None:
    read = (a_finding(Problem.NULL_WORD), a_finding(Problem.VALUE_MISSING))
    frame = checked(
        to_frame([a_project(planned_participants=9, summary="Text.", findings=read)]),
        reading={Problem.NULL_WORD: None, Problem.VALUE_MISSING: Severity.ERROR},
    )

    [found] = frame["findings"].to_list()
    assert [(each["code"], each["severity"]) for each in found] == [("value_missing", "error")]


def test_nested_values_of_a_table_are_what_the_rules_expect() -> None:
    target = ParticipantTarget(label="I kurser", total=100, women=80, men=70)
    prose = Section(heading=None, text="Vi räknar med 280 deltagare i projektet.")
    record = a_project(
        planned_participants=90,
        participant_targets=(target,),
        sections=(prose,),
        total_budget_sek=5_000_000,
        total_budget_eur=Decimal("50000.00"),
        municipality_codes=("0780", "0780"),
    )

    [found] = codes(record)

    assert {
        "target_split_exceeds",
        "prose_participants_differ",
        "currencies_disagree",
        "municipality_repeated",
    } <= set(found)


def test_records_beside_each_other_are_compared_in_their_rows() -> None:
    first = a_full_project(record_id="esf:a", total_budget_sek=5_000_000)
    other = a_full_project(record_id="esf:b", total_budget_sek=6_000_000)

    found = codes(first, other)

    assert "number_with_other_budget" not in found[0]
    assert "number_with_other_budget" in found[1]


def test_a_table_without_records_has_no_findings() -> None:
    assert codes() == []


def test_an_empty_and_a_full_record_are_checked() -> None:
    empty, full = codes(a_project(), a_full_project())

    assert empty == ["prose_missing", "figures_missing"]
    assert full == ["amount_rounded", "owner_repeated"]
