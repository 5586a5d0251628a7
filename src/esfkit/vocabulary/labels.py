"""Labels: printed words → field. One table for finding and reading them."""

import re
import unicodedata
from collections.abc import Mapping
from functools import cache
from typing import Final, NamedTuple

from esfkit.vocabulary.fold import INVISIBLE, fold
from esfkit.vocabulary.tables import read_table

NOT_KEPT: Final = "not_kept"
"""The field of labels that are known and whose values no column keeps; users name it."""

_START = 4  # letters of a line that decide whether it may begin with a label
_INVISIBLE = f"[{INVISIBLE}]"
_HOLDS_INVISIBLE = re.compile(_INVISIBLE)


class Label(NamedTuple):
    """One printed label.

    Attributes:
        field: What it names; see ``parsing/fields.py`` for how it is read.
        language: ``sv`` or ``en``.
        words: The label as printed on the pages.
        section: Where it means this: empty for everywhere, ``generic`` for words that
            are labels only in layouts that name the field, ``value`` for words that are
            a label only with a value beside them and a section line otherwise.
        key: The folded words.
    """

    field: str
    language: str
    words: str
    section: str
    key: str


class LabelTable(NamedTuple):
    """Every way in which a label is looked up.

    Attributes:
        by_key: Folded words → label.
        exact: Words as printed, with and without colon, as written and in capitals → label.
        starts: The first letters of every label in every case; a line whose first
            letters are ordinary and not among these begins with no label.
        beginnings: Folded labels that longer labels begin with, as ``projektägare``.
        longest: Letters of the longest label.
    """

    by_key: Mapping[str, Label]
    exact: Mapping[str, Label]
    starts: frozenset[str]
    beginnings: frozenset[str]
    longest: int


def read_labels() -> tuple[Label, ...]:
    """Return every row of ``labels.csv``, in file order."""
    return tuple(
        Label(row["field"], row["language"], row["label"], row["section"], fold(row["label"]))
        for row in read_table("labels")
    )


@cache
def label_table() -> LabelTable:
    """Return the table of labels, built once from ``labels.csv``."""
    labels = read_labels()
    return LabelTable(
        by_key={label.key: label for label in labels},
        exact={form: label for label in labels for form in _printed_forms(label.words)},
        starts=frozenset(
            unicodedata.normalize(form, case)[:_START]
            for label in labels
            for case in (label.words, label.words.upper(), label.words.lower())
            for form in ("NFC", "NFD")
        ),
        beginnings=frozenset(
            one.key for one in labels for other in labels if other.key.startswith(f"{one.key} ")
        ),
        longest=max(len(label.words) for label in labels),
    )


def holds_invisible(words: str) -> bool:
    """Return whether soft hyphens or zero width characters stand among the words."""
    return not words.isascii() and _HOLDS_INVISIBLE.search(words) is not None


@cache
def label_start(*, invisible: bool) -> re.Pattern[str]:
    """Return the pattern that matches a label at a place, whatever follows it.

    Args:
        invisible: Whether soft hyphens and zero width characters may stand between
            its letters. That pattern takes long to compile; ask for it only for a
            text that holds such characters.
    """
    return re.compile(_alternation(invisible=invisible), re.IGNORECASE)


@cache
def label_within(*, invisible: bool) -> re.Pattern[str]:
    """Return the pattern that finds labels in a running line, each after a blank."""
    initials = "".join(sorted({label.words[0] for label in read_labels()}))
    begin = rf"(?:(?<=[ \t\u00a0*>|•·\n\r\f\u0085\u2028\u2029])|^)(?=[{initials}])"
    pattern = f"{begin}(?:{_alternation(invisible=invisible)})"
    return re.compile(pattern, re.IGNORECASE)


def _printed_forms(words: str) -> tuple[str, ...]:
    return (words, f"{words}:", words.upper(), f"{words.upper()}:")


class _Branch(dict[str, "_Branch"]):
    """What may follow the letters so far: letter → what may follow that one."""

    ends = False  # whether a label ends here


def _alternation(*, invisible: bool) -> str:
    """Return a pattern of all labels, of which the longest matches, so that none hides another.

    Beginnings that labels share stand in it once: a word that begins no label is passed
    over three times as fast as if each label were tried.
    """
    trunk = _Branch()
    for label in read_labels():
        branch = trunk
        for letter in label.words.lower():
            branch = branch.setdefault(_letter(letter, invisible), _Branch())
        branch.ends = True
    return _pattern_of(trunk)


def _pattern_of(branch: _Branch) -> str:
    if not branch:
        return ""
    ways = "|".join(letter + _pattern_of(after) for letter, after in branch.items())
    return f"(?:{ways}){'?' if branch.ends else ''}"


def _letter(letter: str, invisible: bool) -> str:  # noqa: FBT001 - private, one caller
    """Return a pattern for a letter in any Unicode form, kind of blank and kind of dash."""
    after = f"{_INVISIBLE}?" if invisible else ""
    if letter == " ":
        return "[ \t\u00a0\u2009\u202f]{1,3}" + after
    if letter == "-":
        return "[-\u2010-\u2013]" + after
    decomposed = unicodedata.normalize("NFD", letter)
    if decomposed != letter:
        return f"(?:{letter}|{decomposed}){after}"
    return re.escape(letter) + after
