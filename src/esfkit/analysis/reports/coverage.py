"""How much of the texts was understood, and which lines were not."""

from typing import Final

import polars as pl

from esfkit.dataset.store import gather

UNKNOWN: Final = ("label_unknown", "line_unclaimed")
"""The findings that quote a line which nothing accounts for."""

_DECIMALS: Final = 4
_QUOTED: Final = "^“(.*)” [^“”]*$"
_LONGEST_LABEL: Final = 60
_EXAMPLES: Final = 3
_SEVERAL: Final = 2
_NEXT_LINE: Final = 3  # characters from the end of a line to the next, a blank line between


def coverage_by_layout(frame: pl.LazyFrame | pl.DataFrame) -> pl.DataFrame:
    """Return how much of the documents of each layout was claimed; all of them last.

    The columns are ``layout`` (``Total`` in the last row), ``documents``, ``stated``
    (how many have a claimed share), ``claimed_mean``, ``claimed_min``, ``claimed_q1``,
    ``claimed_median``, ``claimed_q3``, ``whole`` (documents all of whose characters are
    claimed) and ``unknown_lines``. Each document weighs the same: a dataset keeps no
    length of its documents.
    """
    rows = gather(
        frame.lazy().select("layout", "claimed_share", _unknown().list.len().alias("unknown"))
    )
    by_layout = rows.group_by("layout").agg(*_spread()).sort("layout")
    total = rows.select(pl.lit("Total").alias("layout"), *_spread())
    return pl.concat([by_layout, total])


def coverage_by_document(frame: pl.LazyFrame | pl.DataFrame) -> pl.DataFrame:
    """Return a row for each document, the one least understood first.

    The columns are ``record_id``, ``layout``, ``claimed_share``, ``unknown_lines``, and
    where the document came from.
    """
    origin = ("source_path", "source_member", "source_line")
    rows = frame.lazy().select(
        "record_id",
        "layout",
        "claimed_share",
        _unknown().list.len().cast(pl.Int64).alias("unknown_lines"),
        *origin,
    )
    return gather(rows.sort("claimed_share", "record_id", *origin, nulls_last=True))


def unknown_lines(frame: pl.LazyFrame | pl.DataFrame) -> pl.DataFrame:
    """Return the lines like labels that nothing accounts for, the commonest first.

    A line is like a label if it has a colon, or stands in several records and not right
    below a lone unknown label: other lines are prose, or the values of unknown labels. Of
    a line with a colon the words before it are the label; lines whose words differ in
    case and blanks alone are one. Of lines in as many documents the one beside more money
    comes first.

    The columns are ``label`` (the commonest spelling), ``colon``, ``documents``,
    ``records``, ``esf_support_sek`` (of those records, each once, with the most that one
    of its documents states; null where none does), ``esf_support_sek_stated``,
    ``layouts`` and ``examples``, the first three records.

    A finding quotes 80 characters of a line, and a record keeps only so many findings:
    the counts are lower bounds.
    """
    lines = gather(
        frame.lazy()
        .with_row_index("__document")
        .select("__document", "record_id", "layout", _unknown().alias("finding"))
        .explode("finding")
        .drop_nulls("finding")
        .unnest("finding")
        .filter(~_is_value())
        .with_columns(pl.col("message").str.extract(_QUOTED).alias("line"))
        .drop_nulls("line")
        .with_columns(_label().alias("label"), _before_colon().is_not_null().alias("colon"))
        .with_columns(_folded().alias("__folded"))
        .filter(pl.col("__folded") != "")
    )
    support = pl.col("esf_support_sek").max()
    by_record = gather(frame.lazy().group_by("record_id").agg(support))
    money = (
        lines.select("__folded", "record_id")
        .unique()
        .join(by_record, on="record_id", how="left")
        .group_by("__folded")
        .agg(*_money())
    )
    wanted = (
        *("label", "colon", "documents", "records"),
        *("esf_support_sek", "esf_support_sek_stated", "layouts", "examples"),
    )
    commonest = {"documents": True, "esf_support_sek": True, "__folded": False}
    return (
        lines.group_by("__folded")
        .agg(*_of_line())
        .filter(pl.col("colon") | (pl.col("records") >= _SEVERAL))
        .join(money, on="__folded", how="left")
        .sort(*commonest, descending=[*commonest.values()], nulls_last=True)
        .select(wanted)
    )


def _spread() -> list[pl.Expr]:
    share = pl.col("claimed_share")
    named = {
        "mean": share.mean(),
        "min": share.min(),
        **{
            n: share.quantile(q, "linear")
            for n, q in (("q1", 0.25), ("median", 0.5), ("q3", 0.75))
        },
    }
    return [
        pl.len().cast(pl.Int64).alias("documents"),
        share.count().cast(pl.Int64).alias("stated"),
        *(figure.round(_DECIMALS).alias(f"claimed_{name}") for name, figure in named.items()),
        (share == 1).sum().cast(pl.Int64).alias("whole"),
        pl.col("unknown").sum().cast(pl.Int64).alias("unknown_lines"),
    ]


def _unknown() -> pl.Expr:
    """Return the findings of a record about lines that nothing accounts for."""
    code = pl.element().struct.field("code")
    return pl.col("findings").list.eval(pl.element().filter(code.is_in(UNKNOWN)))


def _is_value() -> pl.Expr:
    """Tell whether a line stands right below a lone unknown label, and so is its value."""
    below = pl.col("start") - pl.col("end").shift(1)
    of_label = pl.col("code").shift(1) == "label_unknown"
    found = of_label & below.is_between(1, _NEXT_LINE) & (pl.col("code") != "label_unknown")
    return found.over("__document").fill_null(value=False)


def _before_colon() -> pl.Expr:
    return pl.col("line").str.extract(rf"^([^:]{{1,{_LONGEST_LABEL}}}):(?:\s|$)")


def _label() -> pl.Expr:
    return pl.coalesce(_before_colon(), "line").str.strip_chars()


def _folded() -> pl.Expr:
    return pl.col("label").str.to_lowercase().str.replace_all(r"\s+", " ")


def _of_line() -> list[pl.Expr]:
    spellings = pl.col("label").sort().mode(maintain_order=True)
    return [
        spellings.first().alias("label"),
        pl.col("colon").any(),
        pl.col("__document").n_unique().cast(pl.Int64).alias("documents"),
        pl.col("record_id").n_unique().cast(pl.Int64).alias("records"),
        pl.col("layout").unique().sort().alias("layouts"),
        pl.col("record_id").unique().sort().head(_EXAMPLES).alias("examples"),
    ]


def _money() -> list[pl.Expr]:
    support = pl.col("esf_support_sek")
    stated = support.count().cast(pl.Int64)
    total = support.cast(pl.Int128).sum().cast(pl.Int64)
    return [
        pl.when(stated > 0).then(total).alias("esf_support_sek"),
        stated.alias("esf_support_sek_stated"),
    ]
