"""The cells of a line, where tabs, bars or wide gaps divide it."""

import re
from itertools import pairwise

from esfkit.vocabulary.fold import fold
from esfkit.vocabulary.labels import label_table

BARS = "|│┃║"
"""What divides the cells of a table that is drawn with characters."""

_CUT = re.compile(rf"\t+|[{BARS}]| {{2,}}")
_LONGEST_LABEL = 70


def is_in_cells(words: str) -> bool:
    """Return whether anything in a line may divide cells."""
    if "\t" in words or "|" in words or "  " in words:
        return True
    return not words.isascii() and ("│" in words or "┃" in words or "║" in words)


def cut_cells(words: str) -> list[tuple[int, int]]:
    """Return the spans of a line's cells.

    Blanks alone divide the first cell from the next, and a label with a colon from
    what stands around it: figures and names hold blanks too.
    """
    cuts = list(_CUT.finditer(words))
    bounds = [(0, 0), *(cut.span() for cut in cuts), (len(words), len(words))]
    cells = [(one[1], other[0]) for one, other in pairwise(bounds)]
    begin, spans = 0, []
    for place, cut in enumerate(cuts):
        if cut.group()[0] == " " and begin > 0:
            before, after = cells[place], cells[place + 1]
            if not (_is_keyed(words[slice(*before)]) or _is_keyed(words[slice(*after)])):
                continue
        spans.append((begin, cut.start()))
        begin = cut.end()
    return [*spans, (begin, len(words))]


def _is_keyed(cell: str) -> bool:
    """Return whether a cell is a label with a colon, or begins with one."""
    label, colon, _ = cell[:_LONGEST_LABEL].partition(":")
    return bool(colon) and fold(label) in label_table().by_key
