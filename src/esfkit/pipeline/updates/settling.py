"""What becomes of the rows of a dataset whose sources were read again.

Each document is compared with what it was. The same text read to the same record leaves its
row as it is; everything else ends the old row and begins a new one, with the reason.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Final, NamedTuple

import polars as pl

from esfkit.dataset.columns import SCHEMA
from esfkit.dataset.history import Cause
from esfkit.model.finding import Problem, Severity
from esfkit.pipeline.outcomes import SCREENED_OUT, Rejected
from esfkit.pipeline.updates.matching import Doc, Pair, Place, matched
from esfkit.pipeline.updates.planning import Plan

_MAY_PASS: Final = frozenset(
    str(each)
    for each in (Problem.SOURCE_UNREADABLE, Problem.SOURCE_DAMAGED, Problem.WORKER_DIED)
)
"""Reasons that say nothing about whether a document is still there."""

_PLACE_COLUMNS: Final = ("source_path", "source_member", "source_line", "source_url")
_TOLD_BY: Final = (*_PLACE_COLUMNS[:3], "source_sha256", "source_url")
_REST: Final = tuple(name for name in SCHEMA if name not in _PLACE_COLUMNS)


@dataclass(frozen=True, slots=True)
class Settled:
    """What becomes of rows, by their numbers among the old and the new.

    Attributes:
        ended: Old row → why it is not true any more.
        begun: New row → why it came.
        kept: New row → the old row that says the same and stays in its place.
        documents: What happened → the documents to which it did: those above, and
            ``unchanged`` and ``unreadable``.
        found: The documents that were read, each with the reason why it gave no record.
        left: The documents of before, of those looked at, that are not gone.
        troubled: Files and folders of which it is not known what they hold by now.
    """

    ended: dict[int, Cause] = field(default_factory=dict)
    begun: dict[int, Cause] = field(default_factory=dict)
    kept: dict[int, int] = field(default_factory=dict)
    documents: dict[str, set[Doc]] = field(default_factory=lambda: defaultdict(set))
    found: dict[Doc, str | None] = field(default_factory=dict)
    left: set[Doc] = field(default_factory=set)
    troubled: frozenset[str] = frozenset()

    def is_in_trouble(self, path: str | None) -> bool:
        """Tell whether it is not known what a file holds by now."""
        return path is not None and any(
            path == each or path.startswith(f"{each.rstrip('/')}/") for each in self.troubled
        )

    def settle(
        self, cause: Cause, doc: Doc, old: Iterable[int] = (), new: Iterable[int] = ()
    ) -> None:
        """Note that rows of a document end and begin for this reason."""
        self.ended.update(dict.fromkeys(old, cause))
        self.begun.update(dict.fromkeys(new, cause))
        for name in ("unchanged", "moved"):
            self.documents[name].discard(doc)
        self.documents[cause].add(doc)


class _Rows(NamedTuple):
    """The rows of one document, then and now."""

    pair: Pair
    old: Sequence[int]
    new: Sequence[int]


class _Two(NamedTuple):
    """Two rows of the same record, read from the same text."""

    doc: Doc
    old: int
    new: int


def settled(plan: Plan, read: pl.DataFrame, rejected: Sequence[Rejected]) -> Settled:
    """Return what becomes of the rows that are true now, and of those just read.

    Args:
        plan: What had to be read.
        read: The records that it gave, in order.
        rejected: The documents without, with what could not be read at all.
    """
    current = plan.before.rows.head(plan.before.history.current)
    concerned = _concerned(plan)
    old, new = _rows_of(current, concerned), _rows_of(read, lambda _: True)
    found: dict[Doc, str | None] = dict.fromkeys(new) | _without(rejected, plan.hashes)
    result = Settled(found=found, troubled=_with_old_paths(plan, _troubled(rejected)))
    to_compare: list[_Two] = []
    then = [*old, *_without_before(plan, concerned)]
    for pair in matched(then, found, plan.renamed):
        rows_old = old.get(pair.then, []) if pair.then else []
        rows_new = new.get(pair.now, []) if pair.now else []
        rows = _Rows(pair, rows_old, rows_new)
        if pair.is_same_text:
            to_compare += _of_same_text(result, rows, current["record_id"], read["record_id"])
        else:
            _settle_other_text(result, rows)
        if pair.then is not None and pair.then not in result.documents["vanished"]:
            result.left.add(pair.then)
    _compare(result, to_compare, current, read)
    return result


def _settle_other_text(result: Settled, rows: _Rows) -> None:
    then, now = rows.pair
    if now is not None:
        cause: Cause = "added" if then is None else "source"
        result.settle(cause, now, rows.old, rows.new)
    elif then is not None and result.is_in_trouble(then.place.path):
        result.documents["unreadable"].add(then)
    elif then is not None:
        result.settle("vanished", then, rows.old)


def _of_same_text(
    result: Settled, rows: _Rows, ids_old: pl.Series, ids_new: pl.Series
) -> Iterator[_Two]:
    """Yield rows of the same record beside each other; what is left was read otherwise."""
    doc = rows.pair.now
    if doc is None:
        return
    result.documents["moved" if rows.pair.is_moved else "unchanged"].add(doc)
    waiting: dict[str, list[int]] = defaultdict(list)
    for row in rows.old:
        waiting[ids_old[row]].append(row)
    alone = []
    for row in rows.new:
        partners = waiting[ids_new[row]]
        if partners:
            yield _Two(doc, partners.pop(0), row)
        else:
            alone.append(row)
    left = [row for each in waiting.values() for row in each]
    if left or alone:
        result.settle("reading", doc, left, alone)


def _compare(
    result: Settled, pairs: Sequence[_Two], current: pl.DataFrame, read: pl.DataFrame
) -> None:
    """Settle the rows that were read from the same text."""
    old, new = current[[each.old for each in pairs]], read[[each.new for each in pairs]]
    alike = _alike(old, new, _REST)
    same = alike & _alike(old, new, _PLACE_COLUMNS)
    for pair, is_same, is_alike in zip(pairs, same, alike, strict=True):
        if is_same:
            result.kept[pair.new] = pair.old
        elif is_alike:
            result.ended[pair.old] = result.begun[pair.new] = "moved"
        else:
            result.settle("reading", pair.doc, [pair.old], [pair.new])


def _alike(old: pl.DataFrame, new: pl.DataFrame, columns: Iterable[str]) -> pl.Series:
    """Tell of each row whether both tables hold the same in these columns."""
    same = pl.repeat(value=True, n=old.height, dtype=pl.Boolean, eager=True)
    for name in columns:
        same &= old[name].eq_missing(new[name])
    return same


# --- documents


def _concerned(plan: Plan) -> Callable[[str | None], bool]:
    """Return what tells whether a file's documents were read again or are gone."""
    again = plan.again

    @cache
    def is_concerned(path: str | None) -> bool:
        return path is not None and (path in again or plan.is_gone(path))

    return is_concerned


