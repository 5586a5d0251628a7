"""What figures rest on: the records that decide them, and how many state them."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

import polars as pl
import typer

from esfkit.analysis.figures.measures import Measure
from esfkit.analysis.figures.money import start_years
from esfkit.analysis.grouping.groups import Question
from esfkit.analysis.reports.deciding import deciding, thin_figures
from esfkit.analysis.reports.pivot import NOT_STATED
from esfkit.analysis.reports.summary import Summary
from esfkit.analysis.selection.filters import kinds
from esfkit.cli.footnotes import conversion_notes
from esfkit.cli.giving import give
from esfkit.cli.naming import named_keys_shown
from esfkit.cli.notes import say
from esfkit.cli.results import Result, Way
from esfkit.dataset.dictionary import headings
from esfkit.dataset.store import gather
from esfkit.model.errors import BadRequest

_MOST_NAMED: Final = 20
_RATE: Final = "exchange_rate"


def give_deciding(frame: pl.LazyFrame, asked: Question, most: int, way: Way) -> None:
    """Write the records that weigh most in each group."""
    table, conversion = deciding(frame, asked, most), asked.conversion
    result = Result(
        table=table,
        shown=named_keys_shown(table, asked.keys, way.language),
        headings=headings(way.language, table.columns),
        blocks=_deciding_blocks(table, asked),
        keys=len(asked.keys) + 1,
    )
    if conversion is not None:
        converted = start_years(kinds(frame, asked.kinds))
        years = tuple(gather(converted).to_series())
        result = replace(
            result,
            table=table.with_columns(pl.lit(conversion.told(way.language, years)).alias(_RATE)),
            footnotes=[*conversion_notes(conversion, years, 0, way.language)],
        )
    give(result, way)


def _deciding_blocks(table: pl.DataFrame, asked: Question) -> list[list[str]]:
    """Return the figures beside the records' ids, and below them what the records are."""
    *_, amount, part = table.columns
    named = [*asked.keys, "rank"]
    telling = [name for name in ("title", "owner_name") if name not in asked.keys]
    return [[*named, "record_id", amount, part], [*named, *telling]]


def require_figures(measures: Sequence[Measure]) -> None:
    """Make sure that there are figures that projects can state.

    Raises:
        BadRequest: Only projects are counted.
    """
    if not measures:
        raise BadRequest("There is no figure whose coverage could be asked for: --measures.")


def require_coverage(figures: Summary, measures: Sequence[Measure], least: float) -> None:
    """Name on stderr the groups in which too few projects state a figure.

    Args:
        figures: The summary.
        measures: What it shows.
        least: The smallest share of a group's projects that has to state each figure.

    Raises:
        typer.Exit: With 1, if there is such a group.
    """
    thin = thin_figures(figures, measures, least)
    if thin.is_empty():
        return
    for row in thin.head(_MOST_NAMED).to_dicts():
        names = (NOT_STATED if row[key] is None else row[key] for key in figures.keys)
        group = ", ".join(filter(None, names)) or "All"
        say(
            f"{group}: {row['measure']} is stated by {row['stated']} of {row['projects']} "
            f"projects, {row['coverage']:.4f} and not {least}."
        )
    if thin.height > _MOST_NAMED:
        say(f"and {thin.height - _MOST_NAMED} more figures that too few projects state.")
    raise typer.Exit(1)
