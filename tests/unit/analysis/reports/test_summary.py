from datetime import date
from decimal import Decimal
from typing import Any

import polars as pl
import pytest

from esfkit.analysis.reports.summary import Summary, summary
from esfkit.dataset.frame import to_frame
from esfkit.model.errors import BadRequest, InputRefused
from esfkit.model.record import ParticipantTarget, Record
from factories import a_call, a_project

SMALAND = "Småland och Öarna"


def rows_of(result: Summary) -> list[dict[str, Any]]:
    return result.table.to_dicts()


def by_region(*records: Record) -> dict[str | None, dict[str, Any]]:
    return {row["region"]: row for row in rows_of(summary(to_frame(records), ["region"]))}


def test_a_region_worked_out_by_hand() -> None:
    rows = by_region(
        a_project(
            "2016/00130",
            region=SMALAND,
            total_budget_sek=5_044_038,
            esf_support_sek=2_369_104,
            planned_participants=50,
        ),
        a_project(
            "2016/00131", region=SMALAND, total_budget_sek=6_113_800, esf_support_sek=6_113_800
        ),
        a_project("2016/00132", region="Sydsverige", esf_support_sek=1_000),
    )

    assert rows[SMALAND] == {
        "region": SMALAND,
        "projects": 2,
        "total_budget_sek": 11_157_838,
        "total_budget_sek_stated": 2,
        "esf_support_sek": 8_482_904,
        "esf_support_sek_stated": 2,
        "esf_share": 0.7603,
        "esf_share_stated": 2,
        "planned_participants": 50,
        "planned_participants_stated": 1,
        "support_per_participant": 47_382,
        "support_per_participant_stated": 1,
        "largest_participant_target": None,
        "largest_participant_target_stated": 0,
    }
    assert list(rows) == [SMALAND, "Sydsverige", "Total"]


def test_a_group_without_any_known_budget_has_no_sum_and_no_share() -> None:
    row = by_region(a_project(region="Sydsverige", esf_support_sek=1_000))["Sydsverige"]

    assert row["total_budget_sek"] is None
    assert row["total_budget_sek_stated"] == 0
    assert row["esf_support_sek"] == 1_000
    assert row["esf_share"] is None
    assert row["esf_share_stated"] == 0


def test_zero_is_a_figure_but_no_divisor() -> None:
    row = by_region(
        a_project(
            region="Sydsverige", total_budget_sek=0, esf_support_sek=0, planned_participants=0
        )
    )["Sydsverige"]

    assert (row["total_budget_sek"], row["total_budget_sek_stated"]) == (0, 1)
    assert (row["planned_participants"], row["planned_participants_stated"]) == (0, 1)
    assert (row["esf_share"], row["esf_share_stated"]) == (None, 1)
    assert (row["support_per_participant"], row["support_per_participant_stated"]) == (None, 0)


def test_the_share_rests_on_the_projects_that_state_both() -> None:
    row = by_region(
        a_project("1", region="S", total_budget_sek=100, esf_support_sek=40),
        a_project("2", region="S", total_budget_sek=1_000_000),
        a_project("3", region="S", esf_support_sek=1_000_000),
    )["S"]

    assert (row["esf_share"], row["esf_share_stated"]) == (0.4, 1)


def test_halves_go_to_the_even_neighbour() -> None:
    row = by_region(
        a_project(
            region="S", total_budget_sek=20_000, esf_support_sek=5, planned_participants=2
        )
    )["S"]

    assert row["esf_share"] == 0.0002
    assert row["support_per_participant"] == 2


def test_sums_beyond_32_bits_are_exact() -> None:
    great = 4_000_000_000_000_003
    rows = by_region(
        *(a_project(str(n), region="S", total_budget_sek=great) for n in range(1000))
    )

    assert rows["S"]["total_budget_sek"] == 1000 * great


def test_a_sum_that_no_table_can_hold_is_refused_and_does_not_wrap_around() -> None:
    records = [a_project(str(n), region="S", total_budget_sek=2**62) for n in range(3)]

    with pytest.raises(InputRefused, match="total_budget_sek"):
        summary(to_frame(records), ["region"])


