"""What an update has to read.

A file whose bytes and the rules by which they are read are those of the last time is not
parsed. All bytes are hashed: neither a file's time nor its size tells that it is the same.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

import polars as pl

from esfkit.dataset.columns import SCHEMA
from esfkit.dataset.history import History, Ingest, Mark, Seen
from esfkit.dataset.store import gather, read_everything, read_files_seen
from esfkit.pipeline.content import file_hash
from esfkit.pipeline.run import entries_of
from esfkit.pipeline.updates.renaming import covers, renamed_files
from esfkit.sources.files import printable
from esfkit.sources.walk import Entry


class Before(NamedTuple):
    """A dataset as it was before an update.

    Attributes:
        rows: All its rows, those that are true now first.
        history: Its history.
        files: Path → the file as it was met last.
    """

    rows: pl.DataFrame
    history: History
    files: Mapping[str, Seen]


class Wish(NamedTuple):
    """What an update was asked to do.

    Attributes:
        sources: The sources as named.
        rules: :func:`~esfkit.pipeline.receipts.rules_hash` of its job.
        date: When it is made, if the caller tells.
        spared: What it writes itself, which is no source.
    """

    sources: tuple[str, ...]
    rules: str
    date: str | None = None
    spared: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    """What an update has to read.

    Attributes:
        before: The dataset as it was.
        wish: What was asked for.
        hashes: Path → hash of each file of the sources, in order; ``None`` where it cannot
            be read.
        entries: Those that have to be read.
        renamed: Path then → path now of files that are known under another path.
        strays: Paths that are known and of which nothing is known any more
            (:class:`~esfkit.pipeline.updates.renaming.Renamed`).
    """

    before: Before
    wish: Wish
    hashes: Mapping[str, str | None]
    entries: tuple[Entry, ...]
    renamed: Mapping[str, str] = field(default_factory=dict)
    strays: tuple[str, ...] = ()

    @property
    def number(self) -> int:
        """The number that the ingest will have."""
        return self.before.history.last + 1

    @property
    def again(self) -> frozenset[str]:
        """The paths of what has to be read."""
        return frozenset(printable(entry.path) for entry in self.entries)

    def is_gone(self, path: str) -> bool:
        """Tell whether a file was among what the sources name, and is not any more."""
        return path not in self.hashes and (
            path in self.renamed or any(covers(source, path) for source in self.wish.sources)
        )


def read_before(path: Path) -> Before:
    """Return the dataset that is to be updated; an empty one if there is none yet.

    Raises:
        InputRefused: The file is no dataset, or a broken one.
    """
    if not path.exists():
        return Before(pl.DataFrame(schema=SCHEMA), History(), {})
    kept = read_everything(path)
    rows = gather(kept.rows)
    if kept.history is not None:
        return Before(rows, kept.history, read_files_seen(path))
    found = Ingest(number=1, counts={"records": rows.height})
    marks = (Mark(1, "before"),) * rows.height
    return Before(rows, History((found,), marks), {})


def plan_update(
    before: Before, wish: Wish, on_bytes: Callable[[int], None] = lambda _: None
) -> Plan:
    """Return what of the sources has to be read: all bytes are hashed, none parsed.

    Args:
        before: The dataset as it was.
        wish: What was asked for. A file that is named twice counts once.
        on_bytes: Called with the bytes of each file that need not be read.

    Raises:
        InputRefused: A named source does not exist.
    """
    hashes: dict[str, str | None] = {}
    entries: list[Entry] = []
    for entry in entries_of(wish.sources, wish.spared):
        path = printable(entry.path)
        if entry.obstacle is not None:
            entries.append(entry)
            continue
        if path in hashes:
            continue
        hashes[path] = file_hash(entry.path)
        if _is_known(before, path, hashes[path], wish.rules):
            on_bytes(entry.size)
        else:
            entries.append(entry)
    renamed, strays = renamed_files(_known(before), hashes, wish.sources)
    return Plan(before, wish, hashes, tuple(entries), renamed, strays)


def _known(before: Before) -> dict[str, str | None]:
    """Return path → hash of the files that a dataset knows, where it knows their bytes.

    A dataset without history has the hashes of its records' documents: that of the file
    where the file is the document.
    """
    columns = ("source_path", "source_sha256", "source_member", "source_line")
    rows = before.rows.head(before.history.current).select(columns).unique(maintain_order=True)
    found: dict[str, str | None] = {}
    for path, sha256, member, line in rows.iter_rows():
        if path is not None:
            found[path] = sha256 if member is None and line is None else None
    return found | {path: seen.sha256 or None for path, seen in before.files.items()}


def _is_known(before: Before, path: str, sha256: str | None, rules: str) -> bool:
    seen = before.files.get(path)
    if seen is None or sha256 is None or seen.sha256 != sha256:
        return False
    return before.history.ingest(seen.ingest).rules == rules
