import tomllib

import pytest

from esfkit.layouts.toml import MOST_NESTED, load_toml


def test_what_a_text_states_is_returned() -> None:
    assert load_toml('a = "x"\n[b]\nc = [1, -9223372036854775807]\n') == {
        "a": "x",
        "b": {"c": [1, -9223372036854775807]},
    }


def test_what_is_no_toml_keeps_its_place() -> None:
    with pytest.raises(tomllib.TOMLDecodeError, match="line 2"):
        load_toml("a = 1\nb = \n")


@pytest.mark.parametrize("number", ["9" * 5000, "9" * 20, "-" + "9" * 20, "0x" + "F" * 5000])
def test_a_long_whole_number_is_refused_with_what_to_do(number: str) -> None:
    with pytest.raises(ValueError, match=r"too long\. Write one of at most 18 digits\."):
        load_toml(f"a = [{{b = {number}}}]\n")


@pytest.mark.parametrize("depth", [MOST_NESTED + 1, 100, 5000])
def test_lists_nested_too_deep_are_refused(depth: int) -> None:
    with pytest.raises(ValueError, match="nested too deep"):
        load_toml("a = " + "[" * depth + "]" * depth)


def test_lists_nested_as_deep_as_may_be_are_returned() -> None:
    [inner] = load_toml("a = " + "[" * MOST_NESTED + "]" * MOST_NESTED).values()

    assert str(inner) == "[" * MOST_NESTED + "]" * MOST_NESTED
