"""An owner's name and organisation number → which kind of body it is.

The name tells by words that a legal form requires (``AB``, ``ekonomisk förening``,
``kommunalförbund``) or by being that of a public body (``X kommun``, ``Region Skåne``,
``Arbetsförmedlingen``). A legal form beats the name of a public body, which a company
or association may bear: ``Kumla kommun Fastigheter AB``. The number tells by its first
digits. Both are told in ``legal_forms.csv``, each row with its source.

Nothing is guessed: ``Coompanion``, ``Kommunförbundet Skåne`` or a bare ``Kalmar`` have no
type unless the number gives one.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from esfkit.values.identifier import read_org_number
from esfkit.vocabulary.codes import code_list
from esfkit.vocabulary.fold import fold
from esfkit.vocabulary.tables import read_table

_LONGEST_NAME = 400
_LONGEST_TOWN = 3  # words, as in "upplands väsby kommun"
_AROUND = ".,;:!?'\"()[]/&"
_BRACKETS = re.compile(r"\([^()]{0,200}\)")
_TOWNS = ("kommun", "stad")
_MUNICIPALITY = "municipality"
_WHOLE_WORDS = ("whole", "start", "end", "within")
# What stands behind the legal form of a body that is being wound up.
_STATES = (("i", "likvidation"), ("i", "konkurs"), ("publ",))


class _Form(NamedTuple):
    """Words that tell a type.

    Attributes:
        words: The words, folded.
        place: Where in the name they stand, as in ``legal_forms.csv``.
        code: The type; empty for words that keep a name from being a public body's.
        is_legal: Whether it is a legal form, not the name of a public body.
    """

    words: tuple[str, ...]
    place: str
    code: str
    is_legal: bool


class _Match(NamedTuple):
    """A type that a stretch of the name's words tells."""

    start: int
    end: int
    form: _Form


@lru_cache(maxsize=4096)
def read_owner_type(name: str | None, organisation_number: str | None = None) -> str | None:
    """Return the type of the owner, a code of the list ``owner_types``.

    Args:
        name: The organisation alone, without its unit, as ``owner_name`` has it.
        organisation_number: As printed; one that is invalid tells nothing.

    Returns:
        What name or number tell. ``None`` where neither does, where the name tells
        two types, and where name and number contradict each other: one of them is wrong.
    """
    told = _types_of_name(name) if name and len(name) <= _LONGEST_NAME else frozenset()
    possible = _types_of_number(organisation_number or "")
    if told and possible and not told <= possible:
        return None
    only = told or possible
    return next(iter(only)) if len(only) == 1 else None


# --- the name -----------------------------------------------------------------------------


def _types_of_name(name: str) -> frozenset[str]:
    """Return the types that the words of a name tell; none where they tell nothing."""
    words = _words_of(name)
    found = (*_matches(words), *_endings(words))
    legal = [each for each in found if each.form.is_legal and _has_name(each.form, words)]
    if legal:
        return _types(_outermost(legal, len(words)))
    public = [each for each in (*found, *_towns(words)) if not each.form.is_legal]
    return _types(each for each in public if not _is_named_after(each, words))


def _has_name(form: _Form, words: tuple[str, ...]) -> bool:
    """Tell whether there is more than the legal form: ``AB`` alone is no name."""
    return form.place == "whole" or form.words != words


def _types(matches: Iterable[_Match]) -> frozenset[str]:
    return frozenset(each.form.code for each in matches)


def _words_of(name: str) -> tuple[str, ...]:
    """Return the folded words, without what stands in brackets or tells of a bankruptcy."""
    folded = fold(name)
    bare = _BRACKETS.sub(" ", folded)
    words = tuple(filter(None, (word.strip(_AROUND) for word in (bare or folded).split())))
    for state in _STATES:
        if words[-len(state) :] == state:
            words = words[: -len(state)]
    return words


