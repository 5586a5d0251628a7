import subprocess
import sys
from datetime import date
from decimal import Decimal

import polars as pl
import pytest
from babel.numbers import format_decimal, format_percent
from hypothesis import given
from hypothesis import strategies as st

from esfkit.dataset.dictionary import Language
from esfkit.output.shown import finite, shown_columns


def shown(values: list[object], language: Language = "en", unit: str = "") -> list[str]:
    return shown_columns(pl.DataFrame({"x": values}), language, {"x": unit})[0]


def test_english_figures_have_commas_and_a_point() -> None:
    assert shown([0, 1234567, -1000]) == ["0", "1,234,567", "-1,000"]
    assert shown([1234.5, 0.76031]) == ["1,234.5000", "0.7603"]
    assert shown([Decimal("1234.50")]) == ["1,234.50"]


def test_swedish_figures_have_no_break_spaces_and_a_comma() -> None:
    assert shown([0, 1234567, -1000], "sv") == ["0", "1\xa0234\xa0567", "-1\xa0000"]
    assert shown([1234.5, 100.0], "sv") == ["1\xa0234,5000", "100,0000"]
    assert shown([Decimal("-1234.50")], "sv") == ["-1\xa0234,50"]


def test_a_share_is_a_percentage() -> None:
    shares: list[object] = [0.76031, 1.0, -0.5, 12.345]

    assert shown(shares, "en", "fraction") == ["76.0%", "100.0%", "-50.0%", "1,234.5%"]
    assert shown(shares, "sv", "fraction") == [
        "76,0\xa0%", "100,0\xa0%", "-50,0\xa0%", "1\xa0234,5\xa0%",
    ]  # fmt: skip
    assert shown([Decimal("0.7603"), None], "sv", "fraction") == ["76,0\xa0%", "–"]
    assert shown([1, 0], "en", "fraction") == ["100.0%", "0.0%"]


@pytest.mark.parametrize(
    ("unit", "text"), [("SEK", "0.12"), ("persons", "0.1"), ("months", "0.1"), ("", "0.1235")]
)
def test_the_unit_settles_how_many_decimals_a_fraction_has(unit: str, text: str) -> None:
    assert shown([0.12345], unit=unit) == [text]
    assert shown([7], unit=unit) == ["7"]


def test_figures_past_64_bits_keep_every_digit() -> None:
    wide = pl.DataFrame({"x": pl.Series([2**100, -(2**70)], dtype=pl.Int128)})

    assert shown_columns(wide, "en") == [
        ["1,267,650,600,228,229,401,496,703,205,376", "-1,180,591,620,717,411,303,424"]
    ]


@given(st.integers(-(2**63), 2**63 - 1), st.sampled_from(["sv", "en"]))
def test_figures_are_as_babel_writes_them(figure: int, language: Language) -> None:
    assert shown([figure], language) == [format_decimal(figure, locale=language)]


@given(st.integers(-(10**6), 10**6), st.sampled_from(["sv", "en"]))
def test_percentages_are_as_babel_writes_them(thousandths: int, language: Language) -> None:
    share = Decimal(thousandths) / 1000
    pattern = {"sv": "#,##0.0\xa0%", "en": "#,##0.0%"}[language]

    assert shown([share], language, "fraction") == [
        format_percent(share, format=pattern, locale=language)
    ]


def test_formats_for_machines_do_without_babel() -> None:
    code = (
        "import sys, io, polars; from esfkit.output.writers import WRITERS\n"
        "frame = polars.DataFrame({'x': [1.5]})\n"
        "for writer in WRITERS:\n"
        "    if writer.name not in ('table', 'md'): writer.write(frame, io.BytesIO())\n"
        "assert not any(name.split('.')[0] == 'babel' for name in sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


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
