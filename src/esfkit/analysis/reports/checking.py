"""The whole catalogue of checks, asked of a dataset."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

import polars as pl

from esfkit.dataset.columns import FINDING, SCHEMA
from esfkit.dataset.store import gather
from esfkit.model.finding import Finding, Problem, Severity
from esfkit.rules.catalogue import InForce, check_record, check_together, usual

_BATCH: Final = 2_000
_FINDING_PARTS: Final = tuple(FINDING.to_schema())


def checked(
    frame: pl.LazyFrame | pl.DataFrame,
    in_force: Mapping[Problem, InForce] | None = None,
    reading: Mapping[Problem, Severity | None] | None = None,
) -> pl.DataFrame:
    """Return the records with the findings of every rule, as the rules see them now.

    Findings of rules that are stored with a record are replaced by what the rules say
    now; what reading the page gave rise to is kept.

    Args:
        frame: Records, with all columns.
        in_force: How each rule is run; as usual where that is not given.
        reading: What findings of reading weigh instead of what is stored, or ``None``
            for those that are left out.
    """
    rows = gather(frame.lazy())
    how = in_force or usual()
    kept = [_kept(found, reading or {}) for found in rows["findings"].to_list()]
    for row, record in enumerate(_records(rows)):
        kept[row].extend(map(_as_row, check_record(record, how)))
    for row, finding in check_together(list(_compared(rows)), how):
        kept[row].append(_as_row(finding))
    return rows.with_columns(pl.Series("findings", kept, dtype=SCHEMA["findings"]))


def _kept(
    found: Iterable[Mapping[str, Any]] | None, reading: Mapping[Problem, Severity | None]
) -> list[dict[str, Any]]:
    """Return the findings of reading, with the severity that is in force."""
    by_rules = _codes_of_rules()
    kept = []
    for each in found or ():
        weight = reading.get(each["code"], each["severity"])
        if each["code"] not in by_rules and weight is not None:
            kept.append({**each, "severity": str(weight)})
    return kept


def _codes_of_rules() -> frozenset[str]:
    return frozenset(code.value for code in usual())


def _records(rows: pl.DataFrame) -> Iterator[dict[str, Any]]:
    """Yield the records one by one, a batch at a time: prose as Python text is large."""
    for batch in rows.iter_slices(_BATCH):
        yield from batch.iter_rows(named=True)


def _compared(rows: pl.DataFrame) -> Iterator[dict[str, Any]]:
    """Yield what the rules that compare records look at: no prose, which is large."""
    left_out = ("sections", "summary", "findings", "actors", "provenance")
    return rows.drop(left_out, strict=False).iter_rows(named=True)


def _as_row(finding: Finding) -> dict[str, Any]:
    row = {part: getattr(finding, part) for part in _FINDING_PARTS}
    return {**row, "code": finding.code.value, "severity": finding.severity.value}
