"""Pieces of work, read: each file or part of one, whatever it holds."""

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from esfkit.model.document import Bytes, Document, Origin, Passed, Unread
from esfkit.model.finding import Problem
from esfkit.sources.archive import Stretch, confined
from esfkit.sources.blocks import read_blocks
from esfkit.sources.crawls.jsonl import check_fields, read_jsonl
from esfkit.sources.crawls.parquet import read_parquet
from esfkit.sources.crawls.warc import read_warc
from esfkit.sources.files import STANDARD_INPUT, open_file, printable, reason
from esfkit.sources.limits import DEFAULT_LIMITS
from esfkit.sources.obstacle import Obstacle
from esfkit.sources.opening import HEAD, Opened, opened, read_archive, read_opened
from esfkit.sources.reading import DEFAULT_READING, Item, Reading
from esfkit.sources.remote import is_remote
from esfkit.sources.shards import Shard, cut_shards, place_of
from esfkit.sources.walk import Entry, list_entries

_WORTH_TELLING = 8 * 1024 * 1024
"""Bytes of a shard from which on it is told how far its reading has come."""


def open_sources(
    sources: str | Path | Iterable[str | Path],
    reading: Reading = DEFAULT_READING,
    *,
    on_bytes: Callable[[int], None] | None = None,
) -> Iterator[Document | Unread | Passed]:
    """Yield the documents of the sources, and an :class:`Unread` for each that gives none.

    Args:
        sources: What to read; a single source may be given as it is.
        reading: How to read it.
        on_bytes: Called now and then with the bytes read since, for a progress bar that
            :func:`~esfkit.sources.walk.total_bytes` gives the length of.

    Raises:
        InputRefused: A source does not exist. This comes before anything is read.
    """
    shards = cut_shards(list_entries(sources))
    return _of_shards(shards, reading, on_bytes or _ignore)


def _of_shards(
    shards: Iterable[Shard], reading: Reading, on_bytes: Callable[[int], None]
) -> Iterator[Document | Unread | Passed]:
    for shard in shards:
        for item in read_shard(shard, reading, on_bytes):
            if not isinstance(item, Bytes):
                yield item


def _ignore(_: int) -> None:
    """Take no notice of progress."""


def read_shard(
    shard: Shard, reading: Reading, on_bytes: Callable[[int], None] = _ignore
) -> Iterator[Item]:
    """Yield the documents of a piece of work, in order; never raises for what they hold.

    Args:
        shard: The piece.
        reading: How to read it.
        on_bytes: Called now and then with the bytes read since.
    """
    for entry in shard.entries:
        watch = _Watch(on_bytes)
        yield from _read_entry(entry, shard, reading, watch)
        watch.tell(shard.size if shard.part else entry.size)


class _Watch:
    """How far the reading of one file has come."""

    def __init__(self, on_bytes: Callable[[int], None]) -> None:
        self._on_bytes = on_bytes
        self._told = 0

    def tell(self, so_far: int) -> None:
        """Tell how many of its bytes are read by now."""
        if so_far > self._told:
            self._on_bytes(so_far - self._told)
            self._told = so_far

    def take(self, item: Item) -> None:
        """Tell of the bytes that a reader says that it has read."""
        if isinstance(item, Bytes):
            self.tell(self._told + item.count)


def _read_entry(entry: Entry, shard: Shard, reading: Reading, watch: _Watch) -> Iterator[Item]:
    origin = Origin(path=printable(entry.path))
    if entry.obstacle is not None:
        obstacle = Obstacle(Problem.SOURCE_UNREADABLE, entry.obstacle, entry.severity)
        yield obstacle.at(origin)
        return
    try:
        file = open_file(entry.path)
    except OSError as error:
        yield _unreadable(error, entry, origin)
        return
    with closing(file):
        try:
            for item in _items(file, entry, shard, origin, reading):
                yield item
                _watch_over(item, file, shard, watch)
        except Obstacle as obstacle:
            yield obstacle.at(origin)
        except OSError as error:
            yield _unreadable(error, entry, origin)
    if _is_changed(entry):
        message = "The file was changed while it was read; read it again when it is at rest."
        yield replace(Obstacle(Problem.SOURCE_DAMAGED, message).at(origin), may_pass=True)


def _watch_over(item: Item, file: BinaryIO, shard: Shard, watch: _Watch) -> None:
    """Tell how far reading has come: as a library says that reads by itself, or the file."""
    if shard.apart:
        watch.take(item)
    elif shard.size > _WORTH_TELLING:
        so_far = file.tell() - (shard.span.begin if shard.span else 0)
        watch.tell(min(so_far, shard.size))  # a zip archive has its directory at its end


def _is_changed(entry: Entry) -> bool:
    """Return whether a file is another by now than when it was listed."""
    if not entry.changed or is_remote(entry.path):
        return False
    try:
        status = os.stat(entry.path)  # noqa: PTH116 - a Path for each file doubles the time
    except OSError:
        return True
    return (status.st_size, status.st_mtime_ns) != (entry.size, entry.changed)


def _items(
    file: BinaryIO, entry: Entry, shard: Shard, origin: Origin, reading: Reading
) -> Iterator[Item]:
    if shard.groups is not None:
        return read_parquet(place_of(entry), origin, reading, range(*shard.groups[:2]))
    if shard.stretch is not None:
        return _stretch_items(file, entry, shard.stretch, origin, reading)
    if shard.lines is not None:
        try:
            check_fields(file.read(HEAD), reading, is_whole=False)
        except Obstacle:
            if shard.lines.begin == 0:
                raise
            return iter(())  # the first part tells of the whole file
        return read_jsonl(file, origin, reading, shard.lines)
    seekable = entry.path != STANDARD_INPUT
    place = place_of(entry) if seekable else None
    source = opened(file, entry.path, seekable=seekable, place=place)
    return read_opened(source, origin, reading)


def _stretch_items(
    file: BinaryIO, entry: Entry, stretch: Stretch, origin: Origin, reading: Reading
) -> Iterator[Item]:
    if stretch.kind == "warc":
        return read_warc(file, origin, reading, stretch)
    archive = confined(stretch, reading.limits, entry.size)
    if archive is None:
        return iter(())
    source = Opened(b"", file, entry.path, seekable=True)
    return read_archive(archive, source, origin, reading, depth=1)


def count_lines(shard: Shard) -> int:
    """Return how many lines begin in a part of a file that nobody could read; else 0."""
    if shard.lines is None:
        return 0
    try:
        with closing(open_file(shard.entries[0].path)) as file:
            return sum(
                block.lines
                for block in read_blocks(file, DEFAULT_LIMITS.row_bytes, shard.lines)
            )
    except OSError:
        return 0


def read_bytes(content: bytes, origin: Origin, reading: Reading) -> Iterator[Item]:
    """Yield the documents of bytes that are at hand; never raises for what they hold."""
    try:
        source = opened(BytesIO(content), origin.path or "", seekable=True)
        yield from read_opened(source, origin, reading)
    except Obstacle as obstacle:
        yield obstacle.at(origin)


def _unreadable(error: OSError, entry: Entry, origin: Origin) -> Unread:
    message = reason(error, entry.path)
    return replace(Obstacle(Problem.SOURCE_UNREADABLE, message).at(origin), may_pass=True)
