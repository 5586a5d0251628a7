"""Which of the old one-byte encodings a Swedish text was written in.

Three were in use: Windows-1252, Mac Roman and code page 850. Each reads every
byte as *some* character, so only the characters that come out can tell them
apart. Statistical detectors fail on the short texts met here; knowing where å, ä
and ö stand in Swedish words does not.
"""

import re
from collections import Counter
from collections.abc import Callable
from itertools import islice

ENCODINGS = ("cp1252", "mac_roman", "cp850")
"""The candidates; the first wins a tie, being by far the most common."""

_SAMPLE = 4000
"""How many runs of bytes beyond ASCII are looked at; more would not change the verdict."""

_RUN = re.compile(rb"([\x00-\x7f]{0,2}[\x80-\xff]{1,64})(?=([\x00-\x7f]{0,2}))")

_BEYOND_ASCII = re.compile("[^\x00-\x7f]")

_OPENING = frozenset("„‚“‘”’»«")
_CLOSING = frozenset("”’“‘»«")
_DASHES = frozenset("–—")
_SIGNS = frozenset("•§°½¼¾²³´·×±©®™")
_FIGURE_SIGNS = frozenset("€£‰µ")
_FOREIGN_LOWER = frozenset("éèêëáàâíìîïóòôúùûüñçæøßšž")
_USUAL_FOREIGN = {"é": 1.2, "ü": 0.8, "è": 0.8, "à": 0.8}
_AFTER_FIRST_UMLAUT = frozenset("dgklmnrsv")
_BEFORE_LAST_UMLAUT = frozenset("dgjmnr")
"""Letters that make öst, ärt, miljö and Ekerö likelier than a quotation mark there."""


def best_encoding(data: bytes) -> tuple[str, float]:
    """Return the encoding that makes the bytes most like Swedish, and its score.

    A score below zero says that no reading looks like Swedish.
    """
    places = Counter(run + after for run, after in islice(_RUN.findall(data), _SAMPLE))
    scores = {encoding: _encoding_score(places, encoding) for encoding in ENCODINGS}
    best = max(ENCODINGS, key=scores.__getitem__)
    return best, scores[best]


def swedish_score(text: str) -> float:
    """Return how much the characters beyond ASCII look like Swedish, by their places."""
    padded = f" {text} "
    places = (found.start() for found in islice(_BEYOND_ASCII.finditer(padded), _SAMPLE))
    return sum(
        _character_score(padded[place - 1], padded[place], padded[place + 1])
        for place in places
    )


def _encoding_score(places: Counter[bytes], encoding: str) -> float:
    score, open_quotes = 0.0, 0
    for place, count in places.items():
        text = place.decode(encoding, "replace")
        score += count * swedish_score(text)
        open_quotes += count * _quotes_opened(f" {text} ")
    # Quotation marks come in pairs; one alone is more likely a letter read amiss.
    return score - 2 * abs(open_quotes)


def _quotes_opened(text: str) -> int:
    places = ((place, text[place]) for place in range(len(text)) if text[place] in "„“”")
    return sum(
        _quote_role(text[place - 1], character, text[place + 1]) for place, character in places
    )


def _quote_role(before: str, character: str, after: str) -> int:
    """Return 1 for a mark that opens a quotation, -1 for one that closes it, 0 for neither."""
    if character in _OPENING and not before.isalnum() and after.isalnum():
        return 1
    closes = character in _CLOSING and not before.isspace() and not after.isalnum()
    return -1 if closes else 0


def _character_score(before: str, character: str, after: str) -> float:
    for characters, score in _SCORES:
        if character in characters:
            return score(before, character, after)
    # Undefined bytes and control characters count most: no text holds them.
    return -3.0 if character.isprintable() else -5.0


def _small_letter(before: str, character: str, after: str) -> float:
    if after.isupper() or before.isdigit() or after.isdigit():
        return -2.0
    if before.isalpha() and after.isalpha():
        return 3.0
    if not before.isalpha() and not after.isalpha():
        return 1.0
    if character == "å":
        return 2.0
    usual = after in _AFTER_FIRST_UMLAUT or before.lower() in _BEFORE_LAST_UMLAUT
    return 2.1 if usual else 0.6


def _capital_letter(before: str, _: str, after: str) -> float:
    if before.islower():
        # A value glued to its label, RegionÖstra; but no word ends so.
        return 1.0 if after.islower() else -3.0
    return 2.0 if after.isalpha() or before.isupper() else 0.0


def _foreign_letter(before: str, character: str, after: str) -> float:
    if not before.isalpha() or after.isupper():
        return -1.0
    return _USUAL_FOREIGN.get(character, -1.0)


def _foreign_capital(before: str, _: str, after: str) -> float:
    return 1.0 if before.isupper() and not after.islower() else -2.0


def _no_break_space(before: str, _: str, after: str) -> float:
    return 2.0 if before.isdigit() or after.isdigit() else 1.0


def _quotation_mark(before: str, character: str, after: str) -> float:
    if before.isalpha() and after.isalpha():
        return 1.0 if character == "’" else -2.0
    return 2.1 if _quote_role(before, character, after) else 0.0


def _ellipsis(before: str, _: str, after: str) -> float:
    return 0.5 if before.isalnum() and not after.isalpha() else -1.0


def _dash(before: str, _: str, after: str) -> float:
    return -1.0 if before.isalpha() and after.isalpha() else 1.5


def _sign(before: str, _: str, after: str) -> float:
    return -2.0 if before.isalpha() and after.isalpha() else 0.5


def _figure_sign(before: str, _: str, after: str) -> float:
    return -1.5 if before.isalpha() or after.isalpha() else 0.5


_Score = Callable[[str, str, str], float]

_SCORES: tuple[tuple[frozenset[str], _Score], ...] = (
    (frozenset("åäö"), _small_letter),
    (frozenset("ÅÄÖ"), _capital_letter),
    (_FOREIGN_LOWER, _foreign_letter),
    (frozenset("ÉÜ"), _foreign_capital),
    (frozenset("\xa0"), _no_break_space),
    (_OPENING | _CLOSING, _quotation_mark),
    (frozenset("…"), _ellipsis),
    (_DASHES, _dash),
    (_SIGNS, _sign),
    (_FIGURE_SIGNS, _figure_sign),
)
