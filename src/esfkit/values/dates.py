"""Printed words → dates and periods, each no more precise than printed.

::

    period = ["fr.o.m."] date [joint (date | "pågående")] [remark] | until date
    remark = "(" words ")" | "," digits "månader" | "*"
    joint  = "-" (any dash or arrow) | "till" | "t.o.m." | "to" | "until" …
    date   = y-m-d | y/m/d | y.m.d | yyyymmdd | d.m.y | d month y | month d, y
           | month y | y-m | y

The first date of a period may borrow its year from the second (``februari-oktober
2021``), because both are printed. ``01/02/2018`` is the first of February or the
second of January: nobody guesses. Month names are Swedish, English, Danish or
Norwegian, whole or cut short.
"""

import re
from datetime import date
from typing import Literal, NamedTuple

from esfkit.model.finding import Problem
from esfkit.values.flat import flatten
from esfkit.values.nullwords import stated_in_digits

_FIRST_YEAR, _LAST_YEAR = 1990, 2060


class PartialDate(NamedTuple):
    """A date as far as the text states it."""

    year: int
    month: int | None = None
    day: int | None = None

    @property
    def precision(self) -> Literal["year", "month", "day"]:
        """The smallest part that is printed."""
        if self.month is None:
            return "year"
        return "month" if self.day is None else "day"

    def as_date(self) -> date | None:
        """Return the calendar day, or ``None`` where the text does not state one."""
        if self.month is None or self.day is None:
            return None
        return date(self.year, self.month, self.day)


class Period(NamedTuple):
    """A period as far as the text states it.

    Attributes:
        start: Its first date, if printed.
        end: Its last date, if printed.
        start_at: Where the first date stands in the words, half open.
        end_at: Where the last date stands in the words, half open.
        open_ended: Whether the text says that it goes on (``2016 – pågående``).
    """

    start: PartialDate | None
    end: PartialDate | None
    start_at: tuple[int, int] | None
    end_at: tuple[int, int] | None
    open_ended: bool


class _Parts(NamedTuple):
    """Year, month and day as printed; the year may be left to the other date."""

    year: int | None
    month: int | None
    day: int | None


_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "januari januar january jan",
            "februari februar february feb",
            "mars marts march mar",
            "april apr",
            "maj mai may",
            "juni june jun",
            "juli july jul",
            "augusti august aug",
            "september sept sep",
            "oktober october okt oct",
            "november nov",
            "december desember dec des",
        ),
        start=1,
    )
    for name in names.split()
}

_MONTH = "(" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + ")"
_DAY = r"(?:den )?([0-9]{1,2})(?:st|nd|rd|th|:e|:a|\.)?"
_MIDNIGHT = r"(?:[t ]00:00(?::00(?:\.0{1,6})?)?)?"

_SHAPES: tuple[tuple[str, str], ...] = (
    (rf"([0-9]{{4}})-([0-9]{{1,2}})-([0-9]{{1,2}}){_MIDNIGHT}", "ymd"),
    (r"([0-9]{4})/([0-9]{1,2})/([0-9]{1,2})", "ymd"),
    (r"([0-9]{4})\.([0-9]{1,2})\.([0-9]{1,2})", "ymd"),
    (r"([0-9]{4})([0-9]{2})([0-9]{2})", "ymd"),
    (r"([0-9]{4})[-/]([0-9]{2})", "ym"),
    (r"([0-9]{4})", "y"),
    (r"([0-9]{1,2})\. ?([0-9]{1,2})\. ?([0-9]{4})", "dmy"),
    (r"([0-9]{1,2})[-/]([0-9]{1,2})[-/ ]([0-9]{4})", "??y"),
    (rf"{_DAY} ?{_MONTH}\.?,? ?([0-9]{{4}})", "dmy"),
    (rf"{_MONTH}\.? ?([0-9]{{1,2}})(?:st|nd|rd|th)?,? ([0-9]{{4}})", "mdy"),
    (rf"{_MONTH}\.?,? ?([0-9]{{4}})", "my"),
)
_SHAPES_WITHOUT_YEAR: tuple[tuple[str, str], ...] = (
    (rf"{_DAY} ?{_MONTH}\.?", "dm"),
    (rf"{_MONTH}\.?", "m"),
)
_READERS = tuple((re.compile(shape), order) for shape, order in _SHAPES)
_READERS_WITHOUT_YEAR = tuple(
    (re.compile(shape), order) for shape, order in _SHAPES_WITHOUT_YEAR
)


