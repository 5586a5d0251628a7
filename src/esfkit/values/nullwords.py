"""Words that stand where a value should, and say nothing.

Two kinds are kept apart. A null word (``saknas``, ``XX``, ``-``) is an author's
way of stating nothing. A remnant (``kr``, ``-- till --``, ``2010/ /06``) is what
a copy left behind that lost its digits: something was stated, and is gone.
"""

import re
import unicodedata
from string import ascii_letters, digits

from esfkit.model.finding import Problem
from esfkit.vocabulary.fold import fold

LONGEST_VALUE = 200
"""No typed value is longer; what is longer is prose that landed in the wrong place."""

_LONGEST_NULL = 40  # the longest null word has 18 letters; invisible ones may stand between

_NULL_WORDS = frozenset(
    (
        *("", "-", "...", "…", "?", "x", "xx", "xxx", "xxxx"),
        *("saknas", "uppgift saknas", "uppgifter saknas", "ingen uppgift", "värde saknas"),
        *(
            "ej angivet",
            "ej angiven",
            "ej angivna",
            "ej angett",
            "inte angivet",
            "inte angiven",
        ),
        *("ej tillgänglig", "ej tillgängligt", "okänd", "okänt", "ej aktuellt", "ej relevant"),
        *("tomt", "null", "none", "nan", "n.a.", "n.a", "n/a", "na", "not available"),
        *("not specified", "not stated", "unknown"),
    )
)

_OTHER_INITIALS = frozenset(ascii_letters + digits) - {
    unicodedata.normalize("NFD", case)[:1]
    for words in _NULL_WORDS
    for case in (words, words.upper())
}
"""With these no null word begins; the others' words are folded and looked up."""

_FRAMES = {"[": "]", "(": ")", "<": ">"}

_LEFT_WITHOUT_DIGITS = frozenset(
    (
        *("kr", "kronor", "sek", "eur", "euro", "tkr", "mkr", "mnkr", "msek", "meur"),
        *("tusen", "miljon", "miljoner", "milj", "miljard", "miljarder"),
        *("procent", "percent", "till", "til", "to", "och", "med", "tom", "t", "o", "m"),
        *("s", "st", "personer", "deltagare", "individer", "dnr"),
    )
)

_NO_WORD = str.maketrans(dict.fromkeys("-/.,:;()%€+_", " "))

_DIGITS_AND_JOINTS = re.compile(r"(?:till|[-0-9/. ]){2,40}")

_HOLE = re.compile(r"/ ?/|- -|till -|--\Z|\A--")


def says_nothing(words: str) -> bool:
    """Tell whether the words are empty or a null word such as ``UPPGIFT SAKNAS``."""
    words = words.strip()
    if len(words) > _LONGEST_NULL or words[:1] in _OTHER_INITIALS:
        return False
    return _is_null(fold(words))


def lost_digits(words: str) -> bool:
    """Tell whether the words are the remains of a value whose digits a copy lost.

    Such are ``kr``, ``%``, ``-- till --``, ``- - -``, ``/ /`` and ``2010/ /06``.
    A single dash is none: it is a null word.
    """
    words = words.strip()
    return len(words) <= LONGEST_VALUE and _is_remnant(fold(words))


def stated(words: str) -> str | Problem | None:
    """Return the folded words if they say something.

    Returns:
        The words in the form of :func:`esfkit.vocabulary.fold.fold`; a problem
        where they are too long for a value; ``None`` where they say nothing.
    """
    words = words.strip()
    if len(words) > LONGEST_VALUE:
        return Problem.UNREADABLE_VALUE
    folded = fold(words)
    return None if _is_null(folded) else folded


def stated_in_digits(words: str) -> str | Problem | None:
    """Return the folded words of a value that is written in digits.

    Returns:
        As :func:`stated`, but a problem also where a copy lost the digits.
    """
    folded = stated(words)
    if folded is None or isinstance(folded, Problem):
        return folded
    return Problem.DIGITS_LOST if _is_remnant(folded) else folded


def _is_null(folded: str) -> bool:
    if folded in _NULL_WORDS or not folded.strip("_ "):  # a form that nobody filled in
        return True
    if _FRAMES.get(folded[0]) == folded[-1]:
        return folded[1:-1].strip() in _NULL_WORDS
    return bool(bare := folded.rstrip(".!")) and bare in _NULL_WORDS


def _is_remnant(folded: str) -> bool:
    if _is_null(folded):
        return False
    if _DIGITS_AND_JOINTS.fullmatch(folded) and _HOLE.search(folded):
        return True
    return _LEFT_WITHOUT_DIGITS.issuperset(folded.translate(_NO_WORD).split())
