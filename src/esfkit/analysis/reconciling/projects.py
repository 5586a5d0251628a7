"""A dataset against a list: one row a project, and the same by group."""

from collections.abc import Sequence
from typing import Any, Final, Literal

import polars as pl

from esfkit.analysis.grouping.keys import in_reading_order
from esfkit.analysis.reconciling.differences import Comparison, Tolerance, compare_projects
from esfkit.analysis.reconciling.matching import Pair, match_projects
from esfkit.analysis.reconciling.sides import CHOSEN, Side, key_name

Status = Literal["missing_here", "missing_there", "differing", "matched"]

STATUSES: Final[tuple[Status, ...]] = ("missing_here", "missing_there", "differing", "matched")
"""What a project can be, in the order of the table."""

DIFFERENCE: Final = pl.Struct({"field": pl.String, "here": pl.String, "there": pl.String})
MONEY: Final = ("total_budget_sek", "esf_support_sek")
"""What is added up on both sides."""

TOTAL: Final = "Total"

_NAMING: Final = (
    "project_number",
    "title",
    "owner",
    "programme_period",
    "programme_area",
    "region",
)
_SCHEMA: Final[dict[str, Any]] = {
    "list": pl.String,
    "status": pl.String,
    "matched_by": pl.String,
    **dict.fromkeys(_NAMING, pl.String),
    "record_id_here": pl.String,
    "record_id_there": pl.String,
    "differences": pl.List(DIFFERENCE),
    "fields_compared": pl.Int64,
    "other_measure": pl.List(pl.String),
    "perhaps": pl.String,
    "perhaps_title": pl.String,
    "perhaps_score": pl.Float64,
    **{f"{name}_{side}": pl.Int64 for name in MONEY for side in ("here", "there")},
}

COLUMNS: Final = tuple(_SCHEMA)
"""The columns of :func:`reconciled` that results show."""


def reconciled(
    here: Side, there: Side, tolerance: Tolerance, keys: Sequence[str] = ()
) -> pl.DataFrame:
    """Return every project of both sides in one row.

    The columns are :data:`COLUMNS`: what the project is (from the first side, else the
    other), its status, the ids of its records, its differences, how many fields both
    sides state, fields that are another measure on the other side, and of a project that
    one side lacks the one there that is most alike. Then come, for :func:`grouped`, the
    keys.

    A project is left out where the condition of the sides holds for neither row.

    Args:
        here: The dataset.
        there: The list.
        tolerance: How far figures may lie apart.
        keys: What both sides were made to be grouped by.
    """
    pairs = match_projects(here.rows.to_dicts(), there.rows.to_dicts())
    rows = [_row(pair, there.name, tolerance, keys) for pair in pairs if _is_chosen(pair)]
    extra = {key_name(key): pl.String for key in keys}
    table = pl.DataFrame(rows, schema={**_SCHEMA, **extra}, orient="row")
    order = pl.col("status").replace_strict({each: at for at, each in enumerate(STATUSES)})
    named = ("project_number", "record_id_here", "record_id_there")
    return table.sort(order, *named, nulls_last=True)


def _is_chosen(pair: Pair) -> bool:
    return any(row is not None and row[CHOSEN] for row in (pair.here, pair.there))


def _row(pair: Pair, name: str, tolerance: Tolerance, keys: Sequence[str]) -> dict[str, Any]:
    here, there = pair.here or {}, pair.there or {}
    both = bool(here and there)
    found = compare_projects(here, there, tolerance) if both else Comparison((), 0, ())
    perhaps = pair.perhaps or {}
    rows = [row for row in (here, there) if row]

    def stated(column: str) -> Any:  # noqa: ANN401 - a cell
        return next((row[column] for row in rows if row[column] is not None), None)

    return {
        "list": name,
        "status": _status(pair, found),
        "matched_by": pair.by,
        **{column: stated(column) for column in _NAMING},
        "record_id_here": here.get("record_id"),
        "record_id_there": there.get("record_id"),
        "differences": [each._asdict() for each in found.differences],
        "fields_compared": found.compared if both else None,
        "other_measure": list(found.other_measure),
        "perhaps": perhaps.get("record_id"),
        "perhaps_title": perhaps.get("title"),
        "perhaps_score": pair.score,
        **{f"{column}_here": here.get(column) for column in MONEY},
        **{f"{column}_there": there.get(column) for column in MONEY},
        **{key_name(key): stated(key_name(key)) for key in keys},
    }


def _status(pair: Pair, found: Comparison) -> Status:
    if pair.here is None:
        return "missing_here"
    if pair.there is None:
        return "missing_there"
    return "differing" if found.differences else "matched"


# --- by group -----------------------------------------------------------------------------


def grouped(rows: pl.DataFrame, keys: Sequence[str]) -> pl.DataFrame:
    """Return how many projects of each group stand on both sides, and their money.

    The columns are ``list``, the keys, ``projects_here``, ``projects_there``, the
    statuses, and for each sum of money on each side ``<column>_<side>`` (kronor, null
    where no project states it) with ``..._stated`` beside it. The last row of each list
    is its total. A project of both sides stands in the group that the first side states.

    Args:
        rows: What :func:`reconciled` returned, of one list or several.
        keys: The keys that it was given.
    """
    named = rows.with_columns(pl.col(key_name(key)).alias(key) for key in keys)
    parts = []
    for name in rows["list"].unique(maintain_order=True).sort():
        of_list = named.filter(pl.col("list") == name)
        total = of_list.select(
            *(pl.lit(TOTAL if at == 0 else "").alias(key) for at, key in enumerate(keys)),
            *_figures(),
        )
        if keys:
            groups = of_list.group_by(keys, maintain_order=True).agg(*_figures())
            total = pl.concat([in_reading_order(groups, keys), total])
        parts.append(total.select(pl.lit(name).alias("list"), pl.all()))
    return pl.concat(parts) if parts else pl.DataFrame()


def _figures() -> list[pl.Expr]:
    counts = [
        pl.col(f"record_id_{side}").count().cast(pl.Int64).alias(f"projects_{side}")
        for side in ("here", "there")
    ]
    statuses = [
        (pl.col("status") == each).sum().cast(pl.Int64).alias(each) for each in STATUSES
    ]
    sums = [
        each
        for column in MONEY
        for side in ("here", "there")
        for each in _sum(f"{column}_{side}")
    ]
    return [*counts, *reversed(statuses), *sums]


def _sum(name: str) -> list[pl.Expr]:
    column, stated = pl.col(name), pl.col(name).count().cast(pl.Int64)
    wide = column.cast(pl.Int128).sum()
    return [
        pl.when(stated > 0).then(wide).cast(pl.Int64).alias(name),
        stated.alias(f"{name}_stated"),
    ]
