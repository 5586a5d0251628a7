"""A large archive or crawl file in stretches: some of its members, one after another.

Where it is cut follows from what it says of itself: the directory of a zip archive, the
headers of a tar archive, the heads of a WARC file's records. Only what is a boundary for
who reads it from front to back is one here, so that all stretches together give what the
whole gives.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from esfkit.sources.blocks import Part
from esfkit.sources.limits import DEFAULT_LIMITS

MOST_MEMBERS = 2048
"""The most members of one stretch of an archive, however small they are: each may be a page
and each page a record."""

_CROWDED = 512
"""Bytes for each member below which looking for them all would take too long."""


class Entries(NamedTuple):
    """Where the directory of a zip archive tells of a stretch.

    Attributes:
        begin: Offset of its first entry in the file.
        stop: Offset past its last.
        shift: What is added to the places that they tell.
    """

    begin: int
    stop: int
    shift: int


class Told(NamedTuple):
    """What a zip archive tells of itself as a whole, for its limits.

    Attributes:
        members: How many it has.
        listed: Bytes of its directory.
        unpacked: Bytes that its members have; none gives more than it is said to have.
    """

    members: int
    listed: int
    unpacked: int


class Stretch(NamedTuple):
    """Some members of an archive, or records of a crawl file, one after another.

    Attributes:
        kind: The format: ``zip``, ``tar`` or ``warc``.
        begin: First byte of the file that it answers for: that of its first member, but
            in a zip archive a share of the file as large as that of its packed bytes.
        stop: The byte past the last. The stretches of a file have each byte once.
        before: How many members or records stand before it.
        entries: Where a zip archive lists its members.
        told: What a zip archive tells of itself.
    """

    kind: str
    begin: int
    stop: int
    before: int
    entries: Entries | None = None
    told: Told | None = None

    @property
    def is_first(self) -> bool:
        """Whether the file begins with it."""
        return self.before == 0

    @property
    def span(self) -> Part:
        """The bytes of the file that it answers for."""
        return Part(self.begin, self.stop)

    @property
    def name(self) -> str:
        """Which members they are, in words."""
        return f"{'records' if self.kind == 'warc' else 'members'} from {self.before + 1}"


class Boundary(NamedTuple):
    """Where a member begins and the one before it ends.

    Attributes:
        at: Its offset.
        before: How many members stand before it.
        entry: Where a zip archive's directory tells of it.
    """

    at: int
    before: int
    entry: int = 0


def chosen(
    boundaries: Iterable[Boundary], most: int, most_members: float = MOST_MEMBERS
) -> list[Boundary]:
    """Return where stretches begin: at the first member, and wherever one has enough.

    Args:
        boundaries: Where members begin, in their order, the first apart.
        most: Bytes after which the next stretch begins.
        most_members: Members after which it begins.
    """
    begins = [Boundary(0, 0)]
    for boundary in boundaries:
        last = begins[-1]
        if boundary.at - last.at >= most or boundary.before - last.before >= most_members:
            begins.append(boundary)
    return begins


def is_crowd(members: int, size: int) -> bool:
    """Return whether so many members stand in so many bytes that they are no pages."""
    return members > DEFAULT_LIMITS.archive_members and size <= members * _CROWDED


def stretches_of(kind: str, begins: Sequence[Boundary], size: int) -> list[Stretch]:
    """Return the stretches of a file whose members stand one after another.

    Args:
        kind: The format.
        begins: Where they begin, the first at 0 and none of them past the end.
        size: Bytes of the file.
    """
    ends = [*(begin.at for begin in begins[1:]), size]
    return [
        Stretch(kind, begin.at, end, begin.before)
        for begin, end in zip(begins, ends, strict=True)
    ]
