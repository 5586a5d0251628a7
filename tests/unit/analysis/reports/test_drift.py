import pytest

from esfkit.analysis.reports.drift import Printed, label_drift, printed_labels, wilson
from esfkit.dataset.frame import to_frame
from esfkit.model.finding import Problem
from factories import a_finding, a_place, a_project


def test_a_label_is_met_where_a_value_was_read_or_a_finding_points_to_it() -> None:
    missing = a_finding(Problem.VALUE_MISSING, field="region", start=1, end=2)
    about_it = a_finding(Problem.AMOUNT_ZERO, field="esf_support_sek")
    rows = [
        a_project("1", provenance=(a_place("title", "T", 0), a_place("title", "T", 9))),
        a_project("2", provenance=(a_place("title", "T", 0),), findings=(missing, about_it)),
        a_project("3", layout="esf-plus"),
    ]

    assert printed_labels(to_frame(rows)) == {
        "esf-2014-lines": Printed(2, {"title": 2, "region": 1}),
        "esf-plus": Printed(1, {}),
    }


def drift(past: tuple[int, int], now: tuple[int, int], fewest: int = 20) -> str:
    (met_then, then), (met_now, documents) = past, now
    table = label_drift(
        {"page": Printed(then, {"region": met_then})},
        {"page": Printed(documents, {"region": met_now})},
        fewest,
    )
    return str(table["status"].item())


@pytest.mark.parametrize(
    ("past", "now", "status"),
    [
        ((100, 100), (100, 100), "steady"),
        ((100, 100), (60, 100), "drifted"),
        ((0, 100), (40, 100), "drifted"),
        ((9000, 10_000), (17, 20), "steady"),  # chance, though outside a narrow band
        ((9000, 10_000), (8000, 10_000), "drifted"),
        ((100, 100), (0, 19), "few"),
        ((19, 19), (0, 100), "few"),
    ],
)
def test_a_rate_that_leaves_its_band_has_drifted(
    past: tuple[int, int], now: tuple[int, int], status: str
) -> None:
    assert drift(past, now) == status


def test_how_few_are_too_few_is_the_callers_to_say() -> None:
    assert drift((100, 100), (0, 19), fewest=19) == "drifted"


def test_a_drifted_label_tells_its_band_and_its_rate_and_comes_first() -> None:
    past = {"page": Printed(100, {"title": 100, "region": 90})}
    now = {"page": Printed(50, {"title": 50, "region": 10})}

    table = label_drift(past, now)

    assert table.row(0) == (
        *("page", "region", "drifted", 100, 50),
        *(0.9, 0.7962, 0.954),
        *(0.2, 0.0938, 0.3765),
    )
    assert table["column"].to_list() == ["region", "title"]


def test_layouts_that_only_one_side_has_are_told() -> None:
    met = {"page": Printed(50, {"title": 50})}

    assert label_drift({}, met)["status"].to_list() == ["new"]
    assert label_drift(met, {})["status"].to_list() == ["gone"]


def test_an_interval_is_wilsons() -> None:
    low, high = wilson(90, 100)

    assert (round(low, 4), round(high, 4)) == (0.7962, 0.954)
    assert wilson(5, 5)[1] == 1.0
    assert wilson(0, 5)[0] == 0.0
