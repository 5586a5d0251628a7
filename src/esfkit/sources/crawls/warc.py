"""Crawl archives: WARC with pages as they were sent, WET with their text.

Records are parted here and not by fastwarc's iterator: that one passes over damage
without a word, loses the record after a chunked one, and unpacks a body as a whole
before the first byte can be counted (fastwarc 2.0.1).
"""

from collections.abc import Generator, Iterator
from dataclasses import replace
from itertools import count
from typing import BinaryIO, NamedTuple

from fastwarc.warc import HeaderMap

from esfkit.model.document import Document, Origin, Passed, Unread, Why
from esfkit.model.finding import Finding, Problem, Severity
from esfkit.sources.archive.stretch import Stretch
from esfkit.sources.crawls.response import (
    MOST_HEAD_BYTES,
    Body,
    head_fields,
    media_type,
    read_response,
)
from esfkit.sources.crawls.warc_window import MAGIC, Window, said_length
from esfkit.sources.obstacle import Obstacle, limit_met, unread
from esfkit.sources.pages.textfile import read_crawled
from esfkit.sources.reading import Item, Reading

_PAGES = frozenset({"", "text/html", "application/xhtml+xml", "text/plain"})
_NO_DOCUMENTS = frozenset({"warcinfo", "request", "metadata", "revisit"})
_DOCUMENTS = frozenset({"response", "resource", "conversion"})
_NAME_LOOK_UP = "text/dns"


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
    return head.startswith(MAGIC)


def read_warc(
    stream: BinaryIO, origin: Origin, reading: Reading, stretch: Stretch | None = None
) -> Iterator[Item]:
    """Yield the pages of a crawl archive, and what cannot be read of it.

    Responses and resources that are HTML or plain text, and the texts of a WET file, are
    pages. Other payloads are passed; requests and notes on the crawl are not counted.

    Args:
        stream: The archive, unpacked.
        origin: The file; record and address are filled in.
        reading: How to read.
        stretch: Which records; all unless it is said. The stream must be seekable then.

    Raises:
        Obstacle: The archive is cut or damaged, and no record follows.
    """
    begin, before = (stretch.begin, stretch.before) if stretch else (0, 0)
    if stretch is not None:
        stream.seek(begin)
    window = Window(stream, begin)
    fault: _Fault | None = None
    for number in count(before + 1):
        start = window.offset
        junk = window.seek_record()
        if junk and fault is None:
            place = replace(origin, member=f"offset {start}")
            fault = _Fault(place, f"{junk} bytes after offset {start} are no record.")
        if window.hold(1) == 0 or (stretch is not None and window.offset >= stretch.stop):
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


def _read_head(window: Window, origin: Origin, number: int) -> _Record | _Fault:
    """Return the record that begins here, the window moved on to its content."""
    offset = window.offset
    head = window.head()
    fields = None if head is None else head_fields(head)
    if head is None or fields is None:
        window.skip(len(MAGIC))
        return _Fault(_at(origin, number, offset), "The record has no readable header.")
    window.skip(len(head))
    length = said_length(fields)
    if length is None:
        said = (fields.get("Content-Length") or "").strip()[:40]
        message = f"The record says no length (Content-Length {said!r})."
        return _Fault(_at(origin, number, offset), message)
    kind = (fields.get("WARC-Type") or "").strip().lower()
    media = media_type(fields.get("Content-Type"))
    return _Record(origin, number, offset, fields, kind, media, length)


def _read_record(
    window: Window, record: _Record, reading: Reading
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
