"""When two printed forms are the same words."""

import re
import unicodedata

INVISIBLE = "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
"""Soft hyphen, zero width characters, marks of direction, BOM: letters that are not seen."""

_CHANGES = str.maketrans(
    {
        **dict.fromkeys(map(ord, f"\0{INVISIBLE}"), None),
        # Every dash that stands for a hyphen.
        **dict.fromkeys((0x2010, 0x2011, 0x2012, 0x2013, 0x2014, 0x2015, 0x2212), "-"),
        # Typographic quotation marks and apostrophes.
        **dict.fromkeys((0x2018, 0x2019, 0x201A, 0x00B4, 0x0060), "'"),
        **dict.fromkeys((0x201C, 0x201D, 0x201E), '"'),
    }
)

_NEEDS_CHANGES = re.compile("[^\x01-\x5f\x61-\xac\xae-\xb3\xb5-\u02ff]")


def fold(words: str) -> str:
    """Return the words in the one form in which printed words are compared.

    Case, Unicode form, kind of space, kind of dash and invisible characters do
    not tell two words apart. The result is for comparing only: it may differ in
    length from what was printed, so no span may be taken from it.
    """
    if _NEEDS_CHANGES.search(words):
        words = unicodedata.normalize("NFC", words).translate(_CHANGES)
    return " ".join(words.casefold().split())
