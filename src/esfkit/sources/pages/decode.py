"""Bytes to text, once, with a finding for each thing that had to be put right."""

import codecs
import re
from typing import NamedTuple

from esfkit.model.finding import Finding, Problem, Severity
from esfkit.sources.pages.legacy import best_encoding, swedish_score
from esfkit.sources.pages.mojibake import repair_double_encoding

_MARKED = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

_WIDE_SAMPLE = 4096
_WIDE_SHARE = 0.6
"""The least share of NUL bytes on one side of the pairs of a UTF-16 text in Swedish."""
_NARROW_SHARE = 0.05
"""The most of them on the other side."""
_SHORTEST_WIDE = 4

_BAD_BYTES = re.compile("[\udc80-\udcff]+")
"""How Python hands over the bytes that are not UTF-8: each as one low surrogate."""

_GOOD_UTF8 = re.compile("[\xa0-\u017f\u0300-\u036f\u2010-\u2212]")
"""What UTF-8 is used for in Swedish; other characters may be an accident of old bytes."""

_MENDABLE = frozenset("åäöÅÄÖéÉèüÜæøÆØ–—‘’“”•…€§°´½·«»\xa0".encode("cp1252"))
"""Bytes that stand for themselves when one is met alone in UTF-8. The others are more
likely debris of a cut sequence, and what they meant is not guessed."""

_BEYOND_ASCII = bytes(range(0x80, 0x100))
_NAMES = {"cp1252": "Windows-1252", "mac_roman": "Mac Roman", "cp850": "code page 850"}


class Decoded(NamedTuple):
    """The text of some bytes.

    Attributes:
        text: The text, free of lone surrogates and of the byte order mark.
        encoding: What it was decoded from, by Python's name.
        findings: What had to be put right.
    """

    text: str
    encoding: str
    findings: tuple[Finding, ...] = ()


def decode(data: bytes) -> Decoded:
    """Return the text of the bytes, whatever they are.

    The order is: byte order mark, UTF-16 by its NUL bytes, UTF-8, then the old
    encodings by the Swedish letters they give. Nothing in the text is changed but
    what was encoded twice; line ends and Unicode forms stay as they are.
    """
    decoded = _decode_once(data)
    repaired = repair_double_encoding(decoded.text)
    findings = decoded.findings
    if repaired.places:
        findings += (_double_encoding(repaired.places, repaired.example),)
    return Decoded(repaired.text.lstrip("\ufeff"), decoded.encoding, findings)


def wide_encoding(data: bytes) -> str | None:
    """Return the UTF-16 or UTF-32 encoding of the bytes, if they are in one."""
    for mark, encoding in _MARKED[1:]:
        if data.startswith(mark) and _fits(data, encoding):
            return encoding
    return _wide_without_mark(data) if b"\0" in data else None


def _fits(data: bytes, encoding: str) -> bool:
    """Tell a UTF-32 mark from a UTF-16 text that begins with a NUL."""
    if not encoding.startswith("utf-32"):
        return True
    try:
        data.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _wide_without_mark(data: bytes) -> str | None:
    sample = data[:_WIDE_SAMPLE]
    if len(sample) < _SHORTEST_WIDE:
        return None
    pairs = len(sample) // 2
    first, second = sample[0::2].count(0) / pairs, sample[1::2].count(0) / pairs
    if second >= _WIDE_SHARE and first <= _NARROW_SHARE:
        return "utf-16-le"
    if first >= _WIDE_SHARE and second <= _NARROW_SHARE:
        return "utf-16-be"
    return None


def _decode_once(data: bytes) -> Decoded:
    wide = wide_encoding(data)
    if wide is not None:
        return _decode_wide(data, wide)
    marked = data.startswith(codecs.BOM_UTF8)
    try:
        return Decoded(data.decode(), "utf-8-sig" if marked else "utf-8")
    except UnicodeDecodeError:
        return _decode_damaged(data, marked=marked)


def _decode_wide(data: bytes, encoding: str) -> Decoded:
    try:
        return Decoded(data.decode(encoding), encoding)
    except UnicodeDecodeError as error:
        text = data.decode(encoding, "replace")
        finding = _invalid_bytes(text.count("\ufffd"), "places are", encoding, error.start)
        return Decoded(text, encoding, (finding,))


def _decode_damaged(data: bytes, *, marked: bool) -> Decoded:
    """Decode what is not UTF-8: UTF-8 with some bad bytes, or an older encoding."""
    escaped = data.decode("utf-8", "surrogateescape")
    if marked:
        return _mend(escaped, "utf-8-sig")
    encoding, score = best_encoding(data)
    if _GOOD_UTF8.search(escaped):
        mended = _mend(escaped, "utf-8")
        if swedish_score(mended.text) >= swedish_score(data.decode(encoding, "replace")):
            return mended
    return _decode_legacy(data, encoding, score)


def _decode_legacy(data: bytes, encoding: str, score: float) -> Decoded:
    text, _, findings = _mend(data.decode(encoding, "surrogateescape"), encoding)
    beyond = len(data) - len(data.translate(None, _BEYOND_ASCII))
    return Decoded(text, encoding, (_legacy(encoding, beyond, score), *findings))


def _mend(escaped: str, encoding: str) -> Decoded:
    """Return the text with the bytes that did not decode put right or marked."""
    runs = [found[0] for found in _BAD_BYTES.finditer(escaped)]
    if not runs:
        return Decoded(escaped, encoding)
    before = escaped[: escaped.index(runs[0])]
    offset = len(before.encode(encoding.removesuffix("-sig")))
    text = _BAD_BYTES.sub(_mended_run, escaped)
    finding = _invalid_bytes(sum(map(len, runs)), "bytes are", encoding, offset)
    return Decoded(text, encoding, (finding,))


def _mended_run(found: re.Match[str]) -> str:
    run = bytes(ord(character) - 0xDC00 for character in found[0])
    return run.decode("cp1252") if _MENDABLE.issuperset(run) else "\ufffd" * len(run)


def _invalid_bytes(count: int, what: str, encoding: str, offset: int) -> Finding:
    message = f"{count} {what} not valid {encoding}, the first at byte {offset}."
    return Finding(code=Problem.INVALID_BYTES, severity=Severity.WARNING, message=message)


def _legacy(encoding: str, beyond: int, score: float) -> Finding:
    message = (
        f"The text is not UTF-8; its {beyond} bytes beyond ASCII read as {_NAMES[encoding]}."
    )
    if score >= 0:
        return Finding(code=Problem.DECODED_AS_LEGACY, severity=Severity.NOTE, message=message)
    message += " No old encoding makes them look Swedish: compare with the page itself."
    return Finding(code=Problem.DECODED_AS_LEGACY, severity=Severity.WARNING, message=message)


def _double_encoding(places: int, example: str) -> Finding:
    message = f"Double encoding put right in {places} places, the first in “{example}”."
    return Finding(
        code=Problem.DOUBLE_ENCODING_REPAIRED, severity=Severity.NOTE, message=message
    )
