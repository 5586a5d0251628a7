"""Archives, walked member by member and never unpacked to disk."""

import re
from collections.abc import Callable
from functools import partial
from typing import BinaryIO, NamedTuple

from esfkit.sources.archive.member import Member, Members, Refused
from esfkit.sources.archive.seven_zip import seven_zip_members
from esfkit.sources.archive.stretch import Stretch
from esfkit.sources.archive.tars import cut_tar, is_tar, tar_members
from esfkit.sources.archive.zip_stretches import cut_zip, holds_within
from esfkit.sources.archive.zips import zip_kind, zip_members
from esfkit.sources.limits import Limits

__all__ = [
    "ARCHIVES",
    "Archive",
    "Member",
    "Members",
    "Refused",
    "Stretch",
    "archive_of",
    "confined",
    "members",
    "zip_kind",
]


_ZIP = re.compile(rb"PK(?:\x03\x04|\x05\x06)")
_SEVEN_ZIP = re.compile(rb"7z\xbc\xaf\x27\x1c")


class Archive(NamedTuple):
    """One format of archives.

    Attributes:
        name: What to call it, which is also what names of such files end in.
        needs_seek: Whether it can only be read where one can go back.
        is_begun_by: Tells whether an archive begins so.
        walk: Yields the members.
        cut: Gives the stretches of a file of so many bytes, each of so many or little more.
    """

    name: str
    needs_seek: bool
    is_begun_by: Callable[[bytes], object]
    walk: Callable[[BinaryIO, Limits], Members]
    cut: Callable[[BinaryIO, int, int], list[Stretch]] | None = None


ARCHIVES: tuple[Archive, ...] = (
    Archive("zip", True, _ZIP.match, zip_members, cut_zip),  # noqa: FBT003 - a row of a table
    Archive("7z", True, _SEVEN_ZIP.match, seven_zip_members),  # noqa: FBT003 - a row of a table
    Archive("tar", False, is_tar, tar_members, cut_tar),  # noqa: FBT003 - a row of a table
)
"""Every archive that is read."""


def archive_of(head: bytes) -> Archive | None:
    """Return which archive begins so, or ``None`` if none does.

    Args:
        head: The first bytes, 512 or more where there are so many.
    """
    return next((archive for archive in ARCHIVES if archive.is_begun_by(head)), None)


def members(stream: BinaryIO, archive: Archive, limits: Limits) -> Members:
    """Yield what an archive holds, in the order stored.

    Folders, hidden files and what macOS adds are passed over in silence. A member's stream
    is good until the next is asked for. An obstacle that a stream raises is the member's,
    and the walk can be gone on with: it ends where nothing more can be read.

    Args:
        stream: The archive from its beginning.
        archive: Its format, as :func:`archive_of` tells.
        limits: What to refuse.

    Raises:
        Obstacle: The archive cannot be gone on with; what was yielded stands.
    """
    return archive.walk(stream, limits)


def confined(stretch: Stretch, limits: Limits, size: int) -> Archive | None:
    """Return the format of an archive such that only a stretch of it is walked.

    Limits of the archive hold for all its stretches together. Where what it says of itself
    does not show that none will be met, the first stretch is walked as the whole, up to
    the limit, and the others give nothing.

    Args:
        stretch: Which members.
        limits: What to refuse.
        size: Bytes of the whole archive.

    Returns:
        The format, or ``None`` if nothing is to be read.
    """
    archive = next(each for each in ARCHIVES if each.name == stretch.kind)
    # A tar archive is not packed: it holds more than its own size nowhere.
    if size > limits.unpacked_bytes or not holds_within(stretch, limits, size):
        return archive if stretch.is_first else None
    if archive.name == "zip":
        return archive._replace(walk=partial(zip_members, stretch=stretch))
    if stretch.before > limits.archive_members:
        return None  # who reads the member that is too many tells of it
    return archive._replace(walk=partial(tar_members, stretch=stretch))
