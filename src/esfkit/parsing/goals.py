"""Lines of a goals section → participant targets.

::

    target = label figure | label ⏎ figure
    label  = "Antal" (adjectives) "deltagare" …, with a colon, a dash or a cell's edge behind it
    figure = count [split] | count ⏎ split | count ⏎ women ⏎ men
    split  = women "/" men | women "kvinnor" [men "män"], in brackets, behind "varav" or a comma
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from esfkit.model.record import ParticipantTarget
from esfkit.parsing.bullets import without_bullet
from esfkit.parsing.lines import on_one_line
from esfkit.values.count import read_count, read_women_men
from esfkit.vocabulary.fold import fold

LINES_OF_A_TARGET = 5
"""Label on two lines, total, women, men."""

_LONGEST_LABEL = 120
_LONGEST_FIGURE = 60
_SHORTEST_WRAPPED = 25  # a label's first line is not broken before this column
_BEFORE_NUMBER = 2  # words before "antal": "Det totala antalet deltagare"
_BEFORE_PERSONS = 5  # words from "antal" to "deltagare"
_MARKUP = " \t\u00a0*_|"
_NUMBER = frozenset({"antal", "antalet"})
_PERSONS = re.compile("[a-zåäö-]{0,40}deltagar(?:e|en|na|nas|es|ens)")
_PARTING = frozenset(
    (
        *("per", "för", "med", "från", "till", "i", "hos", "bland", "som", "på", "där"),
        *("vars", "åt", "och", "vid", "under", "utan", "mellan"),
    )
)
"""Behind these stands another noun: ``Antal timmar per deltagare`` counts hours."""

_DASH = re.compile("[ \u00a0][–—-][ \u00a0]")
_CELL = re.compile("[\t|]")
_FIGURE = re.compile("[ \u00a0](?=[0-9])")
_OF_THEM = ("varav", "därav")
_OPENS_SPLIT = re.compile(r"[(,;]| varav | därav | (?=[0-9]{1,6} ?/)")
_TOKENS = re.compile(r"[0-9]+|[^\W\d_]+|[^\w\s.,:;()]")
_SHARES = re.compile("[0-9]{1,6} ?/ ?[0-9]{1,6}")
_IGNORED = frozenset((*_OF_THEM, "och", "samt", "&"))
_WOMEN = frozenset({"kvinnor", "kvinna", "kv", "k"})
_MEN = frozenset({"män", "man", "m"})
_UNITS = (" st", " st.")  # other units end sentences as well


class Figure(NamedTuple):
    """A number of persons with the women and men among them, where told."""

    total: int
    women: int | None = None
    men: int | None = None


def names_participants(label: str) -> bool:
    """Return whether words name a number of participants, and not of their hours or days."""
    words = fold(label).split() if len(label) <= _LONGEST_LABEL else []
    for place, word in enumerate(words[: _BEFORE_NUMBER + 1]):
        if word in _NUMBER:
            return _counts_persons(words[place + 1 : place + 1 + _BEFORE_PERSONS])
    return False


def _counts_persons(words: Sequence[str]) -> bool:
    for word in words:
        bare = word.strip("(),.:").partition("/")[0]
        if _PERSONS.fullmatch(bare):
            return True
        if bare in _PARTING:
            return False
    return False


def read_target(printed: Sequence[str]) -> ParticipantTarget | None:
    """Read the target that begins in the first of some lines, if one does.

    Args:
        printed: A line of a goals section and the filled ones below it.
    """
    line, *below = [without_bullet(words) for words in printed[:LINES_OF_A_TARGET]]
    label, beside = _label_and_figure(line)
    if not names_participants(label):
        return None
    if beside:
        return _target(label, beside, below)
    if not below:
        return None
    target = _target(label, below[0], below[1:])
    if target is None and len(below) > 1 and _is_wrapped(label, below[0]):
        return _target(f"{label} {below[0]}", below[1], below[2:])
    return target


def _label_and_figure(line: str) -> tuple[str, str]:
    """Cut a line at a colon or cell, or before a figure that proves itself."""
    line = line.strip(_MARKUP)
    label, colon, rest = line.partition(":")
    if not colon:
        label, *cells = _CELL.split(line, maxsplit=1)
        rest = cells[0] if cells else ""
    if rest.strip(_MARKUP):
        return label.strip(_MARKUP), _first_cells(rest.strip(_MARKUP))
    dash, blank = _DASH.search(line), _FIGURE.search(line)
    if dash is not None and read_figure(line[dash.end() :]) is not None:
        return line[: dash.start()], line[dash.end() :]
    if blank is not None and _proves_itself(line[blank.end() :]):
        return line[: blank.start()], line[blank.end() :]
    return label.strip(_MARKUP), ""


def _first_cells(words: str) -> str:
    """Return the first cell of a table's row, with the split where the second is one."""
    cells = [cell.strip(_MARKUP) for cell in _CELL.split(words)[:2]]
    return " ".join(cells) if "/" in cells[-1] else cells[0]


