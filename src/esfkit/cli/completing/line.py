"""A command line up to the cursor, cut into words as shells do."""

import shlex
from collections.abc import Iterator
from contextlib import suppress
from typing import Final, NamedTuple

_QUOTES: Final = ("", "'", '"')
_CURSOR: Final = "|"


class Line(NamedTuple):
    """What was written so far.

    Attributes:
        words: The finished words after the program's name.
        current: The word at the cursor, without its quotes; empty where none is begun.
        quote: The quote that it stands in and that is still open; empty without one.
    """

    words: tuple[str, ...]
    current: str
    quote: str


def read_line(line: str) -> Line:
    """Return the words of a line up to the cursor, its first one being the program.

    A quote may be open and a backslash may stand last: the user is still writing.
    """
    words, quote = next(_readings(line))
    current = words[-1].removesuffix(_CURSOR) if len(words) > 1 else ""
    return Line(tuple(words[1:-1]), current, quote)


def _readings(line: str) -> Iterator[tuple[list[str], str]]:
    """Yield the words of the line, and the quote that has to be put behind it for that."""
    for quote in _QUOTES:
        with suppress(ValueError):  # it is not this one that is open
            # The cursor makes the last word one even where nothing of it is written yet.
            yield shlex.split(f"{line}{_CURSOR}{quote}"), quote
