"""The two sides of a comparison: two datasets, or one dataset at two moments."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Literal

import polars as pl

from esfkit.dataset.history import History, Mark
from esfkit.dataset.parquet import Kept
from esfkit.dataset.store import gather
from esfkit.model.errors import BadRequest

Because = Literal["source", "reading", "unclear"]
"""Why something differs: its text did, esfkit's reading of the same text did, or it cannot be
told which of both."""


@dataclass(frozen=True, slots=True)
class Side:
    """A dataset as it was at one moment.

    Attributes:
        rows: Its rows, each an observation.
        rules: For each row the hash of the rules by which it was last read; ``None`` where
            that is not known.
        texts: The hashes of all texts that were read, where that is known; else of those
            that gave a record.
        knows_all: Whether ``texts`` has also those that gave none.
    """

    rows: pl.DataFrame
    rules: Sequence[str | None]
    texts: frozenset[str] = frozenset()
    knows_all: bool = False


@dataclass(frozen=True, slots=True)
class Sides:
    """What is compared.

    Attributes:
        old: The dataset before.
        new: The dataset after.
        came: Record → why it came, of those whose history tells.
        went: Record → why it went, likewise.
    """

    old: Side
    new: Side
    came: Mapping[str, Because] = field(default_factory=dict)
    went: Mapping[str, Because] = field(default_factory=dict)

    def why_added(self, record_id: str, sha256: str | None) -> Because:
        """Return why a record is in the new dataset alone."""
        return self.came.get(record_id) or _why_missing(self.old, sha256)

    def why_gone(self, record_id: str, sha256: str | None) -> Because:
        """Return why a record is in the old dataset alone."""
        return self.went.get(record_id) or _why_missing(self.new, sha256)


def _why_missing(other: Side, sha256: str | None) -> Because:
    if sha256 in other.texts:
        return "reading"
    return "source" if other.knows_all and sha256 is not None else "unclear"


def sides_of(old: Kept, new: Kept, texts: tuple[Iterable[str], Iterable[str]]) -> Sides:
    """Return two datasets as they are now.

    Args:
        old: The one before.
        new: The one after.
        texts: The hashes of the texts in each that gave no record, as far as they are known.
    """
    return Sides(_as_it_is(old, texts[0]), _as_it_is(new, texts[1]))


def _as_it_is(kept: Kept, without: Iterable[str]) -> Side:
    history = kept.history
    if history is None:
        rows = gather(kept.rows)
        return Side(rows, (None,) * rows.height, _texts(rows))
    side = _at(gather(kept.rows), history, history.last)
    # What stood there before the history began was never told whole.
    knows_all = all(each.rules is not None for each in history.ingests)
    return Side(side.rows, side.rules, side.texts | frozenset(without), knows_all)


def sides_at(kept: Kept, begin: int | None, end: int | None) -> Sides:
    """Return one dataset at two moments.

    Args:
        kept: The dataset with its history.
        begin: The ingest after which it is looked at first; the last but one if none is named.
        end: The ingest after which it is looked at again; the last.

    Raises:
        BadRequest: The dataset has no history, no such ingest, or only one.
    """
    history = kept.history
    if history is None:
        raise BadRequest(
            "This dataset has no history: it was not made with `esfkit ingest --update`. "
            "Name two datasets: `esfkit diff OLD NEW`."
        )
    last = history.ingest(history.last if end is None else end).number
    if begin is None and last == history.ingests[0].number:
        raise BadRequest(
            f"Ingest {last} is the first of the dataset: there is nothing before it to compare "
            "with. Run `esfkit ingest SOURCE --update` again when the sources have changed."
        )
    first = history.ingest(last - 1 if begin is None else begin).number
    if first >= last:
        raise BadRequest(f"--from {first} --to {last}: name the earlier ingest first.")
    rows = gather(kept.rows)
    old, new = _at(rows, history, first), _at(rows, history, last)
    ids = rows["record_id"].to_list()
    return Sides(old, new, _came(ids, history, first, last), _went(ids, history, first, last))


def _at(rows: pl.DataFrame, history: History, moment: int) -> Side:
    held = [mark.holds_at(moment) for mark in history.marks]
    rules = _Rules(history, moment)
    told = [rules.of(mark) for mark, holds in zip(history.marks, held, strict=True) if holds]
    kept = rows.filter(pl.Series(held, dtype=pl.Boolean))
    return Side(kept, told, _texts(kept))


class _Rules:
    """Which rules read a row last: those of the last ingest of the same sources."""

    def __init__(self, history: History, moment: int) -> None:
        self._last = {
            each.sources: each.rules for each in history.ingests if each.number <= moment
        }
        self._sources = {each.number: each.sources for each in history.ingests}

    def of(self, mark: Mark) -> str | None:
        return self._last[self._sources[mark.since]]


def _texts(rows: pl.DataFrame) -> frozenset[str]:
    return frozenset(rows["source_sha256"].drop_nulls())


def _came(ids: Sequence[str], history: History, first: int, last: int) -> dict[str, Because]:
    """Return record → why its first row came, of the rows that came between the moments."""
    rows = sorted(
        (mark.since, mark.because, record_id)
        for record_id, mark in zip(ids, history.marks, strict=True)
        if first < mark.since <= last
    )
    unsure = _with_other_rules(history)
    return {
        record_id: _because(cause, unsure=since in unsure)
        for since, cause, record_id in reversed(rows)
    }


def _went(ids: Sequence[str], history: History, first: int, last: int) -> dict[str, Because]:
    """Return record → why its last row went, of the rows that went between the moments."""
    rows = sorted(
        (mark.until, mark.why or "", record_id)
        for record_id, mark in zip(ids, history.marks, strict=True)
        if mark.until is not None and first < mark.until <= last
    )
    unsure = _with_other_rules(history)
    return {
        record_id: _because(cause, unsure=until in unsure) for until, cause, record_id in rows
    }


def _because(cause: str, *, unsure: bool) -> Because:
    if cause == "reading":
        return "reading"
    return "unclear" if cause == "source" and unsure else "source"


def _with_other_rules(history: History) -> frozenset[int]:
    """Return the ingests whose rules are not those of the one before."""
    pairs = pairwise(history.ingests)
    return frozenset(now.number for then, now in pairs if then.rules != now.rules)
