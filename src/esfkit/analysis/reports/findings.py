"""What is wrong or noteworthy in a dataset, by cause."""

import polars as pl

from esfkit.dataset.columns import FINDING
from esfkit.dataset.store import gather
from esfkit.model.finding import SEVERITIES

_EXAMPLES = 3
_SHARE_DECIMALS = 4
_CAUSE = ("code", "severity", "field")


def findings_by_cause(frame: pl.LazyFrame | pl.DataFrame) -> pl.DataFrame:
    """Return one row for each code, severity and field, the heaviest and commonest first.

    The columns are ``code``, ``severity``, ``field``, ``findings`` (how many),
    ``records`` (how many rows of the dataset have at least one), ``share`` (of all
    rows, with four decimals) and ``examples``: the first three by ``record_id`` and
    place, as ``<record_id>: <message>``.
    """
    rows = gather(frame.lazy().select("record_id", "source_path", "findings").with_row_index())
    found = (
        rows.lazy()
        .explode("findings")
        .drop_nulls("findings")
        .with_columns(pl.col("findings").struct.field(*FINDING.to_schema()))
        .sort("record_id", "source_path", "index", "start", "code", nulls_last=True)
        .group_by(_CAUSE, maintain_order=True)
        .agg(*_counts(rows.height))
        .sort(*_heaviest_first(), nulls_last=True)
    )
    return gather(found)


def _counts(records: int) -> list[pl.Expr]:
    concerned = pl.col("index").n_unique().cast(pl.Int64)
    return [
        pl.len().cast(pl.Int64).alias("findings"),
        concerned.alias("records"),
        (concerned / records).round(_SHARE_DECIMALS).alias("share"),
        (pl.col("record_id") + ": " + pl.col("message")).head(_EXAMPLES).alias("examples"),
    ]


def _heaviest_first() -> list[pl.Expr]:
    weights = {str(severity): weight for weight, severity in enumerate(SEVERITIES)}
    weight = pl.col("severity").replace_strict(weights, default=len(weights))
    return [weight, -pl.col("findings"), *map(pl.col, _CAUSE)]
