from time import perf_counter

import pytest

from esfkit.dataset.cells import guarded, guarded_json, unguarded


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("", ""),
        ("Vägen in", "Vägen in"),
        ("=1+1", "'=1+1"),
        ("  =1+1", "'  =1+1"),
        ('"=1', "'\"=1"),
        ("\ufeff=1", "'\ufeff=1"),
        ("＝1", "'＝1"),
        ("x;=1", "x;'=1"),
        ("x, @y", "x,' @y"),
        ("a\n- b\n- c", "a\n'- b\n'- c"),
        ("\t=1", "'\t'=1"),
        ("stycke\n\nstycke", "stycke\n\nstycke"),
        ("e-post, telefon; ort", "e-post, telefon; ort"),
        ("Stockholm,", "Stockholm,'"),
        ("'=1", "''=1"),
        ("'", "''"),
        ("'citat'", "'citat'"),
    ],
)
def test_a_quote_stands_wherever_a_cell_could_begin_with_a_trigger(
    text: str, cell: str
) -> None:
    assert guarded(text) == cell
    assert unguarded(cell) == text


def test_a_json_cell_is_made_harmless_by_escapes_that_json_reads() -> None:
    assert guarded_json('["a","=1","x; -y"]') == '["a","\\u003d1","x; \\u002dy"]'


@pytest.mark.parametrize(
    "unit", [" ", "'", '"', "\n", ",", ", ", ";\n", "\t", "\n ", "= ", ",'"]
)
def test_the_time_grows_with_the_length(unit: str) -> None:
    text = "x" + unit * (400_000 // len(unit))
    start = perf_counter()
    assert unguarded(guarded(text)) == text
    assert perf_counter() - start < 10
