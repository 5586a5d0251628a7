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

_OPENING = frozenset("„‚“‘”’»«")
_CLOSING = frozenset("”’“‘»«")
_DASHES = frozenset("–—")
_SIGNS = frozenset("•§°½¼¾²³´·×±©®™")
_FIGURE_SIGNS = frozenset("€£‰µ")
_FOREIGN_LOWER = frozenset("éèêëáàâíìîïóòôúùûüñçæøßšž")
_USUAL_FOREIGN = frozenset("éüèà")


def best_encoding(data: bytes) -> tuple[str, float]:
    """Return the encoding that makes the bytes most like Swedish, and its score.

    A score of zero or less says that no reading looked like Swedish.
    """
    places = Counter(run + after for run, after in islice(_RUN.findall(data), _SAMPLE))
    scores = {encoding: _encoding_score(places, encoding) for encoding in ENCODINGS}
    best = max(ENCODINGS, key=scores.__getitem__)
    return best, scores[best]


def swedish_score(text: str) -> float:
    """Return how much the characters beyond ASCII look like Swedish, by their places."""
    padded = f" {text} "
    return sum(
        _character_score(padded[place - 1], character, padded[place + 1])
        for place, character in enumerate(padded)
        if character > "\x7f"
    )


def _encoding_score(places: Counter[bytes], encoding: str) -> float:
    return sum(
        count * swedish_score(place.decode(encoding, "replace")) for place, count in places.items()
    )


def _character_score(before: str, character: str, after: str) -> float:
    for characters, score in _SCORES:
        if character in characters:
            return score(before, character, after)
    # Undefined bytes and control characters count most: no text holds them.
    return -3.0 if character.isprintable() else -5.0


def _small_letter(before: str, _: str, after: str) -> float:
    if after.isupper() or before.isdigit() or after.isdigit():
        return -2.0
    if after.isalpha():
        return 3.0 if before.isalpha() else 2.0
    return 1.5 if before.isalpha() else 1.0


def _capital_letter(before: str, _: str, after: str) -> float:
    if before.islower():
        return -3.0
    return 2.0 if after.isalpha() or before.isupper() else 0.0


def _foreign_letter(before: str, character: str, after: str) -> float:
    if not before.isalpha() or after.isupper():
        return -1.0
    return 1.0 if character in _USUAL_FOREIGN else -1.0


def _foreign_capital(before: str, _: str, after: str) -> float:
    return 1.0 if before.isupper() and not after.islower() else -2.0


def _no_break_space(before: str, _: str, after: str) -> float:
    return 2.0 if before.isdigit() or after.isdigit() else 1.0


def _quotation_mark(before: str, character: str, after: str) -> float:
    if before.isalpha() and after.isalpha():
        return 1.0 if character == "’" else -2.0
    opens = character in _OPENING and not before.isalnum() and after.isalnum()
    closes = character in _CLOSING and not before.isspace() and not after.isalnum()
    return 2.0 if opens or closes else 0.0


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
