"""Pages in a column of a Parquet file, read in slices and sieved before they are decoded."""

from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from io import BytesIO
from itertools import accumulate
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from esfkit.model.document import Bytes, Origin, Unread
from esfkit.model.finding import Problem, Severity
from esfkit.sources.crawls.parquet_footer import (
    ENCRYPTED_MAGIC,
    MAGIC,
    Footer,
    Place,
    RowGroup,
    encrypted,
    read_footer,
)
from esfkit.sources.crawls.parquet_rows import TEXT, URL, Unpacked, pages, unpacked
from esfkit.sources.obstacle import Obstacle, limit_met, unread
from esfkit.sources.reading import Item, Reading

if TYPE_CHECKING:
    import polars as pl

_DATASET_KEY = b"esfkit.schema_version"  # as esfkit.dataset.parquet writes it
_SLICE_BYTES = 32 * 1024 * 1024
"""How much text is unpacked at once: what makes memory flat whatever a row group holds."""
_MOST_SLICES = 32
"""Of one row group: each reads its packed bytes again."""
_MOST_AHEAD = 2
"""So many slices are unpacked while one is searched."""
_MOST_NAMED = 20
_LONGEST_REASON = 200

_CODECS = {0, 1, 2, 4, 5, 6, 7}  # none, snappy, gzip, brotli, lz4, zstd, lz4 raw


_Given = TypeVar("_Given")


class _Slice(NamedTuple):
    """Some rows in a row: the first, counted from 0, and how many."""

    start: int
    rows: int


@dataclass(frozen=True, slots=True)
class _Table:
    """The columns of a file that are read.

    Attributes:
        path: The file.
        footer: What it says of itself.
        text: The column that holds the pages.
        url: The one that holds their addresses, if any.
    """

    path: Place
    footer: Footer
    text: str
    url: str | None


def is_parquet(head: bytes) -> bool:
    """Return whether a file that begins so is Parquet, encrypted or not."""
    return head.startswith((MAGIC, ENCRYPTED_MAGIC))


def row_groups(path: Place) -> int:
    """Return how many row groups a file has: the parts that it can be cut into.

    Raises:
        Obstacle: It is no whole Parquet file.
    """
    return len(read_footer(path).groups)


def read_parquet(
    path: Place, origin: Origin, reading: Reading, groups: range | None = None
) -> Iterator[Item]:
    """Yield the pages of a Parquet file, and what cannot be read of it.

    A file made by an enemy can end the process: call it in one that may die.

    Args:
        path: The file, the address of an object, or the content itself.
        origin: The same; the number of the row, from 1, and its address are filled in.
        reading: How to read.
        groups: The row groups to read, all unless given.

    Raises:
        Obstacle: The file is damaged, encrypted, a dataset, without a column of pages,
            or unpacks to more than it may.
    """
    table = _open(path, reading)
    every = table.footer.groups
    wanted = range(len(every)) if groups is None else groups
    if wanted.stop > len(every):
        message = "The file was changed while it was read; start again."
        raise Obstacle(Problem.SOURCE_DAMAGED, message)
    starts = [0, *accumulate(group.rows for group in every)]
    rows = sum(every[number].rows for number in wanted)
    share = table.footer.size * rows / max(1, starts[-1])
    unpacked_bytes = done = 0
    for part, found in _unpacked(table, _cut(every, starts, wanted, table.text), reading):
        if isinstance(found, str):
            yield _unread_rows(part, found, origin)
        else:
            unpacked_bytes += found.bytes
            _refuse_bomb(unpacked_bytes, table, reading)
            for run in found.runs:
                yield from pages(run, origin, reading)
        before, done = done, done + part.rows
        yield Bytes(int(share * done / rows) - int(share * before / rows))


# --- which columns, and which rows at once


def _open(path: Place, reading: Reading) -> _Table:
    """Return the columns to read, once nothing that the file says of itself forbids it."""
    footer = read_footer(path)
    if _DATASET_KEY in footer.content:
        message = "It is a dataset of esfkit already; give it to summary, list or export."
        raise Obstacle(Problem.FORMAT_UNSUPPORTED, message, Severity.NOTE)
    import polars as pl  # noqa: PLC0415 - costs 0.2 s, and few sources are Parquet

    schema = _guarded(lambda: pl.read_parquet_schema(_for_polars(path)))
    if isinstance(schema, str):
        raise Obstacle(Problem.SOURCE_DAMAGED, f"{schema} Fetch the file again.")
    texts = {name for name, dtype in schema.items() if dtype in (pl.String, pl.Binary)}
    text = _named(reading.text_fields, texts)
    if text is None:
        raise _no_text(schema)
    url = _named(reading.url_fields, {name for name in texts if schema[name] == pl.String})
    table = _Table(path, footer, text, url)
    _refuse_unreadable(table, reading)
    return table


def _for_polars(place: Place) -> Path | str | BytesIO:
    return BytesIO(place) if isinstance(place, bytes) else place


