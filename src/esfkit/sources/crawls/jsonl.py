"""JSON lines: one page a line, most of them dropped before they are decoded.

A block of lines is searched as it lies in memory; only lines in which one of the sieve's
words stands, or in which something may hide one, become Python objects.
"""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any, BinaryIO, NamedTuple, NoReturn

from esfkit.model.document import Bytes, Document, Origin, Passed, Unread, Why
from esfkit.model.finding import Finding, Problem, Severity
from esfkit.sources.blocks import Block, Part, count, find, read_blocks
from esfkit.sources.obstacle import Obstacle, limit_met, unread
from esfkit.sources.pages.decode import decode
from esfkit.sources.pages.textfile import read_crawled, without_lone_halves
from esfkit.sources.reading import Item, Reading
from esfkit.sources.sieve import Sieve

_VEILS = (
    (b"<", re.compile(rb"<[A-Za-z/!?]")),  # HTML may hide letters behind tags,
    (b"\\u00", re.compile(rb"\\u00(?:[4-7]|3[cC]|00)")),  # JSON its tags, letters and NULs
)
"""What may hide a word: where to look, at the speed of memory, and what to find there."""

_NEXT_OBJECT = b"\n{"
_OPENERS = (b"{", b"[")
_FIRST_FIELD = re.compile(rb'\s{0,100}\{\s{0,100}"[^"\\]{1,200}"\s{0,100}:')
_ROWS_LOOKED_AT = 20
_NOWHERE = object()
_DATASET_KEYS = {"record_id", "kind"}


