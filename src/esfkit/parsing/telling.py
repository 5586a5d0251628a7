"""Labels that tell a running line of a record from a line of prose."""

import re
import unicodedata
from functools import cache

from esfkit.layouts.layout import all_layouts
from esfkit.vocabulary.running import running_words


def telling_labels(words: str) -> int:
    """Count the telling labels among the words, whatever their case and Unicode form."""
    if _frequent().search(words) is None:
        return 0
    telling = _printed_forms((*running_words("telling", "frequent"), *_own_words()))
    return sum(any(form in words for form in forms) for forms in telling)


@cache
def _own_words() -> tuple[str, ...]:
    """Return the labels by which layouts that a user has taught are known."""
    return tuple(words for layout in all_layouts() for words in layout.words)


@cache
def _frequent() -> re.Pattern[str]:
    """Return the pattern of the frequent labels; one search is quicker than one for each."""
    labels = (*running_words("frequent"), *_own_words())
    forms = sorted(form for forms in _printed_forms(labels) for form in forms)
    return re.compile("|".join(map(re.escape, forms)))


@cache
def _printed_forms(labels: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    """Return each label as written and in capitals, composed and decomposed."""
    return tuple(
        tuple(
            {
                unicodedata.normalize(form, case)
                for form in ("NFC", "NFD")
                for case in (label, label.upper())
            }
        )
        for label in labels
    )
