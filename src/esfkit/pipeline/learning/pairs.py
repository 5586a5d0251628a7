"""Where a text may print a label and a value: every pair of words that stand so."""

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Final, NamedTuple

from esfkit.layouts.layout import Style
from esfkit.parsing.lines import Lines, split_lines
from esfkit.vocabulary.fold import fold

_LONGEST_LABEL: Final = 70
_LONGEST_LINE: Final = 400
_SHORTEST_FLOW: Final = 120
_LONGEST_VALUE: Final = 250
_MOST_BLANK: Final = 2  # lines between a label and its value
_MARKUP: Final = " \t\u00a0*_#>|•·-–"
_MOST_LABEL_WORDS: Final = 6
_MOST_VALUE_WORDS: Final = 30
_CELLS: Final = re.compile(r"\t+|\|| {2,}")
_JOINT: Final = re.compile("(?<=[a-zåäö.])(?=[A-ZÅÄÖ0-9])|(?<=[a-zåäö.]) (?=[A-ZÅÄÖ0-9])")
_WORD: Final = re.compile(r"\S+")


class Manner(NamedTuple):
    """How a value stands to its label.

    Attributes:
        style: In the words of layouts.
        spaced: Whether a blank line stands between the two.
    """

    style: Style
    spaced: bool = False


class Pair(NamedTuple):
    """Words that may be a label, and words that may be its value.

    Attributes:
        words: The label as printed, without colon and markup.
        key: The label folded.
        value: The value's words.
        style: How they stand to each other.
        colon: Whether a colon follows the label.
        line: The label's line, from 0.
        below: The value's line.
    """

    words: str
    key: str
    value: str
    style: Style
    colon: bool
    line: int
    below: int

    @property
    def manner(self) -> Manner:
        """How the two stand in the text."""
        return Manner(self.style, self.below > self.line + 1)


def pairs_of(text: str) -> Iterator[Pair]:
    """Yield every pair of a text, in order of lines; most are none, which values tell."""
    lines = split_lines(text)
    for number, line in enumerate(lines.words):
        words = line.strip(_MARKUP)
        if not words:
            continue
        if len(words) >= _SHORTEST_FLOW:
            yield from _flowing(words, number)
        if len(words) <= _LONGEST_LINE:
            yield from _on_line(words, number)
            yield from _over_line(words, number, lines)


def _pair(
    words: str, value: str, style: Style, line: int, below: int | None = None
) -> Pair | None:
    """Return the pair, if the words could be a label at all."""
    bare = words.strip(_MARKUP)
    colon = bare.endswith(":")
    bare = bare.rstrip(": \t\u00a0")
    value = value.strip(" \t\u00a0*_|")
    if not value or not bare[:1].isalpha() or len(bare) > _LONGEST_LABEL:
        return None
    return Pair(bare, fold(bare), value, style, colon, line, below or line)


def _given(*pairs: Pair | None) -> Iterator[Pair]:
    yield from (pair for pair in pairs if pair is not None)


def _on_line(words: str, number: int) -> Iterator[Pair]:
    """Yield the pairs within a line: cells, a colon, and what is glued."""
    cells = [cell for cell in _CELLS.split(words) if cell.strip()]
    for label, value in pairwise(cells):
        yield from _given(_pair(label, value, Style.INLINE, number))
    for cell in cells:
        label, colon, value = cell.partition(":")
        if colon:
            yield from _given(_pair(f"{label}:", value, Style.INLINE, number))
    for joint in _JOINT.finditer(words, 0, _LONGEST_LABEL):
        label, value = words[: joint.start()], words[joint.end() :]
        if ":" not in label:
            yield from _given(_pair(label, value, Style.GLUED, number))


def _over_line(words: str, number: int, lines: Lines) -> Iterator[Pair]:
    """Yield the pair of a line and the next one that is filled."""
    stop = min(number + 2 + _MOST_BLANK, len(lines.words))
    below = lines.first_filled(number + 1, stop)
    if below < stop:
        value = lines.words[below].strip(_MARKUP)
        yield from _given(_pair(words, value, Style.NEXT_LINE, number, below))


def _flowing(words: str, number: int) -> Iterator[Pair]:
    """Yield the pairs of a running line whose labels end in colons.

    Where a value ends and the next label begins is open, so every cut between words is
    tried; what was given tells which is right.
    """
    colons = [match.start() for match in re.finditer(r":(?=\s)", words)]
    for place, colon in enumerate(colons):
        before = colons[place - 1] + 1 if place else max(0, colon - _LONGEST_LABEL)
        after = colons[place + 1] if place + 1 < len(colons) else len(words)
        labels = list(_WORD.finditer(words, before, colon))[-_MOST_LABEL_WORDS:]
        values = list(_WORD.finditer(words, colon + 1, after))[:_MOST_VALUE_WORDS]
        for label in labels:
            for value in values:
                if not label.group()[0].isupper() or value.end() - colon > _LONGEST_VALUE:
                    continue
                label_words = f"{words[label.start() : colon]}:"
                pair = _pair(label_words, words[colon + 1 : value.end()], Style.FLOW, number)
                yield from _given(pair)
