"""A table of records without personal data.

Most texts hold none, so polars first asks every text for what must stand in one that
does (an at sign, a run of digits, letters of a name); the rest is done text by text.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any, Final, Literal, NamedTuple

import polars as pl

from esfkit.dataset.columns import PERSONAL_COLUMNS
from esfkit.dataset.redacting.cells import changed
from esfkit.dataset.redacting.columns import fields_of, is_searched, kind_of
from esfkit.dataset.redacting.known import Known, known_of
from esfkit.dataset.redacting.places import without_places
from esfkit.dataset.redacting.texts import Secrets, find_personal, marked

REDACTED: Final = "[redacted]"
"""Stands where personal data was, in a dataset out of which it was taken."""

Counts = Counter[tuple[str, str]]
"""(kind, column) → how often something of that kind was taken out of the column. The kinds
are those of :class:`~esfkit.dataset.redacting.texts.Kind`, and ``value``, ``place`` and
``finding`` for whole values, provenance entries and messages."""


class Redacted(NamedTuple):
    """A table without personal data, and what was taken out."""

    frame: pl.DataFrame
    counts: Counts


def redact(
    frame: pl.DataFrame,
    mark: str = REDACTED,
    *,
    findings: Literal["mark", "drop"] = "mark",
    everyone: pl.DataFrame | None = None,
    only: Sequence[str] | None = None,
) -> Redacted:
    """Return the table without contact persons, e-mail addresses and telephone numbers.

    The personal columns become null. In every other text the mark stands where an e-mail
    address, a telephone number, a personal identity number or the name of a contact person
    of the table stood, or of a person whom the text itself tells (``persons/told``). The
    provenance entries of personal columns go, and so does every entry whose characters
    hold personal data: an entry says exactly what stands in the source, so it cannot hold
    a mark.

    Args:
        frame: Records, with all columns or some.
        mark: What stands in place of personal data.
        findings: Whether a finding about personal data keeps its code with the mark for a
            message, or goes.
        everyone: Other rows of the same dataset, whose contact persons are looked for too:
            those that are not true any more, or are not chosen. Their columns ``record_id``
            and the personal ones are read.
        only: The columns that are wanted; the others only tell of persons, and go.
    """
    counts, known = Counts(), known_of(frame, everyone)
    taking = _Taking(known, mark, counts, drops=findings == "drop")
    wanted = frame.columns if only is None else only
    columns = [_without(frame[name], taking) for name in wanted]
    return Redacted(frame.select(columns), +counts)


class _Taking(NamedTuple):
    """How personal data is taken out of a table.

    Attributes:
        known: What is known by its label.
        mark: What stands in its place.
        counts: Where it is counted.
        drops: Whether findings about personal data go.
    """

    known: Known
    mark: str
    counts: Counts
    drops: bool


def _without(series: pl.Series, taking: _Taking) -> pl.Series:
    name = series.name
    if name in PERSONAL_COLUMNS:
        taking.counts["value", name] += series.len() - series.null_count()
        return pl.Series(name, [None] * series.len(), dtype=series.dtype)
    if name == "provenance":
        return _without_places(series, taking)
    if name == "findings":
        return _without_findings(series, taking)
    if not is_searched(series):
        return series

    def mark(text: str, secrets: Secrets) -> str:
        return _marked(text, secrets, name, taking)

    return changed(series, taking.known, partial(_altered, fields=fields_of(name), alter=mark))


def _marked(text: str, secrets: Secrets, column: str, taking: _Taking) -> str:
    """Return a text without personal data, which is counted."""
    places = find_personal(text, secrets, kind_of(column))
    for place in places:
        taking.counts[str(place.kind), column] += 1
    return marked(text, places, taking.mark)


def _altered(
    value: Any,  # noqa: ANN401 - a cell: a text, texts, or mappings that hold texts
    secrets: Secrets,
    fields: Sequence[str],
    alter: Callable[[str, Secrets], str],
) -> Any:  # noqa: ANN401 - as above
    """Return a cell with every text in it altered."""
    if value is None:
        return None
    if isinstance(value, str):
        return alter(value, secrets)
    if isinstance(value, list):
        return [_altered(item, secrets, fields, alter) for item in value]
    return value | {name: _altered(value[name], secrets, (), alter) for name in fields}


# --- places and findings ----------------------------------------------------------------


def _without_places(series: pl.Series, taking: _Taking) -> pl.Series:
    counted = int(series.list.len().sum() or 0)
    left = without_places(series, taking.known)
    taking.counts["place", series.name] += counted - int(left.list.len().sum() or 0)
    return left


def _without_findings(series: pl.Series, taking: _Taking) -> pl.Series:
    """Return the findings, those about personal data without their message or not at all."""

    def harmless(entries: list[dict[str, Any]] | None, secrets: Secrets) -> Any:  # noqa: ANN401
        cleaned = [(each, _message(each, secrets, taking)) for each in entries or []]
        if taking.drops:
            return [each for each, message in cleaned if message == each["message"]]
        return [each | {"message": message} for each, message in cleaned]

    about = pl.element().struct.field("field").is_in(PERSONAL_COLUMNS)
    has = series.to_frame().select(pl.all().list.eval(about).list.any()).to_series()
    return changed(series, taking.known, harmless, has.fill_null(value=False))


def _message(finding: Mapping[str, Any], secrets: Secrets, taking: _Taking) -> str:
    if finding["field"] in PERSONAL_COLUMNS:
        taking.counts["finding", "findings"] += finding["message"] != taking.mark
        return taking.mark
    return _marked(finding["message"], secrets, "findings", taking)
