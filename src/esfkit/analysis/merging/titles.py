"""Titles: when two are the same words, how alike they are, and which words part them."""

import csv
import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from io import StringIO
from typing import Final

from rapidfuzz import fuzz

from esfkit.vocabulary.fold import fold

LEAST_LIKENESS: Final = 88.0
"""Titles less alike than this are told apart.

Misspelt Swedish labels score 91–96 by plain ratio; scores of partial likeness are not
used because a title that merely begins like another gets 90 by them.
"""

_WORD: Final = re.compile(r"[^\W_]+|\+")


def words_key(words: str | None) -> str:
    """Return the words in the form in which titles and names are compared.

    Case, blanks, quotation marks, dashes and points do not tell two titles apart;
    letters, digits and ``+`` do. Nothing gives an empty text.
    """
    return "" if words is None else " ".join(_WORD.findall(fold(words)))


def likeness(one: str, other: str) -> float:
    """Return how alike two keys are, from 0 to 100, or 0 below :data:`LEAST_LIKENESS`."""
    return fuzz.ratio(one, other, score_cutoff=LEAST_LIKENESS)


@cache
def parting_words(key: str) -> frozenset[str]:
    """Return what in a title tells a pre-study or a part from the rest: ``pre-study``, ``2``.

    Numbers part, and so do the words of ``parting_words.csv``, by what they mean.
    """
    means = _meanings()
    words = key.split()
    return frozenset(
        word if word.isdigit() else means[word]
        for word in words
        if word.isdigit() or word in means
    )


@cache
def _meanings() -> Mapping[str, str]:
    text = files("esfkit.analysis.merging").joinpath("parting_words.csv").read_text("utf-8")
    return {row["word"]: row["means"] for row in csv.DictReader(StringIO(text))}
