"""How changes are put before people: by record, with their causes, and what is withheld."""

from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import groupby, takewhile
from typing import Any, Final

import polars as pl

from esfkit.cli.results import Result, Way
from esfkit.dataset.columns import PERSONAL_COLUMNS, SCHEMA
from esfkit.dataset.dictionary import Language, headings, units
from esfkit.output.shown import NOT_STATED, shown_columns

WITHHELD: Final = "withheld"
"""What stands for a personal value that is not let out."""

_BEFORE_DIFFERENCE: Final = 12  # characters that stay in sight before two long texts part
_FIELD: Final = 26
_NARROWEST_VALUE: Final = 12
_SAID: Final[Mapping[str, Mapping[str, str]]] = {
    "en": {
        "added": "added",
        "gone": "gone",
        "changed": "changed",
        "observed": "observed again",
        "unobserved": "observed less",
        "source": "source",
        "reading": "reading",
        "unclear": "unclear",
        "nothing": "Nothing changed.",
        "missing": NOT_STATED["en"],
        "count": "Records: {added} added, {gone} gone, {changed} changed. "
        "Values: {source} by their source, {reading} by our reading, {unclear} unclear.",
        "observations": "Observations of records that stand on both sides: {observed} more, "
        "{unobserved} fewer.",
        "legend": "source: the text changed; reading: the same text, or the same characters of "
        "it, read otherwise.",
        "unclear_note": "unclear: text and rules may both have changed; only datasets that "
        "`esfkit ingest --update` keeps tell more.",
        "withheld": "Personal values are withheld (--personal-data lets them out).",
    },
    "sv": {
        "added": "ny",
        "gone": "borta",
        "changed": "ändrad",
        "observed": "sedd på nytt",
        "unobserved": "sedd mindre",
        "source": "källan",
        "reading": "läsningen",
        "unclear": "oklart",
        "nothing": "Ingenting har ändrats.",
        "missing": NOT_STATED["sv"],
        "count": "Poster: {added} nya, {gone} borta, {changed} ändrade. "
        "Värden: {source} genom källan, {reading} genom vår läsning, {unclear} oklara.",
        "observations": "Observationer av poster som finns på båda sidor: {observed} fler, "
        "{unobserved} färre.",
        "legend": "källan: texten ändrades; läsningen: samma text, eller samma tecken i den, "
        "lästes annorlunda.",
        "unclear_note": "oklart: både text och regler kan ha ändrats; bara datamängder som "
        "`esfkit ingest --update` för berättar mer.",
        "withheld": "Personuppgifter visas inte (--personal-data tar med dem).",
    },
}
_HEADINGS: Final[Mapping[str, Mapping[str, str]]] = {
    "en": {
        "change": "Change",
        "field": "Field",
        "old": "Before",
        "new": "After",
        "cause": "Cause",
    },
    "sv": {
        "change": "Ändring",
        "field": "Fält",
        "old": "Före",
        "new": "Efter",
        "cause": "Orsak",
    },
}


def result_of(table: pl.DataFrame, way: Way, *, personal: bool) -> Result:
    """Return the changes as a result.

    Args:
        table: As :func:`esfkit.analysis.changes.compare.compared` returns them.
        way: Where it goes: a page for people has values as they write them.
        personal: Whether personal data was asked for.
    """
    language = way.language
    hidden = table["field"].is_in(PERSONAL_COLUMNS).fill_null(value=False)
    if not personal:
        table = table.with_columns(
            pl.when(hidden & pl.col(name).is_not_null())
            .then(pl.lit(WITHHELD))
            .otherwise(name)
            .alias(name)
            for name in ("old", "new")
        )
    notes = list(_notes(table, language))
    if hidden.any() and not personal:
        notes.append(_SAID[language]["withheld"])
    return Result(
        table=table,
        shown=_shown(table, language) if way.writer.name == "md" else None,
        headings={**headings(language), **_HEADINGS[language]},
        legend=_SAID[language]["legend"] if table.height else "",
        footnotes=notes,
        drawn=lambda width: "\n".join(_drawn(table, language, width)),
    )


