"""Telephone numbers in a text.

``PhoneNumberMatcher`` cuts Swedish numbers in pieces (``070-123`` of ``070-123 45 67``) and
takes project numbers, dates and hours for numbers. So candidates are found by the way
Swedish numbers are printed — ``0`` and an area code, or ``+`` and a country code, and
groups of digits — and phonenumbers tells which of them can be one. A number behind a word
for telephone is one in any grouping.

Sources: E.164 and the Swedish numbering plan (PTS), as phonenumbers has them.
"""

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Final

from esfkit.dataset.redacting.addresses import Span
from esfkit.dataset.redacting.wordlist import words_of

_BLANK = "[ \t\xa0\u2007\u2009\u202f]"
_DASH = r"\-\u2010-\u2013\u2212"
_GAP = (
    rf"(?:{_BLANK}{{0,2}}[{_DASH}/.]{_BLANK}{{0,2}}|\){_BLANK}?"
    rf"|{_BLANK}{{0,2}}\(0\){_BLANK}?|{_BLANK}{{1,2}})"
)
# A number goes on behind a line end only where its area code has a dash: figures that
# stand below one another have none.
_OVER_LINES = (
    rf"0[1-9]\d{{0,2}}{_BLANK}?[{_DASH}]{_BLANK}?\d{{2,4}}(?:{_BLANK}\d{{2,3}}){{0,2}}"
    rf"\n\d{{2,3}}(?!\d)(?:{_BLANK}\d{{2,3}}){{0,2}}+(?![\d/{_DASH}]|{_BLANK}{{0,2}}[^\W\d_])"
)
_NUMBER = (
    rf"(?:(?:\+|(?<!\w)00(?=[1-9]))\d{{1,4}}(?:{_GAP}?\d{{1,10}}){{1,7}}"
    rf"|{_OVER_LINES}"
    rf"|\(0\){_BLANK}?[1-9]\d{{0,2}}(?:{_GAP}\d{{2,8}}){{1,6}}"
    rf"|\(?0[1-9]\d{{0,2}}(?:{_GAP}(?!0[1-9]\d{{0,2}}{_BLANK}?[-/])\d{{2,8}}){{1,6}}"
    rf"|0[1-9]\d{{5,8}})"
    rf"(?!\d)"
)
_CANDIDATE: Final = re.compile(rf"(?<![\d/\u2013])(?<!\d[-.,]){_NUMBER}")
_BEHIND_SLASH: Final = re.compile(rf"(?<=/){_NUMBER}")
_DATE = re.compile(
    r"\d{1,2}[-./]\d{1,2}[-./](?:(?:19|20)\d{2}|\d{2})(?!\d)|\d{2}[-./ ]?(?:19|20)\d{2}\Z"
)
_HOURS = re.compile(rf"\d{{2}}[.:]\d{{2}}{_BLANK}?[-\u2013]{_BLANK}?\d{{2}}[.:]\d{{2}}")
_GROUP = re.compile(r"\D{0,2}\d{1,10}")
_INSIDE = re.compile(rf"(?:\d{_BLANK}|(?:\A|[^\w]|_)[^\W\d_])\Z|-[A-ZÅÄÖ]\Z")
_BLANKS_FIRST = re.compile(rf"\d{{1,4}}{_BLANK}{{1,3}}\d")
_LAST_GROUP = re.compile(r"\D{1,6}\d{1,10}\Z")
_LAST_WORD = re.compile(r"([^\W\d_][\w-]{0,30}+)[\s.:#]{0,4}+\Z")
_NEXT_WORD = re.compile(rf"{_BLANK}{{0,2}}([^\W\d_]{{1,12}}|[%€])")
_LEAST, _MOST = 7, 10  # digits of a national number with its 0
_MOST_ABROAD = 16
_LOOK = 40
SIGN: Final = "\\d(?:[\\s().\\-\u2010-\u2013\u2212/]{0,4}\\d){4}"
"""A pattern of what stands in every text that has a telephone number."""
_SIGN = re.compile(SIGN)


def find_phones(text: str) -> Iterator[Span]:
    """Yield the places of the telephone numbers in a text.

    Amounts, dates, hours, project numbers, organisation numbers and postal codes are
    none, and neither is a number behind a word such as ``Diarienummer``.
    """
    if _SIGN.search(text) is None:
        return
    taken = dict(_candidates(text))
    yield from taken.items()
    for found in _labelled().finditer(text):
        start, end = found.span("number")
        if start not in taken:
            yield start, end


def _candidates(text: str) -> Iterator[Span]:
    place, last = 0, -1
    while found := _next_candidate(text, place, last):
        start, end = found.span()
        span = None if _goes_on(text, found, last) else _number_in(text, start, end)
        place = span[1] if span else _after_group(text, start)
        if span:
            last = place
            yield span


def _next_candidate(text: str, place: int, last: int) -> re.Match[str] | None:
    """Return the next candidate; behind a number and a slash stands another number."""
    behind = _BEHIND_SLASH.match(text, place + 1) if place == last else None
    return behind or _CANDIDATE.search(text, place)


def _goes_on(text: str, found: re.Match[str], last: int) -> bool:
    """Tell whether a candidate is the end of a longer number, as ``01 200`` of ``S01 200``."""
    start = found.start()
    if start == last + 1 or not _BLANKS_FIRST.match(found[0]):
        return False
    return _INSIDE.search(text, max(0, start - 3), start) is not None


def _after_group(text: str, start: int) -> int:
    """Return where the first group of digits ends."""
    group = _GROUP.match(text, start)
    return group.end() if group else start + 1


@cache
def _labelled() -> re.Pattern[str]:
    words = "|".join(sorted(map(re.escape, words_of("telephone")), key=len, reverse=True))
    return re.compile(
        rf"(?i:(?<![^\W\d_])(?:{words}))\)?[\s.:#]{{0,4}}"
        rf"(?P<number>[+(]{{0,2}}\d(?:{_GAP}?(?!0[1-9]\d{{0,2}}{_BLANK}?[-/])\d){{4,9}})(?!\d)"
    )


def _number_in(text: str, start: int, end: int) -> Span | None:
    """Return the part of a candidate that is a telephone number."""
    words = text[start:end]
    if _DATE.match(words) or _HOURS.match(words) or _is_other(text, start, end):
        return None
    while not _is_number(words):
        shorter = _LAST_GROUP.sub("", words)
        if shorter == words:
            return None
        words = shorter
    return start, start + len(words)


def _is_other(text: str, start: int, end: int) -> bool:
    """Tell whether the words around a candidate say that it counts something else."""
    before = _LAST_WORD.search(text[max(0, start - _LOOK) : start])
    behind = _NEXT_WORD.match(text, end)
    labelled = before is not None and before[1].lower() in words_of("number")
    return labelled or (behind is not None and behind[1].lower() in words_of("unit"))


@lru_cache(maxsize=4096)
def _is_number(words: str) -> bool:
    import phonenumbers  # noqa: PLC0415 - takes a while to load; most texts have no candidate

    digits = sum(letter.isdigit() for letter in words)
    abroad = words.startswith(("+", "00"))
    if not _LEAST <= digits <= (_MOST_ABROAD if abroad else _MOST):
        return False
    try:
        # phonenumbers stops at a tab, a line end and a minus sign.
        number = phonenumbers.parse(re.sub(r"\s", " ", words).replace("\u2212", "-"), "SE")
    except phonenumbers.NumberParseException:
        return False
    if words.startswith("00"):
        return phonenumbers.is_valid_number(number)
    return phonenumbers.is_possible_number(number)
