"""Each field of a project: which observation gives it, and which disagree.

The observations come in the order of precedence and the first that states a field gives
it. What belongs together comes from one observation: the telephone number is that of
the contact person, the women are counted among the participants.
"""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any, Final, NamedTuple

import polars as pl

from esfkit.analysis.merging.titles import words_key
from esfkit.dataset.columns import SCHEMA
from esfkit.vocabulary.fold import fold

GIVEN: Final = "given"
AGREES: Final = "agrees"
DISAGREES: Final = "disagrees"
JOINED: Final = "joined"
DERIVED: Final = "derived"
"""What an observation says of a field: it gives what the project states, says the same or
another thing, or joined the project under another ``record_id``; nobody says it."""

TOGETHER: Final[Mapping[str, tuple[str, ...]]] = {
    "programme_period": ("programme_period_basis",),
    "programme_area": ("programme_area_name",),
    "intervention_code": ("intervention_name",),
    "region": ("region_code",),
    "municipalities": ("municipality_codes",),
    "owner": ("owner_name", "owner_unit"),
    "postal_address": ("postal_code", "postal_town", "country"),
    "contact_person": ("email", "phone"),
    "planned_participants": ("planned_women", "planned_men"),
}
"""Field → the fields that come from the observation that gives it, or from one that agrees."""

OF_THE_DOCUMENT: Final = tuple(
    name for name in SCHEMA if name.startswith("source_") or name in ("layout", "claimed_share")
)
"""Columns that describe one document; they come from the first observation."""

COMPUTED: Final = "esf_share"
"""Made anew from the support and the budget of the project."""

FIELDS: Final = tuple(
    name
    for name in SCHEMA
    if name not in (*OF_THE_DOCUMENT, COMPUTED, "kind", "provenance", "findings")
)
"""Columns that are chosen one by one."""

_LEADS: Final = {follower: lead for lead, group in TOGETHER.items() for follower in group}
_NUMBERED_FIRST: Final = ("record_id", "project_number")


class Standing(NamedTuple):
    """What one observation says of a field, compared with what the project states."""

    field: str
    row: int
    standing: str


class Choice(NamedTuple):
    """A project put together.

    Attributes:
        rows: Its observations in the order of precedence.
        giver: Field → the row that gives it; only fields that are stated.
        standings: What every observation says of every field that it states.
    """

    rows: tuple[int, ...]
    giver: Mapping[str, int]
    standings: tuple[Standing, ...]

    def disagreeing(self) -> dict[str, list[int]]:
        """Return field → the rows that state another value than the project."""
        told: dict[str, list[int]] = {}
        for field, row, standing in self.standings:
            if standing == DISAGREES:
                told.setdefault(field, []).append(row)
        return told


Values = Mapping[str, Sequence[Any]]


def values_of(frame: pl.DataFrame) -> Values:
    """Return column → its values in the form in which they are compared."""
    return {name: [_compared(name, each) for each in frame[name].to_list()] for name in FIELDS}


def choose(rows: Sequence[int], values: Values) -> Choice:
    """Put a project together.

    Args:
        rows: Its observations in the order of precedence.
        values: Of all observations; see :func:`values_of`.
    """
    giver: dict[str, int] = {}
    for field in FIELDS:
        given = _giver(field, rows, values, giver)
        if given is not None:
            giver[field] = given
    return Choice(tuple(rows), giver, tuple(_standings(rows, values, giver)))


def _giver(
    field: str, rows: Sequence[int], values: Values, giver: Mapping[str, int]
) -> int | None:
    stated = [row for row in rows if values[field][row] is not None]
    if field in _NUMBERED_FIRST:
        # The identity of the project is its number, whoever comes first.
        numbered = [row for row in stated if values["project_number"][row] is not None]
        return next(iter(numbered or stated), None)
    lead = _LEADS.get(field)
    if lead is not None and lead in giver:
        said, first = values[lead], giver[lead]
        with_it = [row for row in stated if said[row] in (None, said[first])]
        stated = sorted(with_it, key=lambda row: (row != first, said[row] is None))
    return next(iter(stated), None)


def _standings(
    rows: Sequence[int], values: Values, giver: Mapping[str, int]
) -> Iterator[Standing]:
    for field in FIELDS:
        said, first = values[field], giver.get(field)
        otherwise = JOINED if field == "record_id" else DISAGREES
        for row in rows:
            if said[row] is None:
                continue
            if row == first:
                yield Standing(field, row, GIVEN)
            else:
                same = first is not None and said[row] == said[first]
                yield Standing(field, row, AGREES if same else otherwise)


def _compared(field: str, value: Any) -> Any:  # noqa: ANN401 - of the column's type
    """Return a value in the form in which it is compared; ``None`` where nothing is stated."""
    if value is None or value == []:
        return None
    if field == "programme_period_basis":
        return "told"  # how the period was told is no statement about the project
    if field == "title":
        return words_key(value) or fold(value)
    if isinstance(value, str):
        return fold(value)
    if isinstance(value, Decimal):
        return value.normalize()
    return repr(value) if isinstance(value, list) else value
