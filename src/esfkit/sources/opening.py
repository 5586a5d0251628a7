"""One stream of bytes → its documents: what it holds decides how it is read."""

import io
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO, NamedTuple, cast

from esfkit.model.document import Origin
from esfkit.model.finding import Problem, Severity
from esfkit.sources.ahead import ReadAhead
from esfkit.sources.archive import Archive, Refused, archive_of, members, zip_kind
from esfkit.sources.crawls.jsonl import check_fields, looks_like_jsonl, read_jsonl
from esfkit.sources.crawls.parquet import is_parquet, read_parquet
from esfkit.sources.crawls.warc import is_warc, read_warc
from esfkit.sources.obstacle import Dangerous, Obstacle, limit_met
from esfkit.sources.packed import open_packed, packing_of, rejoined
from esfkit.sources.pages.decode import wide_encoding
from esfkit.sources.pages.textfile import read_text_document
from esfkit.sources.reading import Item, Reading
from esfkit.sources.tabular.sheet import read_sheet
from esfkit.sources.tabular.table import looks_like_table, read_table
from esfkit.sources.tabular.tablehead import TABLE_SUFFIXES

HEAD = 64 * 1024
"""Bytes that tell what a stream holds."""

_DELIMITERS = (b",", b";", b"\t", b"|")
_FIRST_LINE = 4096


class Opened(NamedTuple):
    """A stream of which the head is known.

    Attributes:
        head: Its first bytes; all of them where it is short.
        rest: What stands behind them.
        name: Its file's or member's name, which only hints at the format.
        seekable: Whether one can go back in it.
        is_peeked: Whether the rest begins with the head, which was only looked at.
        place: The file or the address of the object that it is, if it is one.
    """

    head: bytes
    rest: BinaryIO
    name: str
    seekable: bool = False
    is_peeked: bool = False
    place: Path | str | None = None

    def whole(self) -> BinaryIO:
        """Return the stream from its beginning."""
        if self.seekable:
            self.rest.seek(0)
        return self.rest if self.seekable or self.is_peeked else rejoined(self.head, self.rest)

    def content(self, most: int) -> bytes:
        """Return all its bytes, or so many of them."""
        head = b"" if self.is_peeked else self.head
        return b"".join((head, *_pieces(self.rest, most - len(head))))

    def held(self, reading: Reading) -> BinaryIO:
        """Return the stream from its beginning, such that one can go back in it.

        Raises:
            Obstacle: It would have to be held in memory, and is too large.
        """
        if self.seekable:
            return self.whole()
        most = reading.limits.held_bytes
        content = self.content(most + 1)
        if len(content) > most:
            what = "The member must be read as a whole and"
            raise limit_met(what, f"has more than {most} bytes", "held_bytes", most)
        return io.BytesIO(content)


def opened(
    stream: BinaryIO, name: str, *, seekable: bool = False, place: Path | str | None = None
) -> Opened:
    """Return a stream with its head read.

    Raises:
        Obstacle: Not one byte of it can be read.
    """
    head = b""
    try:
        for piece in _pieces(stream, HEAD):
            head += piece
    except Obstacle:
        if not head:
            raise
        # What could be read is read; reading on will meet the obstacle again.
    return Opened(head, stream, name, seekable, place=place)


def read_opened(
    source: Opened, origin: Origin, reading: Reading, depth: int = 0
) -> Iterator[Item]:
    """Yield the documents of a stream, whatever its format.

    Args:
        source: The stream.
        origin: Whose it is.
        reading: How to read it.
        depth: How many archives it stands in.

    Raises:
        Obstacle: It cannot be read on; what was yielded before stands.
    """
    packing = packing_of(source.head)
    if packing is None:
        yield from _read_unpacked(source, origin, reading, depth)
        return
    with ReadAhead(open_packed(source.whole(), packing, reading.limits)) as ahead:
        stream = cast("BinaryIO", ahead)
        name = source.name.removesuffix(packing.suffix)
        unpacked = Opened(ahead.peek(HEAD), stream, name, is_peeked=True)
        yield from _read_unpacked(unpacked, origin, reading, depth)


