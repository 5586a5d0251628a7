"""Crawl archives: WARC with pages as they were sent, WET with their text.

Records are parted here and not by fastwarc's iterator: that one passes over damage
without a word, loses the record after a chunked one, and unpacks a body as a whole
before the first byte can be counted (fastwarc 2.0.1).
"""

import re
from collections.abc import Generator, Iterator
from dataclasses import replace
from itertools import count
from typing import BinaryIO, NamedTuple

from fastwarc.warc import HeaderMap

from esfkit.model.document import Document, Origin, Passed, Unread, Why
from esfkit.model.finding import Finding, Problem, Severity
from esfkit.sources.crawls.response import (
    MOST_HEAD_BYTES,
    Body,
    head_end,
    head_fields,
    media_type,
    read_response,
)
from esfkit.sources.obstacle import Obstacle, limit_met, unread
from esfkit.sources.pages.textfile import read_crawled
from esfkit.sources.reading import Item, Reading

_MAGIC = b"WARC/"
_NEXT = b"\n" + _MAGIC
_LENGTH = re.compile("[0-9]{1,18}")
_BLOCK = 1024 * 1024
_LINE_ENDS = b"\r\n"
_TAIL = 16
"""Line ends and magic after a record: four bytes and five by the standard."""

_PAGES = frozenset({"", "text/html", "application/xhtml+xml", "text/plain"})
_NO_DOCUMENTS = frozenset({"warcinfo", "request", "metadata", "revisit"})
_DOCUMENTS = frozenset({"response", "resource", "conversion"})
_NAME_LOOK_UP = "text/dns"


class _Window:
    """A stream, seen through the part of it that is held.

    Attributes:
        offset: How many bytes of the stream were left behind.
    """

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._held = b""
        self._at = 0
        self.offset = 0

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
        while (there := self.hold(_TAIL)) and not self._held.startswith(_MAGIC, self._at):
            found = self._held.find(_NEXT, self._at)
            # What may be the beginning of the next line that begins a record stays.
            passed = max(1, there - len(_MAGIC)) if found < 0 else found + 1 - self._at
            junk += len(self.view(0, passed).strip(_LINE_ENDS))
            self.skip(passed)
        return junk

    def is_boundary(self, after: int) -> bool:
        """Return whether a record ends so many bytes from here, as it should or nearly so."""
        if self.hold(after + _TAIL) < after:
            return False
        tail = self.view(after, after + _TAIL)
        rest = tail.lstrip(_LINE_ENDS)
        return tail.startswith(_LINE_ENDS * 2) or rest.startswith(_MAGIC[: len(rest)])


class _Record(NamedTuple):
    """A record's head, and where it stands."""

    origin: Origin
    number: int
    offset: int
    fields: HeaderMap
    kind: str
    media: str
    length: int

    @property
    def place(self) -> Origin:
        """Where it stands, told only of records of which something is told."""
        url = (self.fields.get("WARC-Target-URI") or "").strip()
        url = url.removeprefix("<").removesuffix(">")
        return replace(_at(self.origin, self.number, self.offset), url=url or None)


def _at(origin: Origin, number: int, offset: int) -> Origin:
    return replace(origin, member=f"record {number}, offset {offset}")


class _Fault(NamedTuple):
    """What is wrong at a place, until it is known whether a record follows."""

    place: Origin
    message: str


def is_warc(head: bytes) -> bool:
    """Return whether a file that begins so is a crawl archive, WARC or WET."""
    return head.startswith(_MAGIC)


def read_warc(stream: BinaryIO, origin: Origin, reading: Reading) -> Iterator[Item]:
    """Yield the pages of a crawl archive, and what cannot be read of it.

    Responses and resources that are HTML or plain text, and the texts of a WET file, are
    pages. Other payloads are passed; requests and notes on the crawl are not counted.

    Args:
        stream: The archive, unpacked.
        origin: The file; record and address are filled in.
        reading: How to read.

    Raises:
        Obstacle: The archive is cut or damaged, and no record follows.
    """
    window = _Window(stream)
    fault: _Fault | None = None
    for number in count(1):
        start = window.offset
        junk = window.seek_record()
        if junk and fault is None:
            place = replace(origin, member=f"offset {start}")
            fault = _Fault(place, f"{junk} bytes after offset {start} are no record.")
        if window.hold(1) == 0:
            break
        if fault is not None:
            yield _told(fault)
        record = _read_head(window, origin, number)
        fault = record if isinstance(record, _Fault) else None
        if isinstance(record, _Record):
            fault = yield from _read_record(window, record, reading)
    if fault is not None:
        raise Obstacle(
            Problem.SOURCE_DAMAGED,
            f"{fault.place.member}: {fault.message} Nothing that follows can be read;"
            " fetch the file again.",
        )