def _proves_itself(words: str) -> bool:
    """Return whether words behind a label are its figure and no part of its name."""
    figure = read_figure(words)
    return figure is not None and (figure.women is not None or words.endswith(_UNITS))


def _is_wrapped(label: str, second: str) -> bool:
    """Return whether a label goes on in the next line."""
    goes_on = second[:1].islower() and not second.casefold().startswith(_OF_THEM)
    return goes_on and len(label) >= _SHORTEST_WRAPPED and ":" not in second


def _target(label: str, words: str, below: Sequence[str]) -> ParticipantTarget | None:
    figure = read_figure(words)
    if figure is None:
        return None
    if figure.women is None and figure.men is None:
        figure = _split_below(figure, below)
    return ParticipantTarget(label=on_one_line(label), **figure._asdict())


def read_figure(words: str) -> Figure | None:
    """Read a count with or without its split: ``60 (30/30)``, ``60 varav 40 kvinnor``."""
    folded = fold(words) if len(words) <= _LONGEST_FIGURE else ""
    for opening in _OPENS_SPLIT.finditer(folded):
        total = read_count(folded[: opening.start()])
        tail = folded[opening.start() :].strip("( ,;)")
        if isinstance(total, int):
            told = tail.startswith(_OF_THEM) or _SHARES.fullmatch(tail) is not None
            figure = _with_split(total, tail) or (Figure(total) if told else None)
            if figure is not None:
                return figure
    total = read_count(words)
    return Figure(total) if isinstance(total, int) else None


def _split_below(figure: Figure, below: Sequence[str]) -> Figure:
    """Return the figure with the split on the next line, or on the next two."""
    if not below:
        return figure
    pair = read_women_men(below[0])
    if pair is not None:
        return Figure(figure.total, *pair)
    for words in (" ".join(below[:2]), below[0]):
        if len(words) <= _LONGEST_FIGURE and "/" not in words:
            found = _with_split(figure.total, fold(words))
            if found is not None:
                return found
    return figure


def _with_split(total: int, folded: str) -> Figure | None:
    """Return a count with the split that some words tell, and nothing else.

    Two bare figures are women and men only if they add up to the count.
    """
    match [each for each in _TOKENS.findall(folded) if each not in _IGNORED]:
        case [women, "/", men] if women.isdecimal() and men.isdecimal():
            found = Figure(total, int(women), int(men))
            return found if int(women) + int(men) == total else None
        case tokens:
            told = _told([each for each in tokens if each != "/"])
            return None if told is None else Figure(total, *told)


def _told(tokens: Sequence[str]) -> tuple[int | None, int | None] | None:
    """Return women and men from pairs of a figure and a word, in either order."""
    told: dict[str, int] = {}
    for first, second in zip(tokens[::2], tokens[1::2], strict=False):
        figure, word = (first, second) if first.isdecimal() else (second, first)
        sex = "women" if word in _WOMEN else "men" if word in _MEN else ""
        if not figure.isdecimal() or not sex or sex in told:
            return None
        told[sex] = int(figure)
    if not told or len(tokens) != 2 * len(told):
        return None
    return told.get("women"), told.get("men")
