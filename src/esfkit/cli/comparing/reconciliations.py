"""What reconciling gives, from the sources named to the table written."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from pathlib import Path
from typing import Final

import polars as pl

from esfkit.analysis.reconciling.capture import estimate_missing
from esfkit.analysis.reconciling.differences import Tolerance
from esfkit.analysis.reconciling.projects import COLUMNS, STATUSES, grouped, reconciled
from esfkit.analysis.reconciling.published import is_totals, read_totals
from esfkit.analysis.reconciling.sides import Side, sides
from esfkit.analysis.reconciling.totals import compare_totals
from esfkit.analysis.selection.filters import columns_of, where
from esfkit.cli.comparing.withholding import withheld_words, without_words
from esfkit.cli.data import load, load_all, unnamed
from esfkit.cli.framing import framed
from esfkit.cli.giving import give
from esfkit.cli.notes import Warnings
from esfkit.cli.reading import Watch, records_of
from esfkit.cli.results import Way
from esfkit.cli.sparing import keep_apart
from esfkit.cli.surveys.surveying import survey
from esfkit.cli.surveys.surveytables import (
    Survey,
    differences_told,
    estimates_result,
    groups_result,
    projects_result,
    totals_result,
)
from esfkit.dataset.columns import SCHEMA
from esfkit.dataset.source import bytes_of
from esfkit.dataset.store import is_dataset
from esfkit.model.errors import BadRequest, InputRefused
from esfkit.output.personal import refuse_personal
from esfkit.pipeline import Account
from esfkit.pipeline.run import Run

_HERE: Final = "data"
_STDIN: Final = "-"
_MOST_LISTS: Final = 2
_HEAD: Final = 4096
_FLAT_FORMATS: Final = ("csv", "tsv", "csv-sv", "md")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reconciling:
    """What is asked.

    Attributes:
        keys: What projects are grouped by.
        tolerance: How far figures may lie apart.
        statuses: Only projects of these.
        show: ``projects``, ``groups`` or ``estimate``; ``None`` for what fits.
        condition: Only projects of which this is true on either side.
    """

    keys: tuple[str, ...]
    tolerance: Tolerance
    statuses: tuple[str, ...] = STATUSES
    show: str | None = None
    condition: str | None = None


def known_statuses(words: Sequence[str]) -> tuple[str, ...]:
    """Return the statuses that words name; without words all there are.

    Raises:
        BadRequest: One of them does not exist.
    """
    for word in words:
        if word not in STATUSES:
            raise BadRequest(f"There is no status {word!r}. They are: {', '.join(STATUSES)}.")
    return tuple(words) or STATUSES


def give_reconciled(
    data: Sequence[str], named: Sequence[str], asked: Reconciling, way: Way
) -> None:
    """Read everything named, compare it and write the answer.

    Args:
        data: The dataset, or texts; without any what is usual.
        named: Lists, or files of published totals.
        asked: What is asked.
        way: Where the answer goes.

    Raises:
        BadRequest: Lists and totals are mixed, there are too many lists, or what is read
            would be written over.
        InputRefused: Something cannot be read, or a list holds no project.
    """
    _check(asked.condition)
    data = list(data) or [unnamed()]
    keep_apart([*data, *named], way.output)
    totals = [name for name in named if _is_totals(name)]
    if totals:
        _refuse_mixture(named, totals, asked)
        published = [each for name in totals for each in read_totals(_text(name), name)]
        [here] = sides([(_HERE, load(data, asked.condition))])
        rows = compare_totals(here, published, asked.tolerance, way.language)
        give(totals_result(rows, here, way.language), way)
        return
    if len(named) > _MOST_LISTS:
        raise BadRequest(f"At most {_MOST_LISTS} lists can be reconciled with at once.")
    named_here = Path(data[0]).name if len(data) == 1 and data[0] != _STDIN else _HERE
    loaded = load_all(data)
    opened = [(named_here, loaded.records)]
    for name in named:
        opened.append((_distinct(Path(name).name, [each for each, _ in opened]), _list(name)))
    found = sides(opened, asked.keys, asked.condition)
    for side, name in zip(found[1:], named, strict=True):
        if side.rows.is_empty():
            raise InputRefused(
                f"{name}: There is no project in it, so nothing could be matched. "
                "`esfkit ingest FILE --rejects REASONS.jsonl` tells why."
            )
    _give_lists(
        found, asked, way, withheld_words([frame for _, frame in opened], loaded.everyone)
    )


# --- what is named ------------------------------------------------------------------------


def _check(condition: str | None) -> None:
    """Refuse a mistaken condition before anything is read."""
    if condition is not None:
        where(pl.LazyFrame(schema=SCHEMA), condition)
        refuse_personal(columns_of(condition, SCHEMA), personal=False)


def _is_totals(name: str) -> bool:
    path = Path(name)
    if path.suffix.lower() != ".csv" or not path.is_file():
        return False
    head = bytes_of(path)[:_HEAD].decode("utf-8", "replace")
    return is_totals(head.partition("\n")[0])


def _text(name: str) -> str:
    try:
        return bytes_of(Path(name)).decode()
    except UnicodeDecodeError as error:
        raise InputRefused(
            f"{name}: is not UTF-8 (byte {error.start}). Save it as UTF-8."
        ) from error


def _refuse_mixture(named: Sequence[str], totals: Sequence[str], asked: Reconciling) -> None:
    if len(totals) < len(named):
        raise BadRequest(
            f"{totals[0]} holds published totals, and the others are lists of projects. "
            "Reconcile with the one, then with the other."
        )
    if asked.show is not None or asked.statuses != STATUSES:
        raise BadRequest("--show and --status choose among projects; totals have none.")


def _list(name: str) -> pl.LazyFrame:
    """Return the records of a list; a CSV file that is no dataset is an official list."""
    loose = Path(name).suffix.lower() in (".csv", ".jsonl", ".ndjson")
    if loose and Path(name).is_file() and not is_dataset(name):
        watch = Watch(Warnings())
        return framed(records_of([name], Run(), Account(), watch)).lazy()
    return load([name])


def _distinct(name: str, taken: Sequence[str]) -> str:
    number = 2
    wanted = name
    while wanted in taken:
        wanted, number = f"{name} ({number})", number + 1
    return wanted


# --- lists --------------------------------------------------------------------------------


def _give_lists(
    found: Sequence[Side], asked: Reconciling, way: Way, hidden: Mapping[str, str]
) -> None:
    here, *lists = found
    rows = pl.concat(reconciled(here, each, asked.tolerance, asked.keys) for each in lists)
    rows = without_words(rows, hidden)
    pairs = [*combinations(lists, 2), *((here, each) for each in lists)]
    seen = Survey(
        sides=tuple(found),
        rows=rows,
        groups=grouped(rows, asked.keys),
        estimates=tuple(estimate_missing(*pair) for pair in pairs),
        condition=asked.condition,
    )
    chosen = rows.filter(pl.col("status").is_in(asked.statuses)).select(COLUMNS)
    if asked.show == "groups":
        result = groups_result(seen, asked.keys, way.language)
    elif asked.show == "estimate":
        result = estimates_result(seen, way.language)
    else:
        result = projects_result(seen, chosen, way.language)
        if asked.show is None and way.writer.name == "table":
            result = survey(seen, chosen, asked.keys, way)
    if way.writer.name in _FLAT_FORMATS:
        result = replace(result, table=_flat(result.table))
    give(result, way)


def _flat(table: pl.DataFrame) -> pl.DataFrame:
    """Return the table with its lists as texts, for cells that hold no lists."""
    return table.with_columns(
        differences_told(table[name]) if name == "differences" else pl.col(name).list.join("; ")
        for name, kind in table.schema.items()
        if isinstance(kind, pl.List)
    )
