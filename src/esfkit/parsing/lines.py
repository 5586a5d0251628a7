"""The text as lines, without altering it."""

import re
import unicodedata
from bisect import bisect_right
from itertools import accumulate
from typing import NamedTuple

from esfkit.vocabulary.fold import INVISIBLE

_QUOTED_BLANK = f" \t\u00a0\u2002\u2003\u2009\u202f\u3000{INVISIBLE}>|"
_BLANKS = " \t\n\v\f\r\u0085\u00a0\u1680\u2028\u2029\u202f\u205f\u3000"
_EDGES = _BLANKS + "".join(map(chr, range(0x2000, 0x200B))) + INVISIBLE
_MARKS = "-–—*+•·▪◦‣●○■□>"  # list and quotation marks
_AFTER_MARK = " \t\u00a0"
_NEAR = 100
_FEWEST_MARKED = 4  # filled lines from which marks before all of them belong to the copy
_ENDS = re.compile("\r\n|[\n\r\f\u2028\u2029\u0085]")
_UNUSUAL_ENDS = "\r\f\u2028\u2029\u0085"


class Lines(NamedTuple):
    """The lines of a text and where each begins.

    Attributes:
        text: The whole text.
        words: Each line without its line end, and without the list or quotation mark
            that a copy has put before every one.
        starts: The offset of each line's first code point, behind that mark.
    """

    text: str
    words: list[str]
    starts: list[int]

    def content(self, number: int) -> tuple[int, int]:
        """Return the span of a line without the blanks around it."""
        words, start = self.words[number], self.starts[number]
        bare = words.strip()
        if not bare.isascii():
            bare = _bare(bare)
        if len(bare) == len(words):
            return start, start + len(words)
        if not bare:
            return start, start
        start += words.index(bare[0])
        return start, start + len(bare)

    def trim(self, start: int, end: int) -> tuple[int, int]:
        """Return the span without the blanks at its edges."""
        words = self.text[start:end]
        bare = words.strip()
        if not bare.isascii():
            bare = _bare(bare)
        if not bare:
            return start, start
        start += words.index(bare[0])
        return start, start + len(bare)

    def is_blank(self, number: int) -> bool:
        """Return whether a line holds nothing, or nothing but marks of quotation."""
        return not self.words[number].strip(_QUOTED_BLANK)

    def first_filled(self, begin: int, stop: int) -> int:
        """Return the first line from ``begin`` on that is not blank, or ``stop``."""
        for number in range(begin, stop):
            if not self.is_blank(number):
                return number
        return stop


def split_lines(text: str) -> Lines:
    """Cut a text at its line ends: LF, CRLF, CR, form feed, U+0085, U+2028 and U+2029.

    ``str.splitlines`` also cuts at separators that are no line ends in our files.
    """
    lines = _split(text)
    mark = _mark_of_all(lines)
    return _without_mark(lines, mark) if mark else lines


def _split(text: str) -> Lines:
    for end in _UNUSUAL_ENDS:
        if end in text:
            return _split_at_any_end(text)
    words = text.split("\n")
    starts = list(accumulate([len(line) + 1 for line in words], initial=0))
    return Lines(text, words, starts)


def _bare(words: str) -> str:
    """Return words without blanks and invisible letters at their edges."""
    if words[0].isascii() and words[-1].isascii():
        return words
    return words.strip(_EDGES)


def _mark_of_all(lines: Lines) -> str:
    """Return the list or quotation mark that stands before every filled line, if one does.

    A page break parts pages, of which the others may have no mark.
    """
    begin = lines.text[:_NEAR].lstrip() or lines.text.lstrip()
    mark = begin[:1]
    if not mark or mark not in _MARKS or "\f" in lines.text:
        return ""
    filled = [words.strip() for words in lines.words if words.strip()]
    marked = all(words[0] == mark and words[1:2] in _AFTER_MARK for words in filled)
    return mark if marked and len(filled) >= _FEWEST_MARKED else ""


def _without_mark(lines: Lines, mark: str) -> Lines:
    """Return the lines as they were before a copy put a mark before each."""
    words = [line.lstrip().removeprefix(mark).lstrip(_AFTER_MARK) for line in lines.words]
    starts = [
        start + len(line) - len(rest)
        for line, rest, start in zip(lines.words, words, lines.starts, strict=False)
    ]
    return Lines(lines.text, words, [*starts, lines.starts[-1]])


def _split_at_any_end(text: str) -> Lines:
    words, starts = [], []
    begin = 0
    for end in _ENDS.finditer(text):
        words.append(text[begin : end.start()])
        starts.append(begin)
        begin = end.end()
    words.append(text[begin:])
    starts.append(begin)
    return Lines(text, words, [*starts, len(text) + 1])


def line_at(lines: Lines, offset: int) -> int:
    """Return the line in which an offset lies."""
    return bisect_right(lines.starts, offset, hi=len(lines.words)) - 1


def on_one_line(words: str) -> str:
    """Return words as printed, with single blanks and composed letters."""
    words = " ".join(words.split())
    return words if words.isascii() else unicodedata.normalize("NFC", words)
