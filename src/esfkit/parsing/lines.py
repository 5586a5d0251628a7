"""The text as lines, without altering it."""

import re
import unicodedata
from bisect import bisect_right
from itertools import accumulate
from typing import NamedTuple

_QUOTED_BLANK = " \t\u00a0\u2002\u2003\u2009\u202f\u3000\ufeff>|"
_ENDS = re.compile("\r\n|[\n\r\f\u2028\u2029\u0085]")
_UNUSUAL_ENDS = "\r\f\u2028\u2029\u0085"


class Lines(NamedTuple):
    """The lines of a text and where each begins.

    Attributes:
        text: The whole text.
        words: Each line without its line end.
        starts: The offset of each line's first code point.
    """

    text: str
    words: list[str]
    starts: list[int]

    def content(self, number: int) -> tuple[int, int]:
        """Return the span of a line without the blanks around it."""
        words, start = self.words[number], self.starts[number]
        bare = words.strip()
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
    for end in _UNUSUAL_ENDS:
        if end in text:
            return _split_at_any_end(text)
    words = text.split("\n")
    starts = list(accumulate([len(line) + 1 for line in words], initial=0))
    return Lines(text, words, starts)


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
