"""The line of the source that each value of a record was read from."""

from bisect import bisect_right
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final, Literal, NamedTuple

import polars as pl

from esfkit.cli.explaining.lettering import Letter, carets, letters, shortened
from esfkit.cli.records.portrait_words import SAID
from esfkit.dataset.redacting.known import known_of
from esfkit.dataset.redacting.texts import Secrets, find_personal, marked
from esfkit.dataset.store import gather
from esfkit.model.document import Document
from esfkit.output.neutral import for_terminal
from esfkit.output.personal import WITHHELD
from esfkit.parsing.lines import Lines, split_lines
from esfkit.pipeline.job import job_of
from esfkit.sources import open_sources

_LARGEST: Final = 64 * 1024 * 1024
"""Bytes of a source that is read again; what is larger is an archive or a crawl."""

_MOST_LINES: Final = 20
_GUTTER: Final = 9
_NARROWEST: Final = 20


class Proof(NamedTuple):
    """A value in its line of the source.

    Attributes:
        line: The number of the line, from 1.
        text: The line; where the source is gone, the label and the value alone.
        start: The value's first character in it.
        end: One past its last on this line.
        label: The label that names it, where that stands on another line.
    """

    line: int
    text: str
    start: int
    end: int
    label: str = ""


class Proofs:
    """The proofs of a few records, whose sources are read again at most once each.

    Args:
        rows: The records with all their columns.
        everyone: All rows of the data, by which persons are known; ``None`` if personal
            data may stand in a line.
    """

    def __init__(self, rows: pl.DataFrame, everyone: pl.LazyFrame | None) -> None:
        self._secrets: list[Secrets | None] = [None] * rows.height
        if everyone is not None:
            known = known_of(rows, gather(everyone.unique()))
            self._secrets = [known.of_row(row) for row in range(rows.height)]
        self._lines = [_lines_of(row) for row in rows.iter_rows(named=True)]

    def of(self, place: int, entry: Mapping[str, Any]) -> Iterator[Proof]:
        """Yield the lines that an entry of a record's provenance points at."""
        lines, start, end = self._lines[place], entry["start"], entry["end"]
        label = entry["label"] or ""
        if lines is None or lines.text[start:end] != entry["raw"]:
            before = f"{label} " if label else ""
            text = before + entry["raw"]
            yield Proof(entry["line"], text, len(before), len(text))
            return
        first, last = (_line_of(offset, lines) for offset in (start, max(start, end - 1)))
        for number in range(first, min(last, first + _MOST_LINES) + 1):
            begin, stop = lines.content(number)
            if begin < stop:
                value = (max(start, begin), max(start, min(end, stop)))
                yield self._proof(place, number, value, label if number == first else "")

    def _proof(self, place: int, number: int, value: tuple[int, int], label: str) -> Proof:
        lines, secrets = self._lines[place], self._secrets[place]
        assert lines is not None  # noqa: S101 - asked only of a source that was read
        (begin, stop), (start, end) = lines.content(number), value
        before, behind = lines.text[begin:start], lines.text[end:stop]
        if secrets is not None:
            before, behind = _harmless(before, secrets), _harmless(behind, secrets)
        words = lines.text[start:end]
        text = f"{before}{words}{behind}"
        elsewhere = "" if label in text else label
        return Proof(number + 1, text, len(before), len(before) + len(words), elsewhere)

    def told(self, place: int, path: str | None, language: Literal["sv", "en"]) -> str:
        """Return where a record's lines come from, in a sentence.

        Args:
            place: The record's.
            path: Its file, as it is given out.
            language: Of the sentence.
        """
        said = "source_gone" if self._lines[place] is None else "source_read"
        return SAID[language][said].format(path=path)


def proof_rows(proof: Proof, width: int) -> Iterator[str]:
    """Yield a line of the source, cut so that the value is seen, and what marks it."""
    room = max(width - _GUTTER - 3, _NARROWEST)
    begin = 0 if proof.end <= room else max(0, proof.start - room // 4)
    shown = letters(proof.text, begin, len(proof.text), [(proof.start, proof.end)])
    if begin:
        shown = [Letter("…", 1, value=False), *shown]
    row = shortened(shown, room)
    yield f"{proof.line:>{_GUTTER}} │ {''.join(letter.shown for letter in row)}".rstrip()
    marks = carets(row)
    label = for_terminal(proof.label)
    told = f"  {label}" if label and len(marks) + len(label) + 2 <= room else ""
    yield f"{'':{_GUTTER}} │ {marks}{told}".rstrip()


def _lines_of(row: Mapping[str, Any]) -> Lines | None:
    """Return the lines of the document that a record was read from, if it is unchanged."""
    path, sha256 = row["source_path"], row["source_sha256"]
    if not path or not sha256 or not _is_at_hand(path):
        return None
    place = (sha256, row["source_member"], row["source_line"])
    for item in open_sources([path], job_of(sieve=False).reading):
        if isinstance(item, Document):
            origin = item.origin
            if (origin.sha256, origin.member, origin.line) == place:
                return split_lines(item.text)
    return None


def _line_of(offset: int, lines: Lines) -> int:
    return bisect_right(lines.starts, offset, hi=len(lines.words)) - 1


def _is_at_hand(path: str) -> bool:
    try:
        place = Path(path)
        return place.is_file() and place.stat().st_size <= _LARGEST
    except (OSError, ValueError):  # a name that no file can have
        return False


def _harmless(text: str, secrets: Secrets) -> str:
    return marked(text, find_personal(text, secrets), WITHHELD)
