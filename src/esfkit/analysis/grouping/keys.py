"""What records can be grouped by."""

from collections.abc import Mapping, Sequence
from functools import cache

import polars as pl

from esfkit.analysis.grouping import owners
from esfkit.analysis.grouping.classes import CLASSES, Edges, class_column, class_order
from esfkit.dataset.columns import did_you_mean
from esfkit.model.errors import BadRequest
from esfkit.vocabulary.tables import read_table

NATIONAL = "Nationellt"
"""No region of its own: kept apart from the regions everywhere."""

_NATIONWIDE = {"region": NATIONAL, "region_code": "SE"}

_COLUMNS = (
    "programme_period",
    "programme_area",
    "programme_area_name",
    "specific_objective",
    "intervention_code",
    "intervention_name",
    "region",
    "region_code",
    "owner_name",
    "owner_org_number",
    "phase",
    "fund",
    "kind",
    "layout",
    "programme_cci",
    "call_number",
)
_YEARS = {"start_year": "period_start", "end_year": "period_end"}
_SPELLINGS = {"period_start.year": "start_year", "period_end.year": "end_year"}

PLACES_KNOWN = "__places_known"

SHARED = ("county", "municipality")
"""Keys of which one project can have several values."""

OWNER_TYPE = "owner_type"
"""What kind of organisation the owner is, by its legal form."""

ORGANISATION = "organisation"
"""The owner by its number, or by its name however that is written."""

_OF_A_PERIOD = ("programme_area", "specific_objective", "programme_area_name")
_PERIOD = "programme_period"

KEYS: tuple[str, ...] = (*_COLUMNS, *_YEARS, ORGANISATION, OWNER_TYPE, *CLASSES, *SHARED)
"""Everything that ``--by`` takes."""

_COUNTY_DIGITS = 2


def named_keys(by: Sequence[str]) -> list[str]:
    """Return the keys asked for, each once, by the name of their column in the result.

    Areas and objectives are those of a programme period: area 1 of 2007-2013 is not
    area 1 of 2014-2020. So the period comes after the first of them unless it is asked
    for anyway.

    Raises:
        BadRequest: A key does not exist, or both kinds of place were asked for.
    """
    keys = list(dict.fromkeys(_SPELLINGS.get(key, key) for key in by))
    for key in keys:
        if key not in KEYS:
            raise BadRequest(
                f"Projects cannot be grouped by {key!r}. {did_you_mean(key, KEYS)}"
                f"The keys are: {', '.join(KEYS)}."
            )
    if set(SHARED) <= set(keys):
        raise BadRequest("Group by county or by municipality, not by both at once.")
    return _with_period(keys)


def _with_period(keys: list[str]) -> list[str]:
    of_a_period = next((place for place, key in enumerate(keys) if key in _OF_A_PERIOD), None)
    if of_a_period is None or _PERIOD in keys:
        return keys
    return [*keys[: of_a_period + 1], _PERIOD, *keys[of_a_period + 1 :]]


def key_columns(keys: Sequence[str], edges: Mapping[str, Edges] | None = None) -> list[pl.Expr]:
    """Return the columns to group by. A shared key gives the list of its values.

    Args:
        keys: As :func:`named_keys` returns them.
        edges: Where the classes of a key such as ``budget_class`` begin, if not where
            they usually do.
    """
    return [_column(key, edges or {}).alias(key) for key in keys]


def belongs_here_alone(key: str | None) -> pl.Expr:
    """Tell whether a record belongs to one group only, given its list of values.

    A lone county beside a municipality that was not recognised is not known to be the
    record's only one. A record without any place is alone among those.
    """
    if key is None:
        return pl.lit(value=True)
    groups = pl.col(key).list.len().fill_null(0)
    if key == "municipality":
        return groups <= 1
    return (groups == 0) | ((groups == 1) & pl.col(PLACES_KNOWN))


def places_known() -> pl.Expr:
    """Tell whether every municipality that a record prints was recognised."""
    known = pl.col("municipality_codes").list.len() >= pl.col("municipalities").list.len()
    return known.fill_null(value=True).alias(PLACES_KNOWN)


def _column(key: str, edges: Mapping[str, Edges]) -> pl.Expr:
    if key in CLASSES:
        return class_column(key, edges.get(key))
    if key in (OWNER_TYPE, ORGANISATION):
        return _of_owner(key)
    if key in _YEARS:
        return pl.col(_YEARS[key]).dt.year().cast(pl.String)
    if key == "municipality":
        return pl.col("municipalities").list.unique(maintain_order=True)
    if key == "county":
        codes = pl.col("municipality_codes").list.eval(
            pl.element().str.head(_COUNTY_DIGITS).replace_strict(_counties(), default=None)
        )
        return codes.list.drop_nulls().list.unique(maintain_order=True)
    return pl.col(key)


def _of_owner(key: str) -> pl.Expr:
    """Return what is worked out once for each owner, and not for each record."""
    name = pl.coalesce("owner_name", "owner").alias(owners.NAME)
    owner = pl.struct(name, pl.col("owner_org_number").alias(owners.NUMBER))
    read = owners.types if key == OWNER_TYPE else owners.organisations
    return owner.map_batches(read, return_dtype=pl.String)


@cache
def _counties() -> dict[str, str]:
    """Return the two digits that a county's municipality codes begin with → its name."""
    return {row["code"]: row["name_sv"] for row in read_table("counties")}


def in_reading_order(table: pl.DataFrame, keys: Sequence[str]) -> pl.DataFrame:
    """Return the rows sorted as Swedish sorts: å, ä, ö last, ``Nationellt`` after the regions.

    Records that do not state the key come after all others.
    """
    order = [part for key in keys for part in reading_order(key)]
    return table.sort(order, nulls_last=True) if order else table


def reading_order(key: str) -> list[pl.Expr]:
    """Return what a key's groups are sorted by."""
    if key in CLASSES:
        return [class_order(key)]
    words = pl.col(key).str.to_lowercase()
    swedish = words.str.replace_many(["å", "ä", "ö"], ["{", "|", "}"])
    nationwide = [pl.col(key) == _NATIONWIDE[key]] if key in _NATIONWIDE else []
    return [*nationwide, swedish, pl.col(key)]