def _any_of(shapes: tuple[tuple[str, str], ...]) -> str:
    """Return one pattern for all shapes, without their groups."""
    without_groups = re.sub(r"\((?!\?)", "(?:", "|".join(shape for shape, _ in shapes))
    return f"(?:{without_groups})(?![0-9])"


_DATE = _any_of(_SHAPES)
_UNTIL = r"till och med|till o med|t\.? ?o\.? ?m\.?|till|until|through|til|to"
_FROM = r"fr\.? ?o\.? ?m\.?|from och med|fran och med|fran|from|since|sedan"
_OPEN = r"pagaende|pagar|tills vidare|lopande|ongoing|present|igangvarende"
_ONWARD = r"och framat|tills vidare|och tills vidare|onwards|pagaende"

_PERIOD = re.compile(
    rf"\A\(?(?:ar(?:en)? )?(?P<opening>(?:{_FROM}) )?"
    rf"(?P<start>{_DATE}|{_any_of(_SHAPES_WITHOUT_YEAR)})"
    rf"(?: ?(?:-{{1,2}}|{_UNTIL}) ?(?:(?P<end>{_DATE})|(?P<open>{_OPEN}))?"
    rf"| \(?(?P<onward>{_ONWARD}))?[.)]{{0,2}}"
)

_END_ONLY = re.compile(rf"\A(?:{_UNTIL}|senast) (?P<end>{_DATE})\.?")

_REMARK = re.compile(
    r"(?: ?\([^0-9()]{1,60}\)"
    r"|(?:,| ?\() ?(?:ca )?[0-9]{1,2} ?(?:manader|man\.?|ar|months|years)\)?|\*{1,3})\Z"
)
"""What may stand behind a whole period: how long it is, or words without a figure.

A second end, as in ``(förlängt till 2020-06-30)``, is none: nobody chooses."""

_YEAR_OR_YEARS = re.compile(r"[0-9]{4}[-/][0-9]{2}")
"""``2010-12`` standing alone is a month, or the years 2010 to 2012."""

_YEAR = re.compile("[0-9\uff10-\uff19\u0660-\u0669]{4}")
"""No date is without a year: other words need no closer look."""

_JOINTS = frozenset((" - ", "-", " till ", " – ", "–", " → ", "/", " / "))
"""Between two whole dates; ``2010/2012`` may be two years or one that is no calendar year."""


def read_date(words: str) -> PartialDate | Problem | None:
    """Read one date such as ``2016-09-01``, ``23 sep 2019`` or ``oktober 2021``."""
    common = _iso_date(words)
    if common is not None:
        return common
    folded = stated_in_digits(words)
    if folded is None or isinstance(folded, Problem):
        return folded
    if not _YEAR.search(words):
        return Problem.UNREADABLE_VALUE
    flat, _ = flatten(words)
    parts = _read_parts(flat.rstrip("."), _READERS)
    return parts if isinstance(parts, Problem) else _checked(parts)


def read_period(words: str) -> Period | Problem | None:
    """Read a period such as ``2016-09-01 - 2019-02-28``, or a single date as its start."""
    common = _iso_period(words)
    if common is not None:
        return common
    folded = stated_in_digits(words)
    if folded is None or isinstance(folded, Problem):
        return folded
    if not _YEAR.search(words):
        return Problem.UNREADABLE_VALUE
    flat, places = flatten(words)
    found = _PERIOD.fullmatch(flat) or _END_ONLY.fullmatch(flat) or _remarked_period(flat)
    if found is None or _YEAR_OR_YEARS.fullmatch(flat):
        return Problem.UNREADABLE_VALUE
    return _period(found.groupdict(), _Offsets(found, places))