def _told(fault: _Fault) -> Unread:
    message = f"{fault.message} Reading goes on with the next record; fetch the file again."
    return unread(fault.place, Problem.ROW_UNREADABLE, message)


def _read_head(window: _Window, origin: Origin, number: int) -> _Record | _Fault:
    """Return the record that begins here, the window moved on to its content."""
    offset = window.offset
    head = window.head()
    fields = None if head is None else head_fields(head)
    if head is None or fields is None:
        window.skip(len(_MAGIC))
        return _Fault(_at(origin, number, offset), "The record has no readable header.")
    window.skip(len(head))
    length = (fields.get("Content-Length") or "").strip()
    if _LENGTH.fullmatch(length) is None:
        message = f"The record says no length (Content-Length {length[:40]!r})."
        return _Fault(_at(origin, number, offset), message)
    kind = (fields.get("WARC-Type") or "").strip().lower()
    media = media_type(fields.get("Content-Type"))
    return _Record(origin, number, offset, fields, kind, media, int(length))


def _read_record(
    window: _Window, record: _Record, reading: Reading
) -> Generator[Item, None, _Fault | None]:
    """Yield what the record gives, and leave it behind; return what is wrong with its end."""
    length, is_held = record.length, record.length <= reading.limits.row_bytes
    if is_held and not window.is_boundary(length):
        return _Fault(record.place, f"It says {length} bytes, and no record ends there.")
    if record.kind not in _NO_DOCUMENTS and record.media != _NAME_LOOK_UP:
        seen = length if is_held else min(length, MOST_HEAD_BYTES)
        window.hold(seen)
        yield _item(record, window.view(0, seen), reading)
    if not window.skip(length):
        return _Fault(record.place, f"It says {length} bytes, and the file ends before.")
    return None


def _item(record: _Record, block: bytes, reading: Reading) -> Item:
    """Return the page of a record, or why there is none.

    Args:
        record: The record.
        block: Its content, or the beginning of it if that is longer than is read.
        reading: How to read.
    """
    if record.kind not in _DOCUMENTS:
        message = f"Records of the kind {record.kind[:40]!r} are not read."
        return unread(record.place, Problem.FORMAT_UNSUPPORTED, message, Severity.NOTE)
    most = reading.limits.row_bytes
    body = _body(record, block, most)
    if body is None:
        message = "The record holds no HTTP response, though it says that it does."
        return unread(record.place, Problem.ROW_UNREADABLE, message)
    if not _is_page(record, body):
        return Passed(1, record.place, why=Why.NO_PAGE)
    if record.length > most or body.too_long:
        met = "or more unpacked" if body.too_long else "long"
        obstacle = limit_met("The record", f"is {record.length} bytes {met}", "row_bytes", most)
        return obstacle.at(record.place)
    return _page(record, body, reading)


def _body(record: _Record, block: bytes, most: int) -> Body | None:
    if record.kind == "response" and record.media == "application/http":
        return read_response(block, most)
    return Body(block, record.media)


def _is_page(record: _Record, body: Body) -> bool:
    """Whether the server says that it is a page, or the crawler found that it is."""
    if body.media in _PAGES:
        return True
    found = media_type(record.fields.get("WARC-Identified-Payload-Type"))
    return found != "" and found in _PAGES


def _page(record: _Record, body: Body, reading: Reading) -> Item:
    if body.fault is None and reading.drops(body.content):
        return _passed(record, body.content, reading)
    document = read_crawled(body.content, record.place, reading.limits)
    if isinstance(document, Unread):
        if body.fault is None:
            return document
        return unread(document.origin, Problem.ROW_UNREADABLE, body.fault)
    # Many crawlers store a body unpacked and keep the header that says it is packed.
    if body.fault is not None and reading.drops(body.content):
        return _passed(record, body.content, reading)
    return _marked(document, record.fields.get("WARC-Truncated"))


def _passed(record: _Record, content: bytes, reading: Reading) -> Passed:
    return Passed(1, record.place, content) if reading.shows_passed else Passed(1)


def _marked(document: Document, why_cut: str | None) -> Document:
    """Return the document with a finding if the crawler stored only its beginning."""
    if not why_cut:
        return document
    message = f"The crawler stored only the beginning of the page ({why_cut[:40]})."
    cut = Finding(code=Problem.SOURCE_DAMAGED, severity=Severity.WARNING, message=message)
    return replace(document, findings=(*document.findings, cut))
