"""Words for what somebody does, in a text: ``projektledare``, ``säger``, ``miljöchef``."""

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from esfkit.vocabulary.persons import Role, role_words

_LONGEST_ROLE = 40
_KINDS: tuple[Role, ...] = ("person", "either", "speech")


class RoleMet(NamedTuple):
    """A word for a role in a text.

    Attributes:
        start: Its first character.
        end: One past its last.
        tells: What may stand beside it.
    """

    start: int
    end: int
    tells: Role


@cache
def sign() -> str:
    """Return a pattern of what stands in every text that has a word for a role."""
    return rf"(?i){'|'.join(map(re.escape, _signs()))}"


def find_roles(text: str) -> Iterator[RoleMet]:
    """Yield the words for roles in a text, in their order."""
    small = text.lower()
    if len(small) != len(text):  # a letter that is two in small letters
        small = "".join(letter.lower()[:1] for letter in text)
    last = 0
    for start, end in sorted(_ends_by_start(small).items()):
        role = _role_at(text, start, end) if start >= last else None
        if role is not None:
            last = end
            yield role


def _ends_by_start(small: str) -> dict[int, int]:
    """Return where words for roles begin → where the longest that begins there ends."""
    ends: dict[int, int] = {}
    for letters in _signs():
        place = small.find(letters)
        while place >= 0:
            for word, offset in _words_with(letters):
                start = place - offset
                if start >= 0 and small.startswith(word, start):
                    ends[start] = max(ends.get(start, 0), start + len(word))
            place = small.find(letters, place + 1)
    return ends


def _role_at(text: str, start: int, end: int) -> RoleMet | None:
    """Return the role that a word tells, by itself or as the last part of a longer one."""
    if text[end : end + 1].islower():
        return None
    word = text[start:end].lower()
    if not text[start - 1 : start].isalpha():
        tells = _tells().get(word)
        return None if tells is None else RoleMet(start, end, tells)
    if not word.endswith(_last_parts()):
        return None
    while start and text[start - 1].isalpha() and end - start < _LONGEST_ROLE:
        start -= 1
    return RoleMet(start, end, "person")


@cache
def _signs() -> tuple[str, ...]:
    """Return the fewest words of which one stands in each word for a role."""
    words = sorted(
        (word.lstrip("-") for word in role_words()), key=lambda word: (len(word), word)
    )
    return tuple(
        word
        for place, word in enumerate(words)
        if not any(each in word for each in words[:place])
    )


@cache
def _words_with(letters: str) -> tuple[tuple[str, int], ...]:
    """Return the words for roles that hold some letters, and where in them these stand."""
    words = {word.lstrip("-") for word in role_words()}
    return tuple((word, word.index(letters)) for word in sorted(words) if letters in word)


@cache
def _last_parts() -> tuple[str, ...]:
    return tuple(word[1:] for word in role_words() if word.startswith("-"))


@cache
def _tells() -> dict[str, Role]:
    return {word: kind for kind in _KINDS for word in role_words(kind)}
