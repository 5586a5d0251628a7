"""Whose word counts where observations disagree: a table that anyone can read and replace.

In order: the rank of the layout in ``precedence.csv``; the newest day that file,
archive member or address name (``list-2024-05-01.xlsx``, ``/web/20190301120000/``); the
observation that states most; its place. Nothing else tells how old a page is: the
record knows no day of reading.
"""

import csv
import re
from collections.abc import Iterable, Mapping
from contextlib import suppress
from datetime import date
from importlib.resources import files
from io import StringIO
from typing import Final

import polars as pl

from esfkit.dataset.columns import SCHEMA
from esfkit.dataset.store import gather
from esfkit.model.errors import BadRequest

EVERY_OTHER: Final = "*"
"""In the table, every layout that has no row of its own."""

_PLACES: Final = ("source_url", "source_member", "source_path")
_ORDER: Final = ("source_path", "source_member", "source_line", "source_sha256", "layout")
_DAY: Final = re.compile(
    r"(?<![0-9])((?:19|20)[0-9]{2})(-?)(0[1-9]|1[0-2])\2(0[1-9]|[12][0-9]|3[01])"
    r"(?:[0-9]{6})?(?![0-9])"
)
_ABOUT_THE_READING: Final = ("provenance", "findings", "claimed_share")


def usual_precedence() -> Mapping[str, int]:
    """Return layout → rank, 1 for the one whose word counts before all others."""
    table = files("esfkit.analysis.merging").joinpath("precedence.csv")
    return read_precedence(table.read_text("utf-8"), "precedence.csv")


def read_precedence(text: str, name: str) -> Mapping[str, int]:
    """Return layout → rank from a table with the columns ``rank`` and ``layout``.

    Args:
        text: The table, as CSV; further columns are for its readers.
        name: What it is called in messages.

    Raises:
        BadRequest: It is no CSV, a column or the row ``*`` is missing, or a rank is no
            whole number.
    """
    reader = csv.DictReader(StringIO(text.removeprefix("\ufeff"), newline=""))
    try:
        ranks = _ranks(reader, name)
    except csv.Error as error:
        raise BadRequest(f"{name}:{reader.line_num}: This is no CSV ({error}).") from error
    if EVERY_OTHER not in ranks:
        raise BadRequest(f"{name}: lacks the row * for every other layout.")
    return ranks


def _ranks(reader: "csv.DictReader[str]", name: str) -> dict[str, int]:
    if not {"rank", "layout"} <= set(reader.fieldnames or ()):
        raise BadRequest(f"{name}: A table of precedence has the columns rank and layout.")
    ranks: dict[str, int] = {}
    for row in reader:
        if not re.fullmatch("[0-9]{1,6}", row["rank"] or "") or not row["layout"]:
            raise BadRequest(
                f"{name}:{reader.line_num}: A row has a rank such as 1 and a layout's name."
            )
        ranks[row["layout"]] = int(row["rank"])
    return ranks


def in_precedence(frame: pl.LazyFrame, ranks: Mapping[str, int]) -> list[int]:
    """Return the numbers of the rows, those whose word counts most first.

    Args:
        frame: The observations.
        ranks: Layout → rank.
    """
    read = frame.select(
        pl.col("layout")
        .replace_strict(dict(ranks), default=ranks[EVERY_OTHER])
        .alias("__rank"),
        _stated().alias("__stated"),
        *_ORDER,
        "source_url",
        _said().alias("__said"),
    )
    table = gather(read.with_row_index("__row"))
    days = [newest_day(row) for row in table.select(_PLACES).iter_rows()]
    ordered = table.with_columns(pl.Series("__day", days, dtype=pl.Date)).sort(
        "__rank",
        "__day",
        "__stated",
        *_ORDER,
        "__said",
        descending=[False, True, True, *(False for _ in (*_ORDER, "__said"))],
        nulls_last=True,
    )
    return ordered["__row"].to_list()


def newest_day(places: Iterable[str | None]) -> date | None:
    """Return the newest day that paths or addresses name, if one does."""
    found: list[date] = []
    for place in places:
        for year, _, month, day in _DAY.findall(place or ""):
            with suppress(ValueError):  # the 31st of a month that has 30 days
                found.append(date(int(year), int(month), int(day)))
    return max(found, default=None)


def _stated() -> pl.Expr:
    """Return how many columns of a row hold something."""
    return pl.sum_horizontal(
        (
            pl.col(name).list.len() > 0
            if isinstance(dtype, pl.List)
            else pl.col(name).is_not_null()
        ).cast(pl.Int64)
        for name, dtype in SCHEMA.items()
        if name not in _ABOUT_THE_READING and not name.startswith("source_")
    )


def _said() -> pl.Expr:
    """Return what a row says, for rows that nothing else tells apart.

    Such are two records of one document, or two readings of it.
    """
    plain = [name for name, dtype in SCHEMA.items() if not dtype.is_nested()]
    place = pl.col("provenance").list.eval(pl.element().struct.field("start")).list.min()
    parts = [pl.col(name).cast(pl.String).fill_null("") for name in plain]
    return pl.concat_str(place.cast(pl.String).fill_null(""), *parts, separator="\x1f")
