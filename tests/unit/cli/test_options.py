from typing import get_args

import pytest

from esfkit.cli.options import FORMATS, Lang, Weight, language_of, parts
from esfkit.dataset.dictionary import Language
from esfkit.model.finding import SEVERITIES
from esfkit.output.writers import WRITERS


def test_the_help_names_every_format() -> None:
    assert FORMATS.replace(" or ", ", ").split(", ") == [writer.name for writer in WRITERS]


def test_the_languages_are_those_of_the_dictionary() -> None:
    assert {language_of(lang) for lang in Lang} == set(get_args(Language))


def test_the_severities_are_those_of_findings() -> None:
    assert [str(weight) for weight in Weight] == [str(each) for each in SEVERITIES]


@pytest.mark.parametrize(
    ("words", "expected"), [(None, []), ("", []), ("a", ["a"]), (" a, b ,,c", ["a", "b", "c"])]
)
def test_commas_divide_a_list(words: str | None, expected: list[str]) -> None:
    assert parts(words) == expected
