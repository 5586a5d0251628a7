"""A word to the user, on stderr: one line each, harmless to any terminal."""

import sys
from collections import Counter
from typing import Final

_MOST_WARNINGS: Final = 20
_MOST_ALIKE: Final = 3


def say(words: str) -> None:
    """Print one line on stderr, after the program's name."""
    sys.stderr.write(f"esfkit: {_harmless(words)}\n")
    sys.stderr.flush()


def tell(words: str) -> None:
    """Print one line of an account on stderr, as it is."""
    sys.stderr.write(f"{_harmless(words)}\n")
    sys.stderr.flush()


def counted(count: int, thing: str) -> str:
    """Return how many of the things there are: ``1 record``, ``2 records``."""
    return f"{count} {thing}" if count == 1 else f"{count} {thing}s"


class Warnings:
    """Lines about what could not be read: the first of each kind, then only how many.

    Args:
        silent: Whether to print none.
    """

    def __init__(self, *, silent: bool = False) -> None:
        self._silent = silent
        self._told = 0
        self._met = Counter[str]()
        self._left = Counter[str]()

    def add(self, place: str, reason: str) -> None:
        """Print a warning about a place, or only count it."""
        self._met[reason] += 1
        if self._met[reason] <= _MOST_ALIKE and self._told < _MOST_WARNINGS:
            self._told += 1
            self._say(f"{place}: {reason}")
        else:
            self._left[reason] += 1

    def close(self) -> None:
        """Tell how many warnings were not printed."""
        if len(self._left) == 1:
            [(reason, count)] = self._left.items()
            self._say(f"{count} more: {reason}")
        elif self._left:
            self._say(f"{self._left.total()} more could not be read.")

    def _say(self, words: str) -> None:
        if not self._silent:
            say(words)


def _harmless(words: str) -> str:
    if words.isascii() and words.isprintable():
        return words
    # Loading the table library only to make a line harmless would slow every refusal.
    from esfkit.output.neutral import for_terminal

    return for_terminal(words)
