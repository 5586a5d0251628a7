"""Rows of cells from a delimited file, one at a time, whatever its quotation marks do.

Lines are text in which each character stands for one byte (Latin-1), so that cells can be
turned back into the bytes that they were: one bad byte then spoils no other cell.
"""

import csv
from collections import deque
from collections.abc import Iterator
from typing import NamedTuple, TextIO

from esfkit.model.finding import Problem
from esfkit.sources.obstacle import Obstacle

_PIECE = 1 << 16
_FREE_AGAIN = 4
"""So many times ``row_bytes`` may be read twice before it is asked what that leads to."""


class Row(NamedTuple):
    """One row.

    Attributes:
        line: The 1-based line on which it begins.
        cells: Its cells, a character a byte.
    """

    line: int
    cells: list[str]


class Broken(NamedTuple):
    """A row that cannot be cut into cells.

    Attributes:
        line: The 1-based line on which it begins.
        reason: Why, in a sentence.
        limit: Whether the reason is the limit ``row_bytes``.
    """

    line: int
    reason: str
    limit: bool = False


class _RowTooLong(Exception):  # noqa: N818 - named for what happened; caught below
    """The row at hand has more characters than a row may have."""


class Rows:
    """Iterates over the rows of lines; lines that hold nothing are passed over.

    A quotation mark that is never closed would swallow the rest of the file. A row that
    grows too long, ends in its quotation marks or, over several lines, has another number
    of cells than the headings is given up, and reading goes on with the line after its
    first.

    Attributes:
        width: How many cells a row has, once the headings have told.
    """

    def __init__(self, lines: Iterator[str], delimiter: str, most: int) -> None:
        self.width: int | None = None
        self._delimiter = delimiter
        self._most = most
        self._feed = _Feed(lines, most)
        self._reader = csv.reader(self._feed, delimiter=delimiter, strict=True)

    def __iter__(self) -> Iterator[Row | Broken]:
        return self

    def __next__(self) -> Row | Broken:
        """Return the next row that is not empty.

        Raises:
            StopIteration: There is none.
            Obstacle: Too much had to be read twice: the file's quotation marks are amiss.
        """
        while True:
            line = self._feed.begin()
            row = self._read(line)
            if isinstance(row, Broken):
                return self._one_line(line) or row
            if len(row.cells) > 1 or any(row.cells):
                return row

    def _read(self, line: int) -> Row | Broken:
        # The limit is the whole process's: it is left as it was found.
        usual = csv.field_size_limit(self._most)
        try:
            cells = next(self._reader)
        except _RowTooLong:
            reason = (
                f"The row has more than {self._most} bytes, which is the limit row_bytes: a "
                "quotation mark may not be closed. Mend it, or raise the limit with "
                "--limit row_bytes=…."
            )
            return Broken(line, reason, limit=True)
        except csv.Error:
            reason = "A quoted cell of the row is not closed as it should be; mend the line."
            return Broken(line, reason)
        finally:
            csv.field_size_limit(usual)
        if self._feed.holds_several and self.width and fitted(cells, self.width) is None:
            reason = (
                f"The row takes several lines and has {len(cells)} cells where the headings "
                f"are {self.width}: a quotation mark is not closed; mend the line."
            )
            return Broken(line, reason)
        return Row(line, cells)

    def _one_line(self, line: int) -> Row | None:
        """Give back all lines but the first, and read that one without quotation if it fits.

        Files parted by tabs seldom quote; a cell that begins with a quotation mark is then
        just that.
        """
        first = self._feed.give_back()
        if self._delimiter != "\t" or self.width is None or not first:
            return None
        cells = first.rstrip("\r\n").split("\t")
        return Row(line, cells) if len(cells) == self.width else None


def fitted(cells: list[str], width: int) -> list[str] | None:
    """Return as many cells as there are headings, if only empty ones are over."""
    if len(cells) > width and not "".join(cells[width:]).strip():
        return cells[:width]
    return cells if len(cells) == width else None


class _Feed:
    """Hands lines to ``csv`` and keeps those of the row at hand, should it begin anew."""

    def __init__(self, lines: Iterator[str], most: int) -> None:
        self._lines = lines
        self._most = most
        self._waiting: deque[str] = deque()
        self._held: list[str] = []
        self._size = 0
        self._line = 1
        self._read = 0
        self._read_again = 0

    @property
    def holds_several(self) -> bool:
        """Whether the row at hand has more than one line."""
        return len(self._held) > 1

    def begin(self) -> int:
        """Begin a row, and return its line."""
        self._line += len(self._held)
        self._held.clear()
        self._size = 0
        return self._line

    def give_back(self) -> str:
        """Let all lines of the row but the first be read again; return the first.

        Raises:
            Obstacle: More was read twice than the file is worth.
        """
        self._read_again += self._size
        if self._read_again > _FREE_AGAIN * self._most + 2 * self._read:
            raise Obstacle(
                Problem.SOURCE_DAMAGED,
                f"From line {self._line} on, too many quoted cells are not closed as they "
                "should be. Save the table again, with quotation marks doubled inside cells.",
            )
        self._waiting.extendleft(reversed(self._held[1:]))
        del self._held[1:]
        return self._held[0] if self._held and self._size <= self._most else ""

    def __iter__(self) -> "Iterator[str]":
        return self

    def __next__(self) -> str:
        if self._waiting:
            line = self._waiting.popleft()
        else:
            line = next(self._lines)
            self._read += len(line)
        self._held.append(line)
        self._size += len(line)
        if self._size > self._most:
            raise _RowTooLong
        return line


def read_lines(stream: TextIO, most: int) -> Iterator[str]:
    """Yield the lines of a stream opened with ``newline=""``, their ends included.

    Of a line longer than ``most`` characters only a little more than that is kept.
    """
    while line := stream.readline(most + 1):
        yield line
        if len(line) > most and line[-1] not in "\r\n":
            while (rest := stream.readline(_PIECE)) and rest[-1] not in "\r\n":
                pass
