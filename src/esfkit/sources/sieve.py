"""Dropping what can hold no record before it is decoded."""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass

from stringzilla import (  # type: ignore[import-not-found]  # it has no types
    find as find_in_memory,  # Python's own takes seven times as long
)

_HIDING = re.compile(
    rb"<!--.*?-->|<(script|style)\b.*?</\1\s*>|<[^>]*>", re.DOTALL | re.IGNORECASE
)
_MARKUP = re.compile(rb"[<&]")


@dataclass(frozen=True, slots=True)
class Sieve:
    """Words of which at least one stands in every text that holds a record.

    They are in ASCII, so that they are the same bytes in every encoding but UTF-16 and
    UTF-32. What may hide them is looked through: tags and entities of HTML, and JSON's
    escapes (:mod:`esfkit.sources.jsonl`). The sieve lets pages without a record through,
    and never drops one with.

    Attributes:
        words: The words, the most frequent first.
    """

    words: tuple[bytes, ...]

    def may_hold(self, content: bytes) -> bool:
        """Return whether a document's bytes may hold a record, be they text or HTML."""
        if self.stands_in(content) or b"\0" in content:  # UTF-16 has a NUL in each letter
            return True
        if _MARKUP.search(content) is None:
            return False
        return self.stands_in(_unveiled(content))

    def stands_in(self, content: bytes) -> bool:
        """Return whether one of the words stands in the bytes as they are."""
        return any(find_in_memory(content, word) >= 0 for word in self.words)

    def places(self, content: bytes) -> Iterator[int]:
        """Yield where words stand in the bytes, word by word, a place at a time."""
        for word in self.words:
            at = find_in_memory(content, word)
            while at >= 0:
                yield at
                at = find_in_memory(content, word, at + len(word))


def _unveiled(content: bytes) -> bytes:
    """Return HTML without tags and entities, so that the letters of words stand together."""
    bare = _HIDING.sub(b"", content)
    return html.unescape(bare.decode("latin-1")).encode("latin-1", "replace")
