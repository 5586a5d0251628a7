"""Tar archives, read from front to back."""

import tarfile
from collections.abc import Iterator
from typing import BinaryIO, cast

from typing_extensions import override

from esfkit.model.finding import Problem
from esfkit.sources.archive.member import (
    Member,
    Members,
    Refused,
    broken,
    check_count,
    is_hidden,
    not_a_file,
    printable,
)
from esfkit.sources.limits import Limits
from esfkit.sources.obstacle import Obstacle
from esfkit.sources.packed import Source, Tally, guarded

_WHAT = "The tar archive"
_PIECE = 256 * 1024
_MOST_HEADER = 1024 * 1024
"""The most bytes that may describe one member: the library holds them all in memory."""

_MAGIC = slice(257, 262)
_NAMES = ("utf-8", "surrogateescape")


def tar_members(stream: BinaryIO, limits: Limits) -> Members:
    """Yield the members of a tar archive; the stream need not be seekable."""
    tally = Tally(_WHAT, limits)
    source = _Forward(stream, tally)
    for count, info in enumerate(_headers(source), start=1):
        check_count(count, limits)
        if info.isdir() or is_hidden(info.name):
            continue
        refused = _refused(info)
        if refused is not None:
            yield refused
            continue
        member = Member(printable(info.name), info.size, _content(info, source, tally))
        yield member
        member.stream.close()
        if source.is_over or tally.is_met:
            return  # who read the member was told


def is_tar(head: bytes) -> bool:
    """Return whether 512 bytes or more begin a tar archive, be it of the old kind."""
    if head[_MAGIC] == b"ustar":
        return True
    try:
        tarfile.TarInfo.frombuf(head[: tarfile.BLOCKSIZE], *_NAMES)
    except (tarfile.HeaderError, ValueError):
        return False
    return True


_BROKEN = tarfile.HeaderError
_END = tarfile.EOFHeaderError  # type: ignore[attr-defined]  # it has no types


class _Forward(Source):
    """The archive's bytes as the library wants a file, though one cannot go back.

    Attributes:
        at: How many bytes were read.
        ration: How many the library may read at most, if they are not to be trusted.
        is_over: Whether a member's reader met the end of the archive.
    """

    def __init__(self, stream: BinaryIO, tally: Tally) -> None:
        super().__init__(stream, tally)
        self.at = 0
        self.ration: int | None = None
        self.is_over = False

    def some(self, size: int) -> bytes:
        """Return the next bytes, perhaps fewer."""
        data = super().read(size)
        self.at += len(data)
        return data

    @override
    def read(self, size: int = -1, /) -> bytes:
        """Return so many bytes unless the archive ends; never all of it."""
        if self.ration is not None:
            self.ration -= size
            if size < 0 or self.ration < 0:
                raise broken(_WHAT, f"a member's name and attributes pass {_MOST_HEADER} bytes")
        pieces = []
        while size > 0 and (piece := self.some(size)):
            pieces.append(piece)
            size -= len(piece)
        return b"".join(pieces)

    def tell(self) -> int:
        """Return how many bytes were read."""
        return self.at

    def seek(self, to: int) -> None:
        """Read on to a place; what lies behind is out of reach."""
        while self.at < to and self.some(min(_PIECE, to - self.at)):
            pass


class _Header(tarfile.TarInfo):
    """A header that is told of where it is damaged: the library takes it for the end."""

    @classmethod
    @override
    def fromtarfile(cls, tarfile: tarfile.TarFile) -> "_Header":
        try:
            return super().fromtarfile(tarfile)
        except _END:
            raise
        except _BROKEN as error:
            at = tarfile.offset
            raise broken(_WHAT, f"{error} where a member should begin, at byte {at}") from error


def _headers(source: _Forward) -> Iterator[tarfile.TarInfo]:
    """Yield what tells of each member; between two, its content may be read."""
    archive = None
    while True:
        source.ration = _MOST_HEADER
        try:
            archive = archive or _begun(source)
            info = archive.next()
        except Obstacle:
            raise
        except Exception as error:  # the library raises whatever a header makes it stumble on
            raise broken(_WHAT, "a member's header cannot be read") from error
        if info is None:
            return
        archive.members.clear()  # type: ignore[attr-defined]  # else it keeps them all
        source.ration = None
        yield info
        source.seek(archive.offset)


def _begun(source: _Forward) -> tarfile.TarFile:
    """Return the archive with its first header read."""
    return tarfile.TarFile(
        fileobj=cast("BinaryIO", source),
        tarinfo=_Header,
        encoding=_NAMES[0],
        errors=_NAMES[1],
    )


def _refused(info: tarfile.TarInfo) -> Refused | None:
    if info.issym() or info.islnk():
        return not_a_file(info.name, "a link")
    if info.issparse():
        message = "The member is stored as a sparse file; pack it again without --sparse."
        return Refused(printable(info.name), Obstacle(Problem.FORMAT_UNSUPPORTED, message))
    return None if info.isreg() else not_a_file(info.name, "a device or a pipe")


def _content(info: tarfile.TarInfo, source: _Forward, tally: Tally) -> BinaryIO:
    left = info.size

    def fill(buffer: memoryview) -> int:
        nonlocal left
        if left <= 0:
            return 0
        source.is_over = True  # unless something comes
        data = source.some(min(left, len(buffer)))
        if not data:
            raise EOFError
        source.is_over = False
        left -= len(data)
        buffer[: len(data)] = data
        return len(data)

    return guarded(fill, tally)