def test_euro_is_summed_on_its_own_and_only_shown_where_it_occurs() -> None:
    in_euro = a_project("1", region="S", total_budget_eur=Decimal("0.10"))
    more = a_project("2", region="S", total_budget_eur=Decimal("0.20"), total_budget_sek=5)
    row = by_region(in_euro, more)["S"]

    assert (row["total_budget_eur"], row["total_budget_eur_stated"]) == (Decimal("0.30"), 2)
    assert (row["total_budget_sek"], row["total_budget_sek_stated"]) == (5, 1)
    assert (row["esf_support_eur"], row["esf_support_eur_stated"]) == (None, 0)


def test_the_largest_target_of_each_project_is_a_measure_of_its_own() -> None:
    targets = (
        ParticipantTarget(label="I utbildning", total=100),
        ParticipantTarget(label="I arbete", total=150),
    )
    row = by_region(
        a_project("1", region="S", participant_targets=targets),
        a_project("2", region="S", participant_targets=targets[:1], planned_participants=7),
    )["S"]

    assert row["largest_participant_target"] == 250
    assert row["largest_participant_target_stated"] == 2
    assert row["planned_participants"] == 7


# --- groups


def test_rows_stand_in_swedish_order_with_the_nationwide_and_the_unknown_last() -> None:
    regions = ["Övre Norrland", None, "Nationellt", "Ängen", "Västsverige", "Ålidhem", "alfa"]
    records = [a_project(str(n), region=region) for n, region in enumerate(regions)]
    table = summary(to_frame(records), ["region"]).table

    assert table["region"].to_list() == [
        "alfa",
        "Västsverige",
        "Ålidhem",
        "Ängen",
        "Övre Norrland",
        "Nationellt",
        None,
        "Total",
    ]


def test_two_keys_give_a_row_for_each_pair_that_occurs() -> None:
    records = [
        a_project("1", region="S", programme_area="2"),
        a_project("2", region="S", programme_area="1"),
        a_project("3", region="R"),
    ]
    result = summary(to_frame(records), ["region", "programme_area"])

    assert result.table.select("region", "programme_area", "projects").rows() == [
        ("R", None, 1),
        ("S", "1", 1),
        ("S", "2", 1),
        ("Total", "", 3),
    ]
    assert result.keys == ("region", "programme_area", "programme_period")


def test_the_total_is_not_mistaken_for_a_group_of_that_name() -> None:
    result = summary(to_frame([a_project(owner_name="Total")]), ["owner_name"])

    assert result.table["owner_name"].to_list() == ["Total", "(Total)"]


def test_the_total_can_be_left_out() -> None:
    table = summary(to_frame([a_project(region="S")]), ["region"], totals=False).table

    assert table["region"].to_list() == ["S"]


def test_by_nothing_there_is_one_row_over_everything() -> None:
    for totals in (True, False):
        table = summary(to_frame([a_project("1"), a_project("2")]), [], totals=totals).table
        assert table["projects"].to_list() == [2]


def test_an_empty_dataset_has_a_total_of_nothing() -> None:
    rows = rows_of(summary(to_frame([]), ["region"]))

    assert [(row["region"], row["projects"]) for row in rows] == [("Total", 0)]
    assert rows[0]["total_budget_sek"] is None


@pytest.mark.parametrize("key", ["start_year", "period_start.year"])
def test_years_come_from_the_dates(key: str) -> None:
    records = [a_project("1", period_start=date(2016, 9, 1)), a_project("2")]
    result = summary(to_frame(records), [key])

    assert result.table["start_year"].to_list() == ["2016", None, "Total"]


def test_an_unknown_key_is_refused_with_those_that_exist() -> None:
    with pytest.raises(BadRequest, match=r"'regoin'. Did you mean region.*The keys are: pro"):
        summary(to_frame([]), ["regoin"])


# --- places


