"""Tar archives, read from front to back."""

import tarfile
from collections.abc import Iterator
from contextlib import suppress
from typing import BinaryIO, NamedTuple, cast

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
from esfkit.sources.archive.stretch import Boundary, Stretch, chosen, is_crowd, stretches_of
from esfkit.sources.limits import DEFAULT_LIMITS, Limits
from esfkit.sources.obstacle import Obstacle
from esfkit.sources.packed import Source, Tally, guarded

_WHAT = "The tar archive"
_PIECE = 256 * 1024
_MOST_HEADER = 1024 * 1024
"""The most bytes that may describe one member: the library holds them all in memory."""

_FOR_ALL = frozenset({"comment"})
"""What a header for all members that follow may say without any effect."""

_MAGIC = slice(257, 262)
_NAMES = ("utf-8", "surrogateescape")


def tar_members(stream: BinaryIO, limits: Limits, stretch: Stretch | None = None) -> Members:
    """Yield the members of a tar archive.

    Args:
        stream: The archive; it need not be seekable, unless a stretch is asked for.
        limits: What to refuse.
        stretch: Which members; all unless it is said. Those before it are counted too.
    """
    tally = Tally(_WHAT, limits)
    source = _Forward(stream, tally)
    before = 0
    if stretch is not None:
        stream.seek(stretch.begin)
        source.at = tally.packed = stretch.begin  # messages name bytes of the whole file
        before = stretch.before
    listed = _headers(source, None if stretch is None else stretch.stop)
    for count, (info, _, _) in enumerate(listed, start=before + 1):
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


def cut_tar(stream: BinaryIO, size: int, most: int) -> list[Stretch]:
    """Return the stretches of a tar archive, found from header to header.

    The last one goes on to the end of the file from wherever there is no next member to be
    sure of.

    Args:
        stream: The archive; it must be seekable.
        size: Its bytes.
        most: Bytes after which the next stretch begins.
    """
    return stretches_of("tar", chosen(_boundaries(stream, size), most), size)


def _boundaries(stream: BinaryIO, size: int) -> Iterator[Boundary]:
    """Yield where members begin that can be read without what stands before them."""
    begin = 0
    with suppress(Obstacle):  # reading it will tell
        listed = _headers(_Leaping(stream, Tally(_WHAT, DEFAULT_LIMITS)))
        for count, (_, after, is_bound) in enumerate(listed):
            if begin:
                yield Boundary(begin, count)
            if is_bound or after >= size or is_crowd(count, after):
                return
            begin = after


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
        self._ahead = b""

    def some(self, size: int) -> bytes:
        """Return the next bytes, perhaps fewer."""
        data, self._ahead = self._ahead[:size], self._ahead[size:]
        data = data or super().read(size)
        self.at += len(data)
        return data

    def pass_zeros(self) -> bool:
        """Read on to the first block that is not empty; return whether there is one."""
        while piece := self.read(_PIECE):
            filled = len(piece) - len(piece.lstrip(b"\0"))
            if filled < len(piece):
                kept = piece[filled - filled % tarfile.BLOCKSIZE :]
                self._ahead = kept + self._ahead
                self.at -= len(kept)
                return True
        return False

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


class _Leaping(_Forward):
    """The archive's bytes where only headers are read."""

    @override
    def seek(self, to: int) -> None:
        """Go to a place without reading what lies between."""
        self._stream.seek(to)
        self.at, self._ahead = to, b""


class _Listed(NamedTuple):
    """What tells of a member.

    Attributes:
        info: Its header.
        after: Where the next one's header begins.
        is_bound: Whether a header before says something of all that follow.
    """

    info: tarfile.TarInfo
    after: int
    is_bound: bool


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


def _headers(source: _Forward, stop: int | None = None) -> Iterator[_Listed]:
    """Yield what tells of each member; between two, its content may be read.

    Archives that follow one another, as ``cat`` and ``tar --concatenate`` leave them, are
    read like one.
    """
    archive = None
    while archive is None or stop is None or archive.offset < stop:
        source.ration = _MOST_HEADER
        try:
            archive, info = _next(archive, source)
        except Obstacle:
            raise
        except Exception as error:  # the library raises whatever a header makes it stumble on
            raise broken(_WHAT, "a member's header cannot be read") from error
        source.ration = None
        if info is not None:
            archive.members.clear()  # type: ignore[attr-defined]  # else it keeps them all
            is_bound = not _FOR_ALL.issuperset(archive.pax_headers)
            yield _Listed(info, archive.offset, is_bound)
            source.seek(archive.offset)
        elif source.pass_zeros():
            archive = None
        else:
            return


def _next(
    archive: tarfile.TarFile | None, source: _Forward
) -> tuple[tarfile.TarFile, tarfile.TarInfo | None]:
    """Return what tells of the next member, unless the archive ends; begin it if need be."""
    if archive is not None:
        return archive, archive.next()
    archive = _begun(source)
    first = archive.firstmember  # type: ignore[attr-defined]  # as above
    archive.firstmember = None  # type: ignore[attr-defined]  # as above
    return archive, first


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
