"""Text from outside, made harmless for the place where it is shown.

The record keeps what was read; each writer calls the function of its format on its way
out. Error messages and paths are text from outside too.
"""

import re
import unicodedata
from functools import cache

from esfkit.dataset.cells import guarded

_ORDINARY = re.compile("[ -~\xa0-\xac\xae-\u02ff\u2010-\u2015\u2018-\u201e\u2026]*")

# Seen in ordinary web text, where they mean a place to break a word or nothing at all.
_DROPPED = frozenset("\xad\u200b\u200c\u200d\u2060\ufeff")

# Category Cf, but with a shape of their own: the Arabic number signs and their kin.
_VISIBLE_FORMATS = frozenset(
    "\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u0890\u0891\u08e2\U000110bd\U000110cd"
)

# As entities, because '|' ends a cell even after a backslash, and because '@', '://' and
# 'www.' make links of bare addresses.
_MARKDOWN = re.compile(r"(?i)[&<>|@]|:(?=//)|(?<=\bwww)\.|[\\`*_\[\]~$]|\A[-#+=]")
_ENTITIES = frozenset("&<>|@:.")


def for_terminal(text: str) -> str:
    r"""Return the text on one line, without anything that a terminal would obey.

    Line ends and tabs become spaces; invisible marks of width zero are dropped;
    every other control character, mark of direction and lone surrogate is spelled
    out, such as ``\x1b`` or ``\u202e``.
    """
    if _ORDINARY.fullmatch(text):
        return text
    return "".join(map(_shown, text))


def for_spreadsheet(text: str) -> str:
    """Return the text as a cell that no spreadsheet takes for a formula.

    Whichever of ``,`` ``;`` and tab the file is opened with. See
    :mod:`esfkit.dataset.cells` for how, and for the way back.
    """
    return guarded(text)


def for_markdown(text: str) -> str:
    """Return the text on one line, with nothing that Markdown or HTML would act on."""
    return _MARKDOWN.sub(_inert, for_terminal(text))


def _inert(found: re.Match[str]) -> str:
    mark = found[0]
    return f"&#{ord(mark)};" if mark in _ENTITIES else f"\\{mark}"


@cache
def _shown(character: str) -> str:
    if character in "\t\n\r\v\f\x85\u2028\u2029":
        return " "
    if character in _DROPPED:
        return ""
    if unicodedata.category(character) in ("Cc", "Cf", "Cs") and (
        character not in _VISIBLE_FORMATS
    ):
        return character.encode("unicode_escape").decode("ascii")
    return character
