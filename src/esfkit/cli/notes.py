"""A word to the user, on stderr: one line each, harmless to any terminal."""

import sys
from typing import Final

_MOST_WARNINGS: Final = 20


def say(words: str) -> None:
    """Print one line on stderr, after the program's name."""
    sys.stderr.write(f"esfkit: {_harmless(words)}\n")
    sys.stderr.flush()


def tell(words: str) -> None:
    """Print one line of an account on stderr, as it is."""
    sys.stderr.write(f"{_harmless(words)}\n")
    sys.stderr.flush()


class Warnings:
    """Lines about what could not be read; beyond the first ones only their number is told.

    Args:
        silent: Whether to print none.
    """

    def __init__(self, *, silent: bool = False) -> None:
        self._silent = silent
        self._met = 0

    def add(self, words: str) -> None:
        """Print a warning, or only count it."""
        self._met += 1
        if self._met <= _MOST_WARNINGS and not self._silent:
            say(words)

    def close(self) -> None:
        """Tell how many warnings were not printed."""
        left = self._met - _MOST_WARNINGS
        if left > 0 and not self._silent:
            say(f"{left} more could not be read; --rejects FILE names them all")


def _harmless(words: str) -> str:
    if words.isascii() and words.isprintable():
        return words
    # Loading the table library only to make a line harmless would slow every refusal.
    from esfkit.output.neutral import for_terminal

    return for_terminal(words)
