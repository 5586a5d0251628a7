from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from esfkit.analysis.merging.contradictions import (
    against_number,
    agreeing,
    differing,
    have_no_day_in_common,
    share_an_amount,
)
from esfkit.analysis.merging.faces import Face, nodes_of
from esfkit.dataset.frame import to_frame
from factories import a_project


def _face(**values: Any) -> Face:  # noqa: ANN401 - of the record
    [node] = nodes_of(to_frame([a_project("1", **values)]).lazy())
    return node.face


def test_what_both_state_agrees_or_differs_and_the_rest_is_neither() -> None:
    one = _face(title="Väg", phase="A", region_code="SE22", total_budget_sek=0)
    other = _face(title="VÄG", phase="B", total_budget_sek=0, esf_support_sek=5)

    assert agreeing(one, other) == ("project_number", "title", "total_budget_sek")
    assert differing(one, other) == ("phase",)


def test_an_amount_may_be_rounded_by_one_and_no_more() -> None:
    one = _face(total_budget_sek=5_000_000)

    assert share_an_amount(one, _face(total_budget_sek=5_000_001))
    assert not share_an_amount(one, _face(total_budget_sek=5_000_002))
    assert not share_an_amount(one, _face())


def test_kronor_and_euro_are_never_compared() -> None:
    one, other = _face(total_budget_sek=500), _face(total_budget_eur=Decimal(500))

    assert not share_an_amount(one, other)


@pytest.mark.parametrize(
    ("start", "end"),
    [(date(2017, 12, 31), date(2018, 12, 31)), (date(2018, 1, 1), None), (None, None)],
)
def test_periods_that_touch_or_are_not_stated_are_not_apart(
    start: date | None, end: date | None
) -> None:
    one = _face(period_start=date(2017, 1, 1), period_end=date(2017, 12, 31))

    assert not have_no_day_in_common(one, _face(period_start=start, period_end=end))


def test_a_period_that_begins_after_the_other_is_apart() -> None:
    one = _face(period_start=date(2017, 1, 1), period_end=date(2017, 12, 31))
    other = _face(period_start=date(2018, 1, 1), period_end=date(2018, 12, 31))

    assert have_no_day_in_common(one, other)
    assert have_no_day_in_common(other, one)


_YEAR: Mapping[str, date] = {"period_start": date(2017, 1, 1), "period_end": date(2017, 12, 31)}


@pytest.mark.parametrize(
    "both", [{"owner_name": "Arvika kommun"}, {"period_start": date(2017, 1, 1)}, {}]
)
def test_one_number_with_unlike_titles_is_not_one_project_for_owner_or_start(
    both: dict[str, Any],
) -> None:
    one, other = _face(title="Linbanan", **both), _face(title="Trädgården i vården", **both)

    assert "title" in against_number(one, other)


@pytest.mark.parametrize(
    "both", [_YEAR, {"total_budget_sek": 500_000}, {"owner_org_number": "2120001892"}]
)
def test_period_amount_or_organisation_outweighs_another_title(both: dict[str, Any]) -> None:
    one, other = _face(title="Linbanan", **both), _face(title="Trädgården i vården", **both)

    assert against_number(one, other) == ()


def test_a_title_that_is_missing_or_alike_speaks_against_nothing() -> None:
    one = _face(title="Linbanan i Arvika")

    assert against_number(one, _face(title=None)) == ()
    assert against_number(one, _face(title="Linbana i Arvika")) == ()
