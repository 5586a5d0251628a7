from dataclasses import fields
from importlib.resources import files
from pathlib import Path

import pytest

from esfkit.dataset.dictionary import Language
from esfkit.output.workbook.book import Losses
from esfkit.output.workbook.words import losses_told, words_in


def test_both_languages_have_words_for_everything() -> None:
    swedish, english = words_in("sv"), words_in("en")

    assert swedish.keys() == english.keys()
    for key in swedish:
        assert swedish[key].strip()
        assert english[key].strip()
        assert swedish[key].count("{") == english[key].count("{"), key


def test_no_words_lie_idle() -> None:
    package = Path(str(files("esfkit.output.workbook")))
    code = "".join(path.read_text(encoding="utf-8") for path in package.glob("*.py"))
    composed = ("lost_", "about_kind_")

    for key in words_in("en"):
        assert f'"{key}"' in code or key.startswith(composed), key


@pytest.mark.parametrize("language", ["sv", "en"])
def test_every_loss_has_its_sentence_and_none_is_told_of_nothing(language: Language) -> None:
    names = [field.name for field in fields(Losses)]

    told = list(losses_told(Losses(**dict.fromkeys(names, 7)), language))

    assert len(told) == len(set(told)) == len(names)
    assert all(": 7." in sentence for sentence in told)
    assert list(losses_told(Losses(), language)) == []
