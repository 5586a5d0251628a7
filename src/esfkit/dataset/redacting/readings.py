r"""A text as it stands, and as whoever looks at it reads it.

Pages hide addresses from machines, and copies carry letters that nobody sees. So every
text is searched as it stands and, where something veils its letters, once more without:

* letters written as entities (``&#64;``), percent codes (``%40``, ``%2540``), escapes
  (``\u0040``) or by Cloudflare (``data-cfemail="…"``);
* full-width and ornamental letters and digits, and letters composed of two characters;
* characters without width (soft hyphens, joiners, byte order marks);
* hyphens at the end of a line, with which a word goes on;
* letters that were encoded twice (``Ã¥``);
* tags and emphasis marks between letters, in a third reading, as tags hold addresses too.

A reading knows for each of its characters which characters of the text it stands for, so
what is found in it is found in the text.
"""

import html
import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from typing import Final, NamedTuple

from esfkit.dataset.redacting.addresses import Span

_INVISIBLE: Final = "\u00ad\u034f\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff"
_ORNAMENTAL: Final = "\uff01-\uff5e\u3000\ufb00-\ufb06\U0001d400-\U0001d7ff"
_ACCENTS: Final = "\u0300-\u036f"
_CODED: Final = r"%(?:25){0,3}[0-9A-Fa-f]{2}"
_ENTITY: Final = r"&(?:amp;){0,3}(?:#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z]{2,24});"
_ESCAPE: Final = r"\\u[0-9A-Fa-f]{4}"
_CLOUDFLARE: Final = "(?:data-cfemail=[\"']?|email-protection#)[0-9A-Fa-f]{8,400}"
_LINE_END: Final = r"[-\xad\u2010\u2011][ \t\xa0]{0,3}\r?\n[ \t\xa0]{0,8}"
_LETTER: Final = r"[^\W\d_]"
# Octets 80 to BF as Windows-1252 has them: the second half of a letter of UTF-8.
_SECOND_HALVES: Final = "".join(
    re.escape(bytes([octet]).decode("cp1252", "ignore") or chr(octet))
    for octet in range(0x80, 0xC0)
)
_TAG: Final = r"</?[A-Za-z][^<>\n]{0,200}>"
_EMPHASIS: Final = r"\*{1,3}|_{2,3}"

SIGN: Final = (
    rf"[{_INVISIBLE}{_ORNAMENTAL}{_ACCENTS}]|{_CODED}|{_ENTITY}|{_ESCAPE}"
    rf"|{_LETTER}{_LINE_END}{_LETTER}|\d{_LINE_END}\d|cfemail|email-protection#"
    rf"|\xc3[{_SECOND_HALVES}]"
)
"""A pattern of what stands in every text that has to be read without its veil."""

MARKUP: Final = rf"{_TAG}|\*\*|__|\*{_LETTER}|{_LETTER}\*"
"""And in one that has to be read without its tags too."""

# Most texts have none of these, and a search for single letters is far quicker.
_HINT = re.compile(rf"[%&\\<*_\xc3{_INVISIBLE}{_ORNAMENTAL}{_ACCENTS}]|[-\u2010\u2011]\s|email")
_SIGN = re.compile(SIGN)
_MARKUP = re.compile(MARKUP)
_VEILED = re.compile(
    rf"(?P<cloudflare>{_CLOUDFLARE})|(?P<coded>(?:{_CODED})+)|(?P<entity>{_ENTITY})"
    rf"|(?P<escape>{_ESCAPE})|(?P<line_end>(?<={_LETTER}){_LINE_END}(?={_LETTER}))"
    rf"|(?P<number_end>(?<=\d){_LINE_END}(?=\d))"
    rf"|(?P<apart>(?<=[a-zà-öø-ÿ])[{_INVISIBLE}]{{1,8}}(?=[A-ZÀ-ÖØ-Þ]))"
    rf"|(?P<invisible>[{_INVISIBLE}]+)"
    rf"|(?P<ornamental>[{_ORNAMENTAL}])|(?P<composed>{_LETTER}[{_ACCENTS}]{{1,4}})"
    rf"|(?P<twice>\xc3[{_SECOND_HALVES}])"
)
_MARKS = re.compile(
    rf"(?P<apart>(?<=[a-zà-öø-ÿ])(?:(?:{_TAG}){{1,6}}|{_EMPHASIS})(?=[A-ZÀ-ÖØ-Þ]))"
    rf"|(?P<tag>{_TAG})|(?P<emphasis>{_EMPHASIS})"
)
_BREAKS: Final = re.compile(
    r"</?(?:br|p|div|li|ul|ol|td|tr|th|table|h[1-6]|dd|dt|dl)\b", re.IGNORECASE
)
_ONE_CODED = re.compile(_CODED)
_HEX = re.compile(r"(?<![0-9A-Fa-f])[0-9A-Fa-f]{8,400}\Z")


class Reading(NamedTuple):
    """A text as it is read.

    Attributes:
        text: What is read.
        places: Where each of its characters begins in the text itself, and where the last
            one ends; ``None`` if it is the text itself.
        ends: Where each of its characters ends in the text itself.
    """

    text: str
    places: Sequence[int] | None = None
    ends: Sequence[int] = ()

    def span(self, start: int, end: int) -> Span:
        """Return where in the text itself these characters stand."""
        if self.places is None:
            return start, end
        return self.places[start], self.ends[end - 1]


