"""Which observations of two datasets belong together.

A record is known by its identity, and its observations by their place, then by their text.
Where the identity itself was read otherwise, the same text tells, or the same place with
the same title; of a page without a number the place alone.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

import polars as pl

_COLUMNS = (
    "record_id",
    "source_path",
    "source_member",
    "source_line",
    "source_sha256",
    "title",
    "kind",
    "project_number",
    "call_number",
    "owner",
)


class _Row(NamedTuple):
    """What a row is told by."""

    number: int
    record_id: str
    path: str | None
    member: str | None
    line: int | None
    sha256: str | None
    title: str | None
    kind: str
    project_number: str | None
    call_number: str | None
    owner: str | None

    @property
    def place(self) -> Hashable:
        return (self.path, self.member, self.line)

    @property
    def page(self) -> Hashable:
        """Return what a page without a number is told by, whatever its title.

        In a list the lines move when one is put in: the owner has to be the same too.
        """
        number = self.call_number if self.kind == "call" else self.project_number
        if self.path is None or number is not None:
            return None
        if self.line is None:
            return self.kind, self.place
        return self.owner and (self.kind, self.place, self.owner)


@dataclass(frozen=True, slots=True)
class Pairs:
    """Rows by their numbers in the old and the new table.

    Attributes:
        both: Rows that observe the same, then and now.
        gone: Rows of records that are in the old table alone.
        added: Rows of records that are in the new one alone.
        fewer: Rows of the old table that have no partner though their record is in both.
        more: Those of the new one.
    """

    both: list[tuple[int, int]]
    gone: list[int]
    added: list[int]
    fewer: list[int]
    more: list[int]


_Key = Callable[[_Row], Hashable]

_WITHIN_A_RECORD: tuple[_Key, ...] = (
    lambda row: (row.record_id, row.place, row.sha256),
    lambda row: (row.record_id, row.place),
    lambda row: (row.record_id, row.sha256),
    lambda row: row.record_id,
)
_ACROSS_RECORDS: tuple[_Key, ...] = (
    lambda row: row.sha256,
    lambda row: row.title and (row.place, row.title),
)
"""What rows are told by, the surest first."""


def paired(old: pl.DataFrame, new: pl.DataFrame) -> Pairs:
    """Return which rows of two tables observe the same."""
    then, now = dict(_rows(old)), dict(_rows(new))
    crowded = _crowded(then) | _crowded(now)
    both: list[tuple[int, int]] = []
    for key in _WITHIN_A_RECORD:
        both += _matched(key, then, now, alone=False)
    ids_old, ids_new = set(old["record_id"]), set(new["record_id"])
    renamed = _Left(then, ids_new), _Left(now, ids_old)
    for key in (*_ACROSS_RECORDS, lambda row: None if row.place in crowded else row.page):
        both += _matched(key, renamed[0].alone, renamed[1].alone, alone=True)
    return Pairs(
        both=sorted(both),
        gone=list(renamed[0].alone),
        added=list(renamed[1].alone),
        fewer=renamed[0].known,
        more=renamed[1].known,
    )


def _crowded(rows: dict[int, _Row]) -> set[Hashable]:
    """Return the places at which several records stand."""
    counts = Counter(row.place for row in rows.values())
    return {place for place, count in counts.items() if count > 1}


class _Left:
    """Rows without partner: those whose record is nowhere else, and the others."""

    def __init__(self, rows: dict[int, _Row], elsewhere: set[str]) -> None:
        self.alone = {n: row for n, row in rows.items() if row.record_id not in elsewhere}
        self.known = [n for n in rows if n not in self.alone]


def _rows(frame: pl.DataFrame) -> Iterator[tuple[int, _Row]]:
    for number, row in enumerate(frame.select(_COLUMNS).iter_rows()):
        values: tuple[Any, ...] = row
        yield number, _Row(number, *values)


def _matched(
    key: _Key, old: dict[int, _Row], new: dict[int, _Row], *, alone: bool
) -> list[tuple[int, int]]:
    """Take out the rows that this key tells to be the same, and return them.

    Args:
        key: What a row is told by.
        old: Number → row, of the old table.
        new: Of the new one.
        alone: Whether only a row that no other has the key of is taken.
    """
    waiting = _by(key, new.values())
    found: list[tuple[int, int]] = []
    for told, rows in _by(key, old.values()).items():
        partners = waiting.get(told, [])
        if alone and not len(rows) == len(partners) == 1:
            continue
        found += [(row.number, one.number) for row, one in zip(rows, partners, strict=False)]
    for before, after in found:
        del old[before], new[after]
    return found


def _by(key: _Key, rows: Iterable[_Row]) -> dict[Hashable, list[_Row]]:
    groups: dict[Hashable, list[_Row]] = defaultdict(list)
    for row in rows:
        if (told := key(row)) is not None:
            groups[told].append(row)
    return groups
