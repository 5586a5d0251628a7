"""Published totals: rows of a CSV file.

Each tells of which programme period, region and area, what was measured, its value and
its unit, and may tell as of when, from which source and with what note.
"""

import csv
from collections.abc import Iterator, Mapping
from io import StringIO
from typing import Final, NamedTuple

from esfkit.model.errors import InputRefused
from esfkit.vocabulary.fold import fold

_HEADINGS: Final[Mapping[str, tuple[str, ...]]] = {
    "period": ("period", "programme_period"),
    "region": ("region", "region_code"),
    "area": ("area", "programme_area"),
    "measure": ("measure", "metric"),
    "value": ("value",),
    "unit": ("unit",),
}
_BESIDE: Final[Mapping[str, tuple[str, ...]]] = {
    "as_of": ("as_of",),
    "source": ("source", "url"),
    "note": ("note",),
}


class Published(NamedTuple):
    """A published total, in the words of its file."""

    period: str
    region: str
    area: str
    measure: str
    value: str
    unit: str
    as_of: str = ""
    source: str = ""
    note: str = ""


def is_totals(heading_line: str) -> bool:
    """Tell whether the first line of a file is the heading of published totals."""
    names = {fold(name) for name in next(csv.reader([heading_line.lstrip("\ufeff")]), [])}
    return all(not names.isdisjoint(known) for known in _HEADINGS.values())


def read_totals(text: str, name: str) -> tuple[Published, ...]:
    """Return the totals that a CSV file holds.

    Args:
        text: The file, its first line the headings.
        name: How a refusal calls it.

    Raises:
        InputRefused: A row has more cells or fewer than there are headings, or the file
            has no row.
    """
    rows = _lines(text.removeprefix("\ufeff"), name)
    _, first = next(rows, (1, []))
    headings = [fold(heading) for heading in first]
    places = {
        field: next((headings.index(each) for each in known if each in headings), None)
        for field, known in (*_HEADINGS.items(), *_BESIDE.items())
    }
    found = tuple(_total(row, places, (name, at, len(headings))) for at, row in rows if row)
    if not found:
        raise InputRefused(f"{name}: There is no total below the headings.")
    return found


def _lines(text: str, name: str) -> Iterator[tuple[int, list[str]]]:
    """Yield each row with the number of the line where it ends."""
    reader = csv.reader(StringIO(text))
    try:
        for row in reader:
            yield reader.line_num, row
    except csv.Error as error:
        raise InputRefused(f"{name}, line {reader.line_num}: is no CSV ({error}).") from error


def _total(
    row: list[str], places: Mapping[str, int | None], where: tuple[str, int, int]
) -> Published:
    name, line, width = where
    if len(row) != width:
        raise InputRefused(
            f"{name}, line {line}: {len(row)} cells where {width} are headed. "
            "Put a cell that holds a comma in double quotes."
        )
    return Published(
        **{field: "" if at is None else row[at].strip() for field, at in places.items()}
    )
