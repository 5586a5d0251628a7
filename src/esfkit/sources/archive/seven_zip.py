"""7z archives: py7zr unpacks in a thread, which hands over a piece at a time."""

import io
from collections.abc import Iterable, Mapping
from queue import Queue
from threading import Event, Thread
from typing import Any, BinaryIO, NamedTuple

from esfkit.sources.archive.member import (
    Member,
    Members,
    broken,
    is_hidden,
    not_a_file,
    printable,
    unseekable,
)
from esfkit.sources.archive.seven_zip_header import WHAT, check_folders, open_archive
from esfkit.sources.limits import Limits
from esfkit.sources.obstacle import Obstacle
from esfkit.sources.packed import Tally, guarded

_PIECE = 256 * 1024


def seven_zip_members(stream: BinaryIO, limits: Limits) -> Members:
    """Yield the members of a 7z archive.

    Args:
        stream: The archive; it must be seekable.
        limits: What to refuse.
    """
    if not stream.seekable():
        raise unseekable("7z")
    archive = open_archive(stream, limits)
    size = stream.seek(0, io.SEEK_END)
    _check_sizes(archive.files, Tally(WHAT, limits), size)
    check_folders(archive)
    wanted = {}
    for file in archive.files:
        if file.is_directory or is_hidden(file.filename):
            continue
        if file.is_symlink or file.is_junction or file.is_socket:
            yield not_a_file(file.filename, "a link or a socket")
        else:
            wanted[str(file.id)] = file
    tally = Tally(WHAT, limits)
    tally.packed = size
    yield from _unpacked(archive, wanted, tally)


def _check_sizes(files: Iterable[Any], tally: Tally, size: int) -> None:
    """Check that the members are not too large by what they are said to have.

    They may have less, but never give more: the library unpacks that many bytes.
    """
    tally.packed = size
    tally.gave(sum(max(0, file.uncompressed) for file in files))


def _unpacked(archive: Any, wanted: Mapping[str, Any], tally: Tally) -> Members:  # noqa: ANN401 - py7zr may not be installed
    hand = _Handover()
    Thread(target=_unpack, args=(archive, wanted, hand), daemon=True).start()
    try:
        while isinstance(begun := hand.take(), str):
            file = wanted[begun]
            content = _Content(hand)
            stream = guarded(content.fill, tally)
            yield Member(printable(file.filename), max(0, file.uncompressed), stream)
            stream.close()
            if content.is_told or tally.is_met:
                return
            content.skip()
        if isinstance(begun, _Done) and begun.obstacle is not None:
            raise begun.obstacle
    finally:
        hand.give_up()


# --- in the thread


class _GivenUp(Exception):  # noqa: N818 - not an error: nobody reads on
    """Whoever reads wants no more."""


class _Done(NamedTuple):
    """The last that is handed over, with what went wrong."""

    obstacle: Obstacle | None


class _Handover:
    """Hands one thing at a time from the thread that unpacks to who reads.

    A member is its number as a ``str``, then its bytes in pieces, then no bytes.
    """

    def __init__(self) -> None:
        self._queue: Queue[str | bytes | _Done] = Queue(maxsize=1)
        self._given_up = Event()
        self._done: _Done | None = None

    def give(self, thing: str | bytes | _Done) -> None:
        """Hand over, as soon as what was given before is taken."""
        if self._given_up.is_set() and not isinstance(thing, _Done):
            raise _GivenUp
        self._queue.put(thing)

    def take(self) -> str | bytes | _Done:
        """Return what is given next; past the last, the last."""
        if self._done is not None:
            return self._done
        thing = self._queue.get()
        if isinstance(thing, _Done):
            self._done = thing
        return thing

    def give_up(self) -> None:
        """Let the thread come to its end."""
        self._given_up.set()
        while not isinstance(self.take(), _Done):
            pass


def _unpack(archive: Any, wanted: Mapping[str, Any], hand: _Handover) -> None:  # noqa: ANN401 - py7zr may not be installed
    obstacle = None
    try:
        _unpack_to(hand, archive, wanted)
    except _GivenUp:
        pass
    except Obstacle as met:
        obstacle = met
    except Exception:  # noqa: BLE001 - it raises whatever damaged bytes make it stumble on
        obstacle = broken(WHAT, "what stands here and behind cannot be unpacked")
    finally:
        try:
            _let_go(archive)
        finally:
            hand.give(_Done(obstacle))  # or who reads would wait for ever


def _unpack_to(hand: _Handover, archive: Any, wanted: Mapping[str, Any]) -> None:  # noqa: ANN401 - py7zr may not be installed
    from py7zr.io import MemIO  # noqa: PLC0415 - it belongs to an extra

    products: Any = _Products(hand)  # no more is called of a factory than this has
    for number, file in wanted.items():
        # Not archive.extract(), which asks the disk about each name and refuses some.
        archive.worker.register_filelike(file.id, MemIO(number, products))
    archive.worker.extract(archive.fp, None, parallel=False)


def _let_go(archive: Any) -> None:  # noqa: ANN401 - py7zr may not be installed
    """Drop the buffers, which a ring of references would keep until some later collection."""
    for file in archive.files:
        if file.folder is not None:
            file.folder.decompressor = None


class _Products:
    """Makes what py7zr writes a member to."""

    def __init__(self, hand: _Handover) -> None:
        self._hand = hand

    def create(self, number: str) -> "_Product":
        """Return what the member is written to."""
        self._hand.give(number)
        return _Product(self._hand)


class _Product:
    """What py7zr writes a member to; it hands the bytes over in pieces."""

    def __init__(self, hand: _Handover) -> None:
        self._hand = hand
        self._piece = bytearray()

    def write(self, data: bytes) -> int:
        """Take bytes."""
        self._piece += data
        if len(self._piece) >= _PIECE:
            self._hand_over()
        return len(data)

    def seek(self, offset: int, _whence: int = 0) -> int:
        """Do nothing: it is called before the end, for products that can be read."""
        return offset

    def close(self) -> None:
        """Take note that the member is whole and its checksum right."""
        self._hand_over()
        self._hand.give(b"")

    def _hand_over(self) -> None:
        if self._piece:
            self._hand.give(bytes(self._piece))
            self._piece.clear()


# --- where it is read


class _Content:
    """The bytes of one member, as they are handed over.

    Attributes:
        is_told: Whether the reader was told what ended the archive.
    """

    def __init__(self, hand: _Handover) -> None:
        self.is_told = False
        self._hand = hand
        self._piece = memoryview(b"")
        self._is_whole = False

    def fill(self, buffer: memoryview) -> int:
        """Fill a buffer with the next bytes."""
        if not self._piece and not self._is_whole:
            self._next()
        count = min(len(buffer), len(self._piece))
        buffer[:count] = self._piece[:count]
        self._piece = self._piece[count:]
        return count

    def skip(self) -> None:
        """Pass over what was not read."""
        while not self._is_whole and isinstance(piece := self._hand.take(), bytes):
            self._is_whole = not piece

    def _next(self) -> None:
        piece = self._hand.take()
        if isinstance(piece, bytes):
            self._piece, self._is_whole = memoryview(piece), not piece
            return
        self.is_told = True
        met = piece.obstacle if isinstance(piece, _Done) else None
        raise met or broken(WHAT, "the member is cut short")
