"""The columns of a table: which holds pages, or whether its rows are records themselves.

The text of a row of a list is the row written out, one ``heading: words`` after the
other, a line for each column in the table's order. Headings and words stand as they are
in the table, line breaks and blanks included; only words in HTML are rendered, as a saved
page is. The places of headings and words are kept beside the text (:class:`Cell`), so
nothing in a cell can pass for a heading.
"""

import hashlib
import html
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import NamedTuple

from esfkit.model.document import Cell, Document, Origin, Passed, Unread, Why
from esfkit.model.finding import Finding, Problem, Severity
from esfkit.sources.obstacle import Obstacle, limit_met
from esfkit.sources.pages.html import read_html
from esfkit.sources.pages.textfile import read_crawled
from esfkit.sources.reading import Item, Reading

ROWS_LOOKED_AT = 20
"""The headings stand in one of the first rows, below a title perhaps."""

FEWEST_HEADINGS = 5
"""So many of a list's make a table one; fewer are met in other tables by chance."""

_FEWEST_COLUMNS = 2
_MOST_NAMED = 20
_LONGEST_NAME = 60
_LONGEST_HEADING = 200
_FOR_EXCEL = "sep="  # a first line that tells Excel the separator

FIRST_OF_A_DATASET = "record_id"
"""The first column of esfkit's own datasets."""

_TAG = re.compile(
    r"</?(?:p|br|div|span|ul|ol|li|b|strong|em|i|a|h[1-6]|table|tr|td)(?:\s[^<>]{0,400})?/?>",
    re.IGNORECASE,
)
_ENTITY = re.compile("&(?:amp|nbsp|lt|gt|quot|[aouAOU]uml|[aA]ring|#[0-9]{2,4});")
_DASH = re.compile("[\u2010-\u2015\u2212]")
_INVISIBLE = re.compile("[\x00\xad\u200b-\u200f\u2060\ufeff]")

_COUNTRY_HEADINGS = frozenset(("country", "countrycode", "country_code", "country code"))
_COUNTRIES_READ = frozenset(("", "sweden", "sverige", "se", "swe"))
"""Lists of all of Europe are read for one country; a row that names none is read too."""


class Columns(NamedTuple):
    """What the columns of a table hold.

    Attributes:
        row: Which of the rows looked at holds the headings, from 0.
        headings: The headings as they stand, without the blanks around them.
        keys: The headings folded.
        known: How many different ones a list of projects has; 0 where the table is none.
        unknown: The filled headings of a list that no list has.
        countries: Columns that tell the country of a list's row.
        text: The column that holds the pages, where the table is no list.
        url: The column that holds their addresses.
    """

    row: int
    headings: tuple[str, ...]
    keys: tuple[str, ...]
    known: int
    unknown: tuple[str, ...] = ()
    countries: tuple[int, ...] = ()
    text: int | None = None
    url: int | None = None

    @property
    def is_list(self) -> bool:
        """Whether each row is a record."""
        return self.known > 0


def fold_heading(words: str) -> str:
    """Return a heading in the form in which headings are compared.

    Case, Unicode form, line breaks, kinds of blank and invisible characters do not tell
    two headings apart.
    """
    if not words.isascii():
        words = _INVISIBLE.sub("", unicodedata.normalize("NFC", words))
        words = _DASH.sub("-", words)
    return " ".join(words.casefold().split())


def find_columns(rows: Sequence[Sequence[str]], reading: Reading) -> Columns | None:
    """Return the columns of the table whose first rows these are, if it can be read.

    A row with the headings of a list makes it a list; otherwise the first filled row
    must name the column with the pages.
    """
    for number, row in enumerate(rows[:ROWS_LOOKED_AT]):
        keys = tuple(fold_heading(cell) for cell in row)
        known = len(reading.list_headings.intersection(keys))
        if known >= FEWEST_HEADINGS:
            return _list_columns(number, row, keys, reading)
    for number, row in enumerate(rows[:ROWS_LOOKED_AT]):
        if any(cell.strip() for cell in row) and not row[0].startswith(_FOR_EXCEL):
            return _text_columns(number, row, reading)
    return None


def _list_columns(
    number: int, row: Sequence[str], keys: tuple[str, ...], reading: Reading
) -> Columns:
    headings = tuple(cell.strip() for cell in row)
    return Columns(
        row=number,
        headings=headings,
        keys=keys,
        known=len(reading.list_headings.intersection(keys)),
        unknown=tuple(
            heading
            for heading, key in zip(headings, keys, strict=True)
            if key and key not in reading.list_headings
        ),
        countries=tuple(at for at, key in enumerate(keys) if key in _COUNTRY_HEADINGS),
    )


def _text_columns(number: int, row: Sequence[str], reading: Reading) -> Columns | None:
    keys = tuple(fold_heading(cell) for cell in row)
    text = _first_of(reading.text_fields, keys)
    if text is None or len(keys) < _FEWEST_COLUMNS:
        return None
    headings = tuple(cell.strip() for cell in row)
    url = _first_of(reading.url_fields, keys)
    return Columns(number, headings, keys, 0, text=text, url=url)


def _first_of(names: Iterable[str], keys: Sequence[str]) -> int | None:
    """Return the column that has the first of the names that any column has."""
    folded = (fold_heading(name) for name in names)
    return next((keys.index(name) for name in folded if name in keys), None)


