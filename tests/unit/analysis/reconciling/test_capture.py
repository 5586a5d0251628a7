import random

import pytest

from esfkit.analysis.reconciling.capture import Estimate, chapman, estimate_missing
from esfkit.analysis.reconciling.sides import Side, sides
from esfkit.dataset.frame import to_frame
from lists import a_page_of, operations


def lists(first: range, second: range, **values: object) -> tuple[Side, Side]:
    rows = operations(60)
    one = [a_page_of(rows[n]) for n in first]
    other = [a_page_of(rows[n], **{"layout": "esf-list", **values}) for n in second]
    named = [("one", to_frame(one).lazy()), ("other", to_frame(other).lazy())]
    here, there = sides(named)
    return here, there


def test_the_estimate_is_chapmans() -> None:
    estimate, low, high = chapman(200, 150, 60)

    assert estimate == 496.6  # 201 * 151 / 61 - 1
    assert (low, high) == (430.9, 592.8)


def test_a_list_that_holds_all_of_the_other_leaves_nothing_to_estimate() -> None:
    assert chapman(30, 20, 20) == (30.0, 30.0, 30.0)


def test_the_interval_holds_the_truth_as_often_as_it_says() -> None:
    draw = random.Random(2026)  # noqa: S311 - a simulation, no secret
    held, total, times = 0, 400, 1500
    estimates = []
    for _ in range(times):
        first = [draw.random() < 0.5 for _ in range(total)]
        second = [draw.random() < 0.4 for _ in range(total)]
        both = sum(one and other for one, other in zip(first, second, strict=True))
        estimate, low, high = chapman(sum(first), sum(second), both)
        held += low <= total <= high
        estimates.append(estimate)

    assert 0.935 <= held / times <= 0.97
    assert sum(estimates) / times == pytest.approx(total, rel=0.01)


def test_two_lists_tell_what_neither_holds() -> None:
    found = estimate_missing(*lists(range(40), range(20, 60)))

    assert (found.n1, found.n2, found.both, found.held) == (40, 40, 20, 60)
    assert found.periods == ("2021-2027",)
    assert (found.estimate, found.low, found.high) == chapman(40, 40, 20)


def test_lists_of_one_layout_are_not_independent() -> None:
    found = estimate_missing(*lists(range(40), range(20, 60), layout="esf-plus"))

    assert (found.refused, found.because, found.estimate) == ("same_layout", "esf-plus", None)


def test_lists_of_one_site_are_not_independent() -> None:
    here, there = lists(range(40), range(20, 60), source_url="https://exempel.se/1")
    frame = to_frame([a_page_of(operations(1)[0], source_url="https://www.exempel.se/2")])
    [alone] = sides([("alone", frame.lazy())])

    assert estimate_missing(here, there).refused is None
    assert estimate_missing(alone, there).because == "exempel.se"


def test_too_few_on_both_tell_nothing() -> None:
    found = estimate_missing(*lists(range(20), range(14, 40)))

    assert (found.refused, found.both, found.estimate) == ("few_on_both", 6, None)
    assert estimate_missing(*lists(range(20), range(13, 40))).refused is None


def test_a_list_that_holds_all_of_the_other_may_be_made_from_it() -> None:
    found = estimate_missing(*lists(range(40), range(20)))

    assert (found.refused, found.n1, found.both, found.estimate) == ("nested", 40, 20, None)


def test_only_periods_of_both_count() -> None:
    old = [
        a_page_of(row, programme_period="2014-2020", project_number=f"2016/{at:05}")
        for at, row in enumerate(operations(9))
    ]
    here, there = lists(range(40), range(20, 60))
    [mixed] = sides([("one", to_frame([*old, *map(a_page_of, operations(40))]).lazy())])
    [alone] = sides([("one", to_frame(old).lazy())])

    assert estimate_missing(mixed, there) == estimate_missing(here, there)
    assert estimate_missing(alone, there).refused == "no_common_period"


def test_what_the_condition_asks_has_to_be_stated_by_all() -> None:
    rows = operations(60)
    one = to_frame(map(a_page_of, rows[:40])).lazy()
    other = to_frame(a_page_of(row, layout="esf-list", region=None) for row in rows[20:]).lazy()

    def asked(condition: str) -> Estimate:
        return estimate_missing(*sides([("one", one), ("other", other)], (), condition))

    assert asked("region == 'Stockholm'").refused == "not_judged"
    assert asked("programme_area == 'A'").both == 10
