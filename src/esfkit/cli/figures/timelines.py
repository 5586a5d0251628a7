"""How a timeline is put before people: headings, blocks and footnotes."""

from collections.abc import Iterator, Mapping
from typing import Final

import polars as pl

from esfkit.analysis.time.buckets import PERIOD
from esfkit.analysis.time.spread import BUCKETS_A_YEAR
from esfkit.analysis.time.timeline import LONGEST_YEARS, Timeline
from esfkit.cli.figures.footnotes import closing_notes, counted_records, with_rate
from esfkit.cli.figures.naming import (
    is_stated,
    named_keys_shown,
    records_heading,
    total_in_words,
)
from esfkit.cli.results import Result
from esfkit.dataset.dictionary import Language, headings

_STATED: Final = "_stated"
_KRONOR: Final = ("total_budget_sek", "esf_support_sek")
_BARS: Final = ("esf_support_eur", "esf_support_sek", "total_budget_eur", "total_budget_sek")
_BLOCKS: Final = (
    ("projects", "total_budget_sek", "esf_support_sek"),
    ("planned_participants", "total_budget_eur", "esf_support_eur"),
)
_BLOCKS_IN_EURO: Final = (
    ("projects", "total_budget_eur", "esf_support_eur"),
    ("planned_participants",),
)
_BUCKET: Final = {
    "en": {"year": "Year", "quarter": "Quarter", "month": "Month"},
    "sv": {"year": "År", "quarter": "Kvartal", "month": "Månad"},
}
_SPANS: Final[Mapping[str, Mapping[str, Mapping[str, str]]]] = {
    "en": {
        each: {"each": f"every {each}", "the": f"the {each}", "none": f"in no {each}"}
        for each in BUCKETS_A_YEAR
    },
    "sv": {
        "year": {"each": "varje år", "the": "det år", "none": "inte i något år"},
        "quarter": {
            "each": "varje kvartal",
            "the": "det kvartal",
            "none": "inte i något kvartal",
        },
        "month": {"each": "varje månad", "the": "den månad", "none": "inte i någon månad"},
    },
}
_SAID: Final = {
    "en": {
        "n": "n: how many records carry something to the figure on its left.",
        "days": "Figures are spread evenly over the days of each record's period, the first "
        "and the last included, in whole units that add up. A record counts in {each} "
        "that its period touches, and once in the total.",
        "start": "Each record stands with all its figures in {the} in which it starts.",
        "open_days": "Without a period that can be used (no first or last day, the last "
        "before the first, or more than {years} years), and so {none}: {count}.",
        "open_start": "Without a first day, and so {none}: {count}.",
    },
    "sv": {
        "n": "n: hur många poster som bidrar till talet till vänster.",
        "days": "Talen fördelas jämnt över dagarna i varje posts period, den första och den "
        "sista inräknade, i hela enheter som går jämnt ut. En post räknas i {each} som "
        "dess period berör, och en gång i summan.",
        "start": "Varje post står med alla sina tal i {the} då den startar.",
        "open_days": "Utan en period som går att använda (första eller sista dag saknas, den "
        "sista före den första, eller mer än {years} år), och därför {none}: "
        "{count}.",
        "open_start": "Utan första dag, och därför {none}: {count}.",
    },
}


def result_of(
    figures: Timeline, frame: pl.LazyFrame, language: Language, *, bars: bool = False
) -> Result:
    """Return the timeline as a result, with how its figures came about told below it.

    Args:
        figures: The timeline.
        frame: The dataset that it was made from, of all kinds.
        language: Of headings and footnotes.
        bars: Whether a terminal has bars beside the support, or beside the budget or the
            number where no support is stated.
    """
    in_euro = figures.basis.conversion is not None
    return Result(
        table=with_rate(figures.table, figures.basis),
        shown=_shown(figures, language, in_euro=in_euro),
        records=figures.basis.records,
        headings=_headings(figures, language),
        blocks=list(_blocks(figures, in_euro=in_euro)),
        keys=len(figures.keys) + 1,
        totals=1,
        bars=[_barred(figures.table)] if bars else [],
        legend=_SAID[language]["n"],
        footnotes=list(_footnotes(figures, frame, language)),
    )


def _headings(figures: Timeline, language: Language) -> dict[str, str]:
    names = headings(language, figures.table.columns)
    names[PERIOD] = _BUCKET[language][figures.every]
    return names | records_heading(figures.basis.kinds, language)


def _shown(figures: Timeline, language: Language, *, in_euro: bool) -> pl.DataFrame:
    """Return the table as people have it: its total and codes in words of the language."""
    table = named_keys_shown(figures.table, figures.keys, language)
    if in_euro:
        table = table.drop(part for name in _KRONOR for part in (name, f"{name}{_STATED}"))
    return total_in_words(table, 1, language)


def _blocks(figures: Timeline, *, in_euro: bool) -> Iterator[list[str]]:
    """Yield the columns that stand beside each other at a terminal."""
    for measures in _BLOCKS_IN_EURO if in_euro else _BLOCKS:
        block = [
            part
            for name in measures
            if is_stated(figures.table, name)
            for part in (name, f"{name}{_STATED}")
            if part in figures.table.columns
        ]
        if block:
            yield [*figures.keys, PERIOD, *block]


def _barred(table: pl.DataFrame) -> str:
    return next((name for name in _BARS if is_stated(table, name)), "projects")


def _footnotes(figures: Timeline, frame: pl.LazyFrame, language: Language) -> Iterator[str]:
    said, words = _SAID[language], _SPANS[language][figures.every]
    yield said[figures.at].format(**words)
    if figures.without_period:
        yield said[f"open_{figures.at}"].format(
            years=LONGEST_YEARS,
            count=counted_records(figures.without_period, language),
            **words,
        )
    yield from closing_notes(figures.basis, frame, figures.keys, language)
