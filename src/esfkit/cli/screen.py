"""Where output goes: whether a person looks at it, how wide it is, what it can print."""

import os
import shutil
import sys
from textwrap import wrap
from typing import Final, TextIO

_NARROWEST: Final = 20

# For screens that cannot print what tables are drawn with; each stands for one character.
_SIMPLER: Final = str.maketrans("─━│┃…–—·“”„→←≥≤\xa0✓✗•", '--||~---"""><>< +x*')


def is_terminal(stream: TextIO | None) -> bool:
    """Tell whether a person sees what is written to the stream."""
    try:
        return stream is not None and stream.isatty()
    except ValueError:  # closed
        return False


def takes_colours() -> bool:
    """Tell whether stdout is a terminal that may be sent colours."""
    return (
        is_terminal(sys.stdout)
        and not os.environ.get("NO_COLOR")
        and os.environ.get("TERM", "dumb") != "dumb"
    )


def width() -> int:
    """Return how many characters a line of output may have."""
    return max(shutil.get_terminal_size().columns, _NARROWEST)


def folded(words: str, room: int, first: str = "", rest: str = "") -> list[str]:
    """Return the words on lines of at most ``room`` characters, names kept in one piece.

    Args:
        words: What is said.
        room: Characters on a line.
        first: What the first line begins with.
        rest: What the other lines begin with.
    """
    return wrap(
        words,
        max(room, len(rest) + _NARROWEST),
        initial_indent=first,
        subsequent_indent=rest,
        break_on_hyphens=False,
    )


def print_text(text: str) -> None:
    """Print text on stdout that was made harmless; what cannot be printed is escaped."""
    sys.stdout.write(_printable(text))


def _printable(text: str) -> str:
    encoding = sys.stdout.encoding or "utf-8"
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        text = text.translate(_SIMPLER)
        return text.encode(encoding, "backslashreplace").decode(encoding)
    return text