def _matches(words: Sequence[str]) -> Iterator[_Match]:
    for start, word in enumerate(words):
        for form in _forms_by_first_word().get(word, ()):
            end = start + len(form.words)
            if tuple(words[start:end]) == form.words and _stands(form, start, end, len(words)):
                yield _Match(start, end, form)


def _stands(form: _Form, start: int, end: int, length: int) -> bool:
    at_start = start == 0 or form.place in ("within", "end")
    at_end = end == length or form.place in ("within", "start")
    return at_start and at_end


def _endings(words: Sequence[str]) -> Iterator[_Match]:
    """Yield what the first and the last word tell by how they end."""
    for at in sorted({0, len(words) - 1} if words else ()):
        is_last = at == len(words) - 1
        forms = (*_forms_at("first or last ends in"), *(_forms_at("last ends in") * is_last))
        found = [form for form in forms if words[at].endswith(form.words[0])]
        # The longest ending decides: a folkhögskola is no högskola.
        for form in sorted(found, key=lambda form: len(form.words[0]))[-1:]:
            if form.code:
                yield _Match(at, at + 1, form)


def _towns(words: Sequence[str]) -> Iterator[_Match]:
    """Yield where one of the municipalities stands, called ``kommun`` or ``stad``."""
    form = _Form((), "within", _MUNICIPALITY, is_legal=False)
    for end, word in enumerate(words, 1):
        if word in _TOWNS:
            for length in range(2, min(end, _LONGEST_TOWN) + 1):
                if code_list("municipalities").find(" ".join(words[end - length : end])):
                    yield _Match(end - length, end, form)


def _is_named_after(match: _Match, words: Sequence[str]) -> bool:
    """Tell whether the name is that of another body, which is named after a public one."""
    before, beside = words[: match.start], (*words[: match.start], *words[match.end :])
    bodies = tuple(form.words[0] for form in _forms_at("word ends in"))
    joints = {form.words[0] for form in _forms_at("word before")}
    schools = tuple(form.words[0] for form in _forms_at("last ends in") if not form.code)
    return (
        any(word.endswith(bodies) for word in beside)
        or not joints.isdisjoint(before)
        or any(word.endswith(schools) for word in words[max(match.end, len(words) - 1) :])
    )


def _outermost(legal: Sequence[_Match], length: int) -> Sequence[_Match]:
    """Return the legal forms that count: ``Handelsbolaget X Förvaltnings AB`` is an AB."""
    last = [each for each in legal if each.end == length]
    first = [each for each in legal if each.start == 0]
    return last or first or legal


# --- the number ---------------------------------------------------------------------------


def _types_of_number(number: str) -> frozenset[str]:
    """Return the types that a body with this number may have; none where it does not tell."""
    digits = read_org_number(number)
    if not isinstance(digits, str):
        return frozenset()
    for length in range(len(digits), 0, -1):
        if types := _groups().get(digits[:length]):
            return types
    return frozenset()


# --- the data -----------------------------------------------------------------------------


@cache
def _groups() -> Mapping[str, frozenset[str]]:
    """Return the first digits of organisation numbers → the types of their bodies."""
    return {
        row["words"]: frozenset(row["code"].split("|"))
        for row in read_table("legal_forms")
        if row["place"] == "number"
    }


@cache
def _forms() -> tuple[_Form, ...]:
    return tuple(
        _Form(tuple(row["words"].split()), row["place"], row["code"], row["rank"] == "legal")
        for row in read_table("legal_forms")
        if row["place"] != "number"
    )


@cache
def _forms_at(place: str) -> tuple[_Form, ...]:
    return tuple(form for form in _forms() if form.place == place)


@cache
def _forms_by_first_word() -> Mapping[str, tuple[_Form, ...]]:
    """Return the forms that are whole words, by the first of them."""
    forms: dict[str, tuple[_Form, ...]] = {}
    for form in _forms():
        if form.place in _WHOLE_WORDS:
            forms[form.words[0]] = (*forms.get(form.words[0], ()), form)
    return forms
