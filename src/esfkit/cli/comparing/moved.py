"""Money moved between groups, as people read it, with what is not counted."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final, NamedTuple

import polars as pl

from esfkit.analysis.changes.compare import Differences
from esfkit.analysis.changes.moved import Moved, money_moved
from esfkit.analysis.changes.sides import Sides
from esfkit.cli.figures.naming import named_keys_shown, total_in_words
from esfkit.cli.results import Result, left_out_note
from esfkit.dataset.dictionary import Language, headings

_SAID: Final[Mapping[str, Mapping[str, str]]] = {
    "en": {
        "once": "Each record counts once here, by the observation that states most; "
        "`esfkit diff` without --by tells of every observation.",
        "others": "Changed records of other kinds, which are not counted (--kind): {count}.",
    },
    "sv": {
        "once": "Varje post räknas en gång här, efter den observation som anger mest; "
        "`esfkit diff` utan --by berättar om varje observation.",
        "others": "Ändrade poster av andra slag, som inte räknas (--kind): {count}.",
    },
}
_HEADINGS: Final[Mapping[str, Mapping[str, str]]] = {
    "en": {
        "projects": "Projects",
        "before": "{}, before",
        "source": "{}, by source",
        "reading": "{}, by reading",
        "unclear": "{}, unclear",
        "after": "{}, after",
    },
    "sv": {
        "projects": "Projekt",
        "before": "{}, före",
        "source": "{}, källan",
        "reading": "{}, läsningen",
        "unclear": "{}, oklart",
        "after": "{}, efter",
    },
}


class Asked(NamedTuple):
    """What money is asked for.

    Attributes:
        keys: What to group by.
        kinds: The kinds of record that are counted; projects where none is named.
        all_observations: Whether every observation of a record is.
    """

    keys: Sequence[str]
    kinds: Sequence[str] = ()
    all_observations: bool = False


def money_of(sides: Sides, found: Differences, asked: Asked, language: Language) -> Result:
    """Return the money of each group before and after, as a result.

    Raises:
        BadRequest: A key or a kind does not exist.
    """
    kinds = asked.kinds or ("project",)
    moved = money_moved(
        sides, asked.keys, kinds, found, all_observations=asked.all_observations
    )
    columns = [name for name in moved.table.columns if name not in moved.keys]
    names, said = headings(language), _HEADINGS[language]
    names |= {"projects": said["projects"]}
    for column in columns:
        stem, _, end = column.rpartition("_")
        names[column] = said[end].format(names[stem.removesuffix("_by")])
    a_figure = sum(1 for name in columns if name.startswith("projects_"))
    starts = range(0, len(columns), a_figure)
    others = _of_other_kinds(sides, found, kinds)
    return Result(
        table=moved.table,
        shown=total_in_words(named_keys_shown(moved.table, moved.keys, language), 1, language),
        headings=names,
        blocks=[[*moved.keys, *columns[start : start + a_figure]] for start in starts],
        keys=len(moved.keys),
        totals=1,
        footnotes=list(_not_counted(moved, others, language)),
    )


def _of_other_kinds(sides: Sides, found: Differences, kinds: Sequence[str]) -> int:
    """Return how many records of other kinds came, went or changed."""
    touched = (
        sides.old.rows[[*found.changed, *found.gone]],
        sides.new.rows[list(found.added)],
    )
    told = pl.concat(rows.select("record_id", "kind") for rows in touched)
    return told.filter(~pl.col("kind").is_in(list(kinds)))["record_id"].n_unique()


def _not_counted(moved: Moved, others: int, language: Language) -> Iterator[str]:
    """Yield why the changes that are told one by one need not add up to what was moved."""
    if moved.left_out:
        yield left_out_note(moved.left_out, language, counted=True)
        yield _SAID[language]["once"]
    if others:
        yield _SAID[language]["others"].format(count=others)
