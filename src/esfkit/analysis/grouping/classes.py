"""Records in classes of size: of money, of participants, of the length of a period."""

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from itertools import pairwise
from typing import Final, NamedTuple

import polars as pl

from esfkit.dataset.columns import did_you_mean
from esfkit.model.errors import BadRequest

Edges = Sequence[int]
"""Where the classes but the first begin: rising whole numbers above 0."""


class _Class(NamedTuple):
    """What is put into classes, and where they begin if nobody says otherwise."""

    amount: pl.Expr
    edges: tuple[int, ...]


def _months() -> pl.Expr:
    """Return how many whole months a period has, its last day included."""
    start, end = pl.col("period_start"), pl.col("period_end").dt.offset_by("1d")
    years = end.dt.year().cast(pl.Int64) - start.dt.year().cast(pl.Int64)
    months = years * 12 + end.dt.month().cast(pl.Int64) - start.dt.month().cast(pl.Int64)
    begun = (end.dt.day() < start.dt.day()).cast(pl.Int64)
    return pl.when(end > start).then(months - begun)


_MONEY: Final = (500_000, 2_000_000, 5_000_000, 10_000_000, 25_000_000)

_CLASSES: Final[Mapping[str, _Class]] = {
    "budget_class": _Class(pl.col("total_budget_sek"), _MONEY),
    "support_class": _Class(pl.col("esf_support_sek"), _MONEY),
    "participants_class": _Class(
        pl.col("planned_participants"), (1, 25, 50, 100, 250, 500, 1_000)
    ),
    "duration": _Class(_months(), (6, 12, 24, 36)),
}

CLASSES: Final = tuple(_CLASSES)
"""The keys that are classes. ``duration`` counts whole months."""

_NUMBER: Final = re.compile("[0-9]{1,15}(?:[.,][0-9]{1,6})?")
_MULTIPLES: Final = {"k": 1_000, "m": 1_000_000}


def class_column(key: str, edges: Edges | None = None) -> pl.Expr:
    """Return the class that each record is in, such as ``2000000–4999999`` or ``25000000+``.

    A record that does not state the amount, or states one below 0, is in none.
    """
    amount = _CLASSES[key].amount
    begins = (0, *(_CLASSES[key].edges if edges is None else edges))
    labels = [*(_label(low, high) for low, high in pairwise(begins)), f"{begins[-1]}+"]
    chosen = pl.lit(None, dtype=pl.String)
    for begin, label in zip(begins, labels, strict=True):
        chosen = pl.when(amount >= begin).then(pl.lit(label)).otherwise(chosen)
    return chosen


def _label(low: int, high: int) -> str:
    # Not a hyphen: a spreadsheet takes 6-11 for a day in November.
    return str(low) if high == low + 1 else f"{low}–{high - 1}"


def class_order(key: str) -> pl.Expr:
    """Return what classes are sorted by: the number that they begin with."""
    return pl.col(key).str.extract("^([0-9]+)").cast(pl.Int64)


def read_edges(words: Sequence[str], keys: Sequence[str]) -> dict[str, tuple[int, ...]]:
    """Return the edges that ``--edges`` gives: ``budget_class=1m/5m/20m``.

    Args:
        words: One for each key; ``k`` stands for thousands and ``m`` for millions.
        keys: The keys that are grouped by.

    Raises:
        BadRequest: A key has no classes or is not grouped by, or its edges are no rising
            whole numbers.
    """
    edges = dict(_edges(each) for each in words)
    require_edges(edges)
    for key in edges:
        if key not in keys:
            raise BadRequest(f"Edges of {key} say nothing where it is no key to group by.")
    return edges


def require_edges(edges: Mapping[str, Edges]) -> None:
    """Make sure that the edges are rising whole numbers of keys that have classes.

    Raises:
        BadRequest: They are not.
    """
    for key, numbers in edges.items():
        if key not in _CLASSES:
            raise BadRequest(
                f"{key!r} is not divided into classes. {did_you_mean(key, CLASSES)}"
                f"Edges are for {', '.join(CLASSES)}: budget_class=1m/5m/20m."
            )
        if not numbers or any(low >= high for low, high in pairwise((0, *numbers))):
            raise BadRequest(
                f"{key}={'/'.join(map(str, numbers))}: edges rise from one to the next and "
                "begin above 0."
            )


def _edges(words: str) -> tuple[str, tuple[int, ...]]:
    key, _, listed = words.partition("=")
    if key.strip() not in _CLASSES:
        return key.strip(), ()  # require_edges names what is wrong
    return key.strip(), tuple(_number(part, words) for part in listed.split("/"))


def _number(words: str, given: str) -> int:
    digits = words.strip().lower()
    times = _MULTIPLES.get(digits[-1:], 1)
    found = _NUMBER.fullmatch(digits[:-1] if times > 1 else digits)
    number = Decimal(found[0].replace(",", ".")) * times if found else Decimal("0.5")
    if number != int(number):
        raise BadRequest(
            f"{given!r}: {words!r} is no whole number. Write edges as "
            "budget_class=500000/1.5m/5m."
        )
    return int(number)
