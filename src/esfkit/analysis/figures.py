"""From sums to the figures that are shown: quotients, types and the order of columns."""

from collections.abc import Sequence
from decimal import ROUND_HALF_EVEN, Decimal, localcontext

import polars as pl

from esfkit.analysis.keys import SHARED
from esfkit.model.errors import InputRefused

SUMS = ("total_budget_sek", "esf_support_sek", "planned_participants")
TARGET = "largest_participant_target"
EUROS = ("total_budget_eur", "esf_support_eur")

_SHARE_UNIT = Decimal("0.0001")
_KRONA = Decimal(1)
_LARGEST_INT = 2**63 - 1
_ENOUGH_DIGITS = 60

_MEASURES = (
    "total_budget_sek",
    "esf_support_sek",
    "esf_share",
    "planned_participants",
    "support_per_participant",
    TARGET,
    *EUROS,
)


def above_name(quotient: str) -> str:
    """Return the column that holds the upper sum of a quotient."""
    return f"__{quotient}_above"


def below_name(quotient: str) -> str:
    """Return the column that holds the lower sum of a quotient."""
    return f"__{quotient}_below"


def finished(sums: pl.DataFrame, keys: Sequence[str]) -> pl.DataFrame:
    """Return the table with its quotients, in the order that is shown.

    Raises:
        InputRefused: A sum has more than 18 digits.
    """
    table = sums.with_columns(
        *(_narrowed(sums[name]) for name in (*SUMS, TARGET)),
        _quotients(sums, "esf_share", _SHARE_UNIT).cast(pl.Float64),
        _quotients(sums, "support_per_participant", _KRONA).cast(pl.Int64),
    )
    elsewhere = ["projects_elsewhere_too"] if any(key in SHARED for key in keys) else []
    figures = [part for name in _MEASURES for part in (name, f"{name}_stated")]
    return table.select(*keys, "projects", *elsewhere, *figures)


def without_empty_euros(table: pl.DataFrame) -> pl.DataFrame:
    """Return the table without the euro columns if nothing in it is in euro."""
    stated = [f"{name}_stated" for name in EUROS]
    if table.select(pl.sum_horizontal(pl.col(stated).sum())).item():
        return table
    return table.drop(*EUROS, *stated)


def _narrowed(values: pl.Series) -> pl.Series:
    for value in (values.min(), values.max()):
        if isinstance(value, int) and abs(value) > _LARGEST_INT:
            raise InputRefused(
                f"The sum of {values.name} is {value}, more than a table can hold. "
                "Look for wrong figures with `esfkit check`."
            )
    return values.cast(pl.Int64)


def _quotients(sums: pl.DataFrame, name: str, unit: Decimal) -> pl.Series:
    """Return one sum ÷ the other for each group, to the nearest unit, halves to even.

    In exact decimals, so that the last digit does not depend on binary fractions.
    """
    above, below = sums[above_name(name)].to_list(), sums[below_name(name)].to_list()
    values = [_quotient(a, b, unit) for a, b in zip(above, below, strict=True)]
    return pl.Series(name, values, dtype=pl.Decimal(38, 4))


def _quotient(above: int | None, below: int | None, unit: Decimal) -> Decimal | None:
    if above is None or not below:
        return None
    with localcontext(prec=_ENOUGH_DIGITS):
        return (Decimal(above) / Decimal(below)).quantize(unit, ROUND_HALF_EVEN)
