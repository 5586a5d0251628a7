"""The spellings of a person's name that lead to the same person, as patterns.

Turned round, with a middle name or initial more or less, with half of a double name, with
a genitive's *s*, across a line end, in a file name or URL glued together and rewritten. In
prose the glued form would be a place: *Boden* is not *Bo Dén*.
"""

import re
import unicodedata
from enum import Enum
from functools import cache, lru_cache
from typing import Final

from esfkit.dataset.redacting.wordlist import words_of
from esfkit.vocabulary.persons import names_that_are_words, place_words

_SEPARATOR: Final = r"(?:[\s._+,\xad\u2010-\u2013\"“”'’()/-]|%20)"
_CAPITAL: Final = "[A-ZÀ-ÖØ-Þ]"
# Saved pages glue a label to its value, so a capital may begin a name behind a letter.
_BEGINS: Final = rf"(?:(?<![^\W\d_])|(?=(?-i:{_CAPITAL})))"
_DOUBLED: Final = rf"(?:[-\u2010\u2011](?-i:{_CAPITAL})[^\W\d_]{{1,20}})?"
_BEFORE_LAST: Final = r"[\s._+,\"“”'’()-]"
_ENDS: Final = r"(?:['’:]?s)?(?![a-zà-öø-ÿ])"
_ASCII_RUN = re.compile(r"[a-z]+")
_LEAST_PART = 3
REWRITTEN: Final = {"å": ("aa",), "ä": ("ae",), "ö": ("oe",), "é": (), "ü": ("ue",)}


class Spelling(Enum):
    """How far a spelling may be from the printed name."""

    AS_PRINTED = "letters as printed, parts apart"
    ALIKE = "letters without their dots and accents too, parts apart"
    IN_ADDRESS = "letters rewritten, parts glued together too"


@lru_cache(maxsize=16384)
def full_name(parts: tuple[str, ...], spelling: Spelling) -> re.Pattern[str]:
    """Return a pattern of a full name.

    Args:
        parts: The words of the name, the given name first.
        spelling: How far it may be from them.
    """
    glued = spelling is Spelling.IN_ADDRESS
    # A point with a blank behind it ends a sentence: "... med Per. Lund är ..."
    between = rf"{_SEPARATOR}{{0,4}}" if glued else rf"(?!\.\s){_SEPARATOR}{{1,4}}"
    given = "|".join(_named(word, spelling) for word in with_halves(parts[:1]))
    last = "|".join(_named(word, spelling) for word in later_parts(parts))
    particle = rf"(?:{'|'.join(sorted(words_of('particle')))})"
    more = rf"(?:(?-i:{_CAPITAL})[\w'’-]{{0,20}}\.?|{particle})"
    middle = rf"(?:{between}{more}){{1,2}}?{_BEFORE_LAST}{{1,3}}"
    ends = rf"(?:{between}(?:{last})){{0,4}}{'' if glued else _DOUBLED}"
    whole = rf"(?:{given})s?(?:{between}|{middle})(?:{last}){ends}"
    particles = rf"(?:{particle}[\s_+-]){{0,2}}"
    turned = rf"{particles}(?:{last}){between}(?:{given})"
    forms = [rf"{_BEGINS}(?:{whole}|{turned})", *_with_initials(parts, particles, spelling)]
    return re.compile(rf"(?i:{'|'.join(forms)}){_ENDS}")


def _with_initials(parts: tuple[str, ...], particles: str, spelling: Spelling) -> list[str]:
    """Return patterns of a name of which one half is an initial."""
    final, letter = _spelt(parts[-1], spelling), re.escape(parts[0][0].upper())
    forms = [
        rf"(?<!\w)(?-i:{_initials(parts[0], spelling)}){particles}(?:{final})",
        rf"(?<!\w)(?:{final})(?-i:,\s?{letter}(?:\.|(?!\w)))",
    ]
    if spelling is Spelling.ALIKE:
        given = "|".join(_spelt(word, spelling) for word in with_halves(parts[:1]))
        cut = re.escape(parts[-1][0].upper())
        capital = rf"(?<!\w)(?=(?-i:{_CAPITAL}))"
        forms.append(rf"{capital}(?:{given})\s(?-i:{cut}\.)")
        forms.append(rf"{capital}(?:{final})\s(?-i:{letter}\.)")
    return forms