def _named(wanted: tuple[str, ...], names: set[str]) -> str | None:
    """Return the column with the first of the names that one has, in any case."""
    found = {name.casefold(): name for name in sorted(names)}
    return next((found[name.casefold()] for name in wanted if name.casefold() in found), None)


def _no_text(schema: "dict[str, pl.DataType]") -> Obstacle:
    met = [f"{name[:60]!r} ({str(dtype)[:40]})" for name, dtype in schema.items()]
    more = f" and {len(met) - _MOST_NAMED} more" if len(met) > _MOST_NAMED else ""
    return Obstacle(
        Problem.TEXT_FIELD_MISSING,
        f"No column is known to hold pages; it has {', '.join(met[:_MOST_NAMED])}{more}."
        " Name the one that does with --text-field.",
    )


def _refuse_unreadable(table: _Table, reading: Reading) -> None:
    """Refuse what the file itself says: a key, a compression nobody reads, a bomb."""
    unpacked = 0
    for group in table.footer.groups:
        chunk = group.columns.get(table.text)
        if chunk is None:
            continue
        if chunk.is_encrypted:
            raise encrypted()
        if chunk.codec not in _CODECS:
            message = f"Its compression (number {chunk.codec}) is not read; pack it as zstd."
            raise Obstacle(Problem.FORMAT_UNSUPPORTED, message)
        unpacked += chunk.unpacked
    _refuse_bomb(unpacked, table, reading)


def _refuse_bomb(unpacked: int, table: _Table, reading: Reading) -> None:
    limits = reading.limits
    most = max(limits.ratio_free_bytes, limits.unpacked_ratio * table.footer.size)
    if unpacked > most:
        ratio = f"unpacks to {unpacked // max(1, table.footer.size)} times its size or more"
        raise limit_met("The file", ratio, "unpacked_ratio", limits.unpacked_ratio)


def _cut(
    groups: tuple[RowGroup, ...], starts: list[int], wanted: range, text: str
) -> Iterator[_Slice]:
    """Yield slices of the row groups: a large one in parts, small ones by themselves."""
    for number in wanted:
        rows = groups[number].rows
        chunk = groups[number].columns.get(text)
        parts = 1 + (chunk.unpacked if chunk else 0) // _SLICE_BYTES
        size = -(-rows // min(parts, _MOST_SLICES)) or 1
        for start in range(0, rows, size):
            yield _Slice(starts[number] + start, min(size, rows - start))


# --- unpacking


def _unpacked(
    table: _Table, slices: Iterator[_Slice], reading: Reading
) -> Iterator[tuple[_Slice, Unpacked | str]]:
    """Yield each slice unpacked, or why it cannot be; the next is unpacked meanwhile."""
    import polars as pl  # noqa: PLC0415 - as above

    url = pl.lit(None, pl.String) if table.url is None else pl.col(table.url)
    # Nothing in the name of a file is a pattern or the value of a column.
    whole = pl.scan_parquet(
        _for_polars(table.path), glob=False, hive_partitioning=False, cache=False
    )
    columns = whole.select(pl.col(table.text).alias(TEXT), url.alias(URL))

    def unpack(part: _Slice) -> Unpacked:
        frame = columns.slice(part.start, part.rows).collect()
        if frame.height != part.rows:
            raise ValueError(f"it has {frame.height} rows there and says {part.rows}")
        return unpacked(part.start, frame, reading)

    waiting: deque[tuple[_Slice, Future[Unpacked | str]]] = deque()
    ahead = _slices_ahead(table)
    with ThreadPoolExecutor(max(1, ahead)) as pool:
        for part in slices:
            waiting.append((part, pool.submit(_guarded, partial(unpack, part))))
            if len(waiting) > ahead:
                first, future = waiting.popleft()
                yield first, future.result()
        while waiting:
            first, future = waiting.popleft()
            yield first, future.result()


def _slices_ahead(table: _Table) -> int:
    """Return how many slices may be unpacked while one is read."""
    import polars as pl  # noqa: PLC0415 - as above

    chunks = (group.columns.get(table.text) for group in table.footer.groups)
    if any(chunk is not None and chunk.packed > _SLICE_BYTES for chunk in chunks):
        return 0  # each slice of so large a row group holds the packed bytes of all of it
    return min(_MOST_AHEAD, pl.thread_pool_size())


def _guarded(read: Callable[[], _Given]) -> _Given | str:
    """Return what is read, or in a sentence why polars cannot read it."""
    from polars.exceptions import PanicException, PolarsError  # noqa: PLC0415 - as above

    try:
        return read()
    except (PolarsError, PanicException, OSError, ValueError) as error:
        reason = " ".join(str(error).split())[:_LONGEST_REASON]
        return f"The Parquet file is damaged, or of a kind that is not read ({reason})."


def _unread_rows(part: _Slice, reason: str, origin: Origin) -> Unread:
    place = replace(origin, line=part.start + 1)
    message = f"Rows {part.start + 1} to {part.start + part.rows} cannot be read: {reason}"
    return unread(place, Problem.ROW_UNREADABLE, message)
