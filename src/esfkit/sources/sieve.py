"""Dropping what can hold no record before it is decoded."""

import html
import re
from dataclasses import dataclass

from esfkit.sources.blocks import find

_TAG = re.compile(rb"<[^<>]{0,4096}>")
_NOT_SHOWN = "!--|(?:script|style|template|noscript|svg|select|textarea)\\b"
_BETWEEN_LETTERS = re.compile(rb"<(?<=[A-Za-z]<)(?:%b)" % _NOT_SHOWN.encode(), re.IGNORECASE)
_END_IN_ATTRIBUTE = re.compile(rb"=[\"'][^\"'<>]{0,400}>")
"""A comment or a part that is not shown inside a word, and a ``>`` in an attribute: what a
reader sees of those is not worked out here. Both begin with a letter, which is found
twenty times as fast as a class of them."""


@dataclass(frozen=True, slots=True)
class Sieve:
    """Words of which at least one stands in every text that holds a record.

    They are in ASCII, so that they are the same bytes in every encoding but UTF-16 and
    UTF-32. What may hide them is looked through: tags and entities of HTML, and JSON's
    escapes (:mod:`esfkit.sources.crawls.jsonl`). The sieve lets pages without a record through,
    and never drops one with.

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
        if _BETWEEN_LETTERS.search(content) or _END_IN_ATTRIBUTE.search(content):
            return True
        return self.stands_in(_unveiled(content))

    def stands_in(self, content: bytes) -> bool:
        """Return whether one of the words stands in the bytes as they are."""
        return any(find(content, word, 0, len(content)) >= 0 for word in self.words)


def _unveiled(content: bytes) -> bytes:
    """Return HTML without tags and entities, so that the letters of words stand together.

    A letter can only be written as a number: no named entity is one that words have.
    """
    bare = _TAG.sub(b"", content)
    if b"&#" not in bare:
        return bare
    return html.unescape(bare.decode("latin-1")).encode("latin-1", "replace")
