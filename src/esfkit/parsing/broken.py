"""Running lines that a copy broke: a page on one line, wrapped at some column.

Labels stand in the middle of such lines, and a label or value may begin in one line and
end in the next. They are read as the one line that they were.
"""

import re
from itertools import pairwise

from esfkit.parsing.cells import is_in_cells
from esfkit.parsing.lines import Lines
from esfkit.parsing.telling import telling_labels
from esfkit.vocabulary.fold import fold
from esfkit.vocabulary.labels import label_table

_FEWEST = 2  # labels in such a line, such lines in a row, and telling labels in them
_LONGEST_BROKEN = 120  # a longer line is read by itself
_MOST_WORDS = 5  # words of a label before its colon
_TWO_COLONS = re.compile(r":[ *_][^\n\r:]{1,110}:(?=\s)")
_LINE_ENDS = re.compile("[\n\r\u0085\u2028\u2029]")


def broken_lines(lines: Lines) -> list[range]:
    """Return the stretches of lines, parted by blank ones, that were one running line."""
    if _TWO_COLONS.search(lines.text) is None:
        return []
    many = [number for number, words in enumerate(lines.words) if _holds_labels(words)]
    stretches: list[range] = []
    stretch = range(0)
    for number, following in pairwise(many):
        if number in stretch:
            continue
        stretch = _stretch(lines, number)
        words = " ".join(lines.words[stretch.start : stretch.stop])
        if following in stretch and telling_labels(words) >= _FEWEST:
            stretches.append(stretch)
    return stretches


def _holds_labels(words: str) -> bool:
    """Return whether several labels with colons stand in a line that is no row of cells."""
    if words.count(":") < _FEWEST or len(words) >= _LONGEST_BROKEN:
        return False
    if is_in_cells(words.strip()):
        return False
    return sum(map(_ends_in_label, words.split(":")[:-1])) >= _FEWEST


def _ends_in_label(words: str) -> bool:
    by_key = label_table().by_key
    last = words.split()[-_MOST_WORDS:]
    return any(fold(" ".join(last[begin:])) in by_key for begin in range(len(last)))


def _stretch(lines: Lines, number: int) -> range:
    """Return the lines around one up to blank or long ones."""
    first = stop = number
    while first > 0 and _may_be_broken(lines, first - 1):
        first -= 1
    while stop < len(lines.words) and _may_be_broken(lines, stop):
        stop += 1
    return range(first, stop)


def _may_be_broken(lines: Lines, number: int) -> bool:
    return len(lines.words[number]) < _LONGEST_BROKEN and not lines.is_blank(number)


def mended(lines: Lines) -> Lines:
    """Return only the running lines that were broken, whole again; offsets stay as they are."""
    stretches = broken_lines(lines)
    if not stretches:
        return Lines("", [], [])
    text = _LINE_ENDS.sub(" ", lines.text)
    starts = [lines.starts[stretch[0]] for stretch in stretches]
    ends = [lines.starts[each[-1]] + len(lines.words[each[-1]]) for each in stretches]
    words = [text[start:end] for start, end in zip(starts, ends, strict=True)]
    return Lines(text, words, [*starts, len(text) + 1])
