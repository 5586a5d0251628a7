"""How a summary is put before people: headings, blocks and footnotes."""

from collections.abc import Iterator, Sequence
from typing import Final, Literal

import polars as pl

from esfkit.analysis.summary import TOTAL, Summary
from esfkit.cli.notes import counted
from esfkit.cli.results import Result, left_out_note
from esfkit.dataset.dictionary import headings
from esfkit.dataset.store import gather

_STATED: Final = "_stated"
_TOTAL_SV: Final = "Summa"
_SHARED: Final = "projects_elsewhere_too"
_LETTER: Final = "n"
_HEADINGS: Final = {
    "en": {
        "projects": "Records",
        "projects_elsewhere_too": "Shared",
        "support_per_participant": "Support per participant",
        "largest_participant_target": "Largest target",
        "start_year": "Start year",
        "end_year": "End year",
        "county": "County",
        "municipality": "Municipality",
    },
    "sv": {
        "projects": "Poster",
        "projects_elsewhere_too": "Delade",
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
        "shared": "Shared: how many of the group's records stand in several places. Their "
        "money and participants are only in the total.",
    },
    "sv": {
        "n": "n: hur många av gruppens poster som anger talet till vänster.",
        "left_out": "Räknas inte: {kinds} (ta med dem med --kind).",
        "shared": "Delade: hur många av gruppens poster som finns på flera platser. Deras "
        "pengar och deltagare ingår bara i summan.",
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
        shown=_with_total_in(language, table, figures.keys),
        records=figures.records,
        headings=names,
        blocks=list(_blocks(table, figures.keys)),
        legend=_SAID[language]["n"],
        footnotes=list(_footnotes(figures, frame, kinds, language)),
    )


def _with_total_in(
    language: Literal["sv", "en"], table: pl.DataFrame, keys: Sequence[str]
) -> pl.DataFrame | None:
    """Return the table with the last row called total in the language, if that differs."""
    if language == "en" or not keys:
        return None
    first = table[keys[0]].to_list()
    first[-1] = str(first[-1]).replace(TOTAL, _TOTAL_SV)
    return table.with_columns(pl.Series(keys[0], first, dtype=pl.String))


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
    figures: Summary, frame: pl.LazyFrame, kinds: Sequence[str], language: Literal["sv", "en"]
) -> Iterator[str]:
    said = _SAID[language]
    if _SHARED in figures.table.columns and figures.table[_SHARED].sum():
        yield said["shared"]
    others = gather(
        frame.filter(~pl.col("kind").is_in(list(kinds))).group_by("kind").len().sort("kind")
    )
    if others.height:
        listed = ", ".join(
            counted(count, kind) if language == "en" else f"{count} {kind}"
            for kind, count in others.iter_rows()
        )
        yield said["left_out"].format(kinds=listed)
    if figures.left_out:
        yield left_out_note(figures.left_out, language, counted=True)