def a_project_in(number: str, *places: tuple[str, str | None], **values: object) -> Record:
    return a_project(
        number,
        municipalities=tuple(name for name, _ in places),
        municipality_codes=tuple(code for _, code in places if code),
        **values,
    )


VAXJO, LJUNGBY, MALMO = ("Växjö", "0780"), ("Ljungby", "0781"), ("Malmö", "1280")
PLACED = [
    a_project_in("1", VAXJO, esf_support_sek=1, planned_participants=1),
    a_project_in("2", VAXJO, LJUNGBY, esf_support_sek=10, planned_participants=10),
    a_project_in("3", VAXJO, MALMO, esf_support_sek=100, planned_participants=100),
    a_project_in("4", ("Obygd", None), VAXJO, esf_support_sek=1_000),
    a_project_in("5", esf_support_sek=10_000),
    a_project_in("6", ("Obygd", None), esf_support_sek=100_000),
    a_project_in("7", VAXJO, VAXJO, esf_support_sek=1_000_000),
]


def figures(key: str) -> list[tuple[Any, ...]]:
    table = summary(to_frame(PLACED), [key]).table
    columns = (key, "projects", "projects_elsewhere_too", "esf_support_sek")
    return table.select(*columns, "planned_participants").rows()


def test_money_counts_for_a_municipality_only_if_it_is_the_only_one() -> None:
    assert figures("municipality") == [
        ("Ljungby", 1, 1, None, None),
        ("Malmö", 1, 1, None, None),
        ("Obygd", 2, 1, 100_000, None),
        ("Växjö", 5, 3, 1_000_001, 1),
        (None, 1, 0, 10_000, None),
        ("Total", 7, 3, 1_111_111, 111),
    ]


def test_money_counts_for_a_county_if_all_known_municipalities_lie_in_it() -> None:
    assert figures("county") == [
        ("Kronobergs län", 5, 2, 1_000_011, 11),
        ("Skåne län", 1, 1, None, None),
        (None, 2, 0, 110_000, None),
        ("Total", 7, 2, 1_111_111, 111),
    ]


def test_places_go_together_with_another_key() -> None:
    table = summary(to_frame(PLACED), ["kind", "county"]).table

    assert table.height == 4
    assert table["projects_elsewhere_too"].to_list()[-1] == 2


def test_both_sorts_of_place_at_once_are_refused() -> None:
    with pytest.raises(BadRequest, match="not by both"):
        summary(to_frame(PLACED), ["county", "municipality"])


# --- what counts


def test_only_projects_count_unless_others_are_asked_for() -> None:
    frame = to_frame([a_project("1"), a_call("2", esf_support_sek=5)])

    assert summary(frame, []).basis.records == 1
    assert summary(frame.lazy(), [], kinds=("project", "call")).basis.records == 2
    with pytest.raises(BadRequest, match="'fish'"):
        summary(frame, [], kinds=("fish",))


def test_a_project_seen_twice_counts_once_by_what_states_most() -> None:
    poor = a_project("1", source_path="a", esf_support_sek=5)
    rich = a_project("1", source_path="b", esf_support_sek=7, title="Vägen in")
    result = summary(to_frame([poor, rich, a_project("2")]), [])

    assert (result.basis.records, result.basis.observations, result.basis.left_out) == (2, 3, 1)
    assert result.table["esf_support_sek"].to_list() == [7]
    assert result.table["projects"].to_list() == [2]


def test_every_observation_counts_if_asked_for() -> None:
    twice = [a_project("1", esf_support_sek=5)] * 2
    result = summary(to_frame(twice), [], all_observations=True)

    assert (result.basis.records, result.basis.observations, result.basis.left_out) == (2, 2, 0)
    assert result.table["esf_support_sek"].to_list() == [10]


def test_the_types_do_not_depend_on_the_data() -> None:
    empty = summary(to_frame([]), ["region"]).table.schema
    full = summary(to_frame(PLACED), ["region"]).table.schema

    assert empty == full
    assert full["total_budget_sek"] == pl.Int64
    assert full["projects"] == pl.Int64
