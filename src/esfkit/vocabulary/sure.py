"""Words without which no text is about a project or a call of the fund.

Labels such as ``Region`` or ``Telefon`` stand on every second page of the web. A page of
a project or call also names the fund or prints one of the labels that only such pages
have; a text with none of the words here is none of them, however it is laid out. The
sieve looks for the same words in bytes, so it can drop nothing that the parser would read.

Some of the words are parts of labels that other authorities print too. They keep a text
for the parser, which asks for more than them.
"""

import re
from functools import cache
from typing import Final

from esfkit.vocabulary.labels import Label
from esfkit.vocabulary.tables import read_table

_FUND_WRITTEN_OUT: Final = ("ocialfond", "OCIALFOND", "uropean Social Fund")

_OWN_FIELDS: Final = frozenset(
    {
        "call_amount",
        "country_concerned",
        "intervention_code",
        "nuts_code",
        "phase",
        "programme_cci",
        "secondary_theme_child_poverty",
        "specific_objective",
        "strategic_importance",
        "union_cofinancing_rate",
    }
)
"""Fields that only the fund's pages have labels for."""

_OWN_BEGINNINGS: Final = ("planerat antal ", "stödmottagare ", "stödmottagarens ")


@cache
def sure_words() -> tuple[str, ...]:
    """Return the words, the most frequent first.

    They are parts of words in ASCII, in the letters' case on the pages and in capitals, as
    some copies print the labels: every encoding of a page keeps them, JSON does not escape
    them, and they are found at the speed of memory.
    """
    return tuple(row["words"] for row in read_table("sure_words"))


def is_sure(text: str) -> bool:
    """Return whether one of the words stands in the text."""
    return any(words in text for words in sure_words())


def names_this_fund(text: str) -> bool:
    """Return whether a text names the fund or prints a label that only its pages have."""
    return any(words in text for words in _own_words())


@cache
def _own_words() -> tuple[str, ...]:
    """Return the words that are not anybody's: a user's own are the fund's too."""
    rows = read_table("sure_words")
    own = [row["words"] for row in rows if row.get("whose") != "anybody"]
    return (*own, *_FUND_WRITTEN_OUT)


def is_own_label(label: Label) -> bool:
    """Return whether a label stands on the fund's pages and on no other authority's."""
    return label.field in _OWN_FIELDS or label.key.startswith(_OWN_BEGINNINGS)


def names_fund(text: str) -> bool:
    """Return whether a text names this or another fund of the EU."""
    return _funds().search(text) is not None


@cache
def _funds() -> re.Pattern[str]:
    """Return the pattern of all funds: codes as they are, names in any case."""
    rows = tuple(read_table("funds"))
    codes = "|".join(re.escape(row["code"]) for row in rows)
    names = "|".join(
        re.escape(name)
        for row in rows
        for name in (row["name"], *row["variants"].split("|"))
        if name
    )
    return re.compile(rf"\b(?:(?:{codes})(?!\w)|(?i:{names}))")
