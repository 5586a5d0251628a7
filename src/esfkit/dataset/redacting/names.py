"""A contact person's name, and the places where it stands in a text.

A name is known only by its labelled value. A full name is found in any spelling that
leads to the same person: turned round, with a middle name or initial more or less, with a
genitive's *s*, across a line end, in a file name or URL glued together and rewritten. In
prose the glued form would be a place: *Boden* is not *Bo Dén*. One
part of it — *Lund* of *Per Lund* — may as well be a town or a tree, so it counts only
beside a title or beside something that was found, and never behind *i*, *på* or *vid*.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from enum import Enum
from functools import cache, lru_cache
from typing import Final, NamedTuple

from esfkit.dataset.redacting.addresses import Span, find_emails
from esfkit.dataset.redacting.phones import find_phones
from esfkit.dataset.redacting.wordlist import words_of
from esfkit.values.owner_type import read_owner_type

_PIECES = re.compile(r"[;/&()|\n]|\b(?:och|eller|samt|and)\b", re.IGNORECASE)
_TOKEN: Final = re.compile(r"[^\W\d_](?:[\w'’.-]*[^\W_])?")
_SEPARATOR: Final = r"(?:[\s._+,\xad\u2010-\u2013-]|%20)"
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


class Spelling(Enum):
    """How far a spelling may be from the printed name."""

    AS_PRINTED = "letters as printed, parts apart"
    ALIKE = "letters without their dots and accents too, parts apart"
    IN_ADDRESS = "letters rewritten, parts glued together too"


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
    an organisation that stands for a person, such as ``Växjö kommun``, or behind one.
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
    tokens = [
        token
        for token in _TOKEN.findall(words)
        if token.lower() not in words_of("title") | words_of("telephone")
    ]
    body = next((place for place, token in enumerate(tokens) if _body(token)), None)
    if body is None:
        return () if read_owner_type(words.strip()) else _named(tokens)
    # Eva Holm Växjö kommun: the word before is the organisation's. Projektkontoret has none.
    before = _named(tokens[: max(0, body - (_body(tokens[body]) == "body"))])
    return before if len(before) > 1 else ()


def _body(token: str) -> str | None:
    """Return how a word tells an organisation: with the word before it, or by itself."""
    word = token.lower()
    if word in words_of("body") or word in words_of("ending"):
        return "body"
    by_itself = word in words_of("unit_body") or word.endswith(tuple(words_of("ending")))
    return "alone" if by_itself else None


def _named(tokens: list[str]) -> tuple[str, ...]:
    """Return the words of a name among words."""
    particles = words_of("particle")
    capitals = [token for token in tokens if token[0].isupper()]
    if capitals:
        tokens = [token for token in tokens if token[0].isupper() or token.lower() in particles]
    while tokens and tokens[0].lower() in particles and not tokens[0][0].isupper():
        tokens = tokens[1:]
    return tuple(token for token in tokens if len(token) > 1)[:_MOST_TOKENS]


# --- where it stands --------------------------------------------------------------------


_WORD: Final = re.compile(r"\S+")
_ADDRESS_SIGN: Final = re.compile(r"[@\uff20]|://|www\.|%[0-9A-Fa-f]{2}")


def find_full_name(
    text: str, name: Name, spelling: Spelling = Spelling.ALIKE
) -> Iterator[Span]:
    """Yield the places where a full name stands, in addresses in any spelling."""
    if not name.is_full:
        return
    taken = {found.span() for found in _full(name, spelling).finditer(text)}
    if spelling is not Spelling.IN_ADDRESS and _ADDRESS_SIGN.search(text):
        for word in _WORD.finditer(text):
            if _ADDRESS_SIGN.search(word[0]):
                inside = _full(name, Spelling.IN_ADDRESS).finditer(text, *word.span())
                taken |= {found.span() for found in inside}
    yield from sorted(taken)


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


@lru_cache(maxsize=8192)
def _full(name: Name, spelling: Spelling) -> re.Pattern[str]:
    glued = spelling is Spelling.IN_ADDRESS
    between = rf"{_SEPARATOR}{{{0 if glued else 1},4}}"
    given = "|".join(_spelt(word, spelling) for word in _with_halves(name.parts[:1]))
    last = "|".join(_spelt(word, spelling) for word in _later_parts(name))
    middle = rf"(?:{between}(?-i:{_CAPITAL})[\w'’-]{{0,20}}\.?){{0,2}}?[\s._+,-]{{1,3}}"
    whole = rf"(?:{given})(?:{between}|{middle})(?:{last})(?:{between}(?:{last})){{0,4}}"
    turned = rf"(?:{last}){between}(?:{given})"
    final = _spelt(name.parts[-1], spelling)
    initial = rf"(?<!\w)(?-i:{_initials(name.parts[0], glued=glued)})(?:{final})"
    return re.compile(rf"(?i:{_BEGINS}(?:{whole}|{turned})|{initial}){_ENDS}")


def _initials(given: str, *, glued: bool) -> str:
    """Return a pattern of a given name's initials and what parts them from a surname."""
    letters = [re.escape(half[0].upper()) for half in given.split("-") if half]
    more = "".join(rf"(?:\.?[\s-]?{letter})?" for letter in letters[1:])
    apart = r"\.?[\s_]{0,2}" if glued else r"(?:\.[\s_]{0,2}|[\s_]{1,2})"
    return f"{letters[0]}{more}{apart}"


def _with_halves(parts: Sequence[str]) -> list[str]:
    """Return words and the halves of those with a hyphen, the longest first."""
    halves = {half for part in parts for half in part.split("-") if len(half) > 1}
    return sorted({*parts, *halves}, key=lambda word: (-len(word), word))


@lru_cache(maxsize=4096)
def _parts(name: Name) -> re.Pattern[str]:
    forms = {
        form
        for part in _with_halves(name.parts)
        for form in (part, part.upper())
        if len(part) >= _LEAST_PART and part[0].isupper()
    }
    words = "|".join(sorted(map(re.escape, forms), key=len, reverse=True)) or r"(?!)"
    return re.compile(rf"(?<!\w)(?:{words})(?:['’]?s)?(?!\w)")


def _later_parts(name: Name) -> list[str]:
    """Return the words that make a given name a full one, the longest first."""
    words = _with_halves(name.parts[1:])
    return [word for word in words if word not in words_of("particle")] or words


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
    forms = [decomposed, letter, letter.encode().decode("cp1252", "replace")]
    if spelling is not Spelling.AS_PRINTED:
        forms += [*_REWRITTEN.get(letter, ()), decomposed[0]]
    if spelling is Spelling.IN_ADDRESS:
        cases = (letter, letter.upper())
        forms += ["".join(f"%{byte:02x}" for byte in each.encode()) for each in cases]
    return f"(?:{'|'.join(map(re.escape, forms))})"


def signs_of(*parts: str) -> set[str]:
    """Return letters of which some stand wherever one of these parts of a name does."""
    return {_sign_of(word) for word in _with_halves(parts)}


@cache
def _sign_of(word: str) -> str:
    return max(_ASCII_RUN.findall(word.lower()), key=len, default="")
