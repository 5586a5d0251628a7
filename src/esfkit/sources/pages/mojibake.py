"""Text that was encoded twice: ``GÃ¶teborg`` for ``Göteborg``.

It comes about when UTF-8 bytes are read as a one-byte encoding and saved as UTF-8
once more. Each character then stands as a sequence of two or three others that no
Swedish text holds side by side, so each place is put right by itself and whatever
was encoded only once stays untouched. A general repairer such as ftfy weighs whole
lines: it leaves ``Ã¥`` and ``Ã…re`` alone and changes characters that are not double.
"""

import re
from typing import NamedTuple

_ROUNDS = 3
"""Encoded twice, three and four times; the fifth has not been met."""

_LATIN = [chr(code) for code in range(0xA0, 0x100)]
_CONTROLS = [chr(code) for code in range(0x80, 0xA0)]
_TYPOGRAPHY = list("‐‑‒–—―‘’‚“”„†‡•…‰‹›€™→−\u2009\u200b\u202f")
_MARKS = list("\u0300\u0301\u0308\u030a\ufeff")  # decomposed letters and the byte order mark


class Repaired(NamedTuple):
    """A text without double encoding.

    Attributes:
        text: The text, each doubly encoded place put right.
        places: How many places that were; a place encoded three times counts twice.
        example: The first of them as it stood, with the word around it.
    """

    text: str
    places: int
    example: str


def _misread(character: str, encoding: str) -> str:
    """Return how the character's UTF-8 bytes look in the encoding.

    Windows-1252 leaves five bytes undefined; programs pass them through as control
    characters, and so does this.
    """
    seen = []
    for byte in character.encode():
        try:
            seen.append(bytes([byte]).decode(encoding))
        except UnicodeDecodeError:
            seen.append(chr(byte))
    return "".join(seen)


def _misreadings() -> dict[str, str]:
    """Return every doubly encoded sequence with the character it stands for."""
    characters = {
        "cp1252": _LATIN + _TYPOGRAPHY + _MARKS,
        "latin-1": _LATIN + _TYPOGRAPHY + _MARKS + _CONTROLS,
        "mac_roman": _LATIN + _TYPOGRAPHY + _MARKS,
        "cp850": _LATIN + _TYPOGRAPHY,
        "cp437": _LATIN + _TYPOGRAPHY,
    }
    found: dict[str, str] = {}
    for encoding, originals in characters.items():
        for original in originals:
            # The first encoding keeps a sequence that two of them could have made.
            found.setdefault(_misread(original, encoding), original)
    return found


def _pattern(sequences: list[str]) -> re.Pattern[str]:
    """Return a pattern of the sequences, those with a common beginning drawn together."""
    last_characters: dict[str, list[str]] = {}
    for sequence in sorted(sequences, key=lambda one: (-len(one), one)):
        last_characters.setdefault(sequence[:-1], []).append(re.escape(sequence[-1]))
    # The leading look-ahead keeps the many branches off ordinary characters.
    leads = "".join(sorted({re.escape(beginning[0]) for beginning in last_characters}))
    branches = (f"{re.escape(one)}[{''.join(last)}]" for one, last in last_characters.items())
    return re.compile(f"(?=[{leads}])(?:{'|'.join(branches)})")


_ORIGINALS = _misreadings()
_LEADS = sorted({sequence[0] for sequence in _ORIGINALS})
_DOUBLE = _pattern(list(_ORIGINALS))
_ORPHAN = re.compile("(?<=[0-9])Â(?= [0-9k€%])")
"""What is left of a doubly encoded no-break space once a copy has made it plain."""


def repair_double_encoding(text: str) -> Repaired:
    """Return the text with every doubly encoded place put right and nothing else changed."""
    places, example = 0, ""
    for _ in range(_ROUNDS):
        # One memory scan for each lead; clean text pays for nothing more.
        if not any(lead in text for lead in _LEADS):
            break
        first = _DOUBLE.search(text) or _ORPHAN.search(text)
        if first is None:
            break
        example = example or _word_around(text, first.start(), first.end())
        text, repaired = _DOUBLE.subn(lambda found: _ORIGINALS[found[0]], text)
        text, dropped = _ORPHAN.subn("", text)
        places += repaired + dropped
    return Repaired(text, places, example)


def _word_around(text: str, start: int, end: int) -> str:
    before = re.split(r"\s", text[max(0, start - 12) : start])[-1]
    after = re.split(r"\s", text[end : end + 12])[0]
    return before + text[start:end] + after
