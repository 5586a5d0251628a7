r"""E-mail addresses in a text, printed plainly or hidden from machines.

::

    address  = local at domain
    at       = "@" | "＠" | "%40" | "(at)" | "[snabel-a]" | " snabel-a " | ...
    domain   = label {("." | "(punkt)" | " punkt ") label}

A bare ``at`` between blanks is English more often than an address, so it counts only
behind a local part with a point: ``anna.svensson at kommun.se``.
"""

import re
from collections.abc import Iterator
from typing import Final

Span = tuple[int, int]
"""First character and one past the last."""

_B = r"[ \t\xa0\xad\u200b-\u200d]"
_LOCAL = r"[\w.+'\xad\u200b-\u200d-]"
_LABEL = r"[^\W_](?:[\w\xad\u200b-\u200d-]{0,62}[^\W_])?"
_TOP = r"[^\W\d_]{2,24}"
_SNABEL_A = rf"snabel(?:-|{_B})?a"
_HIDDEN_AT = rf"{_B}{{0,2}}[(\[{{<]{_B}?(?:at|a|ät|{_SNABEL_A}|@){_B}?[)\]}}>]{_B}{{0,2}}"
_MARKED_AT = rf"{_B}{{0,2}}\*(?:at|a|ät)\*{_B}{{0,2}}|{_B}{{1,2}}[-_/](?:at|a)[-_/]{_B}{{1,2}}"
_SPELT_AT = rf"{_B}{{1,2}}{_SNABEL_A}{_B}{{1,2}}"
_HIDDEN_DOT = rf"{_B}{{0,2}}[(\[{{<]{_B}?(?:dot|punkt|\.){_B}?[)\]}}>]{_B}{{0,2}}"
_SPELT_DOT = rf"{_B}{{1,2}}(?:dot|punkt|\.){_B}{{1,2}}"
_DOT = rf"(?:\.|{_HIDDEN_DOT}|{_SPELT_DOT})"
_DOMAIN = rf"{_LABEL}(?:{_DOT}{_LABEL}){{0,6}}"
_FULL_DOMAIN = rf"{_LABEL}(?:{_DOT}{_LABEL}){{0,5}}{_DOT}{_TOP}"
_AT = r"(?:@|\uff20|%40|=40|&#0{0,4}64;|&#x0{0,4}40;|&commat;)"
# The look behind lets a long run of letters be tried once, and not from each of them.
_ADDRESS: Final = re.compile(
    rf"(?<!{_LOCAL})(?:"
    rf"(?:{_LOCAL}{{1,64}}(?:{_HIDDEN_DOT}|{_B}{{1,2}}(?:dot|punkt){_B}{{1,2}})){{0,3}}"
    rf"{_LOCAL}++(?:{_AT}{_DOMAIN}"
    rf"|(?:{_B}?\n?{_B}?{_AT}{_B}?\n?|{_HIDDEN_AT}|{_MARKED_AT}|{_SPELT_AT}){_FULL_DOMAIN})"
    rf"|{_LOCAL}{{1,64}}{_DOT}{_LOCAL}{{1,64}}{_B}at{_B}(?!www\b){_FULL_DOMAIN}"
    rf"|{_LOCAL}{{1,64}}?_at_{_FULL_DOMAIN}"
    rf")",
    re.IGNORECASE,
)
SIGN: Final = (
    rf"(?i){_AT}|snabel|[(\[{{<]\s?(?:at|a|ät)\s?[)\]}}>]|\sat\s|[*_]at[*_]|\*a\*|/at/|-at-"
)
"""A pattern of what stands in every text that has an address."""
_SIGN = re.compile(SIGN)


def find_emails(text: str) -> Iterator[Span]:
    """Yield the places of the e-mail addresses in a text."""
    if _SIGN.search(text) is None:
        return
    for found in _ADDRESS.finditer(text):
        yield found.span()