def _rows_of(
    frame: pl.DataFrame, concerns: Callable[[str | None], bool]
) -> dict[Doc, list[int]]:
    """Return each document with the numbers of its rows."""
    docs: dict[Doc, list[int]] = defaultdict(list)
    for row, (*place, sha256, url) in enumerate(frame.select(_TOLD_BY).iter_rows()):
        if concerns(place[0]):
            docs[Doc(Place(*place), sha256, url)].append(row)
    return docs


def _without_before(plan: Plan, concerns: Callable[[str | None], bool]) -> Iterator[Doc]:
    """Yield the documents that gave no record before, of what was read again or is gone."""
    for path, seen in plan.before.files.items():
        for one in seen.without if concerns(path) else ():
            yield Doc(Place(path, one.member, one.line), one.sha256, None)


def _without(rejected: Iterable[Rejected], hashes: Mapping[str, str | None]) -> dict[Doc, str]:
    """Return the documents that gave no record now, each with the reason."""
    docs: dict[Doc, str] = {}
    for one in rejected:
        origin = one.origin
        if one.reason == SCREENED_OUT or one.reason in _MAY_PASS:
            continue
        place = Place(origin.path, origin.member, origin.line)
        is_file = origin.member is None and origin.line is None
        whole = hashes.get(origin.path or "") if is_file else None
        docs[Doc(place, origin.sha256 or whole, origin.url)] = one.reason
    return docs


def _with_old_paths(plan: Plan, troubled: Iterator[str]) -> frozenset[str]:
    """Return files in trouble, and the paths that they had before."""
    whole = Settled(troubled=frozenset(troubled))
    old = (then for then, now in plan.renamed.items() if whole.is_in_trouble(now))
    return whole.troubled.union(old)


def _troubled(rejected: Iterable[Rejected]) -> Iterator[str]:
    for one in rejected:
        if _may_pass(one) and one.origin.path is not None:
            yield one.origin.path


def _may_pass(rejected: Rejected) -> bool:
    return rejected.reason in _MAY_PASS and rejected.severity is not Severity.NOTE
