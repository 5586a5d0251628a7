"""How a cross-table is put before people: headings, cells and footnotes."""

from collections.abc import Iterator
from typing import Final

import polars as pl

from esfkit.analysis.grouping.groups import Question
from esfkit.analysis.reports.pivot import Pivot
from esfkit.cli.figures.footnotes import closing_notes, with_rate
from esfkit.cli.figures.naming import (
    named_keys_shown,
    named_words_shown,
    total_in_words,
    word_in,
)
from esfkit.cli.results import Result
from esfkit.dataset.dictionary import Language, headings
from esfkit.output.shown import NOT_STATED

_ENDS: Final = ("_stated", "_projects")
_COUNTS: Final = "n/N"
_SAID: Final = {
    "en": {
        "cells": "{measure} by {rows} and {cols}.",
        "n": "n/N: n of the N records to its left state the figure; elsewhere all do.",
        "places": "A record in several places counts in each, with its figures in the totals "
        "alone.",
    },
    "sv": {
        "cells": "{measure} efter {rows} och {cols}.",
        "n": "n/N: n av de N posterna till vänster anger talet; annars gör alla det.",
        "places": "En post på flera platser räknas på var och en, med sina tal bara i "
        "summorna.",
    },
}


def result_of(
    figures: Pivot,
    frame: pl.LazyFrame,
    asked: Question,
    language: Language,
    *,
    bare: bool,
    bars: bool,
) -> Result:
    """Return the cross-table as a result.

    Args:
        figures: The cross-table.
        frame: The dataset, whose other kinds are told.
        asked: What was asked of it.
        language: Of headings and footnotes.
        bare: Leave out how many projects state the figures.
        bars: Draw bars beside the totals.
    """
    backed = figures.measure is not None and not bare
    table = figures.table
    backing = [
        f"{name}{end}"
        for name in figures.columns
        for end in _ENDS
        if figures.measure is not None
    ]
    alone = table.drop(backing)
    shown = named_keys_shown(alone, figures.rows, language)
    names = {**headings(language, table.columns), **_of_cells(figures, language)}
    if backed:
        shown = _with_counts(shown, table, figures)
        names.update({_beside(name): _COUNTS for name in figures.columns})
    return Result(
        table=with_rate(table if backed else alone, figures.basis),
        shown=total_in_words(shown, 1, language),
        records=figures.basis.records,
        headings=names,
        units=dict.fromkeys(figures.columns, figures.unit),
        keys=len(figures.rows),
        totals=1,
        bars=[figures.columns[-1]] if bars else [],
        footnotes=list(_footnotes(figures, frame, asked, language, backed=backed)),
    )


def _of_cells(figures: Pivot, language: Language) -> dict[str, str]:
    """Return heading by column of figures; only the last of them is the total."""
    *heads, total = figures.columns
    shown = named_words_shown(figures.heads, language)
    named: dict[str, str] = {}
    for name, head in zip(heads, shown.iter_rows(), strict=True):
        first, *others = (NOT_STATED[language] if part is None else part for part in head)
        named[name] = f"{first} ({', '.join(others)})" if others else first
    return {**named, total: word_in(total, language)}


def _with_counts(shown: pl.DataFrame, table: pl.DataFrame, figures: Pivot) -> pl.DataFrame:
    """Return the table with n of N beside the columns in which not all state the figure."""
    columns: list[pl.Series] = []
    for column in shown.get_columns():
        columns.append(column)
        if column.name in figures.columns:
            stated = table[f"{column.name}_stated"]
            projects = table[f"{column.name}_projects"]
            if bool((stated < projects).any()):
                columns.append(_counts(stated, projects).alias(_beside(column.name)))
    return pl.DataFrame(columns)


def _counts(stated: pl.Series, projects: pl.Series) -> pl.Series:
    pairs = zip(stated, projects, strict=True)
    return pl.Series([f"{n}/{total}" if n < total else "" for n, total in pairs])


def _beside(name: str) -> str:
    """Return the column of n of N: a name that is kept together with the figure's."""
    return f"{name}_projects"


def _footnotes(
    figures: Pivot, frame: pl.LazyFrame, asked: Question, language: Language, *, backed: bool
) -> Iterator[str]:
    said, names = _SAID[language], headings(language)
    across = [key for key in asked.keys if key not in figures.rows]
    measure = "projects" if figures.measure is None else figures.measure.name
    measured = headings(language, [measure])
    yield said["cells"].format(
        measure=measured.get(measure, measure),
        rows=", ".join(names.get(key, key) for key in figures.rows),
        cols=", ".join(names.get(key, key) for key in across),
    )
    if backed:
        yield said["n"]
    if asked.shared is not None:
        yield said["places"]
    yield from closing_notes(figures.basis, frame, asked.keys, language)