def _remarked_period(flat: str) -> re.Match[str] | None:
    """Match a period before a remark; ``2019-12-31 (slut)`` is one date, and not the first."""
    remark = _REMARK.search(flat)
    if remark is None:
        return None
    found = _PERIOD.fullmatch(flat, 0, remark.start())
    if found is None or not (found["end"] or found["open"] or found["onward"]):
        return None
    return found


class _Offsets(NamedTuple):
    """Leads from a place in the flat words back to the place in the words as printed."""

    found: re.Match[str]
    places: list[int]

    def of(self, half: str) -> tuple[int, int] | None:
        if self.found.groupdict().get(half) is None:
            return None
        start, end = self.found.span(half)
        return self.places[start], self.places[end - 1] + 1


def _period(halves: dict[str, str | None], offsets: _Offsets) -> Period | Problem:
    end = _half(halves.get("end"), None)
    if isinstance(end, Problem):
        return end
    start = _half(halves.get("start"), end)
    if isinstance(start, Problem):
        return start
    goes_on = end is None and any(halves.get(word) for word in ("opening", "open", "onward"))
    return Period(start, end, offsets.of("start"), offsets.of("end"), goes_on)


def _half(flat: str | None, end: PartialDate | None) -> PartialDate | Problem | None:
    """Read one date of a period; ``end`` is where a start without a year finds it."""
    if flat is None:
        return None
    parts = _read_parts(flat, _READERS + _READERS_WITHOUT_YEAR)
    if isinstance(parts, Problem):
        return parts
    if parts.year is None:
        if end is None or (parts.month or 0, parts.day or 1) > (end.month or 0, end.day or 31):
            return Problem.UNREADABLE_VALUE
        parts = parts._replace(year=end.year)
    return _checked(parts)


def _iso_date(words: str) -> PartialDate | None:
    """Read the form that nearly every page prints, ``2016-09-01``, and no other."""
    if len(words) != 10 or not words[4] == words[7] == "-":  # noqa: PLR2004 - YYYY-MM-DD
        return None
    try:
        day = date.fromisoformat(words)
    except ValueError:
        return None
    if not _FIRST_YEAR <= day.year <= _LAST_YEAR:
        return None
    return PartialDate(day.year, day.month, day.day)


def _iso_period(words: str) -> Period | None:
    if words[10:-10] not in _JOINTS:
        return None
    start, end = _iso_date(words[:10]), _iso_date(words[-10:])
    if start is None or end is None:
        return None
    return Period(start, end, (0, 10), (len(words) - 10, len(words)), open_ended=False)


def _read_parts(
    flat: str, readers: tuple[tuple[re.Pattern[str], str], ...]
) -> _Parts | Problem:
    for pattern, order in readers:
        found = pattern.fullmatch(flat)
        if found is not None:
            numbers = [_MONTHS.get(part) or int(part) for part in found.groups()]
            if order == "??y":
                return _day_and_month(*numbers)
            parts = dict(zip(order, numbers, strict=True))
            return _Parts(parts.get("y"), parts.get("m"), parts.get("d"))
    return Problem.UNREADABLE_VALUE


def _day_and_month(first: int, second: int, year: int) -> _Parts | Problem:
    """Tell day from month where only one of both orders is possible."""
    twelve = 12
    if first == second or second <= twelve < first:
        return _Parts(year, second, first)
    if first <= twelve < second:
        return _Parts(year, first, second)
    return Problem.UNREADABLE_VALUE


def _checked(parts: _Parts) -> PartialDate | Problem:
    year, month, day = parts
    if year is None or not _FIRST_YEAR <= year <= _LAST_YEAR:
        return Problem.UNREADABLE_VALUE
    try:
        date(year, 1 if month is None else month, 1 if day is None else day)
    except ValueError:
        return Problem.DATE_IMPOSSIBLE
    return PartialDate(year, month, day)
