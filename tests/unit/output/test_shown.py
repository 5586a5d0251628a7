from datetime import date
from decimal import Decimal

import polars as pl

from esfkit.dataset.dictionary import Language
from esfkit.output.shown import finite, shown_columns


def shown(values: list[object], language: Language = "en") -> list[str]:
    return shown_columns(pl.DataFrame({"x": values}), language)[0]


def test_figures_are_grouped_by_no_break_spaces() -> None:
    assert shown([0, 1234567, -1000]) == ["0", "1\xa0234\xa0567", "-1\xa0000"]
    assert shown([1234.5, 0.76031]) == ["1\xa0234.5000", "0.7603"]
    assert shown([Decimal("1234.50")]) == ["1\xa0234.50"]


def test_in_swedish_the_decimal_mark_is_a_comma() -> None:
    assert shown([1234.5, 100.0], "sv") == ["1\xa0234,5000", "100,0000"]
    assert shown([1234567], "sv") == ["1\xa0234\xa0567"]


def test_what_is_missing_says_so() -> None:
    assert shown([None, ""]) == ["(not stated)", ""]
    assert shown([None, "x"], "sv") == ["(ej angivet)", "x"]
    assert shown([None, 1]) == ["–", "1"]
    assert shown([float("nan"), 1.0]) == ["–", "1.0000"]


def test_other_values_have_their_plain_form() -> None:
    assert shown([True, False]) == ["yes", "no"]
    assert shown([True, False], "sv") == ["ja", "nej"]
    assert shown([date(2016, 9, 1)]) == ["2016-09-01"]
    assert shown([["a", "b"], []]) == ["a, b", ""]
    assert shown([[{"label": "å", "total": 1}]]) == ['[{"label":"å","total":1}]']


def test_a_table_without_fractions_stays_as_it_is() -> None:
    frame = pl.DataFrame({"a": [1]})

    assert finite(frame).equals(frame)
