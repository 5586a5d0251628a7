"""Dropping what can hold no record before it is decoded."""

import html
import re
from dataclasses import dataclass
from functools import cache

from esfkit.sources.pages.render import NOT_SHOWN
from esfkit.sources.search import search_for

_NAMES = "|".join(sorted({*NOT_SHOWN, "button"})).encode()
_SHOWN_TAG = re.compile(
    rb"<(?!/?(?:%b)\b|[^<>]{0,400}\b(?:hidden|role)\b)"
    rb"[A-Za-z/?](?:[^<>\"']++|\"[^\"<>]*+\"|'[^'<>]*+')*+>"
    rb"|<!--(?:[^<>-]++|-(?!->))*+-->" % _NAMES,
    re.IGNORECASE,
)
"""A tag of which nothing but itself is not shown, or a comment: what stands before and
behind it stands together. Odder ones are left standing, see :func:`_torn`."""


@dataclass(frozen=True, slots=True)
class Sieve:
    """Words of which at least one stands in every text that holds a record.

    They are in ASCII, so that they are the same bytes in every encoding but UTF-16 and
    UTF-32. What may hide them is looked through: tags and entities of HTML, and JSON's
    escapes (:mod:`esfkit.sources.crawls.jsonl`). The sieve lets pages without a record
    through, and never drops one with.

    Attributes:
        words: The words, the most frequent first.
    """

    words: tuple[bytes, ...]

    def may_hold(self, content: bytes) -> bool:
        """Return whether a document's bytes may hold a record, be they text or HTML."""
        if self.stands_in(content) or b"\0" in content:  # UTF-16 has a NUL in each letter
            return True
        if b"<" not in content:
            return False
        bare = _unveiled(content)
        return self.stands_in(bare) or _torn(self.words).search(bare) is not None

    def stands_in(self, content: bytes) -> bool:
        """Return whether one of the words stands in the bytes as they are."""
        return search_for(self.words).stands_in(content, len(content))


def _unveiled(content: bytes) -> bytes:
    """Return HTML without tags and entities, so that the letters of words stand together.

    A letter can only be written as a number: no named entity is one that words have.
    """
    bare = _SHOWN_TAG.sub(b"", content)
    if b"&#" not in bare:
        return bare
    return html.unescape(bare.decode("latin-1")).encode("latin-1", "replace")


@cache
def _torn(words: tuple[bytes, ...]) -> re.Pattern[bytes]:
    """Return the pattern of a word's begin right before markup that was left standing.

    Its rest may stand behind that: behind a script, a hidden element, a tag with a bracket
    in an attribute. What a reader sees of those is not worked out here.
    """
    begins = sorted({word[:end] for word in words for end in range(1, len(word))})
    return re.compile(rb"(?:%b)<[A-Za-z/!?]" % b"|".join(map(re.escape, begins)))
