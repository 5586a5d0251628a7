"""A workbook while it is written: its sheets, its cells, and what Excel could not hold."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO
from typing import Any, BinaryIO, Final

from xlsxwriter import Workbook  # type: ignore[import-untyped]  # it has no types

from esfkit.dataset.columns import tool_version
from esfkit.dataset.plain import json_value
from esfkit.output.shown import nested_text
from esfkit.output.workbook.cells import (
    FIRST_DAY,
    LINKS,
    as_run,
    fitting,
    in_xml,
    is_exact,
    told_apart,
)

Sheet = Any
"""A sheet of the library, which has no types."""

Style = Any
"""A format of the library, which has no types."""

_CREATED: Final = datetime(1980, 1, 1, tzinfo=UTC)
_TRIGGERS: Final = ("=", "+", "-", "@")
_OPTIONS: Final = {
    "in_memory": True,  # files of its own would outlive a process that is killed
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


@dataclass(slots=True)
class Losses:
    """What could not be written as it was, counted while the workbook grows.

    Attributes:
        cut: Texts longer than a cell, cut with a mark at their end.
        large: Figures of more than 15 digits, written as text.
        early: Days before 1900-03-01, written as text.
        spelled: Texts with characters that no XML file may hold, spelled out.
        unlinked: Links beyond those that a sheet may have, written as text.
        sheets: Sheets that go on from another, because the table has too many rows.
    """

    cut: int = 0
    large: int = 0
    early: int = 0
    spelled: int = 0
    unlinked: int = 0
    sheets: int = 0


class Book:
    """A workbook that grows in memory and is given to a stream in one piece.

    Text from outside goes through :meth:`put` and is then no formula, no link and no
    markup of the file.

    Attributes:
        losses: What could not be written as it was.
    """

    def __init__(self) -> None:
        self.losses = Losses()
        self._content = BytesIO()
        self._styles: dict[tuple[tuple[str, object], ...], Style] = {}
        self._links: dict[str, int] = {}
        self._book = Workbook(self._content, _OPTIONS)
        # Always the same day, so that equal tables give equal bytes.
        self._book.set_properties({"created": _CREATED, "comments": f"esfkit {tool_version()}"})

    def add_sheet(self, name: str) -> Sheet:
        """Return a new sheet, behind the others."""
        return self._book.add_worksheet(name)

    def style(self, **properties: object) -> Style:
        """Return the style with these properties, made once."""
        key = tuple(sorted(properties.items()))
        if key not in self._styles:
            self._styles[key] = self._book.add_format(properties)
        return self._styles[key]

    def put(
        self, sheet: Sheet, at: tuple[int, int], value: object, style: Style = None
    ) -> None:
        """Write one value; what is not stated leaves the cell empty.

        Args:
            sheet: Where it goes.
            at: Row and column, from 0.
            value: A figure, a day, a truth, a text, or a list, which becomes JSON.
            style: How it looks.
        """
        if value is None:
            return
        if isinstance(value, bool):
            sheet.write_boolean(*at, value, style)
        elif isinstance(value, int | float | Decimal) and is_exact(value):
            sheet.write_number(*at, float(value), style)
        elif type(value) is date and value >= FIRST_DAY:
            sheet.write_datetime(*at, value, style)
        else:
            self._put_text(sheet, at, self._spelled(value), style)

    def put_link(self, sheet: Sheet, at: tuple[int, int], target: str, shown: str) -> None:
        """Write a link to a place in the workbook, as text if the sheet has too many.

        Args:
            sheet: Where it goes.
            at: Row and column, from 0.
            target: Such as ``'Projects'!C7``.
            shown: What stands in the cell; not text from outside.
        """
        self._links[sheet.name] = self._links.get(sheet.name, 0) + 1
        if self._links[sheet.name] > LINKS:
            self.losses.unlinked += 1
            self.put(sheet, at, shown)
        else:
            sheet.write_url(*at, f"internal:{target}", None, shown)

    def save(self, stream: BinaryIO) -> None:
        """Finish the workbook and write it.

        Raises:
            OSError: The stream does not take it.
        """
        self._book.close()
        stream.write(self._content.getbuffer())

    def _spelled(self, value: object) -> str:
        """Return what is written as text, and count why if it is none by nature."""
        if isinstance(value, str):
            return value
        if isinstance(value, int | float):
            self.losses.large += 1
            return str(value)
        self.losses.large += isinstance(value, Decimal)
        self.losses.early += type(value) is date
        return json_value(value) if isinstance(value, date | Decimal) else nested_text(value)

    def _put_text(self, sheet: Sheet, at: tuple[int, int], text: str, style: Style) -> None:
        spelled = in_xml(text)
        shown = fitting(told_apart(spelled))
        self.losses.spelled += spelled != text
        self.losses.cut += not shown.startswith(spelled)
        if style is None and shown.startswith(_TRIGGERS):
            # Else Excel makes a formula of it as soon as someone has edited the cell.
            style = self.style(quote_prefix=True)
        sheet.write_string(*at, as_run(shown), style)
