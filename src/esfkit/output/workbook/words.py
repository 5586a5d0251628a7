"""The words of the workbook, in Swedish and English; they live in ``words.csv``."""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import fields
from functools import cache
from importlib.resources import files
from io import StringIO
from types import MappingProxyType

from esfkit.dataset.dictionary import Language
from esfkit.output.workbook.book import Losses


@cache
def words_in(language: Language) -> Mapping[str, str]:
    """Return key → words in the language."""
    text = files("esfkit.output.workbook").joinpath("words.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(StringIO(text))
    return MappingProxyType({row["key"]: row[language] for row in rows})


def losses_told(losses: Losses, language: Language) -> Iterator[str]:
    """Yield a sentence for each kind of thing that could not be written as it was."""
    words = words_in(language)
    for loss in fields(losses):
        count = getattr(losses, loss.name)
        if count:
            yield words[f"lost_{loss.name}"].format(count=count)
