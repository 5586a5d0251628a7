import pytest

from esfkit.output.workbook.grouping import (
    Area,
    area_formula,
    area_group,
    areas_met,
    region_formula,
    region_group,
    regions,
    regions_met,
)


@pytest.mark.parametrize(
    ("period", "area", "group"),
    [
        ("2014-2020", "1", "2014-2020 · 1"),
        ("2007-2013", "1", "2007-2013 · 1"),
        ("2021-2027", "A", "2021-2027 · A"),
        ("2021-2027", "1", "(annat)"),
        ("2014-2020", None, "2014-2020 · (ej angivet)"),
        ("1994-1999", None, "(annat)"),
        (None, "1", "(annat)"),
        (None, None, "(ej angivet)"),
    ],
)
def test_an_area_belongs_to_its_period(
    period: str | None, area: str | None, group: str
) -> None:
    assert area_group(period, area, "sv") == group


def test_a_region_is_one_of_the_code_list_or_other() -> None:
    assert region_group("Sydsverige", "en") == "Sydsverige"
    assert region_group("sydsverige", "en") == "(other)"
    assert region_group("", "en") == "(other)"
    assert region_group(None, "en") == "(not stated)"


def test_no_group_means_anything_but_itself_in_a_criterion() -> None:
    for name in (*regions(), "(other)", "(not stated)", "2014-2020 · (not stated)"):
        assert not set(name) & set('*?~<>="')
        assert not name[0].isdigit() or " · " in name


def test_formulas_compute_the_groups() -> None:
    assert region_formula("Q2", "en") == '=IF(Q2="","(not stated)",Q2)'
    assert area_formula("G2", "K2", "sv") == (
        '=IF(AND(G2="",K2=""),"(ej angivet)",G2&" · "&IF(K2="","(ej angivet)",K2))'
    )


def test_regions_stand_as_swedish_sorts_without_the_nationwide_one() -> None:
    met = ["Övre Norrland", "Nationellt", "Östra Mellansverige", "Sydsverige", "(other)"]

    assert regions_met(met) == ["Sydsverige", "Östra Mellansverige", "Övre Norrland"]


def test_areas_stand_by_period_with_those_of_no_area_last() -> None:
    met = ["(other)", "2021-2027 · A", "(not stated)", "2014-2020 · (not stated)",
           "2014-2020 · 2", "2014-2020 · 1"]  # fmt: skip

    assert areas_met(met, "en")[:3] == [
        Area("2014-2020 · 1", "Skills supply"),
        Area("2014-2020 · 2", "Increased transitions to work"),
        Area("2014-2020 · (not stated)"),
    ]
    assert [area.label for area in areas_met(met, "en")][3:] == [
        "2021-2027 · A", "(other)", "(not stated)"
    ]  # fmt: skip
