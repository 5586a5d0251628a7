"""Printed words → a number of persons, and the split of it into women and men.

::

    count     = [hedge] ["totalt"] whole [unit] ["totalt"] [split | remark]
    whole     = digits | groups of three parted by spaces, full stops or commas
    unit      = "personer" | "deltagare" | "individer" | "st" …
    split     = "(" parts ")" | "(" women/men ")" | [","] "varav" parts
    parts     = digits "kvinnor" [joint digits "män"], in either order
    women/men = digits "/" digits

A second figure beside the count is read only where it says what it is a part of, and two
parts only where they add up: ``120 (60/70)`` contradicts itself.
"""

import re
from typing import NamedTuple

from esfkit.model.finding import Problem
from esfkit.values.flat import flatten
from esfkit.values.hedges import without_hedge
from esfkit.values.nullwords import LONGEST_VALUE, stated_in_digits
from esfkit.values.remarks import changes_the_figure, part_remark
from esfkit.vocabulary.fold import fold


class Part(NamedTuple):
    """Women or men among a number of persons.

    Attributes:
        persons: How many.
        at: Where the figure stands in the words, half open.
    """

    persons: int
    at: tuple[int, int]


class Split(NamedTuple):
    """The parts of a number of persons that the words name."""

    women: Part | None
    men: Part | None


_NO_SPLIT = Split(None, None)

_MOST_DIGITS = 9
"""More persons than a thousand million is a telephone or organisation number."""

_WHOLE = (
    r"(?:0|[1-9][0-9]{0,8}|[1-9][0-9]{0,2}(?: [0-9]{3}){1,2}"
    r"|[1-9][0-9]{0,2}(?:\.[0-9]{3}){1,2}|[1-9][0-9]{0,2}(?:,[0-9]{3}){1,2})"
)
_UNIT = (
    r"(?:personer|person|pers\.?|deltagare|individer|individ|stycken|st\.?"
    r"|persons|people|participants)"
)
_IN_ALL = "(?:totalt|sammanlagt|in total)"

_COUNT = re.compile(rf"(?:{_IN_ALL} )?({_WHOLE})(?: ?{_UNIT})?(?: {_IN_ALL})?")

_BAD_GROUPS = re.compile(r"[0-9]{1,9}(?: [0-9]{1,9}){1,5}")

_WOMEN_MEN = re.compile(
    r"(0|[1-9][0-9]{0,8})(?: kvinnor)? ?/ ?(0|[1-9][0-9]{0,8})(?: män)?",
)

_FIGURE = "(0|[1-9][0-9]{0,8})"
_WOMEN, _MEN = "(?:kvinnor|kv|women)", "(?:man|men)"
_JOINT = "(?: ?[,/+&] ?| och | and |, och )"
_PARTS_SHAPES = (
    (rf"{_FIGURE} ?{_WOMEN}{_JOINT}{_FIGURE} ?{_MEN}", "wm"),
    (rf"{_FIGURE} ?{_MEN}{_JOINT}{_FIGURE} ?{_WOMEN}", "mw"),
    (rf"{_WOMEN}:? {_FIGURE}{_JOINT}{_MEN}:? {_FIGURE}", "wm"),
    (rf"{_MEN}:? {_FIGURE}{_JOINT}{_WOMEN}:? {_FIGURE}", "mw"),
    (rf"{_FIGURE} ?{_WOMEN}", "w"),
    (rf"{_FIGURE} ?{_MEN}", "m"),
)
_SPLITS = tuple(
    (re.compile(rf"(?: \((?:varav )?|,? varav ){shape}\.?\)?\Z"), order)
    for shape, order in _PARTS_SHAPES
)
"""In plain letters (:mod:`esfkit.values.flat`): ``120 (60 kvinnor, 60 man)``."""

_PERCENTS = re.compile(r"[0-9]{1,3}(?:[.,][0-9]{1,2})? ?(?:%|procent)")
_OF_THEM = ("varav ", "därav ", "of which ")

_NO_MARKS = str.maketrans("", "", " .,")


def read_count(words: str) -> int | Problem | None:
    """Read a number of persons such as ``11650``, ``1 200`` or ``250 deltagare``; 0 is real."""
    if words.isdigit() and words.isascii() and (words[0] != "0" or words == "0"):
        return int(words) if len(words) <= _MOST_DIGITS else Problem.UNREADABLE_VALUE
    folded = stated_in_digits(words)
    if folded is None or isinstance(folded, Problem):
        return folded
    split, begin = _split_behind(words)
    if split is not None:
        total = _read_folded(fold(words[:begin]))
        return total if _fits(split, total) else Problem.UNREADABLE_VALUE
    bare, remark = part_remark(folded)
    total = _read_folded(bare)
    if remark and isinstance(total, int) and not _is_harmless(remark, total):
        return Problem.UNREADABLE_VALUE
    return total


def read_split(words: str) -> Split:
    """Read the women and men that words name behind a number of persons.

    ``240 (120 kvinnor, 120 män)`` and ``120 varav 60 kvinnor`` name them; of the bare
    figures in ``240 (120/120)`` the words do not say which are which.
    """
    if not words.isdigit() and isinstance(read_count(words), int):
        split, _ = _split_behind(words)
        if split is not None:
            return split
    return _NO_SPLIT


def read_women_men(words: str) -> tuple[int, int] | None:
    """Read a split such as ``400/400``: women first, as the pages print it."""
    if len(words) > LONGEST_VALUE:
        return None
    split = _WOMEN_MEN.fullmatch(fold(words))
    return None if split is None else (int(split[1]), int(split[2]))


def _read_folded(folded: str) -> int | Problem:
    bare, _ = without_hedge(folded)
    count = _COUNT.fullmatch(bare)
    if count is not None:
        return int(count[1].translate(_NO_MARKS))
    return Problem.DIGITS_LOST if _BAD_GROUPS.fullmatch(bare) else Problem.UNREADABLE_VALUE


def _split_behind(words: str) -> tuple[Split | None, int]:
    """Return the split that words end in, and where in the words it begins."""
    flat, places = flatten(words)
    for pattern, order in _SPLITS:
        found = pattern.search(flat)
        if found is not None:
            parts = {
                sex: Part(int(found[group]), (places[start], places[end - 1] + 1))
                for group, sex in enumerate(order, start=1)
                for start, end in (found.span(group),)
            }
            return Split(parts.get("w"), parts.get("m")), places[found.start()]
    return None, len(words)


def _fits(split: Split, total: int | Problem) -> bool:
    """Tell whether two parts add up to the whole, or one part is no more than it."""
    counts = [part.persons for part in split if part is not None]
    if isinstance(total, Problem):
        return False
    return sum(counts) == total if len(counts) > 1 else sum(counts) <= total


def _is_harmless(remark: str, total: int) -> bool:
    """Tell whether a count is what it says without its remark."""
    if changes_the_figure(remark):
        return False
    halves = read_women_men(remark)
    if halves is not None:
        return sum(halves) == total
    has_figures = any(mark.isdigit() for mark in _PERCENTS.sub("", remark))
    return not has_figures or remark.startswith(_OF_THEM)