def _notes(table: pl.DataFrame, language: Language) -> Iterator[str]:
    if table.is_empty():
        return
    said = _SAID[language]
    records = table.unique(["change", "record_id"])["change"].to_list()
    values = Counter(table.filter(pl.col("change") == "changed")["cause"].to_list())
    counts = Counter(records)
    yield said["count"].format_map(counts | values)
    if counts["observed"] or counts["unobserved"]:
        yield said["observations"].format_map(counts)
    if "unclear" in table["cause"]:
        yield said["unclear_note"]


def _shown(table: pl.DataFrame, language: Language) -> pl.DataFrame:
    """Return the changes in words of the language, without where they were read."""
    said, names = _SAID[language], headings(language)
    rows = [
        {
            "change": said[row["change"]],
            "record_id": row["record_id"],
            "title": row["title"],
            "field": names.get(row["field"], ""),
            "old": _worded(row["field"], row["old"], language) if row["field"] else "",
            "new": _worded(row["field"], row["new"], language) if row["field"] else "",
            "cause": said[row["cause"]],
        }
        for row in table.iter_rows(named=True)
    ]
    columns = ("change", "record_id", "title", "field", "old", "new", "cause")
    return pl.DataFrame(rows, schema=dict.fromkeys(columns, pl.String))


def _drawn(table: pl.DataFrame, language: Language, width: int) -> Iterator[str]:
    """Yield the changes as lines: each record, and below it its values."""
    said = _SAID[language]
    if table.is_empty():
        yield f"{said['nothing']}\n"
        return
    named = ("change", "record_id", "source_path", "source_member", "source_line")
    rows = table.iter_rows(named=True)
    for _, group in groupby(rows, key=lambda row: [row[name] for name in named]):
        changes = list(group)
        yield _head_line(changes[0], said, width)
        yield from (_value_line(row, language, width) for row in changes if row["field"])
    yield ""


def _head_line(row: Mapping[str, Any], said: Mapping[str, str], width: int) -> str:
    """Return what happened to which record, and why if the whole of it came or went."""
    title = " ".join((row["title"] or said["missing"]).split())
    cause = "" if row["field"] else f"  {said[row['cause']]}"
    first = f"{said[row['change']]:9} {row['record_id']}  "
    return f"{first}{_cut(title, width - len(first) - len(cause))}{cause}"


def _value_line(row: Mapping[str, Any], language: Language, width: int) -> str:
    said = _SAID[language]
    heading = headings(language).get(row["field"], row["field"])
    first = f"  {_cut(heading, _FIELD):{_FIELD}} "
    cause = f"  {said[row['cause']]}"
    room = max(width - len(first) - len(cause) - 3, 2 * _NARROWEST_VALUE)
    old, new = (_worded(row["field"], row[name], language) for name in ("old", "new"))
    if len(old) + len(new) > room:
        old, new = _parted(old, new, room // 2)
    return f"{first}{old} → {new}{cause}"


def _worded(field: str, text: str | None, language: Language) -> str:
    """Return a value as people write it, on one line."""
    if text is None:
        return NOT_STATED[language]
    dtype = SCHEMA[field]
    if text != WITHHELD and (dtype.is_numeric() or dtype == pl.Boolean):
        value = pl.Series(field, [text]).str.json_decode(dtype)
        return shown_columns(value.to_frame(), language, units([field]))[0][0]
    return " ".join(text.split())


def _parted(old: str, new: str, room: int) -> tuple[str, str]:
    """Return two long texts cut to where they part."""
    alike = sum(
        1 for _ in takewhile(lambda both: both[0] == both[1], zip(old, new, strict=False))
    )
    skipped = max(0, alike - _BEFORE_DIFFERENCE)
    start = "…" if skipped else ""
    return (
        _cut(f"{start}{old[skipped:]}", room),
        _cut(f"{start}{new[skipped:]}", room),
    )


def _cut(text: str, room: int) -> str:
    return text if len(text) <= room else f"{text[: max(room - 1, 0)]}…"
