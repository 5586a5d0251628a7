"""One header that a page break on paper cut in two."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import Final

from esfkit.parsing.header import Header, cut_headers
from esfkit.parsing.lines import Lines, line_at
from esfkit.parsing.main_form import Readable
from esfkit.parsing.scan import Hit
from esfkit.vocabulary.headings import is_chrome

_IDENTITY: Final = frozenset({"project_number", "call_number", "owner", "title", "phase"})
_WIDEST_BREAK = 4  # filled lines at a break: number and name of either page
_FARTHEST_BREAK = 600  # characters from a break to the first label below it
_LONGEST_UPPER = 6000  # characters of a page above a break


def joined(
    headers: Sequence[Header], hits: Sequence[Hit], lines: Lines, readable: Readable
) -> list[Header]:
    """Return the headers, those that print no identity joined to the labels a page before.

    Between the two stands a form feed, and nothing but what paper has at the edges of a
    page. The upper part may have been passed over: alone it looked like a fact box.
    """
    whole: list[Header] = []
    for header in headers:
        upper = None if _is_identified(header) else _upper_part(header, hits, lines, readable)
        if upper is None or any(each.end > upper.end for each in whole[-1:]):
            whole.append(header)
            continue
        if whole and whole[-1].end > upper.start:
            whole.pop()
        whole.append(_join(upper, header, lines))
    return whole


def _is_identified(header: Header) -> bool:
    return any(found.label.field in _IDENTITY for found in header.found)


def _upper_part(
    lower: Header, hits: Sequence[Hit], lines: Lines, readable: Readable
) -> Header | None:
    """Return the header just above the page break above another, if they are one."""
    text = lines.text
    feed = text.rfind("\f", max(0, lower.start - _FARTHEST_BREAK), lower.start)
    if feed < 0:
        return None
    top = text.rfind("\f", max(0, feed - _LONGEST_UPPER), feed) + 1
    begin, stop = (bisect_left(hits, place, key=_start) for place in (top, feed))
    uppers = list(cut_headers(list(hits[begin:stop]), lines, readable))
    if not uppers or not _is_identified(uppers[-1]):
        return None
    upper = uppers[-1]
    keys = {found.label.key for found in upper.found}
    if upper.form is not lower.form or keys & {found.label.key for found in lower.found}:
        return None
    between = len(list(_between(upper, lower, lines)))
    return upper if between <= _WIDEST_BREAK else None


def _start(hit: Hit) -> int:
    return hit.start


def _join(upper: Header, lower: Header, lines: Lines) -> Header:
    """Return both parts as one header; the edges of the pages are no value of it."""
    edges = [
        lines.content(number)
        for number in _between(upper, lower, lines)
        if not is_chrome(lines.words[number])
    ]
    return upper._replace(
        found=(*upper.found, *lower.found),
        end=lower.end,
        stray=(*upper.stray, *edges, *lower.stray),
    )


def _between(upper: Header, lower: Header, lines: Lines) -> Iterator[int]:
    """Yield the filled lines between two parts."""
    for number in range(line_at(lines, upper.end) + 1, lower.first_line):
        if not lines.is_blank(number):
            yield number