def _read_unpacked(
    source: Opened, origin: Origin, reading: Reading, depth: int
) -> Iterator[Item]:
    archive = archive_of(source.head)
    if archive is None:
        return _read_plain(source, origin, reading)
    if archive.name == "zip":
        source = opened(source.held(reading), source.name, seekable=True)
        kind = zip_kind(source.whole())
        if kind != "archive":
            return _read_office(kind, source, origin, reading)
    most = reading.limits.archive_depth
    if depth > most:
        what = f"stands in {depth} archives; unpack it first"
        raise limit_met("The archive", what, "archive_depth", most)
    return read_archive(archive, source, origin, reading, depth + 1)


def _read_plain(source: Opened, origin: Origin, reading: Reading) -> Iterator[Item]:
    head = source.head
    if is_parquet(head):
        _beware(reading)
        return _read_parquet(source, origin, reading)
    if is_warc(head):
        return read_warc(source.whole(), origin, reading)
    wide = wide_encoding(head)
    if wide is not None and looks_like_jsonl(head.decode(wide, "ignore").encode()):
        message = f"JSON lines in {wide} are not read; convert them to UTF-8, as iconv does."
        raise Obstacle(Problem.FORMAT_UNSUPPORTED, message)
    if looks_like_jsonl(head):
        check_fields(head, reading, is_whole=len(head) < HEAD)
        return read_jsonl(source.whole(), origin, reading)
    if _may_be_table(head, source.name) and looks_like_table(head, source.name, reading):
        return read_table(source.whole(), origin, reading)
    return _read_text(source, origin, reading)


def _may_be_table(head: bytes, name: str) -> bool:
    """Return whether it is worth a look: one takes as long as parsing a page."""
    if name.casefold().endswith(TABLE_SUFFIXES):
        return True
    first, _, _ = head[:_FIRST_LINE].lstrip().partition(b"\n")
    return not first.startswith(b"<") and any(mark in first for mark in _DELIMITERS)


def _read_text(source: Opened, origin: Origin, reading: Reading) -> Iterator[Item]:
    content = source.content(reading.limits.document_bytes + 1)
    yield read_text_document(content, origin, reading.limits)


def _read_parquet(source: Opened, origin: Origin, reading: Reading) -> Iterator[Item]:
    place = source.held(reading).read() if source.place is None else source.place
    return read_parquet(place, origin, reading)


def _read_office(kind: str, source: Opened, origin: Origin, reading: Reading) -> Iterator[Item]:
    if kind != "spreadsheet":
        message = "The file is an office document; save it as text or HTML."
        raise Obstacle(Problem.FORMAT_UNSUPPORTED, message, Severity.WARNING)
    _beware(reading)
    return read_sheet(source.whole(), origin, reading)


def _beware(reading: Reading) -> None:
    if not reading.may_die:
        raise Dangerous


def read_archive(
    archive: Archive, source: Opened, origin: Origin, reading: Reading, depth: int
) -> Iterator[Item]:
    """Yield the documents of an archive's members; one that cannot be read ends alone.

    Args:
        archive: Its format.
        source: The archive.
        origin: Whose it is.
        reading: How to read it.
        depth: How many archives its members stand in.

    Raises:
        Obstacle: It cannot be gone on with; what was yielded before stands.
    """
    stream = source.held(reading) if archive.needs_seek else source.whole()
    for member in members(stream, archive, reading.limits):
        of = f"{origin.member}/{member.name}" if origin.member else member.name
        place = replace(origin, member=of)
        if isinstance(member, Refused):
            yield member.obstacle.at(place)
            continue
        try:
            inner = opened(member.stream, member.name)
            yield from read_opened(inner, place, reading, depth)
        except Obstacle as obstacle:
            yield obstacle.at(place)


def _pieces(stream: BinaryIO, most: int) -> Iterator[bytes]:
    """Yield what can be read, so many bytes in all: pipes and unpackers give it in pieces."""
    while most > 0 and (piece := stream.read(most)):
        most -= len(piece)
        yield piece
