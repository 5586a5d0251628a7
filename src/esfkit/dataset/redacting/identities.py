"""Personal identity numbers in a text: ``YYMMDD-NNNC``, also with the century.

The date must be one of the calendar; the day of a coordination number is raised by 60. With
its dash (a plus from the age of 100) the form is enough: a number with a wrong check digit
is somebody's all the same. Without it the check digit has to be right, as ten digits may
be many things, and so it has behind a word such as *diarienummer*. An organisation
number cannot be taken for one: its third digit is 2 or more, where a month has 0 or 1.
Source: Swedish Tax Agency, SKV 704 and SKV 707.
"""

import re
from collections.abc import Iterator
from typing import Final

from esfkit.dataset.redacting.addresses import Span
from esfkit.dataset.redacting.wordlist import words_of
from esfkit.values.identifier import luhn_holds

_DASH: Final = r"[-+\u2010-\u2013\u2212]"
_NUMBER: Final = re.compile(
    r"(?<![\d/-])(?<![A-ZÅÄÖ])(?:18|19|20)?"
    r"([0-9]{2}(?:0[1-9]|1[0-2])(?:[06][1-9]|[1278][0-9]|[39][01]))"
    rf"([ \xa0]?{_DASH}[ \xa0]?|[ \xa0])?([0-9]{{4}})(?![\w/-])"
)
SIGN: Final = rf"\d{{6}}(?:[ \xa0]?{_DASH}[ \xa0]?|[ \xa0])?\d{{4}}"
"""A pattern of what stands in every text that has such a number."""
_WORD_BEFORE = re.compile(r"([^\W\d_][\w-]{0,30}+)[\s.:#]{0,4}+\Z")
_LOOK = 40


def find_identity_numbers(text: str) -> Iterator[Span]:
    """Yield the places of the personal identity numbers in a text."""
    for found in _NUMBER.finditer(text):
        if luhn_holds(found[1] + found[3]) or _is_in_form(text, found):
            yield found.span()


def _is_in_form(text: str, found: re.Match[str]) -> bool:
    """Tell whether it has its dash and no word before it says that it counts something else."""
    if not (found[2] or "").strip():
        return False
    before = _WORD_BEFORE.search(text[max(0, found.start() - _LOOK) : found.start()])
    return before is None or before[1].lower() not in words_of("number")
