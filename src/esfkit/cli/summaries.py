"""How a summary is put before people: headings, blocks and footnotes."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final, Literal

import polars as pl

from esfkit.analysis.summary import Summary
from esfkit.cli.results import Result
from esfkit.dataset.dictionary import headings
from esfkit.dataset.store import gather

_STATED: Final = "_stated"
_LETTER: Final = "n"
_HEADINGS: Final = {
    "en": {
        "projects": "Records",
        "projects_elsewhere_too": "Elsewhere too",
        "support_per_participant": "Support per participant",
        "largest_participant_target": "Largest target",
        "start_year": "Start year",
        "end_year": "End year",
        "county": "County",
        "municipality": "Municipality",
    },
    "sv": {
        "projects": "Poster",
        "projects_elsewhere_too": "Även på annat håll",
        "support_per_participant": "Stöd per deltagare",
        "largest_participant_target": "Största mål",
        "start_year": "Startår",
        "end_year": "Slutår",
        "county": "Län",
        "municipality": "Kommun",
    },
}
_PROJECTS: Final = {"en": "Projects", "sv": "Projekt"}
_SAID: Final = {
    "en": {
        "n": "n: how many of the group's records state the figure to its left.",
        "left_out": "Not counted: {kinds} (take them in with --kind).",
        "merged": "Observations not counted, of records that are: {count} "
        "(--all-observations counts them too).",
    },
    "sv": {
        "n": "n: hur många av gruppens poster som anger talet till vänster.",
        "left_out": "Räknas inte: {kinds} (ta med dem med --kind).",
        "merged": "Observationer som inte räknas, av poster som redan räknats: {count} "
        "(--all-observations räknar även dem).",
    },
}
_BLOCKS: Final = (
    ("projects", "projects_elsewhere_too", "total_budget_sek", "esf_support_sek"),
    ("esf_share", "planned_participants", "support_per_participant"),
    ("largest_participant_target", "total_budget_eur", "esf_support_eur"),
)


def result_of(
    figures: Summary, frame: pl.LazyFrame, kinds: Sequence[str], language: Literal["sv", "en"]
) -> Result:
    """Return the summary as a result, with what it leaves out told below it."""
    table = figures.table
    names = {**headings(language), **_HEADINGS[language]}
    if tuple(kinds) == ("project",):
        names["projects"] = _PROJECTS[language]
    names.update({name: _LETTER for name in table.columns if name.endswith(_STATED)})
    return Result(
        table=table,
        headings=names,
        blocks=list(_blocks(table, figures.keys)),
        legend=_SAID[language]["n"],
        footnotes=list(_footnotes(figures, frame, kinds, _SAID[language])),
    )


def _blocks(table: pl.DataFrame, keys: Sequence[str]) -> Iterator[list[str]]:
    """Yield the columns that stand beside each other at a terminal.

    What no record states is left out there; formats for machines have every column.
    """
    for measures in _BLOCKS:
        block = [
            part
            for name in measures
            if name in table.columns and _is_stated(table, name)
            for part in (name, f"{name}{_STATED}")
            if part in table.columns
        ]
        if block:
            yield [*keys, *block]


def _is_stated(table: pl.DataFrame, name: str) -> bool:
    stated = f"{name}{_STATED}"
    return stated not in table.columns or bool(table[stated].sum())


def _footnotes(
    figures: Summary, frame: pl.LazyFrame, kinds: Sequence[str], said: Mapping[str, str]
) -> Iterator[str]:
    others = gather(
        frame.filter(~pl.col("kind").is_in(list(kinds))).group_by("kind").len().sort("kind")
    )
    if others.height:
        listed = ", ".join(f"{count} {kind}" for kind, count in others.iter_rows())
        yield said["left_out"].format(kinds=listed)
    if figures.left_out:
        yield said["merged"].format(count=figures.left_out)
