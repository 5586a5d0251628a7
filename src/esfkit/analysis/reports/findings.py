"""What is wrong or noteworthy in a dataset, by cause."""

import polars as pl

from esfkit.dataset.columns import FINDING
from esfkit.dataset.store import gather
from esfkit.model.finding import SEVERITIES

_EXAMPLES = 3
_SHARE_DECIMALS = 4
_CAUSE = ("code", "severity", "field")
_MONEY = ("esf_support_sek", "total_budget_sek")


def findings_by_cause(frame: pl.LazyFrame | pl.DataFrame) -> pl.DataFrame:
    """Return one row for each code, severity and field, the heaviest and commonest first.

    The columns are ``code``, ``severity``, ``field``, ``findings`` (how many),
    ``records`` (how many rows of the dataset have at least one), ``share`` (of all
    rows, with four decimals), the money at stake, and ``examples``: the first three by
    ``record_id`` and place, as ``<record_id>: <message>``.

    The money is that of the records concerned, each counted once however often it was
    observed: ``projects`` (how many they are), and ``esf_support_sek`` and
    ``total_budget_sek`` in whole kronor, each beside how many of them state it. The sum
    of nothing is null, and so is one of more than 18 digits.
    """
    columns = ("record_id", "source_path", "findings", *_MONEY)
    rows = gather(frame.lazy().select(columns).with_row_index())
    found = (
        rows.lazy()
        .explode("findings")
        .drop_nulls("findings")
        .with_columns(pl.col("findings").struct.field(*FINDING.to_schema()))
        .sort("record_id", "source_path", "index", "start", "code", nulls_last=True)
    )
    causes = found.group_by(_CAUSE, maintain_order=True).agg(*_counts(rows.height))
    stakes = found.group_by(*_CAUSE, "record_id").agg(map(_first_stated, _MONEY))
    money = stakes.group_by(_CAUSE).agg(pl.len().cast(pl.Int64).alias("projects"), *_sums())
    told = causes.join(money, on=_CAUSE, how="left", nulls_equal=True)
    shown = told.select(pl.exclude("examples"), "examples")
    return gather(shown.sort(*_heaviest_first(), nulls_last=True))


def _counts(records: int) -> list[pl.Expr]:
    concerned = pl.col("index").n_unique().cast(pl.Int64)
    return [
        pl.len().cast(pl.Int64).alias("findings"),
        concerned.alias("records"),
        (concerned / records).round(_SHARE_DECIMALS).alias("share"),
        (pl.col("record_id") + ": " + pl.col("message")).head(_EXAMPLES).alias("examples"),
    ]


def _first_stated(column: str) -> pl.Expr:
    return pl.col(column).drop_nulls().first()


def _sums() -> list[pl.Expr]:
    """Return for each amount its sum and how many state it; 128 bits do not wrap around."""
    sums = []
    for column in _MONEY:
        stated = pl.col(column).count().cast(pl.Int64)
        total = pl.col(column).cast(pl.Int128).sum().cast(pl.Int64, strict=False)
        sums += [
            pl.when(stated > 0).then(total).alias(column),
            stated.alias(f"{column}_stated"),
        ]
    return sums


def _heaviest_first() -> list[pl.Expr]:
    weights = {str(severity): weight for weight, severity in enumerate(SEVERITIES)}
    weight = pl.col("severity").replace_strict(weights, default=len(weights))
    return [weight, -pl.col("findings"), *map(pl.col, _CAUSE)]
