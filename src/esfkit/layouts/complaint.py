"""What is wrong in a file that a user wrote, so that it can be found and put right."""

from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from typing import NamedTuple

_LONGEST_QUOTED = 60
_MOST_LISTED = 12


class Complaint(NamedTuple):
    """One thing that is wrong in a file of a user's folder.

    Attributes:
        file: The file as named.
        line: Its line, from 1; 0 where no line is to blame.
        key: The key or column; empty where it is the file as a whole.
        said: What was met and what is possible.
    """

    file: str
    line: int
    key: str
    said: str


def told(complaint: Complaint) -> str:
    """Return a complaint on one line, its place first."""
    file, line, key, said = complaint
    place = f"{file}:{line}" if line else file
    return f"{place}: {key}: {said}" if key else f"{place}: {said}"


def not_among(met: str, possible: Iterable[str], what: str) -> str:
    """Return that some words are none of those possible, and which may be meant.

    Args:
        met: The words.
        possible: What could stand there.
        what: What each of them is, as ``a field``.
    """
    known = sorted(possible)
    near = get_close_matches(met, known, n=1)
    meant = f" Did you mean {near[0]!r}?" if near else ""
    listed = "" if near and len(known) > _MOST_LISTED else f" Possible: {', '.join(known)}."
    return f"{quoted(met)} is not {what}.{meant}{listed}"


def quoted(words: object) -> str:
    """Return what was met in quotation marks, cut where it is long."""
    flat = " ".join(str(words).split())
    return f"“{flat[:_LONGEST_QUOTED]}…”" if len(flat) > _LONGEST_QUOTED else f"“{flat}”"


def summed_up(complaints: Sequence[Complaint]) -> str:
    """Return the first complaint, how many more there are and where to see them."""
    more = len(complaints) - 1
    rest = f" And {more} more: `esfkit layouts test` shows all." if more else ""
    return f"{told(complaints[0])}{rest}"
