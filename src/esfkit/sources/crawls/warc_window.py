"""The bytes of a crawl archive: where its records begin and end."""

import re
from typing import BinaryIO

from fastwarc.warc import HeaderMap

from esfkit.sources.crawls.response import MOST_HEAD_BYTES, head_end

MAGIC = b"WARC/"
"""What every record begins with."""

_NEXT = b"\n" + MAGIC
_LENGTH = re.compile("[0-9]{1,18}")
_BLOCK = 1024 * 1024
_LINE_ENDS = b"\r\n"
_TAIL = 16
"""Line ends and magic after a record: four bytes and five by the standard."""


def said_length(fields: HeaderMap) -> int | None:
    """Return how many bytes a record says that it has, or ``None`` if it does not."""
    length = (fields.get("Content-Length") or "").strip()
    return int(length) if _LENGTH.fullmatch(length) else None


class Window:
    """A stream, seen through the part of it that is held.

    Attributes:
        offset: How many bytes of the stream were left behind.
    """

    def __init__(self, stream: BinaryIO, offset: int = 0) -> None:
        self._stream = stream
        self._held = b""
        self._at = 0
        self.offset = offset

    def hold(self, size: int) -> int:
        """Have that many bytes at hand if the stream has them; return how many there are."""
        missing = size - (len(self._held) - self._at)
        if missing > 0:
            parts = [self._held[self._at :]]
            while missing > 0 and (block := self._stream.read(max(missing, _BLOCK))):
                parts.append(block)
                missing -= len(block)
            self._held, self._at = b"".join(parts), 0
        return len(self._held) - self._at

    def view(self, start: int, end: int) -> bytes:
        """Return held bytes, counted from here."""
        return self._held[self._at + start : self._at + end]

    def skip(self, size: int) -> bool:
        """Leave bytes behind without holding them; return whether there were so many."""
        while size > 0 and (there := self.hold(1)):
            passed = min(size, there)
            self._at += passed
            self.offset += passed
            size -= passed
        return size == 0

    def head(self) -> bytes | None:
        """Return the head that begins here, or ``None`` if it does not end."""
        self.hold(MOST_HEAD_BYTES)
        end = head_end(self._held, self._at)
        return None if end < 0 else self._held[self._at : end]

    def seek_record(self) -> int:
        """Go to where the next record begins, or the stream ends; return what is no record."""
        junk = 0
        while (there := self.hold(_TAIL)) and not self._held.startswith(MAGIC, self._at):
            found = self._held.find(_NEXT, self._at)
            # What may be the beginning of the next line that begins a record stays.
            passed = max(1, there - len(MAGIC)) if found < 0 else found + 1 - self._at
            junk += len(self.view(0, passed).strip(_LINE_ENDS))
            self.skip(passed)
        return junk

    def is_boundary(self, after: int) -> bool:
        """Return whether a record ends so many bytes from here, as it should or nearly so."""
        if self.hold(after + _TAIL) < after:
            return False
        tail = self.view(after, after + _TAIL)
        rest = tail.lstrip(_LINE_ENDS)
        return tail.startswith(_LINE_ENDS * 2) or rest.startswith(MAGIC[: len(rest)])
