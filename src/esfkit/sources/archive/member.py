"""What an archive gives: members to read, and those that cannot be."""

import re
from collections.abc import Iterator
from typing import BinaryIO, NamedTuple

from esfkit.model.finding import Problem, Severity
from esfkit.sources.limits import Limits
from esfkit.sources.obstacle import Obstacle, limit_met

_MOST_NAME = 255  # what file systems allow for one name
_SEPARATOR = re.compile(r"[/\\]")


class Member(NamedTuple):
    """One file in an archive.

    Attributes:
        name: Its name, made harmless: valid text that can be printed. It is nowhere to
            write to, and may hold ``../``.
        size: How many bytes it is said to have, which may be a lie.
        stream: Its bytes, until the next member is asked for. A read raises
            :class:`~esfkit.sources.obstacle.Obstacle` once all good bytes were taken; the
            archive can be gone on with all the same.
    """

    name: str
    size: int
    stream: BinaryIO


class Refused(NamedTuple):
    """A member that cannot be read.

    Attributes:
        name: Its name, made harmless.
        obstacle: Why, and what to do.
    """

    name: str
    obstacle: Obstacle


Members = Iterator[Member | Refused]
"""What every archive is walked as; raises Obstacle where it cannot be gone on with."""


def printable(name: str) -> str:
    """Return a member's name as text that can be printed, cut if it is long."""
    cut = name if len(name) <= _MOST_NAME else f"{name[:_MOST_NAME]}…"
    if cut.isprintable():
        return cut
    return "".join(letter if letter.isprintable() else _escaped(letter) for letter in cut)


def _escaped(letter: str) -> str:
    return letter.encode("unicode_escape").decode("ascii")


def is_hidden(name: str) -> bool:
    """Return whether a folder walked on disk would pass the member over, or macOS made it."""
    parts = _SEPARATOR.split(name)
    return "__MACOSX" in parts or any(
        part.startswith(".") and part not in {".", ".."} for part in parts
    )


def check_count(count: int, limits: Limits) -> None:
    """Check that an archive has not too many members.

    Raises:
        Obstacle: It has.
    """
    most = limits.archive_members
    if count > most:
        raise limit_met("The archive", f"has more than {most} members", "archive_members", most)


def not_a_file(name: str, kind: str) -> Refused:
    """Return what is told of a link or a device."""
    message = f"The member is {kind}, not a file; it is passed over."
    return Refused(printable(name), Obstacle(Problem.SOURCE_UNREADABLE, message, Severity.NOTE))


def encrypted(what: str) -> Obstacle:
    """Return the obstacle that a password would be needed."""
    return Obstacle(
        Problem.SOURCE_UNREADABLE,
        f"{what} is encrypted; unpack it with its password and give the files.",
    )


def broken(what: str, why: str) -> Obstacle:
    """Return the obstacle that an archive or member is not as it should be."""
    return Obstacle(
        Problem.SOURCE_DAMAGED,
        f"{what} is damaged: {why}; what stands before is read. Fetch or copy it again.",
    )


def unseekable(kind: str) -> Obstacle:
    """Return the obstacle that one cannot go back in the stream."""
    return Obstacle(
        Problem.FORMAT_UNSUPPORTED,
        f"A {kind} archive cannot be read from a pipe; save it to a file and give that.",
    )
