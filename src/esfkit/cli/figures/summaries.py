"""How a summary is put before people: headings, blocks and footnotes."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import polars as pl

from esfkit.analysis.figures.measures import stated_name
from esfkit.analysis.grouping.arrangement import Arrangement
from esfkit.analysis.grouping.groups import Question
from esfkit.analysis.grouping.shares import part_name
from esfkit.analysis.reports.summary import Summary, summarised
from esfkit.cli.figures.backing import require_coverage
from esfkit.cli.figures.footnotes import closing_notes, with_rate
from esfkit.cli.figures.naming import (
    is_stated,
    named_keys_shown,
    records_heading,
    total_in_words,
)
from esfkit.cli.giving import give
from esfkit.cli.results import Result, Way
from esfkit.dataset.dictionary import Language, headings
from esfkit.model.errors import BadRequest

_STATED: Final = "_stated"
_SHARED: Final = "projects_elsewhere_too"
_SAID: Final = {
    "en": {
        "n": "n: how many of the group's records state the figure to its left.",
        "shared": "Shared: how many of the group's records stand in several places. Their "
        "money and participants are only in the total.",
        "added_up": "Groups added up in Other: {count}.",
        "cut": "Groups not shown: {count} (--other adds them up).",
        "bounds": "low: the sum without what a finding doubts, and with the lowest that any "
        "page of a record states; high: with the highest.",
        "expected": "Expected share: what the calls' rules for co-financing give, weighed by "
        "budget. A reference line, no correction; `esfkit codes expected_shares` has the "
        "sources.",
    },
    "sv": {
        "n": "n: hur många av gruppens poster som anger talet till vänster.",
        "shared": "Delade: hur många av gruppens poster som finns på flera platser. Deras "
        "pengar och deltagare ingår bara i summan.",
        "added_up": "Grupper sammanlagda i Övriga: {count}.",
        "cut": "Grupper som inte visas: {count} (--other lägger ihop dem).",
        "bounds": "lägst: summan utan det som en anmärkning ifrågasätter, och med det lägsta "
        "som någon sida anger för posten; högst: med det högsta.",
        "expected": "Väntad andel: vad utlysningarnas regler om medfinansiering ger, vägd med "
        "budget. Ett riktmärke, ingen rättelse; `esfkit codes expected_shares` har källorna.",
    },
}
_USUAL_BLOCKS: Final = (
    ("projects", "projects_elsewhere_too", "total_budget_sek", "esf_support_sek"),
    ("esf_share", "planned_participants", "support_per_participant"),
    ("largest_participant_target", "total_budget_eur", "esf_support_eur"),
)
_MEASURES_A_BLOCK: Final = 2


def give_summary(
    frame: pl.LazyFrame,
    asked: Question,
    wish: Arrangement,
    way: Way,
    *,
    bars: bool,
    least: float | None,
) -> None:
    """Answer the question and write the answer.

    Args:
        frame: The dataset.
        asked: The question.
        wish: How its groups are arranged.
        way: Where the answer goes.
        bars: Whether a table has bars.
        least: The share of a group's projects that has to state each figure.

    Raises:
        typer.Exit: With 1, after the answer, if a figure rests on too few projects.
    """
    if least is not None and not asked.measures:
        raise BadRequest("There is no figure whose coverage could be asked for: --measures.")
    figures = summarised(frame, asked, wish)
    page = _Page(figures.table, figures, asked, wish, way.language)
    give(_result(page, frame, bars=bars), way)
    if least is not None:
        # Also of the groups that are not shown.
        whole = summarised(frame, asked, Arrangement(min_projects=wish.min_projects))
        require_coverage(whole, asked, least, way.language)


# --- the answer as people see it


@dataclass(frozen=True, slots=True)
class _Page:
    """A summary, and what settles how it looks."""

    table: pl.DataFrame
    figures: Summary
    asked: Question
    wish: Arrangement
    language: Language


def _result(page: _Page, frame: pl.LazyFrame, *, bars: bool) -> Result:
    columns = page.table.columns
    basis = page.figures.basis
    return Result(
        table=with_rate(page.table, basis),
        shown=_shown(page),
        records=basis.records,
        headings=headings(page.language, columns) | records_heading(basis.kinds, page.language),
        blocks=list(_blocks(page)),
        legend=_SAID[page.language]["n"] if any(map(_is_count, columns)) else "",
        footnotes=list(_footnotes(page, frame)),
        keys=len(page.figures.keys),
        totals=page.figures.totals,
        bars=[_barred(page)] if bars else [],
    )


def _shown(page: _Page) -> pl.DataFrame:
    """Return the table in words of the language, each number of records once."""
    keys, table = page.figures.keys, page.table.drop(_repeated(page))
    if not page.asked.usual:
        # Who asks for parts of measures does not ask for those of the projects.
        table = table.drop(part_name("projects"), strict=False)
    table = named_keys_shown(table, keys, page.language)
    rows = page.figures.totals + bool(page.figures.added_up)
    return total_in_words(table, rows if keys else 0, page.language)


def _repeated(page: _Page) -> list[str]:
    """Return the numbers of records that stand again behind the next figure."""
    measures = page.asked.measures
    return [
        stated_name(each.name)
        for each, following in pairwise(measures)
        if each.statistic
        and following.statistic
        and each.figure.column == following.figure.column
    ]


def _barred(page: _Page) -> str:
    """Return the column beside which bars stand: the first measure that says something."""
    for measure in page.asked.measures:
        if is_stated(page.table, measure.name):
            return measure.name
    return "projects"


def _blocks(page: _Page) -> Iterator[list[str]]:
    """Yield the columns that stand beside each other at a terminal.

    What no record states is left out there; formats for machines have every column.
    """
    keys, shown = page.figures.keys, _shown(page).columns
    repeated = _repeated(page)
    for names in _named_blocks(page):
        block = [
            part
            for name in names
            if is_stated(page.table, name)
            for part in _with_company(name)
            if part in shown and part not in repeated
        ]
        if block:
            yield [*keys, *block]


def _named_blocks(page: _Page) -> Sequence[Sequence[str]]:
    if page.asked.usual:
        return _USUAL_BLOCKS
    names = [each.name for each in page.asked.measures]
    size = _MEASURES_A_BLOCK if page.asked.bounds or page.wish.shares_of else len(names)
    blocks = [names[start : start + size] for start in range(0, len(names), size or 1)]
    first = blocks[0] if blocks else []
    return [["projects", _SHARED, *first], *blocks[1:]]


def _with_company(name: str) -> tuple[str, ...]:
    return name, f"{name}{_STATED}", part_name(name), f"{name}_low", f"{name}_high"


def _is_count(name: str) -> bool:
    return name.endswith(_STATED)


def _footnotes(page: _Page, frame: pl.LazyFrame) -> Iterator[str]:
    figures, said = page.figures, _SAID[page.language]
    if _SHARED in page.table.columns and page.table[_SHARED].sum():
        yield said["shared"]
    if page.asked.bounds:
        yield said["bounds"]
    if "expected_share" in page.table.columns:
        yield said["expected"]
    if figures.added_up:
        yield said["added_up"].format(count=figures.added_up)
    if figures.cut:
        yield said["cut"].format(count=figures.cut)
    yield from closing_notes(figures.basis, frame, figures.keys, page.language)
