import pytest

from esfkit.dataset.csvrows import Malformed, read_rows


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("", []),
        ("a,b\n", [["a", "b"]]),
        ("a,b", [["a", "b"]]),
        ('a,,""\n', [["a", None, ""]]),
        ('"a,""b""\nc",d\r\ne,f\n', [['a,"b"\nc', "d"], ["e", "f"]]),
        ("a\n\n\nb\n", [["a"], ["b"]]),
        ("a,b,\n", [["a", "b", None]]),
        ("a\rb\r", [["a"], ["b"]]),
        ('a;b,"c"', [["a;b", "c"]]),
        (",\n", [[None, None]]),
    ],
)
def test_a_text_is_cut_into_cells(text: str, rows: list[list[str | None]]) -> None:
    assert [row.cells for row in read_rows(text, ",")] == rows


def test_a_row_knows_the_line_on_which_it_begins() -> None:
    assert [row.line for row in read_rows('a\n"b\nb"\n\nc\n', ",")] == [1, 2, 5]


@pytest.mark.parametrize(
    ("text", "line"), [('a\n"b', 2), ('a\n"b"c\n', 2), ('a\nx"b"\n', 2), ('"\n",a"\n', 2)]
)
def test_a_quote_out_of_place_is_told_with_its_line(text: str, line: int) -> None:
    with pytest.raises(Malformed) as refused:
        list(read_rows(text, ","))
    assert refused.value.line in (line, line + 1)
