"""A crawl archive in stretches, cut where its records say that they end."""

from collections.abc import Iterator
from itertools import count
from math import inf
from typing import BinaryIO

from esfkit.sources.archive.stretch import Boundary, Stretch, chosen, stretches_of
from esfkit.sources.crawls.response import MOST_HEAD_BYTES, head_end, head_fields
from esfkit.sources.crawls.warc_window import MAGIC, said_length

_NEXT = b"\r\n\r\n"
_LOOK = 4096
"""Bytes looked at where a record ends: its end, and as a rule the head of the next."""


def cut_warc(stream: BinaryIO, size: int, most: int) -> list[Stretch]:
    """Return the stretches of a crawl archive that is not packed.

    From record to record, each as long as it says: words that look like the beginning of
    one and stand within a page are passed over. Only where every record so far ends as
    the standard wants it may the next stretch begin; the last one goes on to the end of
    the file from wherever that is not so.

    Args:
        stream: The archive; it must be seekable.
        size: Its bytes.
        most: Bytes after which the next stretch begins.
    """
    return stretches_of("warc", chosen(_boundaries(stream, size), most, inf), size)


def _boundaries(stream: BinaryIO, size: int) -> Iterator[Boundary]:
    """Yield where a reader of the whole comes to a record and nothing was wrong before."""
    stream.seek(0)
    at, seen = 0, stream.read(_LOOK)
    for number in count(1):
        record = _size_of(stream, seen)
        if record is None or at + record >= size:
            return
        stream.seek(at + record)
        seen = stream.read(_LOOK)
        if not seen.startswith(_NEXT + MAGIC):
            return
        at, seen = at + record + len(_NEXT), seen[len(_NEXT) :]
        yield Boundary(at, number)


def _size_of(stream: BinaryIO, seen: bytes) -> int | None:
    """Return the bytes of head and content of a record, the stream being past its begin."""
    end = head_end(seen)
    if end < 0:
        seen += stream.read(MOST_HEAD_BYTES - len(seen))
        end = head_end(seen)
    fields = head_fields(seen[:end]) if end >= 0 else None
    length = None if fields is None else said_length(fields)
    return None if length is None else end + length
