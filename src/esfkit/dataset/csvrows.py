"""Cutting the text of a CSV file into rows of cells.

The ``csv`` module reads an empty cell and an empty text ``""`` as the same thing and
limits the length of a cell by a setting that the whole process shares; a dataset needs
to tell "not stated" from "stated, empty" and holds whole pages.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

SEPARATORS = ",;\t"
"""What may stand between cells; the heading tells which one does."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a CSV file.

    Attributes:
        line: The 1-based line on which it begins.
        cells: A text each, or ``None`` where nothing stands between the separators.
    """

    line: int
    cells: list[str | None]


class Malformed(ValueError):  # noqa: N818 - named for what happened
    """The text is no CSV from some line on.

    Attributes:
        line: The 1-based line.
    """

    def __init__(self, line: int) -> None:
        super().__init__(f"line {line} is no CSV")
        self.line = line


def read_rows(text: str, separator: str) -> Iterator[Row]:
    """Yield the rows of the text; empty lines are passed over.

    Raises:
        Malformed: A quoted cell is not closed or has something after its last quote.
    """
    pattern, place, line = _cell(separator), 0, 1
    while place < len(text):
        begin, cells, ended = place, list[str | None](), False
        while not ended:
            found = pattern.match(text, place)
            if found is None:
                raise Malformed(line + text.count("\n", begin, place))
            quoted, bare, end = found.groups()
            cells.append(quoted.replace('""', '"') if quoted is not None else bare or None)
            place, ended = found.end(), end != separator
        if cells != [None]:
            yield Row(line, cells)
        line += text.count("\n", begin, place)


@cache
def _cell(separator: str) -> re.Pattern[str]:
    """Return ``"quoted"`` or ``bare``, then a separator, a line end or the end.

    The repeats are possessive: no text makes the search go back.
    """
    quoted = '"((?:[^"]++|"")*+)"'
    bare = f'([^"{separator}\r\n]*+)'
    return re.compile(f"(?:{quoted}|{bare})({separator}|\r?\n|\r|\\Z)")
