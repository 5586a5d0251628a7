"""Printed words → e-mail address and telephone number, as printed.

::

    email = local "@" label {"." label}
    phone = number {("," | ";" | " / " | "eller" | "och") number} ["(vxl)"]

A number of 8 to 13 digits is a telephone number, in any grouping.
"""

import re

from esfkit.model.finding import Problem
from esfkit.values.nullwords import stated, stated_in_digits

_INVISIBLE = dict.fromkeys(
    (
        0x00,
        0xAD,
        *range(0x200B, 0x2010),
        *range(0x202A, 0x202F),
        0x2060,
        *range(0x2066, 0x206A),
        0xFEFF,
    )
)

_COMMON_EMAIL = re.compile(
    r"[A-Za-z0-9._-]{1,64}@[A-Za-z0-9]{1,40}(?:\.[A-Za-z0-9]{1,40}){0,3}\.[A-Za-z]{2,24}"
)
_LINKED_EMAIL = re.compile(
    rf"[\[<]?(?P<email>{_COMMON_EMAIL.pattern})(?:\]?[(<]mailto:[^ ()<>]{{1,254}}[)>]|>)"
)
"""An address with the link that a copy in Markdown or mail prints around or behind it."""

_LONGEST_LINK = 600
_COMMON_PHONE = re.compile(r"0[0-9]{1,3}[- ]?[0-9]{2,3}(?: ?[0-9]{2,3}){1,3}")

_LONGEST_EMAIL = 254  # RFC 5321
_LOCAL_MARKS = frozenset("!#$%&'*+/=?^_`{|}~.-")

_PROTECTED = re.compile(
    r"email.?protected|[(\[{] ?(?:at|a|snabel-?a|@) ?[)\]}]"
    r"| at [^ ]{1,80}\.[a-z]{2,24}\Z| snabel-a "
)

_PHONE_WORDS = re.compile(
    r"\((?:vxl?|växel|vx|direkt|mobil|tel|arb)\.?\)|\b(?:vxl|växel|tel|telefon|mobil|mob)\b[.:]{0,2}"
)
_BETWEEN_PHONES = re.compile(r" ?(?:[,;]|\beller\b|\boch\b| / ) ?")
_PHONE = re.compile(
    r"(?!(?:19|20)[0-9]{2}-[0-9]{2}-[0-9]{2})"  # a date has eight digits too
    r"(?:\+?[0-9][-0-9 ()./]{6,30}|\(\+?[0-9]{1,5}\)[-0-9 ()./]{4,30})"
)
_MARKS = str.maketrans("", "", "+-()./ ")
_LEAST_DIGITS, _MOST_DIGITS = 8, 13


def read_email(words: str) -> str | Problem | None:
    """Read an e-mail address, letters as printed.

    An address that the page hides, such as ``[email protected]`` or
    ``namn(at)kommun.se``, is not put together from its pieces.
    """
    if _COMMON_EMAIL.fullmatch(words):
        return words
    linked = _LINKED_EMAIL.fullmatch(words.strip()[:_LONGEST_LINK])
    if linked:
        return linked["email"]
    folded = stated(words)
    if folded is None or isinstance(folded, Problem):
        return folded
    if _PROTECTED.search(folded):
        return Problem.EMAIL_PROTECTED
    address = _tidy(words).removeprefix("mailto:").strip("<>,;").rstrip(".")
    return address if _is_address(address) else Problem.UNREADABLE_VALUE


def read_phone(words: str) -> str | Problem | None:
    """Read one or more telephone numbers, grouped as printed."""
    if _COMMON_PHONE.fullmatch(words) and _is_phone(words):
        return words
    folded = stated_in_digits(words.translate(_INVISIBLE))
    if folded is None or isinstance(folded, Problem):
        return folded
    bare = _PHONE_WORDS.sub(" ", folded)
    numbers = [number.strip() for number in _BETWEEN_PHONES.split(bare)]
    return _tidy(words) if all(map(_is_phone, numbers)) else Problem.UNREADABLE_VALUE


def _tidy(words: str) -> str:
    return " ".join(words.translate(_INVISIBLE).split())


def _is_address(address: str) -> bool:
    local, at, domain = address.partition("@")
    labels = domain.split(".")
    return (
        bool(local and at)
        and len(address) <= _LONGEST_EMAIL
        and all(_is_letter(mark) or mark in _LOCAL_MARKS for mark in local)
        and len(labels) > 1
        and all(map(_is_label, labels))
        and labels[-1].isalpha()
    )


def _is_label(label: str) -> bool:
    return (
        bool(label)
        and label[0] != "-" != label[-1]
        and all(mark == "-" or _is_letter(mark) for mark in label)
    )


def _is_letter(mark: str) -> bool:
    return mark.isalnum() if mark.isascii() else mark.isalpha()


def _is_phone(number: str) -> bool:
    digits = len(number.translate(_MARKS))
    return _LEAST_DIGITS <= digits <= _MOST_DIGITS and _PHONE.fullmatch(number) is not None
