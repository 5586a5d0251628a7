"""A dataset after an update: its rows in the order of the sources, and its history."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Final, NamedTuple

import polars as pl

from esfkit.dataset.columns import tool_version
from esfkit.dataset.history import History, Ingest, Mark, Seen, Without
from esfkit.pipeline.outcomes import Rejected
from esfkit.pipeline.updates.planning import Plan
from esfkit.pipeline.updates.settling import Settled, settled
from esfkit.pipeline.updates.vanishing import emptied_sources

_COUNTED: Final = ("source", "reading", "added", "moved", "vanished", "unreadable")


class Updated(NamedTuple):
    """A dataset after an update.

    Attributes:
        rows: All its rows. Those that are true now come first, as one ingest of all the
            sources would give them.
        history: Its history, with this ingest as the last.
        files: Path → the file as it was met last.
        emptied: Source → how many documents it had, of those that lost every one.
    """

    rows: pl.DataFrame
    history: History
    files: dict[str, Seen]
    emptied: Mapping[str, int]


def updated(plan: Plan, read: pl.DataFrame, rejected: Sequence[Rejected]) -> Updated:
    """Return the dataset with what was read put into it.

    Args:
        plan: What had to be read.
        read: The records that it gave, in order.
        rejected: The documents without, with what could not be read at all.
    """
    changes = settled(plan, read, rejected)
    rows, marks = _rows_and_marks(plan, read, changes)
    ingest = Ingest(
        number=plan.number,
        sources=plan.wish.sources,
        rules=plan.wish.rules,
        version=tool_version(),
        date=plan.wish.date,
        counts=_counts(plan, changes),
    )
    history = History((*plan.before.history.ingests, ingest), marks)
    emptied = emptied_sources(plan, changes)
    return Updated(rows, history, _files(plan, changes), emptied)


def _rows_and_marks(
    plan: Plan, read: pl.DataFrame, changes: Settled
) -> tuple[pl.DataFrame, tuple[Mark, ...]]:
    """Return the rows that are true now in their order, and behind them all others."""
    before, marks = plan.before.rows, plan.before.history.marks
    chosen: list[tuple[int, Mark]] = []
    for row, is_new in _in_order(plan, read, changes):
        if is_new and row not in changes.kept:
            mark = Mark(plan.number, changes.begun[row])
            chosen.append((before.height + row, mark))
        else:
            kept = changes.kept[row] if is_new else row
            chosen.append((kept, marks[kept]))
    gone = range(plan.before.history.current, before.height)
    chosen.extend((row, marks[row]) for row in gone)
    for row, why in sorted(changes.ended.items()):
        chosen.append((row, marks[row]._replace(until=plan.number, why=why)))
    everything = pl.concat([before, read])
    return everything[[row for row, _ in chosen]], tuple(mark for _, mark in chosen)


def _in_order(plan: Plan, read: pl.DataFrame, changes: Settled) -> Iterator[tuple[int, bool]]:
    """Yield the rows that are true now: the number, and whether it is of those just read.

    First comes what stands in no source that is named now, then the files as they are
    listed.
    """
    paths = plan.before.rows["source_path"].head(plan.before.history.current).to_list()
    others = dict.fromkeys(path for path in paths if path not in plan.hashes)
    rank = {path: place for place, path in enumerate((*others, *plan.hashes))}
    stands_anew = {*changes.kept.values(), *changes.ended}
    rows = [
        (rank[path], row, False) for row, path in enumerate(paths) if row not in stands_anew
    ]
    rows += [(rank[path], row, True) for row, path in enumerate(read["source_path"])]
    return ((row, is_new) for _, row, is_new in sorted(rows))


def _files(plan: Plan, changes: Settled) -> dict[str, Seen]:
    """Return what the next update needs to know of each file."""
    before, again = plan.before.files, plan.again
    now = _files_read(plan, changes)
    files = {
        path: seen
        for path, seen in before.items()
        if path not in plan.hashes and (changes.is_in_trouble(path) or not plan.is_gone(path))
    }
    for path, sha256 in plan.hashes.items():
        if path not in again:
            files[path] = before[path]
        elif changes.is_in_trouble(path):  # it is read again, and what was known stands
            seen = before.get(path, Seen("", plan.number, 0))
            files[path] = seen._replace(sha256="")
        else:
            files[path] = now[path]._replace(sha256=sha256 or "")
    return files


def _files_read(plan: Plan, changes: Settled) -> dict[str, Seen]:
    documents: dict[str, int] = defaultdict(int)
    without: dict[str, list[Without]] = defaultdict(list)
    for (place, sha256, _), reason in changes.found.items():
        path = place.path or ""
        documents[path] += 1
        if reason is not None:
            without[path].append(Without(place.member, place.line, sha256, reason))
    return {
        path: Seen("", plan.number, documents[path], tuple(without[path]))
        for path in plan.again
    }


def _counts(plan: Plan, changes: Settled) -> dict[str, int]:
    """Return the counts of the history: of files, and of documents that are told apart."""
    again = plan.again
    unread = [path for path in plan.hashes if path not in again]
    unchanged = sum(plan.before.files[path].documents for path in unread)
    return {
        "files": len(plan.hashes),
        "files_read": len(plan.hashes) - len(unread),
        "unchanged": unchanged + len(changes.documents["unchanged"]),
        **{name: len(changes.documents[name]) for name in _COUNTED},
    }
