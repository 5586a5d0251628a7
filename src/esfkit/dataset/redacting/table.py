"""A table of records without personal data.

Most texts hold none, so polars first asks every text for what must stand in one that
does (an at sign, a run of digits, letters of a name); the rest is done text by text.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any, Final, Literal, NamedTuple

import polars as pl

from esfkit.dataset.columns import PERSONAL_COLUMNS, SCHEMA
from esfkit.dataset.redacting import addresses, phones
from esfkit.dataset.redacting.known import Known, known_of
from esfkit.dataset.redacting.texts import Secrets, find_personal, marked

REDACTED: Final = "[redacted]"
"""Stands where personal data was, in a dataset out of which it was taken."""

_PROSE: Final = frozenset(
    (
        *("title", "phase", "programme_area", "programme_area_name", "intervention_name"),
        *("owner", "owner_name", "owner_unit", "postal_address", "postal_town"),
        *("participant_targets", "summary", "sections", "actors", "evaluation_reports"),
    )
)
_ADDRESSES: Final = frozenset(("source_path", "source_member", "source_url"))
# Codes, numbers and names out of code lists: a reader has checked what stands there.
_APART: Final = SCHEMA.keys() - _PROSE - _ADDRESSES
_WORDS_OF: Final[Mapping[str, tuple[str, ...]]] = {
    "sections": ("heading", "text"),
    "participant_targets": ("label",),
    "findings": ("message",),
    "provenance": ("raw", "label"),
}

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
) -> Redacted:
    """Return the table without contact persons, e-mail addresses and telephone numbers.

    The personal columns become null. In every other text the mark stands where an e-mail
    address, a telephone number or the name of a contact person of the table stood. The
    provenance entries of personal columns go, and so does every entry whose characters
    hold personal data: an entry says exactly what stands in the source, so it cannot
    hold a mark. A person whom no label names is not found.

    Args:
        frame: Records, with all columns or some.
        mark: What stands in place of personal data.
        findings: Whether a finding about personal data keeps its code with the mark for a
            message, or goes.
    """
    counts, known = Counts(), known_of(frame)
    taking = _Taking(known, mark, counts, drops=findings == "drop")
    columns = [_without(frame[name], taking) for name in frame.columns]
    return Redacted(frame.with_columns(columns), +counts)


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
    if name in _APART or not _is_text(series.dtype):
        return series

    def mark(text: str, secrets: Secrets) -> str:
        return _marked(text, secrets, name, taking)

    return _changed(series, taking.known, partial(_altered, fields=_fields(name), alter=mark))


def _is_text(dtype: pl.DataType) -> bool:
    inner = dtype.inner if isinstance(dtype, pl.List) else dtype
    return isinstance(inner, pl.Struct) or inner == pl.String


def _fields(name: str) -> tuple[str, ...]:
    return _WORDS_OF.get(name, ())


def _marked(text: str, secrets: Secrets, column: str, taking: _Taking) -> str:
    """Return a text without personal data, which is counted."""
    is_address = column in _ADDRESSES
    places = find_personal(text, secrets, is_prose=not is_address, is_address=is_address)
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
    """Return the provenance without entries that tell of a person."""
    counted = int(series.list.len().sum() or 0)
    about = pl.element().struct.field("field").is_in(PERSONAL_COLUMNS)
    kept = series.to_frame().select(pl.all().list.filter(~about)).to_series()

    def harmless(entries: list[dict[str, Any]] | None, secrets: Secrets) -> Any:  # noqa: ANN401
        return [each for each in entries or [] if not _tells(each, secrets)]

    left = _changed(kept, taking.known, harmless)
    taking.counts["place", series.name] += counted - int(left.list.len().sum() or 0)
    return left


def _tells(entry: Mapping[str, Any], secrets: Secrets) -> bool:
    """Tell whether the characters or the label of a provenance entry hold personal data."""
    look = partial(
        find_personal,
        secrets=secrets,
        is_prose=entry["field"] in _PROSE,
        is_address=entry["field"] in _ADDRESSES,
    )
    texts = (entry["raw"], entry["label"] or "")
    return any(look(text) for text in texts)


def _without_findings(series: pl.Series, taking: _Taking) -> pl.Series:
    """Return the findings, those about personal data without their message or not at all."""

    def harmless(entries: list[dict[str, Any]] | None, secrets: Secrets) -> Any:  # noqa: ANN401
        cleaned = [(each, _message(each, secrets, taking)) for each in entries or []]
        if taking.drops:
            return [each for each, message in cleaned if message == each["message"]]
        return [each | {"message": message} for each, message in cleaned]

    about = pl.element().struct.field("field").is_in(PERSONAL_COLUMNS)
    has = series.to_frame().select(pl.all().list.eval(about).list.any()).to_series()
    return _changed(series, taking.known, harmless, has.fill_null(value=False))


def _message(finding: Mapping[str, Any], secrets: Secrets, taking: _Taking) -> str:
    if finding["field"] in PERSONAL_COLUMNS:
        taking.counts["finding", "findings"] += finding["message"] != taking.mark
        return taking.mark
    return _marked(finding["message"], secrets, "findings", taking)


# --- which texts are looked at ----------------------------------------------------------


def _changed(
    series: pl.Series,
    known: Known,
    change: Callable[[Any, Secrets], Any],
    also: pl.Series | None = None,
) -> pl.Series:
    """Return the column with the cells changed in which personal data may stand.

    Args:
        series: The column.
        known: What is known by its label.
        change: Called with a cell and what to look for in it.
        also: For each row whether it is changed whatever stands there.
    """
    joined = _joined(series)
    may = _may_hold(joined, known)
    rows = (may if also is None else may | also).arg_true().to_list()
    cells = series.gather(rows).to_list()
    met = _met(joined.gather(rows), known)
    changed = [
        change(cell, known.of_row(row, signs))
        for cell, row, signs in zip(cells, rows, met, strict=True)
    ]
    places = list(range(series.len()))
    for number, row in enumerate(rows):
        places[row] = series.len() + number
    both = pl.concat([series, pl.Series(series.name, changed, dtype=series.dtype)])
    return both.gather(places)


def _joined(series: pl.Series) -> pl.Series:
    """Return each cell's texts as one."""
    if series.dtype == pl.String:
        return series
    texts = pl.element()
    if _fields(series.name):
        parts = [texts.struct.field(name) for name in _fields(series.name)]
        texts = pl.concat_str(*parts, separator="\n", ignore_nulls=True)
    one = pl.all().list.eval(texts).list.join("\n", ignore_nulls=True)
    return series.to_frame().select(one).to_series()


def _may_hold(texts: pl.Series, known: Known) -> pl.Series:
    """Return for each text whether personal data can stand in it."""
    if known.signs is None:
        return texts.is_not_null()
    holds = texts.str.contains(addresses.SIGN) | texts.str.contains(phones.SIGN)
    if known.signs:
        named = texts.str.contains_any(list(known.signs), ascii_case_insensitive=True)
        holds = holds | named
    return holds.fill_null(value=False)


def _met(texts: pl.Series, known: Known) -> list[list[str]]:
    """Return for each text the letters of names that stand in it."""
    signs = [sign for sign in known.names if sign]
    signs += [sign for sign in known.signs or () if sign not in known.names]
    if not signs:
        return [[]] * texts.len()
    found = texts.fill_null("").str.extract_many(
        signs, ascii_case_insensitive=True, overlapping=True
    )
    return [[each.lower() for each in set(signs_met)] for signs_met in found.to_list()]
