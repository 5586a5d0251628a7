"""What was compared in clear, without personal data where it is given out.

Records are matched by what they say; a name that stands in a title is withheld only after
that, as it is wherever records are listed.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

import polars as pl

from esfkit.analysis.changes.compare import Differences
from esfkit.analysis.changes.sides import Sides
from esfkit.analysis.reconciling.sides import key_name
from esfkit.dataset.columns import PERSONAL_COLUMNS
from esfkit.dataset.store import gather
from esfkit.output.personal import TELLING, kept_apart, withhold

_NAMING: Final = ("title", "owner", "owner_name")
_CELLS: Final = (
    *("title", "owner", "perhaps_title"),
    *map(key_name, ("owner_name", "organisation")),
)


def withheld_sides(
    sides: Sides, found: Differences, everyone: pl.LazyFrame | None
) -> tuple[Sides, Differences]:
    """Return both sides and what differs between them without personal data in the texts.

    The contact fields stay, so that it can be told that they changed.

    Args:
        sides: What was compared.
        found: What differs between them.
        everyone: All rows of both datasets, by which persons are known; ``None`` if personal
            data was asked for.
    """
    if everyone is None:
        return sides, found
    # Together: a person whom one side names by a label may stand in a text of the other.
    before = pl.concat([sides.old.rows, sides.new.rows])
    hidden = withhold(before, everyone=everyone)
    told = ((name, _told(before[name], hidden[name])) for name in _NAMING)
    named = [before[name].replace(kept_apart(its)) for name, its in told if its]
    hidden = hidden.with_columns(*named, *(before[name] for name in PERSONAL_COLUMNS))
    hidden = hidden.select(before.columns)
    old, new = hidden.head(sides.old.rows.height), hidden.slice(sides.old.rows.height)
    partners = dict(found.pairs.both)
    changed = {
        number: each._replace(
            old=old.row(number, named=True), new=new.row(partners[number], named=True)
        )
        for number, each in found.changed.items()
    }
    without = replace(sides, old=replace(sides.old, rows=old), new=replace(sides.new, rows=new))
    return without, found._replace(changed=changed)


def withheld_words(
    frames: Sequence[pl.LazyFrame], everyone: pl.LazyFrame | None = None
) -> Mapping[str, str]:
    """Return title or owner → what is given out of it, of those that hold personal data.

    Args:
        frames: The records that are compared, with their contact columns.
        everyone: All rows of the data, by which persons are known.
    """
    read = (*_NAMING, *TELLING, "provenance")
    before = gather(pl.concat([frame.select(read) for frame in frames]))
    hidden = withhold(before, everyone=everyone)
    told: dict[str, str] = {}
    for name in _NAMING:
        told |= _told(before[name], hidden[name])
    return kept_apart(told)


def _told(before: pl.Series, hidden: pl.Series) -> dict[str, str]:
    """Return word → what is given out of it, of those of which something is withheld."""
    both = zip(before.to_list(), hidden.to_list(), strict=True)
    return {words: its for words, its in both if words != its}


def without_words(rows: pl.DataFrame, words: Mapping[str, str]) -> pl.DataFrame:
    """Return reconciled projects with what is given out in place of these words.

    Args:
        rows: As :func:`esfkit.analysis.reconciling.projects.reconciled` returns them.
        words: From :func:`withheld_words`.
    """
    if not words:
        return rows
    cells = [pl.col(name).replace(words) for name in _CELLS if name in rows.columns]
    element = pl.element().struct
    told = element.with_fields(pl.field(side).replace(words) for side in ("here", "there"))
    return rows.with_columns(*cells, pl.col("differences").list.eval(told))