def _initials(given: str, spelling: Spelling) -> str:
    """Return a pattern of a given name's initials and what parts them from a surname."""
    letters = [re.escape(half[0].upper()) for half in given.split("-") if half]
    more = "".join(rf"(?:\.?[\s-]?{letter})" for letter in letters[1:])
    first = letters[0]
    if spelling is Spelling.IN_ADDRESS:
        return rf"{first}(?:{more})?\.?[\s_]{{0,2}}"
    if spelling is Spelling.ALIKE:
        return rf"{first}(?:{more})?(?:\.[\s_]{{0,2}}|[\s_]{{1,2}})"
    # Of another record's contact an initial needs its point: in "sal A Lund" it is none.
    both = rf"|{first}{more}\s{{1,2}}" if more else ""
    return rf"(?:{first}(?:{more})?\.[\s_]{{0,2}}{both})"


@lru_cache(maxsize=4096)
def name_parts(parts: tuple[str, ...]) -> re.Pattern[str]:
    """Return a pattern of one part of a name alone: as printed or in capitals."""
    forms = {
        form
        for part in with_halves(parts)
        for form in (part, part.upper())
        if len(part) >= _LEAST_PART and part[0].isupper()
    }
    words = "|".join(sorted(map(re.escape, forms), key=len, reverse=True)) or r"(?!)"
    return re.compile(rf"(?<!\w)(?P<part>{words})(?:['’]?s)?(?!\w)")


@lru_cache(maxsize=4096)
def address_part(part: str) -> re.Pattern[str]:
    """Return a pattern of one part of a name as a word of an address, however rewritten."""
    word = _spelt(part, Spelling.IN_ADDRESS)
    return re.compile(rf"(?i:(?<![^\W\d_]){word}s?(?![^\W\d_]))")


@lru_cache(maxsize=16384)
def with_halves(parts: tuple[str, ...]) -> tuple[str, ...]:
    """Return words and the halves of those with a hyphen, the longest first."""
    halves = {half for part in parts for half in part.split("-") if len(half) > 1}
    return tuple(sorted({*parts, *halves}, key=lambda word: (-len(word), word)))


def later_parts(parts: tuple[str, ...]) -> tuple[str, ...]:
    """Return the words that make a given name a full one, the longest first."""
    words = with_halves(parts[1:])
    return tuple(word for word in words if word not in words_of("particle")) or words


def _named(word: str, spelling: Spelling) -> str:
    """Return a pattern of a word of a name, with a capital if it is a common word too."""
    spelt = _spelt(word, spelling)
    is_other = word.lower() in names_that_are_words() or word.lower() in place_words()
    if spelling is Spelling.IN_ADDRESS or not is_other:
        return spelt
    return rf"(?=(?-i:{_CAPITAL})){spelt}"


@cache
def _spelt(word: str, spelling: Spelling) -> str:
    """Return a pattern of a word: its letters composed or not, bare, or as in a URL."""
    letters = unicodedata.normalize("NFC", word).lower()
    return "".join(_letter(letter, spelling) for letter in letters)


def _letter(letter: str, spelling: Spelling) -> str:
    if letter == "-":
        return r"[\s-]?"
    if letter.isascii():
        return re.escape(letter)
    decomposed = unicodedata.normalize("NFD", letter)
    forms = [decomposed, letter]
    if spelling is not Spelling.AS_PRINTED:
        forms += [*REWRITTEN.get(letter, ()), decomposed[0]]
    if spelling is Spelling.IN_ADDRESS:
        cases = (letter, letter.upper())
        forms += ["".join(f"%{byte:02x}" for byte in each.encode()) for each in cases]
    return f"(?:{'|'.join(map(re.escape, forms))})"


@cache
def sign_of(word: str) -> str:
    """Return letters that stand wherever a word does, however it is spelt; the longest."""
    return max(_ASCII_RUN.findall(word.lower()), key=len, default="")


def signs_of(*parts: str) -> set[str]:
    """Return letters of which some stand wherever one of these parts of a name does."""
    return {sign_of(word) for word in with_halves(parts)}
