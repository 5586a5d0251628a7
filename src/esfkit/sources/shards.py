"""Sources cut into pieces of work that can be done anywhere, in any order, again.

How a source is cut depends on its size and content alone, so whoever does the work, and
how often it was interrupted, the pieces are the same.
"""

from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from io import BufferedReader, RawIOBase
from pathlib import Path
from typing import cast

from esfkit.sources.archive import Stretch, archive_of
from esfkit.sources.blocks import Part
from esfkit.sources.crawls.jsonl import looks_like_jsonl
from esfkit.sources.crawls.parquet import is_parquet, row_groups
from esfkit.sources.crawls.warc import is_warc
from esfkit.sources.crawls.warc_stretches import cut_warc
from esfkit.sources.files import STANDARD_INPUT, open_file, printable
from esfkit.sources.obstacle import Obstacle
from esfkit.sources.opening import HEAD
from esfkit.sources.remote import is_remote
from esfkit.sources.walk import Entry

SHARD_BYTES = 32 * 1024 * 1024
"""About so much of a file is one piece: some hundredths of a second of work, and no more
records than a worker can hold where every row is one."""

_PAGES = (".txt", ".html", ".htm", ".xhtml", ".md")  # not looked into before they are read
_SPREADSHEETS = (".xlsx", ".xlsm")
_AHEAD = 128 * 1024  # read at a time where an archive is cut: many members are small
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
        stretch: The members of an archive, or the records of a crawl archive.
        apart: Whether it must be read in a process of its own, because what it holds
            can bring down the one that reads it.
    """

    entries: tuple[Entry, ...]
    size: int
    lines: Part | None = None
    groups: tuple[int, int, int] | None = None
    stretch: Stretch | None = None
    apart: bool = False

    @property
    def name(self) -> str:
        """The files concerned, as messages name them."""
        first = printable(self.entries[0].path)
        more = f" and {len(self.entries) - 1} more" if len(self.entries) > 1 else ""
        return f"{first}{more}"

    @property
    def span(self) -> Part | None:
        """The bytes that a part of a file answers for; all parts have each byte once.

        Those of row groups and zip members lie anywhere: their spans are shares.
        """
        if self.groups is not None:
            size, (first, after, count) = self.entries[0].size, self.groups
            return Part(size * first // count, size * after // count)
        return self.stretch.span if self.stretch else self.lines

    @property
    def part(self) -> str | None:
        """Which part of a file it is, in words; ``None`` for whole files."""
        if self.groups is not None:
            return f"row groups {self.groups[0]} to {self.groups[1] - 1}"
        if self.stretch is not None:
            return self.stretch.name
        return self.lines and f"bytes {self.lines.begin} to {self.lines.stop}"


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
    stretches = _stretches(entry, head) if large else []
    if stretches:
        return [Shard((entry,), each.stop - each.begin, stretch=each) for each in stretches]
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
        count = row_groups(place_of(entry))
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


def _stretches(entry: Entry, head: bytes) -> list[Stretch]:
    """Return the parts of an archive or crawl archive, if it can be cut and is worth it."""
    archive = archive_of(head)
    cut = cut_warc if is_warc(head) else archive and archive.cut
    if cut is None or is_remote(entry.path):
        return []
    try:
        with BufferedReader(cast("RawIOBase", open_file(entry.path)), _AHEAD) as file:
            found = cut(file, entry.size, SHARD_BYTES)
    except (Obstacle, OSError):
        return []  # reading it will tell
    return found if len(found) > 1 else []


def _head_of(entry: Entry) -> bytes:
    if entry.path == STANDARD_INPUT or entry.obstacle is not None:
        return b""
    try:
        with closing(open_file(entry.path)) as file:
            return file.read(HEAD)
    except OSError:
        return b""  # reading it will tell


def place_of(entry: Entry) -> Path | str:
    """Return where a library of its own opens the entry."""
    return entry.path if is_remote(entry.path) else Path(entry.path)
