"""Words in plain letters, each with its place in the words as printed."""

import unicodedata

from esfkit.vocabulary.fold import INVISIBLE

_DASHES = frozenset("\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u2192\u27f6\u21d2")
_INVISIBLE = frozenset(f"\0{INVISIBLE}")
_PLAIN_LETTERS = {"å": "a", "ä": "a", "æ": "a", "ö": "o", "ø": "o"}


def flatten(words: str) -> tuple[str, list[int]]:
    """Return the words in plain letters, and for each letter its place in the words.

    Dashes and arrows become hyphens, runs of blanks one blank, and letters lose
    case and marks; invisible characters disappear.
    """
    flat: list[str] = []
    places: list[int] = []
    for place, character in enumerate(words):
        plain = _plain(character)
        if not plain or (plain == " " and (not flat or flat[-1] == " ")):
            continue
        flat.append(plain)
        places.append(place)
    return "".join(flat).rstrip(" "), places


def _plain(character: str) -> str:
    """Return a character in the form in which dates are compared: one letter or none."""
    if "!" <= character <= "@":
        return character
    if character.isspace():
        return " "
    if character in _DASHES:
        return "-"
    if character in _INVISIBLE or unicodedata.combining(character):
        return ""
    lower = character.lower()
    return _PLAIN_LETTERS.get(lower, lower) if len(lower) == 1 else character
