"""What stands among and above the labels of pages: labels nobody asked for, furniture."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Final, NamedTuple

from esfkit.layouts.layout import Style
from esfkit.parsing.lines import split_lines
from esfkit.pipeline.learning.evidence import Looked
from esfkit.pipeline.learning.pairs import Manner, Pair
from esfkit.vocabulary.fold import fold
from esfkit.vocabulary.headings import is_chrome
from esfkit.vocabulary.labels import NOT_KEPT

_FEWEST_ALIKE: Final = 2
_LONGEST_LINE: Final = 80
_ON_LINES: Final = (Style.INLINE, Style.NEXT_LINE)


class Learned(NamedTuple):
    """A label and the field that it names on these pages.

    Attributes:
        words: The label as printed.
        key: The label folded.
        field: What it names.
        known_as: The field that it names in esfkit; empty for a label that is new.
        columns: The given columns that it gives.
        pages: The names of the pages that show it.
        colon: Whether a colon follows it on most of them.
    """

    words: str
    key: str
    field: str
    known_as: str
    columns: tuple[str, ...]
    pages: tuple[str, ...]
    colon: bool


def left_over(
    looked: Sequence[Looked], learned: Sequence[Learned], manner: Manner
) -> Iterator[Learned]:
    """Yield the labels among the learned ones whose values nobody asked for.

    They stand where a label must: right behind a value and right before a label, or, with
    a colon, anywhere between the first label and the last.
    """
    keys = {one.key for one in learned}
    pages: dict[str, list[tuple[Looked, Pair]]] = {}
    for each in looked:
        for pair in _between(each, keys, manner):
            pages.setdefault(pair.key, []).append((each, pair))
    for key, shown in pages.items():
        words, colon = shown[0][1].words, all(pair.colon for _, pair in shown)
        names = tuple(dict.fromkeys(each.page.name for each, _ in shown))
        yield Learned(words, key, NOT_KEPT, "", (), names, colon)


def same_above(
    looked: Sequence[Looked], learned: Sequence[Learned], manner: Manner
) -> Iterator[str]:
    """Yield the lines above the first label that all pages print alike, but for values.

    They are the site's furniture: unknown, one of them would be taken for a title.
    """
    keys = {one.key for one in learned}
    above = [_lines_above(each, keys, manner) for each in looked]
    if len(above) < _FEWEST_ALIKE:
        return
    for key, words in above[0].items():
        if all(key in each for each in above[1:]) and not is_chrome(words):
            yield words


def _between(looked: Looked, keys: Collection[str], manner: Manner) -> Iterator[Pair]:
    """Yield what stands among a page's labels as they do and is none of them."""
    pairs = [pair for pair in looked.pairs if pair.manner == manner]
    known = [pair for pair in pairs if pair.key in keys]
    others = [pair for pair in pairs if pair.key not in keys]
    if manner.style is Style.FLOW:
        yield from _between_in_line(looked, known, others)
    elif manner.style in _ON_LINES:
        yield from _between_on_lines(known, others)


def _between_on_lines(known: Sequence[Pair], others: Iterable[Pair]) -> Iterator[Pair]:
    taken = {line for pair in known for line in (pair.line, pair.below)}
    first, last = min(taken, default=0), max(taken, default=0)
    labels = {pair.line for pair in known}
    for pair in others:
        within = pair.colon and first < pair.line <= last + 1
        if (within or pair.below + 1 in labels) and not {pair.line, pair.below} & taken:
            yield pair


def _between_in_line(
    looked: Looked, known: Sequence[Pair], others: Iterable[Pair]
) -> Iterator[Pair]:
    """Yield the labels right behind a value that was given, or first in a line with some."""
    lines = looked.page.document.text.splitlines()
    labels = {pair.key for pair in known}
    values = tuple(
        evidence.pair.value for sign, evidence in looked.for_.items() if sign.key in labels
    )
    running = {pair.line for pair in known}
    for pair in others:
        before = lines[pair.line].partition(f"{pair.words}:")[0].strip()
        if pair.line in running and (not before or before.endswith(values)):
            yield pair


def _lines_above(looked: Looked, keys: Collection[str], manner: Manner) -> dict[str, str]:
    """Return the filled lines of a page above its first label: folded → as printed."""
    labels = [pair.line for pair in looked.pairs if pair.manner == manner and pair.key in keys]
    given = {fold(str(value)) for value in looked.page.gold.values()}
    lines = split_lines(looked.page.document.text).words[: min(labels, default=0)]
    filled = {fold(line): line.strip() for line in lines if len(line.strip()) <= _LONGEST_LINE}
    return {
        key: words for key, words in filled.items() if key not in given and words[:1].isalpha()
    }
