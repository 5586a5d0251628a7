"""Printed words → identifiers: project numbers, organisation numbers and the like.

::

    project number = yyyy-nnnnnnn      2007–2013, and still met in 2014
                   | yyyy/nnnnn        2014–2020; calls share the series
                   | yy-nnn-Snn[n]     2021–2027, yy-nnn being the call
                   | yy-nnn            a call of 2021–2027

The shapes are rule P1 of the domain checks. A number alone does not tell a project
from a call; only its label does.
"""

import re

from esfkit.model.finding import Problem
from esfkit.values.nullwords import stated, stated_in_digits

_HYPHEN = "[-\u2010-\u2015\u2212]"

_LEADING_CCI = r"(?:20[0-9]{2}[A-Za-z]{2}[0-9A-Za-z]{6,10}_)?"

_AS_PRINTED = re.compile(r"20[0-9]{2}(?:/[0-9]{5}|-[0-9]{7})|2[0-9]-[0-9]{3}(?:-S[0-9]{2,3})?")

_PROJECT_NUMBER = re.compile(
    r"(?:(?:dnr|diarienr|diarienummer|projektnr|projektnummer|nr)\.?:? ?)?"
    r"(?:20[0-9]{2}[a-z]{2}[0-9a-z]{6,10}_)?"
    r"(20[0-9]{2} ?(?:/ ?[0-9]{5}|- ?[0-9]{7})|2[0-9] ?- ?[0-9]{3}(?: ?- ?s ?[0-9]{2,3})?)"
)

_LEADING_NUMBER = re.compile(
    r"\A[\s\ufeff\u200b]{0,20}(?:(?:Dnr|dnr|Diarienummer)[.:]{0,2}\s{1,3})?"
    rf"{_LEADING_CCI}"
    rf"(?:(20[0-9]{{2}}(?:\s?/\s?[0-9]{{5}}|{_HYPHEN}[0-9]{{7}})"
    rf"|2[0-9]{_HYPHEN}[0-9]{{3}}{_HYPHEN}[Ss][0-9]{{2,3}})"
    rf"(?:\s{{0,5}}(?:{_HYPHEN}|[:|])\s{{0,5}}|\s{{1,5}}|\s{{0,5}}\Z)"
    rf"|(2[0-9]{_HYPHEN}[0-9]{{3}})(?:\s{{0,5}}:\s{{1,5}}|\s{{1,5}}{_HYPHEN}\s{{1,5}}|\s{{0,5}}\Z))"
)

_LEADING_RESIDUE = re.compile(
    rf"\A[\s\ufeff\u200b]{{0,20}}(?:/|{_HYPHEN}{{1,2}}[Ss]|{_HYPHEN})"
    rf"(?:\s{{1,5}}{_HYPHEN}|\s{{0,5}}:)\s{{1,5}}(?=\S)"
)

_LIKE_DIGIT = "[0-9OoQIl]"
_MISREAD_NUMBER = re.compile(
    rf"\A[\s\ufeff\u200b]{{0,20}}(?P<number>{_LIKE_DIGIT}{{4}}"
    rf"(?:\s?/\s?{_LIKE_DIGIT}{{5}}|{_HYPHEN}{_LIKE_DIGIT}{{7}})"
    rf"|{_LIKE_DIGIT}{{2}}{_HYPHEN}{_LIKE_DIGIT}{{3}}{_HYPHEN}[Ss]{_LIKE_DIGIT}{{2,3}})"
    rf"(?:\s{{1,5}}{_HYPHEN}|\s{{0,5}}[:|])\s{{1,5}}(?=\S)"
)
"""A number in which letters stand for digits, as a scanned page's: ``2O16/OO13O``."""

_FEWEST_DIGITS = 3  # with fewer, words such as ``Oil`` could be one

_PERIODS_BY_SHAPE: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"[0-9]{4}-[0-9]{7}"), "2007-2013"),
    (re.compile(r"[0-9]{4}/[0-9]{5}"), "2014-2020"),
    (re.compile(r"[0-9]{2}-[0-9]{3}(?:-S[0-9]{2,3})?"), "2021-2027"),
)

_ORG_NUMBER = re.compile(
    r"(?:(?:org\.? ?nr|organisationsnummer)\.?:? ?)?"
    r"(?:(?:16)?([0-9]{6}) ?-? ?([0-9]{4})|se ?([0-9]{6}) ?-? ?([0-9]{4}) ?01)"
)

_POSTAL_CODE = re.compile(r"(?:se?[- ]{0,3})?([1-8][0-9]{2}|9[0-8][0-9]) ?([0-9]{2})")

_COMMON_POSTAL_CODE = re.compile(r"(?:[1-8][0-9]{2}|9[0-8][0-9]) ?[0-9]{2}")

