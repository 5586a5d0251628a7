"""What is compared: the projects of a dataset and those of a list, each of them once."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

import polars as pl

from esfkit.analysis.grouping.keys import SHARED, key_columns, named_keys
from esfkit.analysis.selection.filters import columns_of, kinds, where
from esfkit.analysis.selection.observations import in_their_order
from esfkit.dataset.columns import PERSONAL_COLUMNS, SCHEMA
from esfkit.dataset.store import gather
from esfkit.model.errors import BadRequest

CHOSEN: Final = "__chosen"
"""Whether the condition holds for the project."""

JUDGED: Final = "__judged"
"""Whether the project states everything that the condition asks for."""

_SIDE: Final = "__side"
# Prose and the proof of values take most of the room and tell no two projects apart.
_FLAT: Final = tuple(
    name
    for name, kind in SCHEMA.items()
    if not isinstance(kind, pl.List) and name not in ("summary", *PERSONAL_COLUMNS)
)


def key_name(key: str) -> str:
    """Return the column that holds a key to group by."""
    return f"__key_{key}"


@dataclass(frozen=True, slots=True)
class Side:
    """The projects of a dataset or a list.

    Attributes:
        name: How results call it.
        rows: A row for each project, by ``record_id``: the flat columns of the record,
            :data:`CHOSEN`, :data:`JUDGED` and one column for each key to group by.
        left_out: How many further observations of the same projects there were.
    """

    name: str
    rows: pl.DataFrame
    left_out: int

    @property
    def layouts(self) -> frozenset[str]:
        """The layouts by which the projects were read."""
        return frozenset(self.rows["layout"].to_list())

    @property
    def hosts(self) -> frozenset[str]:
        """The sites from which the projects were read, as far as that is known."""
        urls = self.rows["source_url"].drop_nulls().unique().to_list()
        return frozenset(filter(None, map(_host, urls)))

    @property
    def periods(self) -> frozenset[str]:
        """The programme periods of which there is a project."""
        return frozenset(self.rows["programme_period"].drop_nulls().to_list())


def _host(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:  # brackets that close nothing
        return ""


def group_keys(by: Sequence[str]) -> tuple[str, ...]:
    """Return the keys to group by; a period stands beside areas and objectives.

    Raises:
        BadRequest: A key does not exist, or one project can have several of it.
    """
    keys = named_keys(by)
    for key in keys:
        if key in SHARED:
            raise BadRequest(
                f"A project can stand in several places, so it cannot be reconciled by {key}. "
                "Use region."
            )
    return tuple(keys)


def sides(
    named: Sequence[tuple[str, pl.LazyFrame]],
    keys: Sequence[str] = (),
    condition: str | None = None,
) -> tuple[Side, ...]:
    """Return the projects of each dataset, one observation of each.

    A condition removes nothing here: a list need not state what it asks for, so it is
    asked of what was matched (:data:`CHOSEN`).

    Args:
        named: What results call it, and the records.
        keys: What projects will be grouped by, from :func:`group_keys`.
        condition: As in :func:`~esfkit.analysis.selection.filters.where`.

    Raises:
        BadRequest: The condition cannot be used.
        InputRefused: A dataset is damaged.
    """
    opened = [(name, *_opened(frame, condition)) for name, frame in named]
    together = pl.concat(
        [rows.with_columns(pl.lit(at).alias(_SIDE)) for at, (_, rows, _) in enumerate(opened)]
    )
    # Over all sides at once: spellings of one owner differ from list to list.
    keyed = together.with_columns(
        column.alias(key_name(key)) for key, column in zip(keys, key_columns(keys), strict=True)
    )
    return tuple(
        Side(name, keyed.filter(pl.col(_SIDE) == at).drop(_SIDE).sort("record_id"), left_out)
        for at, (name, _, left_out) in enumerate(opened)
    )


def _opened(frame: pl.LazyFrame, condition: str | None) -> tuple[pl.DataFrame, int]:
    kept, left_out = in_their_order(kinds(frame, ["project"]))
    rows = gather(kept.select(_FLAT))
    if condition is None:
        return rows.with_columns(
            pl.lit(value=True).alias(c) for c in (CHOSEN, JUDGED)
        ), left_out
    chosen = gather(where(kept, condition).select("record_id")).to_series()
    asked = columns_of(condition, SCHEMA)
    states = pl.all_horizontal(pl.col(name).is_not_null() for name in asked)
    judged = gather(kept.filter(states).select("record_id")).to_series()
    return (
        rows.with_columns(
            pl.col("record_id").is_in(chosen.implode()).alias(CHOSEN),
            pl.col("record_id").is_in(judged.implode()).alias(JUDGED),
        ),
        left_out,
    )
