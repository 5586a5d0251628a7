"""The history of a dataset: its ingests, and since and until when each row was true.

A dataset that ``esfkit ingest --update`` keeps has two more entries in the metadata of its
Parquet file. :data:`HISTORY_KEY` is a JSON object with ``ingests`` (one object each) and
``rows`` (runs of rows with the same mark: how many, since, because, until, why).
:data:`FILES_KEY` is what the next update needs to know which files it need not read, as
JSON packed by zlib and written in base64: no one else looks into it.

Rows that are true now stand first; those that were replaced or whose document is gone stand
behind them. No clock is read: a date stands in the history only if it was given.
"""

import base64
import json
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import groupby
from typing import Any, Final, Literal, NamedTuple, TypeVar

from esfkit.dataset.source import MAKE_AGAIN
from esfkit.model.errors import BadRequest, InputRefused

HISTORY_KEY: Final = "esfkit.history"
FILES_KEY: Final = "esfkit.history.files"

Cause = Literal["before", "added", "source", "reading", "moved", "vanished"]
"""Why a row begins or ends to be true.

``before`` — it stood in the dataset when its history began; ``added`` — its document is new;
``source`` — the text of its document changed; ``reading`` — the text is the same and was read
otherwise; ``moved`` — the same text stands in another place; ``vanished`` — its document is
gone.
"""

_Told = TypeVar("_Told")

_LARGEST_UNPACKED = 1 << 30
_BROKEN = (ValueError, KeyError, TypeError, AttributeError, RecursionError, zlib.error)
"""What reading a history that somebody changed may raise."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ingest:
    """One ingest.

    Attributes:
        number: Its place among the ingests of the dataset, from 1.
        sources: The sources as named.
        rules: The hash of all that decides how a document is read; ``None`` for what stood
            in the dataset before its history began.
        version: The version of esfkit.
        date: When it was made, as the caller told it.
        counts: What it met, by name.
    """

    number: int
    sources: tuple[str, ...] = ()
    rules: str | None = None
    version: str = ""
    date: str | None = None
    counts: Mapping[str, int] = field(default_factory=dict)


class Mark(NamedTuple):
    """Since and until when a row is true.

    Attributes:
        since: The first ingest that gave it.
        because: Why it came.
        until: The ingest from which on it is not true any more.
        why: Why it went.
    """

    since: int
    because: Cause
    until: int | None = None
    why: Cause | None = None

    def holds_at(self, moment: int) -> bool:
        """Tell whether the row was true after that ingest."""
        return self.since <= moment and (self.until is None or moment < self.until)


class Without(NamedTuple):
    """A document that gave no record.

    Attributes:
        member: Its place within the file.
        line: Its line in the file.
        sha256: The hash of its bytes.
        reason: Why it gave none.
    """

    member: str | None
    line: int | None
    sha256: str | None
    reason: str


class Seen(NamedTuple):
    """A file as an ingest met it.

    Attributes:
        sha256: The hash of its bytes; empty where it has to be read again in any case.
        ingest: The ingest that read it last.
        documents: How many of its documents gave a record or a reason why not.
        without: Those that gave none.
    """

    sha256: str
    ingest: int
    documents: int
    without: tuple[Without, ...] = ()


@dataclass(frozen=True, slots=True)
class History:
    """The ingests of a dataset and the marks of its rows, in the order of both.

    Attributes:
        ingests: The ingests; never empty in a dataset that has a history.
        marks: One mark a row.
    """

    ingests: tuple[Ingest, ...] = ()
    marks: tuple[Mark, ...] = ()

    @property
    def last(self) -> int:
        """The number of the last ingest; 0 if there was none."""
        return self.ingests[-1].number if self.ingests else 0

    @property
    def current(self) -> int:
        """How many rows are true now; they stand first."""
        return sum(1 for mark in self.marks if mark.until is None)

    def ingest(self, number: int) -> Ingest:
        """Return an ingest by its number.

        Raises:
            BadRequest: There is none of that number.
        """
        for each in self.ingests:
            if each.number == number:
                return each
        numbers = ", ".join(str(each.number) for each in self.ingests)
        raise BadRequest(f"The dataset has no ingest {number}. Its ingests are: {numbers}.")


# --- to the metadata of a file and back


def as_metadata(history: History, files: Mapping[str, Seen]) -> dict[str, str]:
    """Return the entries of a file's metadata that keep a history."""
    return {HISTORY_KEY: _written(history), FILES_KEY: _packed(files)}


def _written(history: History) -> str:
    ingests = [
        {
            "number": each.number,
            "date": each.date,
            "version": each.version,
            "rules": each.rules,
            "sources": each.sources,
            "counts": dict(each.counts),
        }
        for each in history.ingests
    ]
    runs = [[sum(1 for _ in same), *mark] for mark, same in groupby(history.marks)]
    return json.dumps({"ingests": ingests, "rows": runs}, ensure_ascii=False)


def _packed(files: Mapping[str, Seen]) -> str:
    content = json.dumps({path: list(seen) for path, seen in files.items()})
    return base64.b64encode(zlib.compress(content.encode())).decode("ascii")


def read_history(name: str, metadata: Mapping[str, str], rows: int) -> History | None:
    """Return the history that a file's metadata holds, or ``None`` if it holds none.

    Args:
        name: How messages call the file.
        metadata: Key → value.
        rows: How many rows the file has.

    Raises:
        InputRefused: It is damaged, or not that of these rows.
    """
    if HISTORY_KEY not in metadata:
        return None
    return _understood(name, partial(_history_of, rows), metadata[HISTORY_KEY])


def read_files(name: str, metadata: Mapping[str, str]) -> dict[str, Seen]:
    """Return path → the file as it was met last.

    Raises:
        InputRefused: It is damaged.
    """
    if FILES_KEY not in metadata:
        return {}
    return _understood(name, _files_of, metadata[FILES_KEY])


def _understood(name: str, read: Callable[[str], _Told], words: str) -> _Told:
    try:
        return read(words)
    except _BROKEN as error:
        raise InputRefused(f"{name}: its history is damaged. {MAKE_AGAIN}") from error


def _history_of(rows: int, words: str) -> History:
    told = json.loads(words)
    ingests = tuple(map(_ingest, told["ingests"]))
    runs = told["rows"]
    if sum(count for count, *_ in runs) != rows or not ingests:
        raise ValueError("other rows than it tells of")
    marks = tuple(_marks(runs))
    ended = [mark.until is not None for mark in marks]
    if ended != sorted(ended):
        raise ValueError("rows that are true now stand behind others")
    return History(ingests, marks)


def _ingest(row: Mapping[str, Any]) -> Ingest:
    return Ingest(
        number=int(row["number"]),
        sources=tuple(map(str, row["sources"])),
        rules=row["rules"],
        version=str(row["version"]),
        date=row["date"],
        counts={str(name): int(count) for name, count in row["counts"].items()},
    )


def _marks(runs: Sequence[Sequence[Any]]) -> Iterator[Mark]:
    for count, since, because, until, why in runs:
        mark = Mark(int(since), because, None if until is None else int(until), why)
        yield from (mark for _ in range(int(count)))


def _files_of(words: str) -> dict[str, Seen]:
    unpacker = zlib.decompressobj()
    content = unpacker.decompress(base64.b64decode(words, validate=True), _LARGEST_UNPACKED)
    return {path: _seen(row) for path, row in json.loads(content).items()}


def _seen(row: Sequence[Any]) -> Seen:
    sha256, ingest, documents, without = row
    return Seen(
        str(sha256), int(ingest), int(documents), tuple(Without(*one) for one in without)
    )
