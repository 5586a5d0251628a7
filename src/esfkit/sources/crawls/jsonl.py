"""JSON lines: one page a line, most of them dropped before they are decoded.

A block of lines is searched as it lies in memory; only lines in which one of the sieve's
words stands, or in which something may hide one, become Python objects.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any, BinaryIO

from esfkit.model.document import Bytes, Document, Origin, Passed, Unread, Why
from esfkit.model.finding import Finding, Problem, Severity
from esfkit.sources.blocks import Block, Part, count_lines, read_blocks
from esfkit.sources.crawls.jsonrows import (
    Row,
    depth_exceeds,
    first_of,
    loaded,
    names_one_of,
)
from esfkit.sources.obstacle import Obstacle, limit_met, unread
from esfkit.sources.pages.textfile import read_crawled, without_lone_halves
from esfkit.sources.reading import Item, Reading
from esfkit.sources.search import line_around, search_for
from esfkit.sources.sieve import Sieve

_VEILS = (
    *(b"\\u004", b"\\u005", b"\\u006", b"\\u007"),  # letters, as JSON may write them
    *(b"\\u003c", b"\\u003C"),  # its tags
    b"\\u0000",  # its NULs
)
"""What may hide a word. They are searched for with the words, so each is whole: a begin
that is no veil after all, as of ``\\u00e5``, would hide the begin of a word behind it."""

_TAG = re.compile(rb"<[A-Za-z/!?]")
"""What may hide letters too. It is searched for by itself: a word of one letter, or fifty
of two, would make the search of the others slow."""

_FIRST_FIELD = re.compile(rb'\s{0,100}\{\s{0,100}"[^"\\]{1,200}"\s{0,100}:')
_ROWS_LOOKED_AT = 20
_DATASET_KEYS = {"record_id", "kind"}


def looks_like_jsonl(head: bytes) -> bool:
    """Return whether a file's lines are JSON objects, or its first begins as one.

    Most of the lines must begin as one, and one must be read: a line may be broken,
    and the first as well as any.

    Args:
        head: The first bytes; a first line longer than they are is judged by its begin.
    """
    bare = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if b"\n" not in bare:
        return _FIRST_FIELD.match(bare) is not None
    lines = [line for line in bare.split(b"\n")[:_ROWS_LOOKED_AT] if line.strip()]
    begun = sum(line.lstrip().startswith(b"{") for line in lines)
    if 2 * begun < len(lines):
        return False
    return any(isinstance(loaded(line), Row) for line in lines) or (
        _FIRST_FIELD.match(lines[-1]) is not None
    )


def check_fields(head: bytes, reading: Reading, *, is_whole: bool) -> None:
    """Look whether the first rows have a field for a text at all.

    Args:
        head: The first bytes of the file.
        reading: The names of such fields.
        is_whole: Whether they are the whole file.

    Raises:
        Obstacle: None of them has one, or the file is a dataset of esfkit's.
    """
    lines = head.split(b"\n") if is_whole else head.split(b"\n")[:-1]
    filled = [line for line in lines[:_ROWS_LOOKED_AT] if line.strip()]
    values: list[dict[str, Any]] = []
    for row in map(loaded, filled):
        if not isinstance(row, Row):
            continue
        if not values:
            _refuse_dataset(row)
        if names_one_of(row.value, reading.text_fields):
            return
        values.append(row.value)
    if len(values) == 1 and is_whole:
        message = "The file is JSON, not a page; give the pages that it was made from."
        raise Obstacle(Problem.SOURCE_UNREADABLE, message, Severity.NOTE)
    if values and (is_whole or len(filled) == _ROWS_LOOKED_AT):
        names = ", ".join(sorted({name for value in values for name in value})[:20])
        raise Obstacle(
            Problem.TEXT_FIELD_MISSING,
            f"No row has a field {' or '.join(reading.text_fields)}; the fields are {names}. "
            "Name the one that holds the pages with --text-field.",
        )


def _refuse_dataset(first: Row) -> None:
    if first.value.keys() >= _DATASET_KEYS:
        raise Obstacle(
            Problem.FORMAT_UNSUPPORTED,
            "The file is a dataset of esfkit already; give it to `esfkit summary` or "
            "`esfkit list`, and the texts it was made from to `esfkit ingest`.",
        )


def read_jsonl(
    stream: BinaryIO, origin: Origin, reading: Reading, part: Part | None = None
) -> Iterator[Item]:
    """Yield the pages of JSON lines, and how far reading has come.

    Args:
        stream: The lines; it must be seekable where a part is asked for.
        origin: The file.
        reading: How to read it.
        part: The lines that begin between two offsets of the file; all without it. Lines
            are counted from the first of them.
    """
    line = 1
    for block in read_blocks(stream, reading.limits.row_bytes, part):
        if block.overlong:
            yield _overlong(replace(origin, line=line), reading)
        else:
            yield from _rows(block, line, origin, reading)
        yield Bytes(block.size, block.lines)
        line += block.lines


def _overlong(origin: Origin, reading: Reading) -> Unread:
    most = reading.limits.row_bytes
    return limit_met("The line", f"has more than {most} bytes", "row_bytes", most).at(origin)


def _rows(block: Block, first: int, origin: Origin, reading: Reading) -> Iterator[Item]:
    """Yield the pages of a block whose first line has the number ``first``."""
    if reading.sieve is None:
        for number, line in enumerate(bytes(block.buffer[: block.end]).split(b"\n"), first):
            if line and not line.isspace():
                yield _screened(line, replace(origin, line=number), reading)
        return
    candidates = _candidates(block, reading.sieve)
    number, done = first, 0
    for start, end in candidates:
        number += count_lines(block.buffer, done, start)
        done = start
        yield _screened(bytes(block.buffer[start:end]), replace(origin, line=number), reading)
    if reading.shows_passed:
        yield from _shown(block, first, {start for start, _ in candidates}, origin)
    elif dropped := _filled_lines(block) - len(candidates):
        yield Passed(dropped)


def _shown(block: Block, first: int, kept: set[int], origin: Origin) -> Iterator[Passed]:
    """Yield each line that was dropped on its own, as it stands."""
    start = 0
    for number, line in enumerate(bytes(block.buffer[: block.end]).split(b"\n"), first):
        if start not in kept and line and not line.isspace():
            yield Passed(1, replace(origin, line=number), line)
        start += len(line) + 1


def _filled_lines(block: Block) -> int:
    """Count the lines that are not blank."""
    if block.gapless:
        return block.lines
    lines = bytes(block.buffer[: block.end]).split(b"\n")
    return sum(1 for line in lines if line and not line.isspace())


def _candidates(block: Block, sieve: Sieve) -> Sequence[tuple[int, int]]:
    """Return where each line begins and ends that may hold a record, in order."""
    search = search_for((*sieve.words, *_VEILS))
    return sorted({*search.lines(block.buffer, block.end), *_lines_with_tags(block)})


def _lines_with_tags(block: Block) -> Iterator[tuple[int, int]]:
    """Yield where each line begins and ends in which a tag of HTML begins."""
    buffer, stop = block.buffer, block.end
    done = 0
    while (at := buffer.find(b"<", done, stop)) >= 0:
        begin, done = line_around(buffer, at, done, stop)
        if _TAG.search(buffer, at, done):
            yield begin, done


def _screened(line: bytes, origin: Origin, reading: Reading) -> Item:
    """Return the page of a line, unless it cannot be read or its text holds no record."""
    if len(line) > reading.limits.row_bytes:
        return _overlong(origin, reading)
    row = loaded(line)
    if not isinstance(row, Row):
        return unread(origin, Problem.ROW_UNREADABLE, row)
    if depth_exceeds(line, row.value, reading.limits.json_depth):
        return _too_deep(origin, reading)
    url = first_of(row.value, reading.url_fields)
    origin = replace(origin, url=without_lone_halves(url) if isinstance(url, str) else None)
    text = first_of(row.value, reading.text_fields)
    if not isinstance(text, str):
        return _without_text(row.value, text, origin, reading)
    return _page(text, row.findings, origin, reading)


def _page(text: str, findings: tuple[Finding, ...], origin: Origin, reading: Reading) -> Item:
    page: str | bytes = text
    try:
        page = content = text.encode()
    except UnicodeEncodeError:  # half a character, which is told where the page is read
        content = text.encode("utf-8", "replace")
    if reading.drops(content):
        return Passed(1, origin, content)
    document = read_crawled(page, origin, reading.limits)
    if isinstance(document, Document) and findings:
        return replace(document, findings=(*findings, *document.findings))
    return document


def _too_deep(origin: Origin, reading: Reading) -> Unread:
    most = reading.limits.json_depth
    met = f"is nested deeper than {most}"
    return limit_met("The row", met, "json_depth", most, Severity.WARNING).at(origin)


def _without_text(
    row: dict[str, Any], text: object, origin: Origin, reading: Reading
) -> Passed | Unread:
    if text is None and names_one_of(row, reading.text_fields):
        return Passed(1, origin, why=Why.NO_TEXT)
    if text is None:
        message = (
            f"The row has no field {' or '.join(reading.text_fields)}; "
            "name the one that holds the page with --text-field."
        )
        return unread(origin, Problem.TEXT_FIELD_MISSING, message)
    message = f"The text of the row is no string but {type(text).__name__}."
    return unread(origin, Problem.ROW_UNREADABLE, message)
