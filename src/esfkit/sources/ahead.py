"""Reading ahead: the next bytes are unpacked while the last are looked at."""

import io
from collections.abc import Callable
from queue import Full, Queue
from threading import Event, Thread
from typing import Any, BinaryIO

from typing_extensions import override

SWITCH_SECONDS = 0.0001
"""What ``sys.setswitchinterval`` is best set to in a program that reads ahead: by default the
thread that unpacks waits for the one that searches until half the gain is gone."""

_PIECE = 1 << 21
_MOST_PIECES = 4
_LONGEST_WAIT = 0.5  # seconds
_LOOKS_UP = 0.1  # seconds between two looks whether anybody still reads


class ReadAhead(io.RawIOBase):
    """The bytes of a stream, which a thread reads before they are asked for.

    Unpacking gives up Python's lock, so that it goes on beside the search for records.
    What the stream raises is raised where its bytes would come next. It has to be closed,
    or its thread waits for ever.

    Args:
        stream: What is read; nobody else may.
    """

    def __init__(self, stream: BinaryIO) -> None:
        super().__init__()
        self._pieces: Queue[bytes | Exception] = Queue(_MOST_PIECES)
        self._piece = memoryview(b"")
        self._end: Exception | None = None
        self._is_over = Event()
        self._thread = Thread(target=self._read, args=(stream.read,), daemon=True)
        self._thread.start()

    def peek(self, most: int) -> bytes:
        """Return the next bytes, and leave them to be read; none at the end."""
        if not self._piece:
            self._next_piece()
        return bytes(self._piece[:most])

    @override
    def readable(self) -> bool:
        return True

    @override
    def readinto(self, buffer: Any) -> int:
        if not self._piece and not self._next_piece():
            return 0
        view = memoryview(buffer).cast("B")
        count = min(len(view), len(self._piece))
        view[:count] = self._piece[:count]
        self._piece = self._piece[count:]
        return count

    @override
    def close(self) -> None:
        """Let the thread end, which may stand before a full queue, and wait until it has."""
        self._is_over.set()
        self._thread.join(_LONGEST_WAIT)  # a pipe may give nothing for ever
        super().close()

    def _next_piece(self) -> bool:
        """Take the next piece, and return whether there is one."""
        if self._end is not None:
            raise self._end
        piece = self._pieces.get()
        if isinstance(piece, EOFError):
            self._pieces.put(piece)  # so it is for whoever asks again
            return False
        if isinstance(piece, Exception):
            self._end = piece
            raise piece
        self._piece = memoryview(piece)
        return True

    def _read(self, read: Callable[[int], bytes]) -> None:
        try:
            while piece := read(_PIECE):
                if not self._put(piece):
                    return
            self._put(EOFError())
        except Exception as error:  # noqa: BLE001 - raised again where it is read
            self._put(error)

    def _put(self, piece: bytes | Exception) -> bool:
        """Hand over a piece once there is room, and return whether anybody still reads."""
        while not self._is_over.is_set():
            try:
                self._pieces.put(piece, timeout=_LOOKS_UP)
            except Full:
                continue
            return True
        return False
