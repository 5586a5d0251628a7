from datetime import date
from typing import Any

import pytest

from esfkit.analysis.merging import doubts
from esfkit.analysis.merging.merge import Merged, merge
from esfkit.dataset.frame import to_frame
from factories import a_project

STATED: dict[str, Any] = {
    "title": "Nya vägar till arbete",
    "owner_name": "Arvika kommun",
    "period_start": date(2016, 9, 1),
    "period_end": date(2019, 2, 28),
    "esf_support_sek": 2_000_000,
}
LATER = {"period_start": date(2019, 3, 1), "period_end": date(2020, 2, 28)}


def _merged(*sides: dict[str, Any]) -> Merged:
    records = [
        a_project(
            str(place),
            **{"project_number": None, "source_sha256": str(place), **STATED, **side},
        )
        for place, side in enumerate(sides)
    ]
    return merge(to_frame(records).lazy())


@pytest.mark.parametrize(
    ("other", "why"),
    [
        ({"title": "Nya vagar till arbete"}, "like_title"),
        ({"period_end": date(2019, 3, 31)}, "like_title"),
        ({"owner_name": None, "period_end": None}, "like_title"),
        ({"title": "Trampolinen"}, "other_title"),
        ({"title": "Förstudie Nya vägar till arbete"}, "other_title"),
        ({"title": "Nya vägar till arbete 2"}, "like_title"),
        ({"owner_name": "AMF"}, "like_title"),
        ({"region_code": "SE22"}, None),
    ],
    ids=lambda each: ", ".join(each) if isinstance(each, dict) else str(each),
)
def test_what_may_be_one_project_is_asked(other: dict[str, Any], why: str | None) -> None:
    merged = _merged({}, other)

    assert merged.review["why"].to_list() == ([] if why is None else [why])
    assert merged.tally.doubtful == merged.review.height
    assert merged.projects.height == (1 if why is None else 2)


@pytest.mark.parametrize(
    "other",
    [
        LATER,
        {"title": "Nya vägar till arbete 2", "esf_support_sek": 1},
        {"title": "Förstudie Nya vägar till arbete", "esf_support_sek": 1},
        {"phase": "Förprojektering", "period_end": date(2019, 3, 31), "esf_support_sek": 1},
        {"owner_name": "Ystads folkhögskola", "esf_support_sek": 1},
        {"title": "Trampolinen", "esf_support_sek": 1},
        {"title": "Trampolinen", "owner_name": "Ystads folkhögskola"},
    ],
    ids=", ".join,
)
def test_what_is_two_projects_is_not_asked(other: dict[str, Any]) -> None:
    merged = _merged({"phase": "Genomförande"}, other)

    assert (merged.projects.height, merged.review.height) == (2, 0)


def test_the_score_of_the_titles_is_told() -> None:
    review = _merged({}, {"title": "Nya vagar till arbete"}).review

    assert review["score"].to_list() == [95.2]


def test_one_number_and_a_contradiction_is_asked_first() -> None:
    numbered = {"project_number": "2016/00130"}

    review = _merged(
        {"phase": "Förprojektering", **numbered},
        {"phase": "Genomförande", **numbered},
        {"title": "Nya vagar till arbete"},
    ).review

    assert review["why"].to_list()[0] == "same_number"
    assert "phase" in review["differ"].to_list()[0]


def test_sets_too_large_to_compare_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doubts, "_MOST_PAIRS", 3)

    merged = _merged({}, {"title": "Nya vagar till arbete"})

    assert merged.review.height == 0
    assert merged.tally.uncompared > 0
