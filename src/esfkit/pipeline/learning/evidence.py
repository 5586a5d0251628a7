"""Which label gives which column: what the pairs of a page say of the values given."""

from collections.abc import Mapping, Sequence
from typing import Any, Final, NamedTuple

from esfkit.layouts.layout import Layout, Style
from esfkit.model.document import Document
from esfkit.parsing.draft import Draft
from esfkit.parsing.fields import FIELDS
from esfkit.parsing.header import Found
from esfkit.parsing.lines import split_lines
from esfkit.parsing.taking import NO_LABEL
from esfkit.pipeline.learning.gold import Gold, is_same
from esfkit.pipeline.learning.pairs import Manner, Pair, pairs_of

_ANY_PAGE: Final = Layout(name="any", summary="Any.", kind="project", style=Style.INLINE)


class Page(NamedTuple):
    """A page with the values that are given for it.

    Attributes:
        name: Its name in the file of values.
        document: The page.
        gold: Its values.
    """

    name: str
    document: Document
    gold: Gold


class Sign(NamedTuple):
    """A label that names a field, in one manner of printing.

    Attributes:
        key: The folded label.
        field: The field.
        manner: How the value stands to it.
    """

    key: str
    field: str
    manner: Manner


class Evidence(NamedTuple):
    """What speaks for a sign on one page.

    Attributes:
        pair: Where it stands.
        columns: The given columns that it gives.
    """

    pair: Pair
    columns: frozenset[str]


class Looked(NamedTuple):
    """What was seen on one page.

    Attributes:
        page: The page.
        for_: Sign → what speaks for it.
        pairs: Every pair of words that may be a label and its value.
    """

    page: Page
    for_: Mapping[Sign, Evidence]
    pairs: tuple[Pair, ...]

    def prints(self, key: str, manner: Manner) -> bool:
        """Return whether a label is printed in a manner, by whatever value."""
        return any(pair.key == key and pair.manner == manner for pair in self.pairs)


def look_at_page(page: Page, currency: str) -> Looked:
    """Return which labels of a page stand by the values that are given for it."""
    layout = _ANY_PAGE.model_copy(update={"currency": currency})
    seen: dict[Sign, Evidence] = {}
    read: dict[str, dict[str, frozenset[str]]] = {}
    pairs = tuple(pairs_of(page.document.text))
    for pair in pairs:
        if pair.value not in read:
            read[pair.value] = explained(pair.value, page.gold, layout)
        for field, columns in read[pair.value].items():
            sign = Sign(pair.key, field, pair.manner)
            if sign not in seen or len(columns) > len(seen[sign].columns):
                seen[sign] = Evidence(pair, columns)
    return Looked(page, seen, pairs)


def explained(words: str, gold: Gold, layout: Layout) -> dict[str, frozenset[str]]:
    """Return field → the given columns that it reads from the words, as they were given.

    A field that reads another value than was given for any column is none of them.
    """
    found: dict[str, frozenset[str]] = {}
    for field in FIELDS:
        values = values_of(field, words, layout)
        stated = [column for column in values if column in gold]
        if stated and all(is_same(values[each], gold[each]) for each in stated):
            found[field] = frozenset(stated)
    return found


def values_of(field: str, words: str, layout: Layout) -> Mapping[str, Any]:
    """Return the columns that a field gives where these words are its value."""
    draft = Draft(split_lines(words), layout)
    FIELDS[field].take(draft, Found(NO_LABEL, 0, 0, 0, 0, len(words)))
    return draft.values


def columns_given(pages: Sequence[Page]) -> list[str]:
    """Return the columns that are given for any page, in the order in which they come."""
    columns = dict.fromkeys(column for page in pages for column in page.gold)
    return [
        column
        for column in columns
        if column != "kind" and any(page.gold.get(column) is not None for page in pages)
    ]
