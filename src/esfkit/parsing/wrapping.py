"""Whether a value goes on in the next line, because a copy wrapped it there."""

import re
from collections.abc import Sequence
from typing import NamedTuple, Self

from esfkit.parsing.lines import Lines
from esfkit.parsing.main_form import Readable
from esfkit.parsing.scan import Form, Hit

_MONEY = frozenset({"total_budget", "esf_support", "call_amount"})
_MORE_DIGITS = re.compile("[0-9]{3}(?:[ \u00a0\u202f][0-9]{3}){0,4}(?:[ \u00a0\u202f]?kr)?")
_JOINTS = ("-", "–", "—", "→", "till", "t.o.m.", ",")  # a value that ends so goes on
_OPEN_ENDS = (",", "-", "–", "/", "&")  # so do words that end so, or in one of these words
_OPEN_WORDS = frozenset(("och", "för", "i", "av", "med", "till", "på", "inom", "samt", "vid"))
_SHORTEST_WRAPPED = 20  # nobody wraps a line before this column

_KEYED = re.compile(r"[A-ZÅÄÖ][^:]{1,40}:(?:\s|\Z)")
_GLUED = re.compile(r"[A-ZÅÄÖ][a-zåäö-]{1,30}(?: [a-zåäö-]{1,20}){0,3}(?<=[a-zåäö])[A-ZÅÄÖ0-9]")
"""A label that nobody knows, with its value: in a copy no word has a capital within."""

_REST_OF_ADDRESS = re.compile(r"(?!www\.)(?=[^a-z]{0,40}+[a-z])[a-z0-9.-]{1,60}")


class Room(NamedTuple):
    """How much stands in the lines of one header: a copy wraps none that has room left.

    Attributes:
        value: Letters of the longest value in one line.
        line: Letters of the longest line.
    """

    value: int
    line: int

    @classmethod
    def of(cls, hits: Sequence[Hit], lines: Lines) -> Self:
        """Return the room of a header; below its last label prose may stand."""
        values, whole = [0], [0]
        for hit in hits:
            if hit.value_end > hit.value_start:
                values.append(hit.value_end - hit.value_start)
                whole.append(len(lines.words[hit.line].strip()))
            elif hit is not hits[-1]:
                below = lines.first_filled(hit.line + 1, len(lines.words) - 1)
                values.append(len(lines.words[below].strip()))
        return cls(max(values), max(*values, *whole))

    def is_taken(self, value: str, line: str, second: str) -> bool:
        """Return whether the first word of the second line had no room in the first."""
        word = 1 + len(second.split(maxsplit=1)[0])
        return len(value) + word > self.value or len(line) + word > self.line


def figure_goes_on(field: str, first: str, both: str, readable: Readable) -> bool:
    """Return whether a figure, date, code or address goes on in the next line.

    It does if only both lines together can be read. An address that a copy cut is taken
    with its rest and gives no value: nobody can say how the two were one.
    """
    second = both[len(first) :].strip()
    if field == "email" and "@" in first and _REST_OF_ADDRESS.fullmatch(second):
        return True
    if readable(field, first) and not (first.endswith(_JOINTS) or second.startswith(_JOINTS)):
        return field in _MONEY and _MORE_DIGITS.fullmatch(second) is not None
    return readable(field, both) is True


def words_go_on(first: str, second: str, form: Form) -> bool | None:
    """Return whether words such as a name go on; ``None`` where the room must tell."""
    if _is_unknown_label(second, form):
        return False
    if first.endswith(","):
        return True
    if len(first) < _SHORTEST_WRAPPED:
        return False
    ends_open = first.endswith(_OPEN_ENDS) or first.rsplit(maxsplit=1)[-1] in _OPEN_WORDS
    return True if ends_open or second[0].islower() else None


def _is_unknown_label(words: str, form: Form) -> bool:
    """Return whether a line looks like a label that is in no vocabulary, with its value."""
    if _KEYED.match(words) or "www." in words or "://" in words:
        return True
    return form is Form.GLUED and _GLUED.match(words) is not None
