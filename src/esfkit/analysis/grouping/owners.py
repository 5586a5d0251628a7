"""Owners: what kind of organisation each is, and which of them are one.

The same owner is printed ``Uppsala kommun`` on one page and ``UPPSALA KOMMUN`` on
another. Two owners are one organisation here if they have one organisation number, or if
their names differ in case and blanks alone and no page gives them different numbers.
Renamed bodies (a county council that became a region) stay apart: no page says so.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Final, NamedTuple

import polars as pl

from esfkit.vocabulary.fold import fold

NAME: Final = "name"
NUMBER: Final = "number"


class _Owner(NamedTuple):
    """An owner as it is printed."""

    name: str | None
    number: str | None


def types(owners: pl.Series) -> pl.Series:
    """Return for each owner what kind of organisation it is; null where nothing tells.

    Args:
        owners: Structs of ``name`` and ``number``, one for each record.
    """
    # Loads pydantic, which every other key does without.
    from esfkit.values.owner_type import read_owner_type  # noqa: PLC0415

    distinct = owners.unique()
    read = [read_owner_type(each[NAME], each[NUMBER]) for each in distinct]
    return _looked_up(owners, distinct, read)


def organisations(owners: pl.Series) -> pl.Series:
    """Return for each owner the name of its organisation, null where there is neither.

    The name is the spelling that most rows have, one in capitals only where there is no
    other; of equals the first by letters. Two organisations of one name get their number
    behind it.

    Args:
        owners: Structs of ``name`` and ``number``, one for each record.
    """
    counts = owners.alias("owner").value_counts(name="rows")
    printed = {
        _Owner(each["owner"][NAME], each["owner"][NUMBER]): each["rows"]
        for each in counts.to_dicts()
    }
    named = _named(printed)
    distinct = pl.Series([owner._asdict() for owner in printed], dtype=owners.dtype)
    return _looked_up(owners, distinct, [named[owner] for owner in printed])


def _looked_up(owners: pl.Series, distinct: pl.Series, read: Sequence[str | None]) -> pl.Series:
    known = pl.DataFrame({"owner": distinct, "read": pl.Series(read, dtype=pl.String)})
    rows = pl.DataFrame({"owner": owners})
    return rows.join(known, on="owner", how="left", nulls_equal=True, maintain_order="left")[
        "read"
    ]


def _named(printed: Mapping[_Owner, int]) -> dict[_Owner, str | None]:
    identity = _identities(printed)
    spellings: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for owner, rows in printed.items():
        if owner.name is not None:
            spellings[identity[owner]][owner.name] += rows
    labels = {each: _spelling(spellings[each]) or each for each in identity.values() if each}
    same = Counter(labels.values())
    shown = {
        each: label if same[label] == 1 else f"{label} ({each})"
        for each, label in labels.items()
    }
    return {owner: shown.get(identity[owner]) for owner in printed}


def _identities(printed: Iterable[_Owner]) -> dict[_Owner, str]:
    """Return the number, or the folded name, that tells each owner from others."""
    numbers: defaultdict[str, set[str]] = defaultdict(set)
    for owner in printed:
        if owner.name is not None and owner.number is not None:
            numbers[fold(owner.name)].add(owner.number)
    return {owner: _identity(owner, numbers) for owner in printed}


def _identity(owner: _Owner, numbers: Mapping[str, set[str]]) -> str:
    if owner.number is not None:
        return owner.number
    if owner.name is None:
        return ""
    folded = fold(owner.name)
    known = numbers.get(folded, set())
    return next(iter(known)) if len(known) == 1 else folded


def _spelling(spellings: Mapping[str, int]) -> str | None:
    return min(
        spellings, key=lambda name: (name.isupper(), -spellings[name], name), default=None
    )