_INTERVENTION_CODE = re.compile(r"([0-9]{1,3})(?: ?[-:.,] ?[^\W\d_][^0-9]{0,120})?")

_COMMON_INTERVENTION_CODE = re.compile("[0-9]{1,3}")

_CCI = re.compile(r"(2000|2007|2014|2021)[A-Z]{2}[0-9A-Z]{4,12}")

_CCI_PERIODS = {
    "2000": "2000-2006",
    "2007": "2007-2013",
    "2014": "2014-2020",
    "2021": "2021-2027",
}

_SPACES_AND_DASHES = dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2015\u2212"), "-")


def read_project_number(words: str) -> str | Problem | None:
    """Read a project or call number; spaces and odd dashes are put right."""
    if _AS_PRINTED.fullmatch(words):
        return words
    folded = stated_in_digits(words)
    if folded is None or isinstance(folded, Problem):
        return folded
    number = _PROJECT_NUMBER.fullmatch(folded)
    if number is None:
        return Problem.UNREADABLE_VALUE
    return number[1].replace(" ", "").upper()


def number_period(number: str) -> str | None:
    """Return the programme period to which a project number's shape belongs."""
    for shape, period in _PERIODS_BY_SHAPE:
        if shape.fullmatch(number):
            return period
    return None


def leading_number(words: str) -> tuple[str, int] | None:
    """Find the number that a heading begins with, such as ``2016/00130 - Trappsteget``.

    Returns:
        The number, and the offset in the words where the rest of the heading begins.
    """
    found = _LEADING_NUMBER.match(words)
    if found is None:
        return None
    number = "".join((found[1] or found[2]).translate(_SPACES_AND_DASHES).split())
    return number.upper(), found.end()


def leading_residue(words: str) -> int:
    """Return where the title begins in a heading whose number lost its digits.

    ``/ - Trappsteget`` and ``-S - Care`` are such, and ``2O16/OO13O - Trappsteget``, whose
    digits became letters; any other heading gives 0.
    """
    residue = _LEADING_RESIDUE.match(words)
    if residue is not None:
        return residue.end()
    misread = _MISREAD_NUMBER.match(words)
    if misread is None or sum(map(str.isdigit, misread["number"])) < _FEWEST_DIGITS:
        return 0
    return misread.end()


def read_org_number(words: str) -> str | Problem | None:
    """Read a Swedish organisation number as ten digits, checked.

    Its third digit is 2 or more, or it would be a person's number, and its last
    is a check digit by Luhn's rule.
    """
    folded = stated_in_digits(words)
    if folded is None or isinstance(folded, Problem):
        return folded
    found = _ORG_NUMBER.fullmatch(folded)
    digits = "" if found is None else "".join(part for part in found.groups() if part)
    if digits and digits[2] >= "2" and luhn_holds(digits):
        return digits
    return Problem.ORGANISATION_NUMBER_INVALID


def read_postal_code(words: str) -> str | Problem | None:
    """Read a Swedish postal code as five digits: ``55318`` from ``SE-553 18``."""
    if _COMMON_POSTAL_CODE.fullmatch(words):
        return words.replace(" ", "")
    folded = stated_in_digits(words)
    if folded is None or isinstance(folded, Problem):
        return folded
    found = _POSTAL_CODE.fullmatch(folded)
    return Problem.POSTAL_CODE_INVALID if found is None else found[1] + found[2]


def read_intervention_code(words: str) -> str | Problem | None:
    """Read an intervention code as printed: ``102`` from ``102 – Access to employment``."""
    if _COMMON_INTERVENTION_CODE.fullmatch(words):
        return words
    words = words.strip()[:120]  # the names behind the codes run to 400 characters
    folded = stated_in_digits(words)
    if folded is None or isinstance(folded, Problem):
        return folded
    found = _INTERVENTION_CODE.fullmatch(folded)
    return Problem.UNREADABLE_VALUE if found is None else found[1]


def read_cci(words: str) -> str | Problem | None:
    """Read a programme's CCI such as ``2014SE05M9OP001`` or ``2021SE05SFPR``."""
    folded = stated(words)
    if folded is None or isinstance(folded, Problem):
        return folded
    cci = folded.upper()
    return cci if _CCI.fullmatch(cci) else Problem.UNREADABLE_VALUE


def cci_period(cci: str) -> str | None:
    """Return the programme period that a CCI belongs to: its first four digits tell."""
    return _CCI_PERIODS[cci[:4]] if _CCI.fullmatch(cci) else None


def luhn_holds(digits: str) -> bool:
    """Tell whether the last digit is the check digit of the others (ISO/IEC 7812-1)."""
    doubled = [int(digit) * (2 - place % 2) for place, digit in enumerate(digits)]
    return sum(number // 10 + number % 10 for number in doubled) % 10 == 0
