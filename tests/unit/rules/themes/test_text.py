from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest

from esfkit.model.finding import Problem, Severity
from esfkit.rules.catalogue import check_record, usual

LABELLED: Mapping[str, Any] = {
    "kind": "project",
    "planned_participants": 200,
    "total_budget_sek": 7_044_038,
    "esf_support_sek": 5_350_000,
    "period_start": date(2016, 9, 1),
    "period_end": date(2019, 2, 28),
}
OF_PROSE = (
    Problem.PROSE_PARTICIPANTS_DIFFER,
    Problem.PROSE_BUDGET_DIFFERS,
    Problem.PROSE_SUPPORT_DIFFERS,
    Problem.PROSE_PERIOD_DIFFERS,
)


def told_of(sentence: str) -> list[Problem]:
    sections = ({"heading": "Sammanfattning", "text": sentence},)
    found = check_record({**LABELLED, "sections": sections})
    return [each.code for each in found if each.code in OF_PROSE]


@pytest.mark.parametrize(
    "sentence",
    [
        "Under 2018 deltagare från hela kommunen.",
        "I ett annat projekt i Malmö deltog 900 deltagare.",
        "Minst 60 % av 2 000 deltagare i kommunens verksamhet.",
        "Projektets budget är 2 miljoner kronor per år.",
        "Projektet beviljades 500 000 kr från Arvsfonden år 2012.",
        "Projektet beviljades 1 miljon kronor i sökta tilläggsmedel.",
        "Projektet har en analysfas 2016-09-01 – 2016-12-31.",
        "Projektet startade med en förstudie 2015-01-01 – 2015-12-31.",
        "Det andra projektet pågick 2012-01-01 – 2013-12-31.",
    ],
)
def test_a_sentence_on_something_else_is_no_finding(sentence: str) -> None:
    assert told_of(sentence) == []


@pytest.mark.parametrize(
    ("sentence", "code"),
    [
        ("Vi räknar med 280 deltagare.", Problem.PROSE_PARTICIPANTS_DIFFER),
        ("Vi räknar med 2 018 deltagare.", Problem.PROSE_PARTICIPANTS_DIFFER),
        ("Projektets budget är 2 miljoner kronor.", Problem.PROSE_BUDGET_DIFFERS),
        (
            "Projektet har beviljats 9 miljoner kronor från Europeiska socialfonden.",
            Problem.PROSE_SUPPORT_DIFFERS,
        ),
        (
            "Projekttiden är från och med 2017-01-01 till 2018-12-31.",
            Problem.PROSE_PERIOD_DIFFERS,
        ),
        ("Projektet pågår 2016-09-01–2018-08-31.", Problem.PROSE_PERIOD_DIFFERS),
    ],
)
def test_a_sentence_on_the_project_itself_is_compared(sentence: str, code: Problem) -> None:
    assert told_of(sentence) == [code]


def test_only_participants_of_the_prose_weigh_as_a_warning() -> None:
    severities = [usual()[code].severity for code in OF_PROSE]

    assert severities == [Severity.WARNING, Severity.NOTE, Severity.NOTE, Severity.NOTE]
