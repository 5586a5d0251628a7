"""Findings by cause, put before people without the personal data that they quote."""

from collections.abc import Iterator
from typing import Any, Final

import polars as pl

from esfkit.analysis.coverage import findings_by_cause
from esfkit.cli.results import Result
from esfkit.cli.screen import folded
from esfkit.dataset.store import gather
from esfkit.model.finding import SEVERITIES
from esfkit.model.record import PERSONAL_FIELDS
from esfkit.output.neutral import for_terminal
from esfkit.output.personal import withhold

_WITHHELD: Final = "(about personal data; --personal-data shows it)"
_CAUSE: Final = ["code", "severity", "field"]
_NEEDED: Final = ("record_id", "source_path", "findings", "provenance", *PERSONAL_FIELDS)
_MARKS: Final = {"error": "✗", "warning": "!", "note": "·"}


def causes_of(frame: pl.LazyFrame, *, personal: bool) -> Result:
    """Return the findings of the records by cause.

    Every finding is counted; only examples that quote personal data are withheld.
    """
    rows = gather(frame.select(_NEEDED))
    causes = findings_by_cause(rows)
    if not personal:
        causes = _with_shown_examples(causes, findings_by_cause(withhold(rows)))
    found = int(causes["findings"].sum())
    return Result(
        table=causes,
        footnotes=[f"{found} findings in {rows.height} records."],
        drawn=lambda width: "\n".join(_paragraphs(causes, width)),
    )


def reaches(causes: pl.DataFrame, severity: str) -> bool:
    """Tell whether a cause is as heavy as the severity, or heavier."""
    heavy = [str(each) for each in SEVERITIES]
    return not set(heavy[: heavy.index(severity) + 1]).isdisjoint(causes["severity"].to_list())


def _with_shown_examples(causes: pl.DataFrame, shown: pl.DataFrame) -> pl.DataFrame:
    examples = shown.select(*_CAUSE, pl.col("examples").alias("shown"))
    joined = causes.join(
        examples, on=_CAUSE, how="left", nulls_equal=True, maintain_order="left"
    )
    return joined.with_columns(
        pl.col("shown").fill_null(pl.lit([_WITHHELD])).alias("examples")
    ).drop("shown")


def _paragraphs(causes: pl.DataFrame, width: int) -> Iterator[str]:
    for cause in causes.iter_rows(named=True):
        yield "".join(f"{line}\n" for line in _paragraph(cause, width))


def _paragraph(cause: dict[str, Any], width: int) -> Iterator[str]:
    mark = _MARKS.get(cause["severity"], "?")
    name = f"{mark} {cause['severity']} {cause['code']}"
    field = f" in {cause['field']}" if cause["field"] else ""
    yield f"{name}{field}"
    yield (
        f"    {cause['findings']} in {cause['records']} records, "
        f"{100 * cause['share']:.1f} % of all"
    )
    for example in cause["examples"]:
        yield from folded(for_terminal(example), width, "    - ", "      ")
