from collections.abc import Sequence

import polars as pl
import pytest

from esfkit.analysis.grouping.owners import NAME, NUMBER, organisations, types
from esfkit.analysis.reports.summary import summary
from esfkit.dataset.frame import to_frame
from factories import a_project

Owner = tuple[str | None, str | None]


def of(*printed: Owner) -> pl.Series:
    dtype = pl.Struct({NAME: pl.String, NUMBER: pl.String})
    rows = [{NAME: name, NUMBER: number} for name, number in printed]
    return pl.Series("owner", rows, dtype=dtype)


def named(*printed: Owner) -> list[str | None]:
    return organisations(of(*printed)).to_list()


def test_case_and_blanks_do_not_make_two_owners_of_one() -> None:
    assert named(("UPPSALA KOMMUN", None), ("Uppsala  kommun", None)) == ["Uppsala  kommun"] * 2


def test_the_commonest_spelling_stands_for_all_but_capitals_only_if_there_is_no_other() -> None:
    shouted: list[Owner] = [("ALFA AB", None)] * 3
    assert set(named(*shouted, ("Alfa AB", None))) == {"Alfa AB"}
    assert set(named(*shouted)) == {"ALFA AB"}
    assert set(named(("Alfa ab", None), ("Alfa ab", None), ("alfa AB", None))) == {"Alfa ab"}


def test_one_number_is_one_owner_whatever_it_is_called() -> None:
    renamed = named(("Örebro läns landsting", "2321000164"), ("Region Örebro", "2321000164"))

    assert renamed == ["Region Örebro"] * 2


def test_a_name_without_number_joins_the_one_number_that_it_is_known_by() -> None:
    assert named(("Alfa AB", "5560360793"), ("ALFA AB", None)) == ["Alfa AB"] * 2


def test_a_name_with_two_numbers_is_two_owners_and_without_one_a_third() -> None:
    found = named(("Alfa AB", "5560360793"), ("Alfa AB", "2120003005"), ("Alfa AB", None))

    assert found == ["Alfa AB (5560360793)", "Alfa AB (2120003005)", "Alfa AB (alfa ab)"]


def test_a_number_alone_names_its_owner_and_nothing_names_nobody() -> None:
    assert named((None, "5560360793"), (None, None)) == ["5560360793", None]


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 2, 0)])
def test_the_order_of_the_records_does_not_matter(order: Sequence[int]) -> None:
    printed: list[Owner] = [("Beta AB", None), ("BETA AB", "5560360793"), ("beta ab", None)]

    assert set(named(*(printed[place] for place in order))) == {"Beta AB"}


def test_each_owner_has_its_type_and_an_unknown_one_none() -> None:
    assert types(
        of(("Uppsala kommun", None), ("Alfa AB", None), ("Gamma", None))
    ).to_list() == [
        "municipality",
        "company",
        None,
    ]


def test_a_summary_counts_an_owner_once_however_it_is_written() -> None:
    records = [
        a_project("1", owner_name="Uppsala kommun", owner_org_number=None, esf_support_sek=1),
        a_project("2", owner_name="UPPSALA KOMMUN", owner_org_number=None, esf_support_sek=2),
    ]
    table = summary(to_frame(records), "organisation").table

    assert table.select("organisation", "projects", "esf_support_sek").rows() == [
        ("Uppsala kommun", 2, 3),
        ("Total", 2, 3),
    ]
