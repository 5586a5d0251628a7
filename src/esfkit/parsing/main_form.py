"""Of a record's labels, those in the form that most have; prose imitates only some."""

from collections import Counter
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import NamedTuple

from esfkit.parsing.boundaries import has_blank
from esfkit.parsing.lines import Lines
from esfkit.parsing.scan import Form, Hit
from esfkit.vocabulary.headings import is_chrome

FEWEST = 2
"""A lone label is no header."""

_NAMING = frozenset({"title", "owner", "contact_person", "email", "phone", "postal_town"})
_DENSE = 4  # so many labels without a blank line between them are a header of their own
_MANY = 3  # labels of a block that goes on with a header beyond more than a blank line

Readable = Callable[[str, str], bool | None]
"""Whether words are a value of a field, where the place leaves doubt; ``None``: any are."""


class Group(NamedTuple):
    """The labels of one header.

    Attributes:
        form: The form that most of them have.
        hits: The labels, in order of place, each once.
    """

    form: Form
    hits: list[Hit]


def choose_form(group: Sequence[Hit], lines: Lines, readable: Readable) -> Group:
    """Return the hits in the form that most labels of the group have.

    A label alone on its line belongs to any form: there its value is missing.
    A ``label: value`` line among labels on lines of their own counts only where
    the label before it has its value already, for that line could be the value.
    """
    main = _most_labels(group, lines)
    chosen: list[Hit] = []
    for hit in group:
        fits = hit.form in (main, Form.OWN)
        if main is Form.OWN and hit.form is Form.INLINE:
            fits = bool(chosen) and hit.line > chosen[-1].line + 1 and hit is not group[-1]
        if fits:
            chosen.append(hit)
    chosen = _once(_in_main_block(chosen, lines), lines, readable)
    return Group(main, _without_loose_ends(chosen, lines, readable))


def _in_main_block(hits: list[Hit], lines: Lines) -> list[Hit]:
    """Return the hits without those that blank lines part from a dense header.

    Where labels follow each other without blank lines, one or two that stand apart
    are headings of the prose, and so are those that name what the header names too.
    """
    blocks: list[list[Hit]] = [hits[:1]]
    for one, other in pairwise(hits):
        if has_blank(one, other, lines):
            blocks.append([])
        blocks[-1].append(other)
    main = max(blocks, key=len)
    if len(main) < _DENSE or 2 * len(main) < len(hits):
        return hits
    kept: list[Hit] = []
    for block in blocks:
        if block is main or _continues(main, block, lines):
            kept.extend(block)
    return kept


def _continues(main: Sequence[Hit], block: Sequence[Hit], lines: Lines) -> bool:
    """Return whether labels beyond a blank line go on with a dense header.

    They do not where they name again what the header names, give a title, or are a
    list with bullets where the header is none; and where more than a blank line
    stands between, not where they are few or only name somebody.
    """
    fields = {hit.label.field for hit in block}
    if "title" in fields or {hit.label.key for hit in main} & {hit.label.key for hit in block}:
        return False
    if not _stands_next(main, block, lines) and (len(block) < _MANY or fields <= _NAMING):
        return False
    if len(block) == 1 and block[0].form is Form.OWN:
        return False
    indented = [hit.start > lines.starts[hit.line] for hit in (*main, *block)]
    return any(indented[: len(main)]) or not all(indented[len(main) :])


def _stands_next(main: Sequence[Hit], block: Sequence[Hit], lines: Lines) -> bool:
    """Return whether nothing but one value and blank lines stands between two blocks."""
    first, second = sorted((main, block), key=lambda hits: hits[0].line)
    one, other = first[-1], second[0]
    filled = sum(not lines.is_blank(number) for number in range(one.line + 1, other.line))
    return filled <= (1 if one.form is Form.OWN else 0)


def _most_labels(group: Sequence[Hit], lines: Lines) -> Form:
    """Return the form of most labels; those alone on a line over no value do not count."""
    forms = {hit.form for hit in group}
    if len(forms) == 1:
        return forms.pop()
    tally = Counter[Form]()
    for hit, following in zip(group, [*group[1:], None], strict=True):
        empty = hit.form is Form.OWN and not _has_line_below(hit, following, lines)
        tally[hit.form] += 0 if empty else 1
    return max(tally, key=lambda form: (tally[form], form is Form.OWN))


def _has_line_below(hit: Hit, following: Hit | None, lines: Lines) -> bool:
    """Return whether a line that could be a value stands between a label and the next one."""
    if following is None:
        return False
    first = lines.first_filled(hit.line + 1, following.line)
    return first < following.line and not is_chrome(lines.words[first])


def _without_loose_ends(hits: list[Hit], lines: Lines, readable: Readable) -> list[Hit]:
    """Return the hits without those at either end that a sentence of the prose made.

    Such a one stands apart, and its words are no value of its field.
    """
    while len(hits) > FEWEST and _stands_apart(hits[0], hits[1], hits[0], lines, readable):
        hits = hits[1:]
    while len(hits) > FEWEST and _stands_apart(hits[-2], hits[-1], hits[-1], lines, readable):
        hits = hits[:-1]
    return hits


def _stands_apart(one: Hit, other: Hit, loose: Hit, lines: Lines, readable: Readable) -> bool:
    if _has_value(loose, lines, readable) is not False:
        return False
    return has_blank(one, other, lines)


def _once(hits: list[Hit], lines: Lines, readable: Readable) -> list[Hit]:
    """Return the hits without labels met a second time.

    The first one is the header's, unless the words beside it are no value of its
    field and those beside the second are: a title may begin with a label's word.
    """
    kept: dict[str, Hit] = {}
    for hit in hits:
        key = hit.label.key
        if key not in kept or (
            _has_value(kept[key], lines, readable) is not True
            and _has_value(hit, lines, readable) is True
        ):
            kept[key] = hit
    if len(kept) == len(hits):
        return hits
    return sorted(kept.values(), key=lambda hit: hit.start)


def _has_value(hit: Hit, lines: Lines, readable: Readable) -> bool | None:
    """Return whether the words beside a label are its value; ``None`` where that is open."""
    words = lines.text[hit.value_start : hit.value_end]
    return readable(hit.label.field, words) if words else None
