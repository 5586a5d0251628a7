"""Marks before the entries of a list: bullets, dashes and numbers."""

import re
from collections.abc import Iterator, Sequence

from esfkit.parsing.lines import Lines

_QUOTED = " \t\u00a0>"
_QUOTES = "[ \t\u00a0>]{0,8}"
_BLANKS = "[ \t\u00a0]"
_SIGNS = "•·▪◦‣●○■\uf0b7"  # these need no blank behind them
_MARK = (
    rf"(?:[{_SIGNS}]{_BLANKS}{{0,4}}|[*–-]{_BLANKS}{{1,4}}"
    rf"|[0-9]{{1,3}}[.)]{_BLANKS}{{1,4}})"
)
_JOINTS = (",", "&", "-", "–", "/", " och", " samt")  # an entry that ends so goes on
_BULLET = re.compile(f"{_QUOTES}(?P<mark>{_MARK})?")


def has_bullet(words: str) -> bool:
    """Return whether a line begins with the mark of an entry."""
    first = words.lstrip(_QUOTED)[:1]
    if first in _SIGNS or first.isalpha():
        return first in _SIGNS and first != ""
    bullet = _BULLET.match(words)
    return bullet is not None and bullet["mark"] is not None


def is_entry(words: str) -> bool:
    """Return whether a line has the mark of an entry and words behind it."""
    return has_bullet(words) and any(map(str.isalnum, without_bullet(words)))


def without_bullet(words: str) -> str:
    """Return a line's words without the mark of an entry and the blanks around them."""
    bullet = _BULLET.match(words)
    return words[bullet.end() if bullet else 0 :].strip()


def join_wrapped(lines: Lines, numbers: Sequence[int]) -> Iterator[tuple[int, int, int, bool]]:
    """Yield where the entries of a list stand, marks left out and wrapped ones whole.

    Args:
        lines: The document.
        numbers: The list's filled lines.

    Yields:
        Start and end of an entry, its first line, and whether it has a mark.
    """
    text, entry, last = lines.text, None, -1
    for number in numbers:
        start, end = lines.content(number)
        bullet = _BULLET.match(text, start, end)
        begin = start if bullet is None else bullet.end()
        marked = bullet is not None and bullet["mark"] is not None
        if entry is not None:
            if not marked and entry[3] and number == last + 1 and _goes_on(text, entry, begin):
                entry, last = (entry[0], end, *entry[2:]), number
                continue
            yield entry
        if text[begin : begin + 1].isspace():
            begin, end = lines.trim(begin, end)
        entry, last = (begin, end, number, marked), number
    if entry is not None:
        yield entry


def _goes_on(text: str, entry: tuple[int, int, int, bool], begin: int) -> bool:
    """Return whether words right below an entry are the rest of it."""
    return text[begin : begin + 1].islower() or text.endswith(_JOINTS, entry[0], entry[1])
