"""Sources cut into pieces of work that can be done anywhere, in any order, again.

How a source is cut depends on its size and content alone, so whoever does the work, and
how often it was interrupted, the pieces are the same.
"""

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from esfkit.model.document import Bytes, Document, Origin, Passed, Unread
from esfkit.model.finding import Problem
from esfkit.sources.blocks import Part, read_blocks
from esfkit.sources.crawls.jsonl import check_fields, looks_like_jsonl, read_jsonl
from esfkit.sources.crawls.parquet import is_parquet, read_parquet, row_groups
from esfkit.sources.files import STANDARD_INPUT, open_file, printable, reason
from esfkit.sources.limits import DEFAULT_LIMITS
from esfkit.sources.obstacle import Obstacle
from esfkit.sources.opening import HEAD, opened, read_opened
from esfkit.sources.reading import DEFAULT_READING, Item, Reading
from esfkit.sources.remote import is_remote
from esfkit.sources.walk import Entry, list_entries

SHARD_BYTES = 32 * 1024 * 1024
"""About so much of a file is one piece: some hundredths of a second of work, and no more
records than a worker can hold where every row is one."""

_PAGES = (".txt", ".html", ".htm", ".xhtml", ".md")  # not looked into before they are read
_SPREADSHEETS = (".xlsx", ".xlsm")
_MOST_FILES = 256
_GROUP_BYTES = 8 * 1024 * 1024
"""Small files are put together up to this."""


@dataclass(frozen=True, slots=True)
class Shard:
    """One piece of work: some files, or a part of one.

    Attributes:
        entries: The files, in order.
        size: Their bytes, or those of the part.
        lines: The part of a file that is read line by line.
        groups: The first row group of a Parquet file, the one after the last, and how
            many the file has.
        apart: Whether it must be read in a process of its own, because what it holds
            can bring down the one that reads it.
    """

    entries: tuple[Entry, ...]
    size: int
    lines: Part | None = None
    groups: tuple[int, int, int] | None = None
    apart: bool = False

    @property
    def name(self) -> str:
        """The files concerned, as messages name them."""
        first = printable(self.entries[0].path)
        more = f" and {len(self.entries) - 1} more" if len(self.entries) > 1 else ""
        return f"{first}{more}"


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


# --- cutting


def cut_shards(entries: Iterable[Entry]) -> Iterator[Shard]:
    """Yield the pieces of work that the files are, in their order."""
    group: list[Entry] = []
    size = 0
    for entry in entries:
        pieces = _cut_file(entry)
        if group and (pieces or len(group) == _MOST_FILES or size + entry.size > _GROUP_BYTES):
            yield Shard(tuple(group), size)
            group, size = [], 0
        if pieces:
            yield from pieces
        else:
            group.append(entry)
            size += entry.size
    if group:
        yield Shard(tuple(group), size)


def _cut_file(entry: Entry) -> list[Shard]:
    """Return the parts of a large file, or of one to be read apart; none of any other."""
    large = entry.size > _GROUP_BYTES
    if not large and entry.path.casefold().endswith(_PAGES):
        return []
    head = _head_of(entry)
    if is_parquet(head):
        return _cut_parquet(entry)
    if entry.size > SHARD_BYTES and looks_like_jsonl(head):
        return [
            Shard((entry,), min(SHARD_BYTES, entry.size - begin), lines=part)
            for begin in range(0, entry.size, SHARD_BYTES)
            for part in [Part(begin, min(begin + SHARD_BYTES, entry.size))]
        ]
    apart = entry.path.casefold().endswith(_SPREADSHEETS)
    return [Shard((entry,), entry.size, apart=apart)] if large or apart else []


def _cut_parquet(entry: Entry) -> list[Shard]:
    """Return the row groups of a Parquet file, so many together as make up a shard."""
    whole = [Shard((entry,), entry.size, apart=True)]
    if entry.size <= SHARD_BYTES:
        return whole
    try:
        count = row_groups(_place(entry))
    except (Obstacle, OSError):
        return whole  # reading it will tell
    together = max(1, count * SHARD_BYTES // entry.size)
    begins = range(0, count, together)
    sizes = [entry.size // len(begins)] * (len(begins) - 1)
    sizes.append(entry.size - sum(sizes))
    return [
        Shard((entry,), size, groups=(begin, min(begin + together, count), count), apart=True)
        for begin, size in zip(begins, sizes, strict=True)
    ]


def _head_of(entry: Entry) -> bytes:
    if entry.path == STANDARD_INPUT or entry.obstacle is not None:
        return b""
    try:
        with closing(open_file(entry.path)) as file:
            return file.read(HEAD)
    except OSError:
        return b""  # reading it will tell


# --- reading


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
        watch.tell(shard.size if shard.lines or shard.groups else entry.size)


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
    elif shard.size > _GROUP_BYTES:
        watch.tell(file.tell() - (shard.lines.begin if shard.lines else 0))


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
        return read_parquet(_place(entry), origin, reading, range(*shard.groups[:2]))
    if shard.lines is not None:
        try:
            check_fields(file.read(HEAD), reading, is_whole=False)
        except Obstacle:
            if shard.lines.begin == 0:
                raise
            return iter(())  # the first part tells of the whole file
        return read_jsonl(file, origin, reading, shard.lines)
    seekable = entry.path != STANDARD_INPUT
    place = _place(entry) if seekable else None
    source = opened(file, entry.path, seekable=seekable, place=place)
    return read_opened(source, origin, reading)


def _place(entry: Entry) -> Path | str:
    """Return where a library of its own opens the entry."""
    return entry.path if is_remote(entry.path) else Path(entry.path)


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
