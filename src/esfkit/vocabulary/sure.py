"""Words without which no text is about a project or a call of the fund.

Labels such as ``Region`` or ``Telefon`` stand on every second page of the web. A page of
a project or call also names the fund or prints one of the labels that only such pages
have; a text with none of the words here is none of them, however it is laid out. The
sieve looks for the same words in bytes, so it can drop nothing that the parser would read.
"""

from functools import cache

from esfkit.vocabulary.tables import read_table


@cache
def sure_words() -> tuple[str, ...]:
    """Return the words, the most frequent first.

    They are parts of words in ASCII, in the letters' case on the pages and in capitals, as
    some copies print the labels: every encoding of a page keeps them, JSON does not escape
    them, and they are found at the speed of memory.
    """
    return tuple(row["words"] for row in read_table("sure_words"))


def is_sure(text: str) -> bool:
    """Return whether one of the words stands in the text."""
    return any(words in text for words in sure_words())
