from decimal import Decimal
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from esfkit.output.workbook.cells import (
    CHARACTERS,
    as_run,
    fitting,
    in_xml,
    is_exact,
    length,
    told_apart,
)

_PIECES = st.sampled_from(["<r>", "</r>", "&", "<", "x", "😀", "\n", "_x0041_"])
_TEXTS = st.builds(
    lambda pieces, times, end: "".join(pieces) * times + end,
    st.lists(_PIECES, max_size=6),
    st.sampled_from([1, 3000, 8000, 16_000]),
    st.sampled_from(["", "</r>"]),
)


@given(_TEXTS)
def test_whatever_is_written_fits_a_cell_and_is_no_markup_but_ours(text: str) -> None:
    shown = fitting(told_apart(text))
    written = as_run(shown)

    assert length(written) <= CHARACTERS
    if written.startswith("<r>") and written.endswith("</r>"):
        inside = written.removeprefix('<r><t xml:space="preserve">').removesuffix("</t></r>")
        assert unescape(inside) == shown
        assert "<" not in inside
        assert ">" not in inside
    else:
        assert written == shown


@given(_TEXTS)
def test_what_fits_is_not_cut(text: str) -> None:
    if length(text) <= CHARACTERS:
        assert fitting(text) == text
    else:
        assert fitting(text).endswith(f"… [32,767 / {length(text):,}]")


def test_an_emoji_is_two_characters_in_excel() -> None:
    assert length("a😀å") == 4


def test_only_the_two_characters_that_are_none_are_spelled_out() -> None:
    assert in_xml("\ufffd\ufffe\uffff\U0001f600\x00") == "\ufffd\\ufffe\\uffff\U0001f600\x00"


@pytest.mark.parametrize(
    ("value", "exact"),
    [
        (999_999_999_999_999, True),
        (-1_000_000_000_000_000, False),
        (0.1, True),
        (Decimal("100000000000000000.00"), True),
        (Decimal(1_234_567_890_123_456), False),
    ],
)
def test_excel_keeps_15_digits(value: float | Decimal, *, exact: bool) -> None:
    assert is_exact(value) == exact
