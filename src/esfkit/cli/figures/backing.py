"""What figures rest on: the records that decide them, and how many state them."""

from typing import Final

import polars as pl
import typer

from esfkit.analysis.grouping.groups import Question
from esfkit.analysis.reports.deciding import deciding, thin_figures
from esfkit.analysis.reports.summary import Summary
from esfkit.cli.figures.footnotes import closing_notes, with_rate
from esfkit.cli.figures.naming import named_keys_shown
from esfkit.cli.giving import give
from esfkit.cli.notes import say
from esfkit.cli.results import Result, Way
from esfkit.dataset.dictionary import Language, headings
from esfkit.output.shown import NOT_STATED

_MOST_NAMED: Final = 20
_USUAL: Final = ("total_budget_sek", "esf_support_sek", "planned_participants")
_SAID: Final = {
    "en": {
        "thin": "{group}: {stated} of {projects} state {measure}, fewer than {least} of them.",
        "more": "and {count} more figures that too few state.",
        "all": "All",
    },
    "sv": {
        "thin": "{group}: {stated} av {projects} anger {measure}, färre än {least} av dem.",
        "more": "och {count} tal till som för få anger.",
        "all": "Alla",
    },
}


def give_deciding(frame: pl.LazyFrame, asked: Question, most: int, way: Way) -> None:
    """Write the records that weigh most in each group."""
    found = deciding(frame, asked, most)
    result = Result(
        table=with_rate(found.table, found.basis),
        shown=named_keys_shown(found.table, asked.keys, way.language),
        headings=headings(way.language, found.table.columns),
        blocks=_deciding_blocks(found.table, asked),
        keys=len(asked.keys) + 1,
        footnotes=list(closing_notes(found.basis, frame, asked.keys, way.language)),
    )
    give(result, way)


def _deciding_blocks(table: pl.DataFrame, asked: Question) -> list[list[str]]:
    """Return the figures beside the records' ids, and below them what the records are."""
    *_, amount, part = table.columns
    named = [*asked.keys, "rank"]
    telling = [name for name in ("title", "owner_name") if name not in asked.keys]
    return [[*named, "record_id", amount, part], [*named, *telling]]


def require_coverage(
    figures: Summary, asked: Question, least: float, language: Language
) -> None:
    """Name on stderr the groups in which too few projects state a figure.

    Args:
        figures: The summary.
        asked: What was asked for. If no measure was, budget, support and participants
            are to be covered.
        least: The smallest share of a group's projects that has to state each figure.
        language: Of what is said.

    Raises:
        typer.Exit: With 1, if there is such a group.
    """
    measures = [each for each in asked.measures if not asked.usual or each.name in _USUAL]
    thin = thin_figures(figures, measures, least)
    if thin.is_empty():
        return
    said = _SAID[language]
    for row in thin.head(_MOST_NAMED).to_dicts():
        names = (NOT_STATED[language] if row[key] is None else row[key] for key in figures.keys)
        group = ", ".join(filter(None, names)) or said["all"]
        say(said["thin"].format(group=group, least=least, **row))
    if thin.height > _MOST_NAMED:
        say(said["more"].format(count=thin.height - _MOST_NAMED))
    raise typer.Exit(1)