class Row(NamedTuple):
    """One line of a JSONL file, read.

    Attributes:
        value: The object.
        findings: What reading its bytes gave rise to.
    """

    value: dict[str, Any]
    findings: tuple[Finding, ...] = ()


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
    return any(isinstance(_loaded(line), Row) for line in lines) or (
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
    rows = [_loaded(line) for line in lines[:_ROWS_LOOKED_AT] if line.strip()]
    values = [row.value for row in rows if isinstance(row, Row)]
    if values and values[0].keys() >= _DATASET_KEYS:
        raise Obstacle(
            Problem.FORMAT_UNSUPPORTED,
            "The file is a dataset of esfkit already; give it to `esfkit summary` or "
            "`esfkit list`, and the texts it was made from to `esfkit ingest`.",
        )
    if any(_names_text(value, reading) for value in values):
        return
    if len(values) == 1 and is_whole:
        message = "The file is JSON, not a page; give the pages that it was made from."
        raise Obstacle(Problem.SOURCE_UNREADABLE, message, Severity.NOTE)
    if values and (is_whole or len(rows) == _ROWS_LOOKED_AT):
        names = ", ".join(sorted({name for value in values for name in value})[:20])
        raise Obstacle(
            Problem.TEXT_FIELD_MISSING,
            f"No row has a field {' or '.join(reading.text_fields)}; the fields are {names}. "
            "Name the one that holds the pages with --text-field.",
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
        number += count(block.buffer, b"\n", done, start)
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
    buffer, end = block.buffer, block.end
    lines = block.lines + (not buffer.endswith(b"\n", 0, end))
    objects = count(buffer, _NEXT_OBJECT, 0, end) + buffer.startswith(b"{")
    if objects == lines:
        return lines
    filled = bytes(buffer[:end]).split(b"\n")
    return sum(1 for line in filled if line and not line.isspace())


def _candidates(block: Block, sieve: Sieve) -> Sequence[tuple[int, int]]:
    """Return the spans of the lines that may hold a record, in order."""
    found: dict[int, int] = {}
    for word in sieve.words:
        _note_lines(block, word, found)
    for begin, veil in _VEILS:
        _note_lines(block, begin, found, veil)
    return sorted(found.items())


def _note_lines(
    block: Block, words: bytes, found: dict[int, int], veil: re.Pattern[bytes] | None = None
) -> None:
    """Note each line in which the words stand, as the beginning of a veil if one is given."""
    buffer, stop = block.buffer, block.end
    at = find(buffer, words, 0, stop)
    while at >= 0:
        end = at + len(words)
        if veil is None or veil.match(buffer, at, stop):
            start = buffer.rfind(b"\n", 0, at) + 1
            end = buffer.find(b"\n", at, stop)
            end = stop if end < 0 else end
            found[start] = end
        at = find(buffer, words, end, stop)


def _screened(line: bytes, origin: Origin, reading: Reading) -> Item:
    """Return the page of a line, unless it cannot be read or its text holds no record."""
    if len(line) > reading.limits.row_bytes:
        return _overlong(origin, reading)
    row = _loaded(line)
    if not isinstance(row, Row):
        return unread(origin, Problem.ROW_UNREADABLE, row)
    if _depth_exceeds(line, row.value, reading.limits.json_depth):
        return _too_deep(origin, reading)
    url = _first_of(row.value, reading.url_fields)
    origin = replace(origin, url=without_lone_halves(url) if isinstance(url, str) else None)
    text = _first_of(row.value, reading.text_fields)
    if not isinstance(text, str):
        return _without_text(row.value, text, origin, reading)
    return _page(text, row.findings, origin, reading)


def _page(text: str, findings: tuple[Finding, ...], origin: Origin, reading: Reading) -> Item:
    content = text.encode("utf-8", "replace") if reading.sieve else b""
    if reading.drops(content):
        return Passed(1, origin, content)
    document = read_crawled(text, origin, reading.limits)
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
    if text is None and _names_text(row, reading):
        return Passed(1, origin, why=Why.NO_TEXT)
    if text is None:
        message = (
            f"The row has no field {' or '.join(reading.text_fields)}; "
            "name the one that holds the page with --text-field."
        )
        return unread(origin, Problem.TEXT_FIELD_MISSING, message)
    message = f"The text of the row is no string but {type(text).__name__}."
    return unread(origin, Problem.ROW_UNREADABLE, message)


def _loaded(line: bytes) -> Row | str:
    """Return the object of a line, or a sentence that says why there is none."""
    findings: tuple[Finding, ...] = ()
    try:
        words = line.decode()
    except UnicodeDecodeError:
        decoded = decode(line)
        words, findings = decoded.text, decoded.findings
    try:
        value = _DECODER.decode(words.lstrip("\ufeff"))
    except RecursionError:
        return "The row is JSON nested too deep to be read."
    except ValueError as error:
        return f"The row is not JSON: {_reason(error)}."
    if not isinstance(value, dict):
        return "The row is JSON, but no object with fields."
    return Row(value, findings)


def _reason(error: ValueError) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f"{error.msg[0].lower()}{error.msg[1:]} at character {error.pos + 1}"
    return str(error)


def _without_twins(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Return the object, unless it names a field twice: nobody knows which is meant."""
    value = dict(pairs)
    if len(value) < len(pairs):
        raise ValueError("it names a field twice")
    return value


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is no value of JSON")


_DECODER = json.JSONDecoder(object_pairs_hook=_without_twins, parse_constant=_refuse_constant)


def _depth_exceeds(line: bytes, value: object, most: int) -> bool:
    if sum(line.count(opener) for opener in _OPENERS) <= most:
        return False
    level: list[object] = [value]
    for _ in range(most):
        level = [inner for each in level for inner in _inside(each)]
        if not level:
            return False
    return bool(level)


def _inside(value: object) -> list[object]:
    inner = (
        value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    )
    return [each for each in inner if isinstance(each, dict | list)]


def _names_text(row: dict[str, Any], reading: Reading) -> bool:
    """Return whether a row has a field for a text, be it empty or null."""
    return any(_at(row, name) is not _NOWHERE for name in reading.text_fields)


def _first_of(row: dict[str, Any], names: Sequence[str]) -> object:
    """Return the first of the fields that the row has and that is not null."""
    values = (_at(row, name) for name in names)
    return next(
        (value for value in values if value is not None and value is not _NOWHERE), None
    )


def _at(row: dict[str, Any], name: str) -> object:
    """Return what stands in a field; ``a.b`` is field b of object a, if none is named so."""
    if name in row or "." not in name:
        return row.get(name, _NOWHERE)
    value: object = row
    for step in name.split("."):
        value = value.get(step, _NOWHERE) if isinstance(value, dict) else _NOWHERE
    return value
