"""Personal identity numbers in a text: ``YYMMDD-NNNC``, also with the century.

The date must be one of the calendar (the day of a coordination number is raised by 60)
and the check digit right. An organisation number cannot be taken for one: its third
digit is 2 or more, where a month has 0 or 1. Source: Swedish Tax Agency, SKV 704.
"""

import re
from collections.abc import Iterator
from typing import Final

from esfkit.dataset.redacting.addresses import Span
from esfkit.values.identifier import luhn_holds

_NUMBER: Final = re.compile(
    r"(?<![\w/-])(?:18|19|20)?([0-9]{2}(?:0[1-9]|1[0-2])(?:[06][1-9]|[1278][0-9]|[39][01]))"
    r"[-+\u2010-\u2013 ]?([0-9]{4})(?![\w/-])"
)


def find_identity_numbers(text: str) -> Iterator[Span]:
    """Yield the places of the personal identity numbers in a text."""
    for found in _NUMBER.finditer(text):
        if luhn_holds(found[1] + found[2]):
            yield found.span()
