"""What the XML of a spreadsheet asks a library to hold, counted as it streams by.

It is parsed as XML, not searched: whatever hides a cell from a search, such as a line break
before its value, would hide it from the count. Nothing of it is kept.
"""

import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from typing import Final
from xml.parsers import expat

from typing_extensions import override

from esfkit.model.finding import Problem
from esfkit.sources.obstacle import Obstacle

_PLACE = re.compile("([A-Za-z]{1,3})([0-9]{1,7})")
_ROW = re.compile("[0-9]{1,7}")
_INDEX = re.compile("[0-9]{1,9}")
_LAST_ROW: Final = 1_048_576


class _Elements(ABC):
    """Parses XML in blocks and tells of elements by their names without prefix."""

    def __init__(self) -> None:
        # Whatever the declaration says: the library takes the bytes for UTF-8 too.
        self._parser = expat.ParserCreate("utf-8")
        self._parser.buffer_text = True
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._words
        self._parser.StartDoctypeDeclHandler = self._doctype

    def read(self, blocks: Iterator[bytes]) -> None:
        """Parse the blocks.

        Raises:
            ExpatError: They are no XML.
            Obstacle: They ask for what no spreadsheet does.
        """
        waiting, most = bytearray(), 0
        for block in blocks:
            waiting += block
            if len(waiting) < most:
                continue
            before = self._parser.CurrentByteIndex
            self._parser.Parse(bytes(waiting))
            # A token without end is read again from its begin: ever less often.
            stuck = self._parser.CurrentByteIndex == before
            most = 2 * len(waiting) if stuck else 0
            waiting.clear()
        self._parser.Parse(bytes(waiting), True)  # noqa: FBT003 - expat takes no names

    @abstractmethod
    def _start(self, name: str, attributes: dict[str, str]) -> None:
        """Take notice of an element that begins."""

    @abstractmethod
    def _end(self, name: str) -> None:
        """Take notice of an element that ends."""

    @abstractmethod
    def _words(self, words: str) -> None:
        """Take notice of the words within one."""

    def _doctype(self, *_: object) -> None:
        raise Obstacle(Problem.SOURCE_DAMAGED, "The spreadsheet defines entities of its own.")


class StringSizes(_Elements):
    """Counts the bytes of each shared string.

    Attributes:
        sizes: So many has each.
    """

    def __init__(self) -> None:
        super().__init__()
        self.sizes: list[int] = []

    @override
    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if name.rpartition(":")[2] == "si":
            self.sizes.append(0)

    @override
    def _end(self, name: str) -> None:
        return

    @override
    def _words(self, words: str) -> None:
        if self.sizes:
            self.sizes[-1] += len(words.encode())


class FilledCells(_Elements):
    """Finds the rectangle of a sheet's filled cells.

    Attributes:
        rows: Rows from the first of the sheet to the last filled one.
        first_column: The first filled column, from 0.
        columns: Columns from there to the last filled one.
    """

    def __init__(self, on_shared: Callable[[int], None]) -> None:
        super().__init__()
        self.rows = 0
        self.first_column = 0
        self.columns = 0
        self._on_shared = on_shared
        self._row = self._column = -1
        self._shared = False
        self._value: list[str] | None = None

    @override
    def _start(self, name: str, attributes: dict[str, str]) -> None:
        name = name.rpartition(":")[2]
        if name == "row":
            self._begin_row(attributes.get("r"))
        elif name == "c":
            self._begin_cell(attributes.get("r"))
            self._shared = attributes.get("t") == "s"
        elif name == "v":
            self._value = []
        elif name == "is":
            self._fill()

    @override
    def _end(self, name: str) -> None:
        if self._value is None or name.rpartition(":")[2] != "v":
            return
        words, self._value = "".join(self._value).strip(), None
        if words:
            self._fill()
        if self._shared and _INDEX.fullmatch(words):
            self._on_shared(int(words))

    @override
    def _words(self, words: str) -> None:
        if self._value is not None:
            self._value.append(words)

    def _begin_row(self, number: str | None) -> None:
        self._column = -1
        self._row += 1
        if number is not None:
            if _ROW.fullmatch(number) is None:
                raise _beyond(number)
            self._row = int(number) - 1

    def _begin_cell(self, place: str | None) -> None:
        self._column += 1
        if place is not None:
            found = _PLACE.fullmatch(place)
            if found is None or not 1 <= int(found[2]) <= _LAST_ROW:
                raise _beyond(place)
            self._column, self._row = _column(found[1]), int(found[2]) - 1

    def _fill(self) -> None:
        column = max(self._column, 0)
        last = max(self.first_column + self.columns, column + 1)
        self.first_column = min(self.first_column, column) if self.columns else column
        self.columns = last - self.first_column
        self.rows = max(self.rows, self._row + 1)


def _beyond(place: str) -> Obstacle:
    quoted = place[:20]
    return Obstacle(
        Problem.SOURCE_DAMAGED,
        f"The spreadsheet holds a cell at {quoted!r}, which is no place of a sheet; "
        "open it in Excel and save it again.",
    )


def _column(letters: str) -> int:
    """Return the number of a column, from 0: ``A`` is 0, ``AA`` is 26."""
    number = 0
    for letter in letters.upper():
        number = 26 * number + ord(letter) - 64
    return number - 1
