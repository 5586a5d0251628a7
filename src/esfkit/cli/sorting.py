"""Records in the order asked for, and no more of them than asked for."""

from collections.abc import Sequence

import polars as pl

from esfkit.dataset.columns import SCHEMA, require_columns
from esfkit.dataset.store import gather
from esfkit.model.errors import BadRequest
from esfkit.output.personal import refuse_personal


def cut_and_sorted(frame: pl.LazyFrame, by: Sequence[str], limit: int | None) -> pl.DataFrame:
    """Return the records sorted by the columns, the first ``limit`` of them.

    Text sorts as in Swedish, with å, ä, ö last; what is not stated comes after
    everything, whichever way round.

    Args:
        frame: The records.
        by: Columns; ``-`` before one turns its order round.
        limit: How many at most.

    Raises:
        BadRequest: A column does not exist or holds lists.
    """
    names = [name.removeprefix("-") for name in by]
    require_columns(names, SCHEMA)
    for name in names:
        if isinstance(SCHEMA[name], pl.List):
            raise BadRequest(f"Records cannot be sorted by {name}: it holds lists.")
    if names:
        frame = frame.sort(
            [_order(name) for name in names],
            descending=[name.startswith("-") for name in by],
            nulls_last=True,
            maintain_order=True,
        )
    return gather(frame if limit is None else frame.head(limit))


def require_sortable(by: Sequence[str], *, personal: bool) -> None:
    """Make sure that the order gives no personal data away.

    Raises:
        BadRequest: A column is personal and was not asked for as such.
    """
    refuse_personal([name.removeprefix("-") for name in by], personal=personal)


def _order(name: str) -> pl.Expr:
    if SCHEMA[name] != pl.String:
        return pl.col(name)
    return pl.col(name).str.to_lowercase().str.replace_many(["å", "ä", "ö"], ["{", "|", "}"])
