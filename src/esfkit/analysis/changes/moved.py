"""Money moved between groups from one side to the other."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

import polars as pl

from esfkit.analysis.changes.compare import Differences, differences
from esfkit.analysis.changes.sides import Because, Sides
from esfkit.analysis.grouping.groups import TOTAL, distinct_name, question
from esfkit.analysis.grouping.keys import in_reading_order
from esfkit.analysis.reports.summary import summarised
from esfkit.dataset.columns import SCHEMA

AMOUNTS: Final = (
    "total_budget_sek",
    "esf_support_sek",
    "total_budget_eur",
    "esf_support_eur",
)
_COUNT: Final = "projects"
_EUROS: Final = AMOUNTS[2:]
_CAUSES: Final[tuple[Because, ...]] = ("source", "reading", "unclear")


@dataclass(frozen=True, slots=True)
class Moved:
    """Money by group on both sides.

    Attributes:
        table: One row for each group and the total as the last. Behind the keys stand for
            ``projects`` and each amount ``<amount>_before``, what was moved by each cause
            (``<amount>_by_source``, ``_by_reading``, and ``_by_unclear`` where there is
            some) and ``<amount>_after``. They add up: before and what was moved is after.
            The sum of nothing is null and counts as nothing where it is moved.
        keys: The columns that name the group.
        left_out: How many further observations of a record were not counted, on the side
            that has more of them.
    """

    table: pl.DataFrame
    keys: tuple[str, ...]
    left_out: int


def money_moved(
    sides: Sides,
    by: Sequence[str],
    kinds: Sequence[str] = ("project",),
    found: Differences | None = None,
    *,
    all_observations: bool = False,
) -> Moved:
    """Return how much money each group has on both sides, each record counted once.

    What each cause moved is told by going from one side to the other in steps: first what
    the source changed, then what was read otherwise, then what is unclear.

    Args:
        sides: What is compared.
        by: What to group by, a key at least; see
            :data:`esfkit.analysis.grouping.keys.KEYS`.
        kinds: Which kinds of record take part.
        found: What differs between the sides, where it is known already.
        all_observations: Count every observation of a record, as
            :func:`~esfkit.analysis.changes.compare.compared` tells of every one.

    Raises:
        BadRequest: A key or a kind does not exist.
        InputRefused: A sum is too large to be true.
    """
    asked = question(by, ("budget", "support", "budget_eur", "support_eur"), kinds)
    asked = replace(asked, all_observations=all_observations)
    keys = list(asked.keys)
    found = found or differences(sides)
    steps = [sides.old.rows]
    steps += [_changed_by(_CAUSES[:count], sides, found) for count in range(1, len(_CAUSES))]
    steps.append(sides.new.rows)
    figures = [summarised(rows, asked) for rows in steps]
    groups = [each.table.head(each.table.height - each.totals) for each in figures]
    joined = in_reading_order(_beside(groups, keys), keys)
    name = distinct_name(TOTAL, joined[keys[0]])
    names = [pl.lit(name if key == keys[0] else "").alias(key) for key in keys]
    total = _beside([each.table.tail(1).with_columns(names) for each in figures], keys)
    left_out = max(figures[0].basis.left_out, figures[-1].basis.left_out)
    return Moved(_without_what_is_empty(pl.concat([joined, total])), asked.keys, left_out)


def _changed_by(causes: Sequence[Because], sides: Sides, found: Differences) -> pl.DataFrame:
    """Return the old rows with nothing changed but what these causes did."""
    gone = {row for row, cause in found.gone.items() if cause in causes}
    patched = {
        number: {
            **changed.old,
            **{n: changed.new[n] for n, cause in changed.causes.items() if cause in causes},
        }
        for number, changed in found.changed.items()
    }
    touched = gone | patched.keys()
    untouched = [row for row in range(sides.old.rows.height) if row not in touched]
    added = [row for row, cause in found.added.items() if cause in causes]
    parts = (
        sides.old.rows[untouched],
        pl.DataFrame(list(patched.values()), schema=SCHEMA),
        sides.new.rows[added],
    )
    return pl.concat(parts)


def _beside(steps: Sequence[pl.DataFrame], keys: Sequence[str]) -> pl.DataFrame:
    """Return the figures of all steps beside each other, with what lies between them."""
    figures = (_COUNT, *AMOUNTS)
    both = steps[0].select(keys)
    for number, step in enumerate(steps):
        named = step.select(*keys, *(pl.col(n).alias(f"{n}_{number}") for n in figures))
        both = both.join(named, on=list(keys), how="full", coalesce=True, nulls_equal=True)
    both = both.with_columns(pl.col(f"^{_COUNT}_[0-9]$").fill_null(0))
    columns = [column for name in figures for column in _columns(name)]
    return both.select(*keys, *columns)


def _columns(name: str) -> list[pl.Expr]:
    steps = [pl.col(f"{name}_{number}") for number in range(len(_CAUSES) + 1)]
    moved = [
        (after.fill_null(0) - before.fill_null(0)).alias(f"{name}_by_{cause}")
        for cause, (before, after) in zip(_CAUSES, pairwise(steps), strict=True)
    ]
    return [steps[0].alias(f"{name}_before"), *moved, steps[-1].alias(f"{name}_after")]


def _without_what_is_empty(table: pl.DataFrame) -> pl.DataFrame:
    """Return the table without euro if there is none, and without a cause that is nowhere."""
    empty = [
        column
        for name in _EUROS
        if table[f"{name}_before"].is_null().all() and table[f"{name}_after"].is_null().all()
        for column in table.columns
        if column.startswith(name)
    ]
    unclear = [name for name in table.columns if name.endswith(f"_by_{_CAUSES[-1]}")]
    if not table.select(pl.any_horizontal((pl.col(unclear) != 0).any())).item():
        empty += unclear
    return table.drop(*dict.fromkeys(empty))
