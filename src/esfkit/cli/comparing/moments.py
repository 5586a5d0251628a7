"""Datasets and their ingests, as ``esfkit diff`` is told to compare or list them."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

import polars as pl

from esfkit.analysis.changes.sides import Sides, sides_at, sides_of
from esfkit.cli.results import Result
from esfkit.dataset.dictionary import Language
from esfkit.dataset.history import Ingest
from esfkit.dataset.parquet import Kept
from esfkit.dataset.store import read_everything, read_files_seen
from esfkit.model.errors import BadRequest
from esfkit.output.personal import TELLING

_RULES_SHOWN: Final = 12
_HEADINGS: Final[Mapping[str, Mapping[str, str]]] = {
    "en": {
        "number": "Ingest",
        "date": "Date",
        "version": "esfkit",
        "rules": "Rules",
        "sources": "Sources",
        "files": "Files",
        "files_read": "Read",
        "unchanged": "Unchanged",
        "source": "Source changed",
        "reading": "Read otherwise",
        "added": "New",
        "moved": "Moved",
        "vanished": "Gone",
        "unreadable": "Unreadable",
    },
    "sv": {
        "number": "Inläsning",
        "date": "Datum",
        "version": "esfkit",
        "rules": "Regler",
        "sources": "Källor",
        "files": "Filer",
        "files_read": "Lästa",
        "unchanged": "Oförändrade",
        "source": "Källan ändrad",
        "reading": "Läst annorlunda",
        "added": "Nya",
        "moved": "Flyttade",
        "vanished": "Borta",
        "unreadable": "Oläsbara",
    },
}
_COUNTS: Final = (
    "files",
    "files_read",
    "unchanged",
    "source",
    "reading",
    "added",
    "moved",
    "vanished",
    "unreadable",
)


def sides_named(old: str, new: str | None, begin: int | None, end: int | None) -> Sides:
    """Return the two sides that the arguments name.

    Args:
        old: The dataset before, or the only one.
        new: The dataset after.
        begin: Of one dataset, the ingest after which it is looked at first.
        end: And the one after which it is looked at again.

    Raises:
        BadRequest: One dataset has no history, or no such ingest.
        InputRefused: A dataset cannot be read.
    """
    if new is None:
        return sides_at(_kept(old), begin, end)
    kept = _kept(old), _kept(new)
    return sides_of(*kept, (_without_record(old, kept[0]), _without_record(new, kept[1])))


def everyone_named(old: str, new: str | None) -> pl.LazyFrame:
    """Return all rows of the datasets, at whatever moment they were true.

    Raises:
        InputRefused: A dataset cannot be read.
    """
    names = [old] if new is None else [old, new]
    return pl.concat([_kept(name).rows.select(TELLING) for name in names])


def _kept(name: str) -> Kept:
    if name == "-":
        raise BadRequest("Standard input is no dataset to go back to. Name a file.")
    return read_everything(name)


def _without_record(name: str, kept: Kept) -> Iterator[str]:
    """Yield the hashes of the texts of a dataset that gave no record, where it knows them."""
    for seen in read_files_seen(name).values() if kept.history else ():
        yield from (one.sha256 for one in seen.without if one.sha256)


def ingests_of(name: str, language: Language) -> Result:
    """Return the ingests of a dataset as a result, one row each.

    Raises:
        BadRequest: The dataset has no history.
    """
    history = _kept(name).history
    if history is None:
        raise BadRequest(
            f"{name}: has no history: it was not made with `esfkit ingest --update`."
        )
    table = pl.DataFrame(map(_row_of, history.ingests), schema_overrides=_INGEST, strict=False)
    return Result(
        table=table,
        headings=_HEADINGS[language],
        blocks=[
            ["number", "date", "version", "rules", "sources"],
            ["number", *_COUNTS[:5]],
            ["number", *_COUNTS[5:]],
        ],
    )


_INGEST: Final = {"date": pl.String, "rules": pl.String, **dict.fromkeys(_COUNTS, pl.Int64)}


def _row_of(ingest: Ingest) -> dict[str, Any]:
    return {
        "number": ingest.number,
        "date": ingest.date,
        "version": ingest.version or None,
        "rules": None if ingest.rules is None else ingest.rules[:_RULES_SHOWN],
        "sources": " ".join(ingest.sources),
        **{name: ingest.counts.get(name) for name in _COUNTS},
    }
