"""Findings by cause, put before people without the personal data that they quote."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from typing import Any, Final, Literal

import polars as pl

from esfkit.analysis.reports.findings import findings_by_cause
from esfkit.cli.notes import counted
from esfkit.cli.results import Result
from esfkit.cli.screen import folded
from esfkit.model.finding import SEVERITIES
from esfkit.output.neutral import for_terminal
from esfkit.output.personal import withhold

_WITHHELD: Final = "(about personal data: shown with --personal-data)"
JOINED: Final = ("csv", "tsv", "csv-sv", "md")
"""Formats in which the examples of a cause are one text."""

_HEADINGS: Final[Mapping[str, Mapping[str, str]]] = {
    "en": {},
    "sv": {
        "code": "Kod",
        "severity": "Vikt",
        "field": "Kolumn",
        "findings": "Anmärkningar",
        "records": "Poster",
        "share": "Andel",
        "projects": "Projekt",
        "esf_support_sek": "ESF-stöd",
        "esf_support_sek_stated": "ESF-stöd (n)",
        "total_budget_sek": "Total budget",
        "total_budget_sek_stated": "Total budget (n)",
        "examples": "Exempel",
    },
}
_CAUSE: Final = ["code", "severity", "field"]
_MONEY: Final = {
    "en": {"esf_support_sek": "ESF support", "total_budget_sek": "budget"},
    "sv": {"esf_support_sek": "ESF-stöd", "total_budget_sek": "budget"},
}
MARKS: Final = {"error": "✗", "warning": "!", "note": "·"}
"""Severity → what stands before it on a screen."""


def chosen(rows: pl.DataFrame, codes: Collection[str], least: str | None) -> pl.DataFrame:
    """Return the records with only those of their findings that are asked for.

    Args:
        rows: Records.
        codes: Of the findings; any where none is named.
        least: The severity that they have at least; any where none is named.
    """
    part = pl.element().struct.field
    wanted = part("severity").is_in(_as_heavy_as(least)) if least else pl.lit(value=True)
    if codes:
        wanted &= part("code").is_in(list(codes))
    return rows.with_columns(pl.col("findings").list.eval(pl.element().filter(wanted)))


def causes_of(
    rows: pl.DataFrame,
    language: Literal["sv", "en"] = "en",
    *,
    everyone: pl.LazyFrame | None = None,
) -> Result:
    """Return the findings of the records by cause.

    Every finding is counted; only examples that quote personal data are withheld.

    Args:
        rows: Records.
        language: Of the headings.
        everyone: All rows of the data, by which persons are known; ``None`` if personal
            data was asked for.
    """
    causes = findings_by_cause(rows)
    if everyone is not None:
        shown = findings_by_cause(withhold(rows, everyone=everyone))
        causes = _with_shown_examples(causes, shown)
    found = int(causes["findings"].sum())
    return Result(
        table=causes,
        headings=_HEADINGS[language],
        footnotes=[_total(found, rows.height, language)],
        drawn=lambda width: "\n".join(_paragraphs(causes, width, language)),
    )


def with_withheld_messages(rows: pl.DataFrame, everyone: pl.LazyFrame) -> pl.DataFrame:
    """Return the records without personal data, all their findings with a message."""
    harmless = withhold(rows, everyone=everyone)
    shown = harmless["findings"].to_list()
    told = [
        [each if each in seen else {**each, "message": _WITHHELD} for each in found or ()]
        for found, seen in zip(rows["findings"].to_list(), shown, strict=True)
    ]
    findings = pl.Series("findings", told, dtype=rows.schema["findings"])
    # Of the provenance only lines are told, also those of findings about a contact field.
    return harmless.with_columns(findings, rows["provenance"])


def _total(found: int, records: int, language: Literal["sv", "en"]) -> str:
    if language == "sv":
        return f"{_noted(found)} i {_posts(records)}."
    return f"{counted(found, 'finding')} in {counted(records, 'record')}."


def _noted(count: int) -> str:
    return f"{count} anmärkning" if count == 1 else f"{count} anmärkningar"


def _posts(count: int) -> str:
    return f"{count} post" if count == 1 else f"{count} poster"


def with_joined_examples(causes: Result) -> Result:
    """Return the causes with their examples as one text, for cells that hold no lists."""
    joined = causes.table.with_columns(pl.col("examples").list.join("; "))
    return replace(causes, table=joined)


def reaches(causes: pl.DataFrame, severity: str) -> bool:
    """Tell whether a cause is as heavy as the severity, or heavier."""
    return not set(_as_heavy_as(severity)).isdisjoint(causes["severity"].to_list())


def _as_heavy_as(severity: str) -> list[str]:
    heavy = [str(each) for each in SEVERITIES]
    return heavy[: heavy.index(severity) + 1]


def _with_shown_examples(causes: pl.DataFrame, shown: pl.DataFrame) -> pl.DataFrame:
    examples = shown.select(*_CAUSE, pl.col("examples").alias("shown"))
    joined = causes.join(
        examples, on=_CAUSE, how="left", nulls_equal=True, maintain_order="left"
    )
    return joined.with_columns(
        pl.col("shown").fill_null(pl.lit([_WITHHELD])).alias("examples")
    ).drop("shown")


def _paragraphs(
    causes: pl.DataFrame, width: int, language: Literal["sv", "en"]
) -> Iterator[str]:
    for cause in causes.iter_rows(named=True):
        yield "".join(f"{line}\n" for line in _paragraph(cause, width, language))


def _paragraph(
    cause: dict[str, Any], width: int, language: Literal["sv", "en"]
) -> Iterator[str]:
    mark = MARKS.get(cause["severity"], "?")
    name = f"{mark} {cause['severity']} {cause['code']}"
    share = f"{100 * cause['share']:.1f} %"
    if language == "sv":
        where = f" i {cause['field']}"
        how_many = (
            f"{cause['findings']} i {_posts(cause['records'])}, "
            f"{share.replace('.', ',')} av alla"
        )
    else:
        where = f" in {cause['field']}"
        how_many = (
            f"{cause['findings']} in {counted(cause['records'], 'record')}, {share} of all"
        )
    yield f"{name}{where if cause['field'] else ''}"
    yield from folded(how_many, width, "    ", "    ")
    stake = _stake(cause, language)
    if stake:
        yield from folded(stake, width, "    ", "    ")
    for example in cause["examples"]:
        yield from folded(for_terminal(example), width, "    - ", "      ")


def _stake(cause: dict[str, Any], language: Literal["sv", "en"]) -> str:
    """Return the money of the records concerned: their support, or else their budget."""
    for column, name in _MONEY[language].items():
        stated, total = cause[f"{column}_stated"], cause[column]
        if stated and total is not None:
            kronor = f"{total:,}".replace(",", "\N{NO-BREAK SPACE}")
            if language == "sv":
                return f"{name} {kronor} kr, angivet av {stated} av {cause['projects']}"
            return f"{name} SEK {total:,}, stated by {stated} of {cause['projects']}"
    return ""
