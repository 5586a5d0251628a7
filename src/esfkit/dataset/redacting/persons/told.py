"""Names of persons that only prose tells: beside a word for a role, an address or a number.

================================================  =====================================
what stands in the text                            which name counts
================================================  =====================================
``Projektledare Freja Ekeroth``, and behind it      the given name is a common one
``säger Freja Ekeroth``, ``Freja Ekeroth säger``    the given name is a common one
``Freja Ekeroth, 070-…``                            the given name is a common one
``Freja Ekeroth, freja.ekeroth@…``                  that, or the address repeats it
``Kontaktperson: Frija Ekeroth`` and a line's end   any two words with capitals
``Projektledare Frija Ekeroth, 070-…``              any two words with capitals
``Kontakt: Freja, 070-…``                           a common given name that is no word
================================================  =====================================

*Kontakt* and the like may stand beside an organisation, so they need a common given name
(:data:`~esfkit.vocabulary.persons.Role`). Words of organisations, places, roles and labels
end a name or make it none.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from esfkit.dataset.redacting.addresses import Span
from esfkit.dataset.redacting.persons.names import Name
from esfkit.dataset.redacting.persons.personname import Words, is_given, name_at, words_in
from esfkit.dataset.redacting.persons.roles import RoleMet, find_roles
from esfkit.dataset.redacting.wordlist import words_of
from esfkit.vocabulary.fold import fold
from esfkit.vocabulary.persons import names_that_are_words, place_words, role_words

_ASIDE: Final = re.compile(r"[ \t\xa0]{0,3}\([^()\n]{0,40}\)")
_AFTER_ROLE: Final = re.compile(
    r"[ \t\xa0]{0,3}+[:,;–—-]?[ \t\xa0]{0,3}+"
    r"(?:\r?\n[ \t\xa0]{0,3}+){0,2}+\Z"
)
_BLANKS = re.compile(r"[ \t\xa0]{1,3}\Z")
_BEFORE_ROLE = re.compile(r"[ \t\xa0]{0,2}[,(:–—|/-][ \t\xa0]{0,2}\Z")
_BESIDE_CONTACT = re.compile(r"[\s,;:.()<>\[\]–—|/-]{0,6}\Z")
_JOINED = re.compile(r"[ \t\xa0]{0,2}[,&/][ \t\xa0]{0,2}\Z|[ \t\xa0]{1,2}\Z")
_LINE_ENDS = re.compile(r"[ \t\xa0]{0,8}(?:[\n,;(]|\Z)")
_BE: Final = frozenset(("är", "var", "heter", "blir", "som", "tf", "t", "f", "bitr"))
_JOINTS: Final = frozenset(("och", "samt", "eller", "resp", "and"))
_CONTACT_WORDS: Final = frozenset(
    ("e-post", "epost", "e-mail", "email", "mail", "mejl", "mailto", "på", "via", "nås")
)
_MOST_SKIPPED = 3
_MOST_WORDS = 6
_MOST_JOINED = 8
_NEAR = 40


class Told(NamedTuple):
    """A name that prose tells.

    Attributes:
        span: Where it stands.
        name: The name.
    """

    span: Span
    name: Name


def find_told(text: str, contacts: Sequence[Span]) -> Iterator[Told]:
    """Yield the names of persons that the text itself tells.

    Args:
        text: The text.
        contacts: Where e-mail addresses and telephone numbers stand in it.
    """
    roles = list(find_roles(text))
    if not roles and not contacts:
        return
    words = words_in(text)
    if not words.tokens:
        return
    looking = _Looking(text, words, sorted(contacts))
    names: dict[Span, Told] = {}
    for role in roles:
        names.update((told.span, told) for told in looking.beside_role(role))
    for contact in contacts:
        names.update((told.span, told) for told in looking.beside_contact(contact))
    for told in list(names.values()):
        names.update((more.span, more) for more in looking.joined_to(told))
    yield from sorted(names.values())


class _Looking(NamedTuple):
    """A text in which names are looked for."""

    text: str
    words: Words
    contacts: Sequence[Span]

    # --- beside a role

    def beside_role(self, role: RoleMet) -> Iterator[Told]:
        """Yield the name behind a word for a role, and the one before it."""
        behind = self._behind_role(role)
        if behind:
            yield behind
        before = self._before_role(role)
        if before:
            yield before

    def _behind_role(self, role: RoleMet) -> Told | None:
        aside = _ASIDE.match(self.text, role.end)
        stop = aside.end() if aside else role.end
        first = place = bisect_left(self.words.starts, stop)
        while place < len(self.words.tokens) and self.words.small(place) in _BE:
            place += 1
        if place == len(self.words.tokens) or place - first > _MOST_SKIPPED:
            return None
        gap = self.text[stop : self.words.starts[first]]
        if not _AFTER_ROLE.match(gap):
            return None
        end = name_at(self.words, place)
        if end is None and role.tells == "person":
            end = name_at(self.words, place, anybody=True)
            if end is not None and not self._is_entry(role, place, end):
                return None
        return None if end is None else self._told(place, end)

    def _is_entry(self, role: RoleMet, place: int, end: int) -> bool:
        """Tell whether role and name are an entry: a line of their own, a number behind."""
        stop = self.words.ends[end - 1]
        near = bisect_left(self.contacts, (stop, 0))
        if near < len(self.contacts) and self.contacts[near][0] - stop <= _NEAR:
            return True
        colon = ":" in self.text[role.end : self.words.starts[place]]
        return colon and _LINE_ENDS.match(self.text, stop) is not None

    def _before_role(self, role: RoleMet) -> Told | None:
        """Return the name in ``Freja Ekeroth, projektledare`` and ``Freja Ekeroth säger``."""
        end = bisect_right(self.words.ends, role.start)
        skipped = 0
        while end and skipped < _MOST_SKIPPED and self._is_small(end - 1):
            end, skipped = end - 1, skipped + 1
        if not end:
            return None
        stop = self.words.starts[end] if skipped else role.start
        gap = self.text[self.words.ends[end - 1] : stop]
        if role.tells == "speech" and not skipped:
            joins = _BLANKS.match(gap)
        else:
            is_said = skipped and self.words.small(end) in _BE and _BLANKS.match(gap)
            joins = is_said or _BEFORE_ROLE.match(gap)
        return self._ending_at(end) if joins else None

    def _is_small(self, place: int) -> bool:
        return self.words.tokens[place][0].islower()

    # --- beside an address or a number

    def beside_contact(self, contact: Span) -> Iterator[Told]:
        """Yield the name before an address or a number, and the one behind it."""
        address = fold(self.text[contact[0] : contact[1]])
        before = self._before_contact(contact, address)
        if before:
            yield before
        behind = self._behind_contact(contact, address)
        if behind:
            yield behind

    def _before_contact(self, contact: Span, address: str) -> Told | None:
        end = bisect_right(self.words.ends, contact[0])
        skipped = 0
        skipping = _CONTACT_WORDS | words_of("telephone")
        while end and skipped < _MOST_SKIPPED and self.words.small(end - 1) in skipping:
            end, skipped = end - 1, skipped + 1
        if not end:
            return None
        stop = self.words.starts[end] if skipped else contact[0]
        if not _BESIDE_CONTACT.match(self.text[self.words.ends[end - 1] : stop]):
            return None
        return self._ending_at(end, address) or self._lone_given(end - 1)

    def _behind_contact(self, contact: Span, address: str) -> Told | None:
        place = bisect_left(self.words.starts, contact[1])
        if place == len(self.words.tokens):
            return None
        if not _BESIDE_CONTACT.match(self.text[contact[1] : self.words.starts[place]]):
            return None
        end = name_at(self.words, place)
        if end is None and _repeats(address, self.words.tokens[place : place + 2]):
            end = name_at(self.words, place, anybody=True)
        return None if end is None else self._told(place, end)

    def _lone_given(self, place: int) -> Told | None:
        """Return a given name that stands alone between a word and an address or number."""
        word = self.words.tokens[place]
        small = self.words.small(place)
        if not is_given(word) or small in names_that_are_words() | place_words():
            return None
        if place and self.words.tokens[place - 1][0].isupper():
            gap = self.text[self.words.ends[place - 1] : self.words.starts[place]]
            if _BLANKS.match(gap) and self.words.small(place - 1) not in role_words():
                return None
        return self._told(place, place + 1)

    # --- both

    def joined_to(self, told: Told) -> Iterator[Told]:
        """Yield the names that stand in a row with one: ``Freja Ekeroth och Anna Ek``."""
        stop = told.span[1]
        for _ in range(_MOST_JOINED):
            place = bisect_left(self.words.starts, stop)
            if place == len(self.words.tokens):
                return
            gap = self.text[stop : self.words.starts[place]]
            if not _JOINED.match(gap):
                return
            if self.words.small(place) in _JOINTS and place + 1 < len(self.words.tokens):
                place += 1
            elif gap.isspace():
                return
            end = name_at(self.words, place)
            if end is None:
                return
            more = self._told(place, end)
            yield more
            stop = more.span[1]

    def _ending_at(self, end: int, address: str = "") -> Told | None:
        """Return the longest name that ends before a word."""
        for place in range(max(0, end - _MOST_WORDS), end - 1):
            if name_at(self.words, place) == end:
                return self._told(place, end)
            two = place == end - 2 and _repeats(address, self.words.tokens[place:end])
            if two and name_at(self.words, place, anybody=True) == end:
                return self._told(place, end)
        return None

    def _told(self, place: int, end: int) -> Told:
        tokens = self.words.tokens[place:end]
        parts = tuple(token for token in tokens if len(token) > 1)
        return Told((self.words.starts[place], self.words.ends[end - 1]), Name(parts))


def _repeats(address: str, tokens: Sequence[str]) -> bool:
    """Tell whether an address is made of these words: ``freja.ekeroth@exempel.se``."""
    local = _bare(address.partition("@")[0])
    return "@" in address and bool(tokens) and all(_bare(word) in local for word in tokens)


_BARE: Final = str.maketrans("åäöéüæø", "aaoeuao", "-.'’_")


def _bare(words: str) -> str:
    return fold(words).translate(_BARE)
