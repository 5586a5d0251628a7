"""Pages without labels: a narrated good example, known by its site, date and headings."""

from typing import NamedTuple

from esfkit.layouts.layout import Layout, Style, all_layouts
from esfkit.parsing.lines import Lines
from esfkit.parsing.prose import as_heading
from esfkit.parsing.title import Title, find_title
from esfkit.values.dates import PartialDate, read_date
from esfkit.vocabulary.fold import fold
from esfkit.vocabulary.headings import begins_words, is_chrome

_SITE_WITHIN = 8  # filled lines of the page in which its site names itself
_DATE_WITHIN = 6  # filled lines below the title in which its date stands
_LONGEST_DATE = 40
_LONGEST_TITLE = 250
_TELLING = frozenset({"målgrupp", "syfte", "utvärdering"})


class Narrative(NamedTuple):
    """A page of a narrative layout.

    Attributes:
        layout: The layout.
        title: Its title's place, if one was found.
        date: The line and span of its date, if it prints one.
        published: The date, where it names a day.
        begin: The line where its prose begins.
        unsure: Whether nothing but its site and date tells it, as with news of that site.
    """

    layout: Layout
    title: Title | None
    date: Title | None
    published: PartialDate | None
    begin: int
    unsure: bool


def detect_narrative(
    lines: Lines, first: int, stop: int, heading: str | None
) -> Narrative | None:
    """Return the narrative page in the lines from ``first`` before ``stop``, if it is one.

    With its site's line, a page needs its date below theme and title, or one of the
    headings that only such pages have; without it, several of their headings.
    """
    for layout in all_layouts():
        if layout.style is Style.NARRATIVE:
            page = _read(layout, lines, first, stop, heading)
            if page is not None:
                return page
    return None


def detect_narrative_above(
    lines: Lines, first: int, labelled: int, stop: int, heading: str | None
) -> Narrative | None:
    """Return the narrative page that begins above the first label, in line ``labelled``.

    Where the site's line and what tells its pages stand there, labels further down are a
    fact box of the page or the menu at its foot.
    """
    for layout in all_layouts():
        if layout.style is not Style.NARRATIVE:
            continue
        if _site_line(layout, lines, first, labelled) is None:
            continue
        if _read(layout, lines, first, labelled, heading) is not None:
            return _read(layout, lines, first, stop, heading)
    return None


def _read(
    layout: Layout, lines: Lines, first: int, stop: int, heading: str | None
) -> Narrative | None:
    site = _site_line(layout, lines, first, stop)
    strong, telling = _headings(lines, first, stop)
    few = strong < 1 or strong + telling < layout.minimum_headings
    if site is None and few:  # as on most pages of the web
        return None
    top = first if site is None else site + 1
    title = _title(lines, top, stop, heading)
    below = top if title is None else title.line + 1
    date, published = _date(lines, below, stop)
    if site is not None and strong < 1 and not (date and date.line > below):
        return None
    begin = (date.line + 1) if date else below
    return Narrative(layout, title, date, published, begin, unsure=strong + telling == 0)


def _site_line(layout: Layout, lines: Lines, first: int, stop: int) -> int | None:
    """Return the line in which the site names itself."""
    filled = 0
    for number in range(first, stop):
        words = lines.words[number].strip()
        if not words:
            continue
        if _names_site(fold(words), layout):
            return number
        filled += 1
        if filled >= _SITE_WITHIN:
            return None
    return None


def _names_site(folded: str, layout: Layout) -> bool:
    """Return whether a folded line names the site; prose lacks its first word as a rule."""
    return any(
        site.partition(" ")[0] in folded and begins_words(site, folded) for site in layout.site
    )


def _headings(lines: Lines, first: int, stop: int) -> tuple[int, int]:
    """Count the headings that only such pages have, and those that they share."""
    strong, telling = set(), set()
    for number in range(first, stop):
        words = lines.words[number]
        if not words or len(words) > _LONGEST_DATE:
            continue
        known = as_heading(words)
        if known is None:
            continue
        key = fold(known.words)
        if known.role == "practice" and key not in _TELLING:
            strong.add(key)
        elif key in _TELLING:
            telling.add(key)
    return len(strong), len(telling)


def _title(lines: Lines, first: int, stop: int, heading: str | None) -> Title | None:
    """Return the page's main heading, else its first line that is not furniture."""
    if heading:
        title = find_title(lines, first, stop, heading)
        if title is not None and fold(lines.text[title.start : title.end]) == fold(heading):
            return title
    for number in range(first, stop):
        words = lines.words[number].strip()
        if not words or is_chrome(words):
            continue
        if len(words) > _LONGEST_TITLE:
            return None
        title = find_title(lines, number, number + 1, None)
        if title is not None:
            return title
    return None


def _date(lines: Lines, first: int, stop: int) -> tuple[Title | None, PartialDate | None]:
    """Return the date that stands alone on one of the first lines below the title."""
    filled = 0
    for number in range(first, stop):
        start, end = lines.content(number)
        if start == end:
            continue
        filled += 1
        if filled > _DATE_WITHIN:
            break
        if end - start <= _LONGEST_DATE:
            date = read_date(lines.text[start:end])
            if isinstance(date, PartialDate) and date.as_date() is not None:
                return Title(start, end, number), date
    return None, None
