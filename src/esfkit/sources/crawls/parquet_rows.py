"""Rows of a Parquet file to pages: measured first, then sieved, and decoded last."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from esfkit.model.document import Origin, Passed, Why
from esfkit.sources.obstacle import limit_met
from esfkit.sources.pages.textfile import read_crawled
from esfkit.sources.reading import Item, Reading
from esfkit.sources.sieve import Sieve

if TYPE_CHECKING:
    import polars as pl

TEXT, URL, LINE = "text", "url", "line"
"""What the columns are called here, whatever the file calls them."""

_HIDING = ("<", "\0")
"""What may hide a word from a plain search: tags, and the NUL bytes of UTF-16. Each is
searched on its own: one letter among the words makes their search ten times as slow."""
_SEARCHED_BYTES = 48 * 1024 * 1024
"""How much text is searched at once. A few bytes of a dictionary can stand for more text
than there is memory, and polars writes out what it searches."""


class Found(NamedTuple):
    """What a run of rows holds.

    Attributes:
        rows: How many they are.
        long: Those with more text than is read: their lines and bytes.
        kept: Text, address and line of those that may hold a record.
    """

    rows: int
    long: "list[tuple[int, int]]"
    kept: "pl.DataFrame"


class Unpacked(NamedTuple):
    """Rows unpacked and measured.

    Attributes:
        rows: How many there are.
        bytes: Bytes of all their texts.
        runs: What they hold, searched already or, where it is much, when it is asked for.
    """

    rows: int
    bytes: int
    runs: Iterable[Found]


def unpacked(before: int, frame: "pl.DataFrame", reading: Reading) -> Unpacked:
    """Return rows measured, and searched if they are no more than is searched at once.

    Args:
        before: How many rows of the file stand before them.
        frame: Their texts and addresses.
        reading: How to read.
    """
    import polars as pl  # noqa: PLC0415 - costs 0.2 s, and few sources are Parquet

    text = frame[TEXT]
    lengths = text.bin.size() if text.dtype == pl.Binary else text.str.len_bytes()
    # As 32-bit numbers, which they come as, their sum would begin anew at 4 GiB.
    lengths = lengths.cast(pl.Int64).fill_null(0)
    last = before + frame.height
    numbered = frame.with_columns(pl.int_range(before + 1, last + 1).alias(LINE))
    total = int(lengths.sum())
    if total <= _SEARCHED_BYTES:
        return Unpacked(frame.height, total, (_searched(numbered, lengths, reading),))
    return Unpacked(frame.height, total, _in_runs(numbered, lengths, reading))


def pages(found: Found, origin: Origin, reading: Reading) -> Iterator[Item]:
    """Yield the pages in the rows, what cannot be read, and how many were passed."""
    for line, size in found.long:
        obstacle = limit_met(
            "The row", f"has {size} bytes of text", "row_bytes", reading.limits.row_bytes
        )
        yield obstacle.at(replace(origin, line=line))
    told = len(found.long)
    for content, url, line in found.kept.iter_rows():
        item = _item(content, replace(origin, line=line, url=url), reading)
        if item is not None:
            told += 1
            yield item
    if told < found.rows:
        yield Passed(found.rows - told)


def _in_runs(frame: "pl.DataFrame", lengths: "pl.Series", reading: Reading) -> Iterator[Found]:
    """Yield what rows hold in runs with no more text than is searched at once, or of one."""
    start = 0
    for size in (lengths.cum_sum() // _SEARCHED_BYTES).rle().struct.field("len"):
        yield _searched(frame.slice(start, size), lengths.slice(start, size), reading)
        start += size


def _searched(frame: "pl.DataFrame", lengths: "pl.Series", reading: Reading) -> Found:
    is_long = lengths > reading.limits.row_bytes
    long: list[tuple[int, int]] = []
    rows = frame.height
    if is_long.any():
        long = list(zip(frame[LINE].filter(is_long), lengths.filter(is_long), strict=True))
        frame = frame.filter(~is_long)
    if reading.sieve is not None and not reading.shows_passed:
        frame = _sieved(frame, reading.sieve)
    return Found(rows, long, frame.select(TEXT, URL, LINE))


def _sieved(frame: "pl.DataFrame", sieve: Sieve) -> "pl.DataFrame":
    """Return the rows in which a word stands, or something that may hide one."""
    import polars as pl  # noqa: PLC0415 - as above

    text = pl.col(TEXT)
    if frame.schema[TEXT] == pl.Binary:  # has no search for several words at once
        signs = (*sieve.words, *(sign.encode() for sign in _HIDING))
        found = (text.bin.contains(sign) for sign in signs)
        return frame.filter(pl.any_horizontal(text.is_null(), *found))
    words = "|".join(pl.escape_regex(word.decode("ascii")) for word in sieve.words)
    hidden = (text.str.contains(sign, literal=True) for sign in _HIDING)
    return frame.filter(pl.any_horizontal(text.is_null(), text.str.contains(words), *hidden))


def _item(content: str | bytes | None, place: Origin, reading: Reading) -> Item | None:
    """Return the page of a row, why there is none, or ``None`` where it is passed."""
    if isinstance(content, str):
        content = content.encode()
    if content is None:
        return Passed(1, place, why=Why.NO_TEXT)
    if reading.drops(content):
        return Passed(1, place, content) if reading.shows_passed else None
    return read_crawled(content, place, reading.limits)
