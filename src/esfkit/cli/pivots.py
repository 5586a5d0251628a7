"""How a cross-table is put before people: headings, cells and footnotes."""

from collections.abc import Iterator
from typing import Final, Literal

import polars as pl

from esfkit.analysis.grouping.groups import TOTAL, Question, distinct_name
from esfkit.analysis.reports.pivot import NOT_STATED, Pivot
from esfkit.cli.footnotes import conversion_notes, key_notes, other_kinds
from esfkit.cli.naming import named_keys_shown
from esfkit.cli.results import Result, left_out_note
from esfkit.dataset.dictionary import headings

Language = Literal["sv", "en"]

_ENDS: Final = ("_stated", "_projects")
_RATE: Final = "exchange_rate"
_COUNTS: Final = "n/N"
_TOTAL_SV: Final = "Summa"
_NOT_STATED_SV: Final = "(ej angivet)"
_FRACTION: Final = "fraction"
_SAID: Final = {
    "en": {
        "cells": "{measure} by {rows} and {cols}.",
        "n": "n/N: n of the N projects to its left state the figure; elsewhere all do.",
    },
    "sv": {
        "cells": "{measure} efter {rows} och {cols}.",
        "n": "n/N: n av de N projekten till vänster anger talet; annars gör alla det.",
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
    told = asked.conversion and asked.conversion.told(language, figures.years)
    for_machines = table if backed else alone
    if told:
        rate = distinct_name(_RATE, pl.Series(for_machines.columns))
        for_machines = for_machines.with_columns(pl.lit(told).alias(rate))
    return Result(
        table=for_machines,
        shown=_total_in(language, shown, figures),
        records=figures.records,
        headings=names,
        units=dict.fromkeys(figures.columns, _unit(figures, alone)),
        keys=len(figures.rows),
        totals=1,
        bars=[figures.columns[-1]] if bars else [],
        footnotes=list(_footnotes(figures, frame, asked, language, backed=backed)),
    )


def _unit(figures: Pivot, table: pl.DataFrame) -> str:
    """Return what the cells are counted in; shares of money are fractions too."""
    if figures.measure is None:
        return _FRACTION if table[figures.columns[-1]].dtype == pl.Float64 else "projects"
    unit = figures.measure.figure.unit
    shared_out = figures.measure.adds_up and table[figures.columns[-1]].dtype == pl.Float64
    return _FRACTION if shared_out else unit


def _of_cells(figures: Pivot, language: Language) -> dict[str, str]:
    """Return heading by column of figures; only the last of them is the total."""
    if language == "en":
        return {name: name for name in figures.columns}
    *heads, total = figures.columns
    named = {name: name.replace(NOT_STATED, _NOT_STATED_SV) for name in heads}
    return {**named, total: total.replace(TOTAL, _TOTAL_SV)}


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


def _total_in(language: Language, table: pl.DataFrame, figures: Pivot) -> pl.DataFrame:
    if language == "en":
        return table
    first = table[figures.rows[0]].to_list()
    first[-1] = str(first[-1]).replace(TOTAL, _TOTAL_SV)
    return table.with_columns(pl.Series(figures.rows[0], first, dtype=pl.String))


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
    yield from key_notes(asked.keys, language)
    yield from conversion_notes(asked.conversion, figures.years, figures.unconverted, language)
    yield from other_kinds(frame, asked.kinds, language)
    if figures.left_out:
        yield left_out_note(figures.left_out, language, counted=True)