def no_columns(rows: Sequence[Sequence[str]], reading: Reading) -> Obstacle:
    """Return why a table cannot be read whose columns are neither a list's nor name a text."""
    first = next((row for row in rows if any(cell.strip() for cell in row)), ())
    if is_dataset(first):
        return Obstacle(
            Problem.FORMAT_UNSUPPORTED,
            "The table is a dataset of esfkit already; give it to `esfkit summary` or "
            "`esfkit list`, and the texts it was made from to `esfkit ingest`.",
        )
    if not first:
        return Obstacle(Problem.DOCUMENT_EMPTY, "The table is empty.", Severity.WARNING)
    names = [" ".join(cell.split())[:_LONGEST_NAME] for cell in first if cell.strip()]
    met = ", ".join(names[:_MOST_NAMED]) + (", …" if len(names) > _MOST_NAMED else "")
    return Obstacle(
        Problem.TEXT_FIELD_MISSING,
        f"The table is no list of projects and has no column "
        f"{' or '.join(reading.text_fields)}; the columns are {met}. "
        "Name the one that holds the pages with --text-field.",
    )


def is_dataset(row: Sequence[str]) -> bool:
    """Return whether a first row is that of esfkit's own dataset."""
    return len(row) > 1 and fold_heading(row[0]) == FIRST_OF_A_DATASET


# --- a list's rows ----------------------------------------------------------------------


def unknown_headings(columns: Columns) -> tuple[Finding, ...]:
    """Return the finding that some headings of a list are unknown, or nothing.

    It belongs to the first row of the table: once is enough.
    """
    if not columns.unknown:
        return ()
    quoted = [f"“{' '.join(each.split())[:_LONGEST_NAME]}”" for each in columns.unknown]
    more = len(quoted) - _MOST_NAMED
    said = ", ".join(quoted[:_MOST_NAMED]) + (f" and {more} more" if more > 0 else "")
    message = (
        f"The list has headings that are not known: {said}. What stands below them is in no "
        "column; told once, at the first row."
    )
    return (Finding(code=Problem.HEADING_UNKNOWN, severity=Severity.WARNING, message=message),)


def list_row(
    columns: Columns, cells: Sequence[str], origin: Origin, reading: Reading
) -> Document | Passed | Unread | None:
    """Return the document of a row of a list.

    Returns:
        ``None`` for a row that is empty or holds the headings once more; :class:`Passed`
        for one of another country.
    """
    filled = sum(1 for cell in cells if cell and not cell.isspace())
    if not filled or _is_heading(cells, reading):
        return None
    if not _is_read_here(columns, cells):
        return Passed(1, origin, why=Why.OTHER_COUNTRY)
    most = reading.limits.document_bytes
    if sum(map(len, cells)) > most:
        met = f"has more than {most} characters"
        return limit_met("The row", met, "document_bytes", most).at(origin)
    text, places = _written_out(columns.headings, cells)
    origin = replace(
        origin, sha256=hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    )
    return Document(text, origin, cells=places)


def _is_heading(cells: Sequence[str], reading: Reading) -> bool:
    """Return whether a row holds headings once more: in English, or of a file joined on."""
    keys = (fold_heading(cell[:_LONGEST_HEADING]) for cell in cells if cell)
    first = next((key for key in keys if key), "")
    if first not in reading.list_headings:
        return False
    return 1 + len(reading.list_headings.intersection(keys) - {first}) >= FEWEST_HEADINGS


def _is_read_here(columns: Columns, cells: Sequence[str]) -> bool:
    told = {fold_heading(cells[at][:_LONGEST_NAME]) for at in columns.countries}
    return not told or not told.isdisjoint(_COUNTRIES_READ)


def _written_out(headings: Sequence[str], cells: Sequence[str]) -> tuple[str, tuple[Cell, ...]]:
    """Return the row as text, and where heading and words of each cell stand in it."""
    parts: list[str] = []
    places: list[Cell] = []
    at = 0
    for heading, cell in zip(headings, cells, strict=True):
        words = shown(cell)
        if not heading and not words:
            continue
        start = at + len(heading) + len(": ")
        places.append(Cell(at, at + len(heading), start, start + len(words)))
        parts.append(f"{heading}: {words}")
        at = start + len(words) + 1
    return "\n".join(parts), tuple(places)


def shown(cell: str) -> str:
    """Return the words of a cell without the blanks around them, HTML as a browser shows it."""
    words = cell.strip()
    if "<" in words and _TAG.search(words):
        page = read_html(f"<body>{words}</body>")
        return words if page is None else page.text.strip()
    return html.unescape(words).strip() if "&" in words and _ENTITY.search(words) else words


# --- a crawl's rows ---------------------------------------------------------------------


def text_row(content: bytes | str, origin: Origin, reading: Reading) -> Item:
    """Return the page of a row, unless it is empty or the sieve drops it."""
    data = content.encode("utf-8", "replace") if isinstance(content, str) else content
    if not data.strip():
        return Passed(1, origin, why=Why.NO_TEXT)
    if reading.drops(data):
        return Passed(1, origin, data) if reading.shows_passed else Passed(1)
    return read_crawled(content, origin, reading.limits)