def readings_of(text: str) -> Iterator[Reading]:
    """Yield the text as it stands, and then as it reads without what veils it."""
    plain = Reading(text)
    yield plain
    if not _HINT.search(text):
        return
    if _SIGN.search(text):
        plain = _unveiled(plain, _VEILED)
        yield plain
    if _MARKUP.search(plain.text):
        yield _unveiled(plain, _MARKS)


def plain(text: str) -> str:
    """Return a short text as it reads, without its veil."""
    *_, last = readings_of(text)
    return last.text


def _unveiled(reading: Reading, veil: re.Pattern[str]) -> Reading:
    """Return what is read when everything that a pattern meets is taken for its letters."""
    letters: list[str] = []
    places: list[int] = []
    ends: list[int] = []

    def put(words: str, start: int, end: int) -> None:
        first, last = reading.span(start, end)
        letters.extend(words)
        places.extend([first] * len(words))
        ends.extend([last] * len(words))

    def keep(start: int, end: int) -> None:
        letters.extend(reading.text[start:end])
        if reading.places is None:
            places.extend(range(start, end))
            ends.extend(range(start + 1, end + 1))
        else:
            places.extend(reading.places[start:end])
            ends.extend(reading.ends[start:end])

    last = 0
    for found in veil.finditer(reading.text):
        keep(last, found.start())
        for words, start, end in _READ[str(found.lastgroup)](found[0]):
            put(words, found.start() + start, found.start() + end)
        last = found.end()
    keep(last, len(reading.text))
    return Reading("".join(letters), places, ends)


# --- what stands for which letters --------------------------------------------------------

_Letters = Iterator[tuple[str, int, int]]
"""Letters, and the first and one past the last character that stand for them."""


def _read_coded(words: str) -> _Letters:
    """Yield the letters of percent codes, which are bytes of UTF-8 or else of Windows-1252."""
    codes = list(_ONE_CODED.finditer(words))
    octets = bytes(int(code[0][-2:], 16) for code in codes)
    place = 0
    while place < len(octets):
        letter, length = _letter_at(octets, place)
        yield letter, codes[place].start(), codes[place + length - 1].end()
        place += length


def _letter_at(octets: bytes, place: int) -> tuple[str, int]:
    for length in (1, 2, 3, 4):
        try:
            return octets[place : place + length].decode(), length
        except UnicodeDecodeError:
            continue
    return octets[place : place + 1].decode("cp1252", "replace"), 1


def _read_entity(words: str) -> _Letters:
    name = words.rsplit("amp;", 1)[-1].lstrip("&")
    yield _seen(html.unescape(f"&{name}")), 0, len(words)


def _read_escape(words: str) -> _Letters:
    yield _seen(chr(int(words.removeprefix("\\u"), 16))), 0, len(words)


def _seen(letters: str) -> str:
    """Return the letters that are seen of these."""
    return re.sub(f"[{_INVISIBLE}]", "", unicodedata.normalize("NFKC", letters))


def _read_cloudflare(words: str) -> _Letters:
    """Yield the address that Cloudflare hides: octets, each combined with the first one."""
    digits = _HEX.search(words)
    assert digits is not None  # noqa: S101 - the pattern ends in such digits
    begin = digits.start() + (len(digits[0]) % 2 and 1)
    octets = bytes.fromhex(words[begin:])
    address = bytes(octet ^ octets[0] for octet in octets[1:])
    try:
        letters = address.decode()
    except UnicodeDecodeError:
        letters = ""
    if "@" not in letters or not letters.isprintable():
        yield words, 0, len(words)
        return
    yield words[:begin], 0, begin
    yield letters, begin, len(words)


def _read_nothing(_: str) -> _Letters:
    yield from ()


def _read_composed(words: str) -> _Letters:
    yield unicodedata.normalize("NFC", words), 0, len(words)


def _read_ornamental(words: str) -> _Letters:
    yield unicodedata.normalize("NFKC", words), 0, len(words)


def _read_apart(words: str) -> _Letters:
    yield "\n" if _BREAKS.search(words) else " ", 0, len(words)


def _read_number_end(words: str) -> _Letters:
    yield "-", 0, len(words)


def _read_twice(words: str) -> _Letters:
    second = words[1].encode("cp1252", "ignore") or words[1].encode("latin-1")
    yield (b"\xc3" + second).decode(), 0, len(words)


def _read_tag(words: str) -> _Letters:
    yield "\n" if _BREAKS.match(words) else "", 0, len(words)


_READ: Final[dict[str, Callable[[str], _Letters]]] = {
    "cloudflare": _read_cloudflare,
    "coded": _read_coded,
    "entity": _read_entity,
    "escape": _read_escape,
    "apart": _read_apart,
    "invisible": _read_nothing,
    "ornamental": _read_ornamental,
    "composed": _read_composed,
    "line_end": _read_nothing,
    "number_end": _read_number_end,
    "twice": _read_twice,
    "tag": _read_tag,
    "emphasis": _read_nothing,
}
