"""A contact person's name, and the places where it stands in a text.

A name is known only by its labelled value. A full name is found in any spelling that
leads to the same person: turned round, with a middle name or initial more or less, with a
genitive's *s*, across a line end, in a file name or URL with its letters rewritten. One
part of it — *Lund* of *Per Lund* — may as well be a town or a tree, so it counts only
beside a title or beside something that was found, and never behind *i*, *på* or *vid*.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from typing import Final, NamedTuple

from esfkit.dataset.redacting.addresses import Span, find_emails
from esfkit.dataset.redacting.phones import find_phones
from esfkit.dataset.redacting.wordlist import words_of
from esfkit.values.owner_type import read_owner_type

_PIECES = re.compile(r"[;/&()|\n]|\b(?:och|eller|samt|and)\b", re.IGNORECASE)
_TOKEN: Final = re.compile(r"[^\W\d_](?:[\w'’.-]*[^\W_])?")
_BETWEEN: Final = r"(?:[\s._+,\xad\u2010-\u2013-]|%20){0,4}"
_CAPITAL: Final = "[A-ZÀ-ÖØ-Þ]"
# Saved pages glue a label to its value, so a capital may begin a name behind a letter.
_BEGINS: Final = rf"(?:(?<![^\W\d_])|(?=(?-i:{_CAPITAL})))"
_ENDS: Final = r"(?:['’]?s)?(?![a-zà-öø-ÿ])"
_ASCII_RUN = re.compile(r"[a-z]+")
_BESIDE = 24
_LEAST_PART = 3
_MOST_TOKENS = 6
_LONGEST = 200
_REWRITTEN: Final = {"å": ("aa",), "ä": ("ae",), "ö": ("oe",), "é": (), "ü": ("ue",)}


class Name(NamedTuple):
    """A person's name.

    Attributes:
        parts: Its words as printed, the given name first; a single one where no more
            is known.
    """

    parts: tuple[str, ...]

    @property
    def is_full(self) -> bool:
        """Whether it names one person: a given name and a surname."""
        return len(self.parts) > 1


def names_in(words: str) -> list[Name]:
    """Return the names of persons that a labelled value holds.

    Titles, telephone numbers and e-mail addresses beside them are none, and neither is
    an organisation that stands for a person, such as ``Växjö kommun``.
    """
    bare = _without_addresses(words[:_LONGEST])
    names: list[Name] = []
    for piece in _PIECES.split(bare):
        names.extend(_names_of_piece(piece))
    return list(dict.fromkeys(names))


def _without_addresses(words: str) -> str:
    for start, end in (*find_emails(words), *find_phones(words)):
        words = f"{words[:start]}{' ' * (end - start)}{words[end:]}"
    return words


def _names_of_piece(piece: str) -> Iterator[Name]:
    halves = [_person_words(half) for half in piece.split(",")]
    halves = [half for half in halves if half]
    if [len(half) for half in halves] == [1, 1]:  # Lund, Per
        yield Name((*halves[1], *halves[0]))
        return
    for half in halves:
        yield Name(half)


def _person_words(words: str) -> tuple[str, ...]:
    """Return the words of a name, without titles; nothing for an organisation."""
    if read_owner_type(words.strip()) is not None:
        return ()
    tokens = [
        token
        for token in _TOKEN.findall(words)
        if token.lower() not in words_of("title") | words_of("telephone")
    ]
    particles = words_of("particle")
    capitals = [token for token in tokens if token[0].isupper()]
    if capitals:
        tokens = [token for token in tokens if token[0].isupper() or token.lower() in particles]
    while tokens and tokens[0].lower() in particles and not tokens[0][0].isupper():
        tokens = tokens[1:]
    if any(token.lower().endswith(tuple(words_of("body"))) for token in tokens):
        return ()
    return tuple(token for token in tokens if len(token) > 1)[:_MOST_TOKENS]


# --- where it stands --------------------------------------------------------------------


def find_full_name(text: str, name: Name) -> Iterator[Span]:
    """Yield the places where a full name stands."""
    if name.is_full:
        for found in _full(name).finditer(text):
            yield found.span()


def find_parts(text: str, name: Name, found: Sequence[Span]) -> Iterator[Span]:
    """Yield the places where a part of the name stands that can only be the person.

    Args:
        text: The text.
        name: The name.
        found: What was found in the text so far; a part beside it is the person's.
    """
    for each in _parts(name).finditer(text):
        start, end = each.span()
        before = text[max(0, start - _BESIDE) : start]
        word = _word_before(before)
        if word in words_of("place"):
            continue
        if word in words_of("title") or _is_beside(text, (start, end), found):
            yield start, end


def _is_beside(text: str, part: Span, found: Sequence[Span]) -> bool:
    """Tell whether something found stands near a part, on the same line and sentence."""
    start, end = part
    gaps = [text[end:begin] for begin, _ in found if 0 <= begin - end <= _BESIDE]
    gaps += [text[stop:start] for _, stop in found if 0 <= start - stop <= _BESIDE]
    return any("\n" not in gap and ". " not in gap for gap in gaps)


_WORD_BEFORE = re.compile(r"([^\W\d_]{1,24})[^\w.\n]{1,3}\Z")


def _word_before(before: str) -> str:
    found = _WORD_BEFORE.search(before)
    return found[1].lower() if found else ""


@lru_cache(maxsize=4096)
def _full(name: Name) -> re.Pattern[str]:
    given, *later = [_spelt(part) for part in name.parts]
    surnames = _later_parts(name)
    last = "|".join(surnames)
    middle = rf"(?:{_BETWEEN}(?-i:{_CAPITAL})[\w'’-]{{0,20}}\.?){{0,2}}?[\s._+,-]{{1,3}}"
    apart = rf"(?:{_BETWEEN}|{middle})"
    turned = rf"(?:{last}){_BETWEEN}{given}"
    initial = (
        rf"(?<!\w)(?-i:{re.escape(name.parts[0][0].upper())})\.?[\s_]{{0,2}}(?:{later[-1]})"
    )
    whole = rf"{given}{apart}(?:{last})(?:{_BETWEEN}(?:{last})){{0,4}}"
    return re.compile(rf"(?i:{_BEGINS}(?:{whole}|{turned})|{initial}){_ENDS}")


@lru_cache(maxsize=4096)
def _parts(name: Name) -> re.Pattern[str]:
    forms = {
        form
        for part in (name.parts[0], *name.parts[1:])
        for form in (part, part.upper())
        if len(part) >= _LEAST_PART and part[0].isupper()
    }
    words = "|".join(sorted(map(re.escape, forms), key=len, reverse=True)) or r"(?!)"
    return re.compile(rf"(?<!\w)(?:{words})(?:['’]?s)?(?!\w)")


def _later_parts(name: Name) -> list[str]:
    """Return patterns of the words that make a given name a full one, the longest first."""
    words = set(name.parts[1:])
    words |= {half for part in name.parts[1:] for half in part.split("-") if len(half) > 1}
    words -= set(words_of("particle"))
    return [
        _spelt(word)
        for word in sorted(words or set(name.parts[1:]), key=lambda w: (-len(w), w))
    ]


@cache
def _spelt(word: str) -> str:
    """Return a pattern of a word: its letters bare, composed or not, or rewritten in a URL."""
    return "".join(map(_letter, unicodedata.normalize("NFC", word).lower()))


def _letter(letter: str) -> str:
    if letter == "-":
        return r"[\s-]?"
    if letter.isascii():
        return re.escape(letter)
    decomposed = unicodedata.normalize("NFD", letter)
    in_url = "".join(f"%{byte:02x}" for byte in letter.encode())
    upper_in_url = "".join(f"%{byte:02x}" for byte in letter.upper().encode())
    garbled = letter.encode().decode("cp1252", "replace")
    forms = (decomposed, *_REWRITTEN.get(letter, ()), letter, decomposed[0], in_url)
    return f"(?:{'|'.join(map(re.escape, (*forms, upper_in_url, garbled)))})"


@cache
def sign_of(part: str) -> str:
    """Return letters that stand wherever a part of a name does, however it is spelt."""
    return max(_ASCII_RUN.findall(part.lower()), key=len, default="")
