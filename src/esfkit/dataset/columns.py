"""The fixed table: one column for each attribute of the record, in its order."""

from collections.abc import Iterable
from difflib import get_close_matches
from functools import cache
from importlib.metadata import version

import polars as pl
from polars.datatypes import DataTypeClass

from esfkit.model.errors import BadRequest

_MOST_OFFERED = 3
_SHORTEST_PART = 3

SCHEMA_VERSION = 1
"""Raised by one whenever a column is added, changed or removed."""

INTRODUCED: dict[str, int] = {}
"""Column → the schema version that brought it, for columns newer than version 1."""

PERSONAL_COLUMNS = ("contact_person", "email", "phone")
"""The record's ``PERSONAL_FIELDS``, which a test holds equal.

Named again because the record loads pydantic, which a summary of a Parquet file can do
without and which would take a quarter of its time.
"""

MONEY_EUR = pl.Decimal(18, 2)

PROVENANCE = pl.Struct(
    {
        "field": pl.String,
        "raw": pl.String,
        "label": pl.String,
        "start": pl.Int64,
        "end": pl.Int64,
        "line": pl.Int64,
    }
)
FINDING = pl.Struct(
    {
        "code": pl.String,
        "severity": pl.String,
        "field": pl.String,
        "message": pl.String,
        "start": pl.Int64,
        "end": pl.Int64,
    }
)
SECTION = pl.Struct({"heading": pl.String, "text": pl.String})
TARGET = pl.Struct({"label": pl.String, "total": pl.Int64, "women": pl.Int64, "men": pl.Int64})

_COLUMNS: dict[str, pl.DataType | DataTypeClass] = {
    "record_id": pl.String,
    "kind": pl.String,
    "layout": pl.String,
    "project_number": pl.String,
    "call_number": pl.String,
    "title": pl.String,
    "programme_period": pl.String,
    "programme_period_basis": pl.String,
    "programme_cci": pl.String,
    "fund": pl.String,
    "programme_area": pl.String,
    "programme_area_name": pl.String,
    "specific_objective": pl.String,
    "intervention_code": pl.String,
    "intervention_name": pl.String,
    "phase": pl.String,
    "region": pl.String,
    "region_code": pl.String,
    "municipalities": pl.List(pl.String),
    "municipality_codes": pl.List(pl.String),
    "owner": pl.String,
    "owner_name": pl.String,
    "owner_unit": pl.String,
    "owner_org_number": pl.String,
    "postal_code": pl.String,
    "postal_address": pl.String,
    "postal_town": pl.String,
    "country": pl.String,
    "contact_person": pl.String,
    "email": pl.String,
    "phone": pl.String,
    "period_start": pl.Date,
    "period_end": pl.Date,
    "total_budget_sek": pl.Int64,
    "esf_support_sek": pl.Int64,
    "call_amount_sek": pl.Int64,
    "total_budget_eur": MONEY_EUR,
    "esf_support_eur": MONEY_EUR,
    "esf_share": pl.Float64,
    "union_cofinancing_rate": pl.Float64,
    "planned_participants": pl.Int64,
    "planned_women": pl.Int64,
    "planned_men": pl.Int64,
    "participant_targets": pl.List(TARGET),
    "secondary_theme_child_poverty": pl.Boolean,
    "strategic_importance": pl.Boolean,
    "published": pl.Date,
    "summary": pl.String,
    "sections": pl.List(SECTION),
    "actors": pl.List(pl.String),
    "evaluation_reports": pl.List(pl.String),
    "provenance": pl.List(PROVENANCE),
    "findings": pl.List(FINDING),
    "claimed_share": pl.Float64,
    "source_path": pl.String,
    "source_member": pl.String,
    "source_line": pl.Int64,
    "source_url": pl.String,
    "source_sha256": pl.String,
    "source_encoding": pl.String,
}

SCHEMA = pl.Schema(_COLUMNS)
"""Column → type. Money in kronor is ``Int64``, in euro an exact decimal."""


def may_lack(schema_version: int | None = None) -> frozenset[str]:
    """Return the columns that a dataset need not have.

    They are the personal ones, which exports withhold, and those that are newer
    than the dataset's schema version. A text dataset does not tell its version
    (``None``), so there any column newer than version 1 may be missing. A missing
    column of another kind is refused: read as "not stated" it would turn a sum
    over a cut-down file into a figure about the projects.
    """
    of_file = 1 if schema_version is None else schema_version
    newer = (name for name, since in INTRODUCED.items() if since > of_file)
    return frozenset((*PERSONAL_COLUMNS, *newer))


def is_whole(names: Iterable[str]) -> bool:
    """Tell whether a table with these columns can be read back as a dataset."""
    have = set(names)
    return have <= SCHEMA.keys() and SCHEMA.keys() - have <= may_lack(SCHEMA_VERSION)


@cache
def tool_version() -> str:
    """Return the version of esfkit that is installed."""
    return version("esfkit")


def require_columns(asked: Iterable[str], known: Iterable[str]) -> None:
    """Make sure that every column asked for exists.

    Raises:
        BadRequest: A name is unknown; the message offers the nearest known ones.
    """
    names = list(known)
    for name in asked:
        if name not in names:
            hint = did_you_mean(name, names)
            raise BadRequest(
                f"There is no column {name!r}. {hint}`esfkit schema` names them all."
            )


def nearest(name: str, known: Iterable[str]) -> str:
    """Return a sentence that points from a mistaken name to the ones it may mean."""
    names = list(known)
    return did_you_mean(name, names).strip() or f"The names are: {', '.join(names)}."


def did_you_mean(name: str, known: Iterable[str], likeness: float = 0.6) -> str:
    """Return a question that offers the names alike, and a blank; or nothing.

    Args:
        name: The mistaken name.
        known: The names that exist.
        likeness: How much alike they have to be, from 0 to 1.
    """
    names = list(known)
    close = get_close_matches(name.lower(), names, n=_MOST_OFFERED, cutoff=likeness)
    if not close and len(name) >= _SHORTEST_PART:
        close = [each for each in names if name.lower() in each][:_MOST_OFFERED]
    return f"Did you mean {' or '.join(close)}? " if close else ""
