"""What is told below a table of figures, in both languages."""

from collections.abc import Iterator, Sequence
from typing import Final

import polars as pl

from esfkit.analysis.grouping.basis import Basis
from esfkit.analysis.grouping.groups import distinct_name
from esfkit.cli.notes import counted
from esfkit.cli.results import left_out_note
from esfkit.dataset.dictionary import Language
from esfkit.dataset.store import gather

_RATE: Final = "exchange_rate"
_KINDS_SV: Final = {
    "project": ("projekt", "projekt"),
    "call": ("utlysning", "utlysningar"),
    "practice": ("praktikexempel", "praktikexempel"),
}
_SAID: Final = {
    "en": {
        "kinds": "Not counted: {kinds} (take them in with --kind).",
        "printed": "Euro that a record prints stays as printed.",
        "unconverted": "In kronor without a rate (no first day, or one in a year without a "
        "rate), and so not in the sums: {count}.",
        "owner_type": "Owner types are told by printed legal forms, names of public bodies and "
        "organisation numbers, by rules that are partly recalled and not read in a source "
        "(`esfkit codes owner_types`).",
    },
    "sv": {
        "kinds": "Räknas inte: {kinds} (ta med dem med --kind).",
        "printed": "Euro som en post anger står kvar som de är angivna.",
        "unconverted": "I kronor utan kurs (ingen första dag, eller en dag i ett år utan "
        "kurs), och därför inte i summorna: {count}.",
        "owner_type": "Ägartyper följer av tryckta juridiska former, namn på myndigheter och "
        "organisationsnummer, efter regler som delvis är hämtade ur minnet och inte ur en "
        "källa (`esfkit codes owner_types`).",
    },
}


def other_kinds(frame: pl.LazyFrame, kinds: Sequence[str], language: Language) -> Iterator[str]:
    """Yield how many records of kinds that were not asked for there are, if any."""
    others = gather(
        frame.filter(~pl.col("kind").is_in(list(kinds))).group_by("kind").len().sort("kind")
    )
    if others.height:
        listed = ", ".join(
            counted(count, kind) if language == "en" else _in_swedish(count, kind)
            for kind, count in others.iter_rows()
        )
        yield _SAID[language]["kinds"].format(kinds=listed)


def _in_swedish(count: int, kind: str) -> str:
    one, several = _KINDS_SV.get(kind, (kind, kind))
    return f"{count} {one if count == 1 else several}"


def key_notes(keys: Sequence[str], language: Language) -> Iterator[str]:
    """Yield what a reader should know of the keys: which rest on rules that are recalled."""
    if "owner_type" in keys:
        yield _SAID[language]["owner_type"]


def conversion_notes(basis: Basis, language: Language) -> Iterator[str]:
    """Yield at which rate kronor became euro, from which source, and which could not."""
    if basis.conversion is None:
        return
    yield basis.conversion.told(language, basis.years)
    yield _SAID[language]["printed"]
    if basis.unconverted:
        count = counted_records(basis.unconverted, language)
        yield _SAID[language]["unconverted"].format(count=count)


def with_rate(table: pl.DataFrame, basis: Basis) -> pl.DataFrame:
    """Return the table with a column that tells the exchange rate, if there was one.

    In English whatever the language: formats for machines are never localised.
    """
    if basis.conversion is None:
        return table
    told = basis.conversion.told("en", basis.years)
    name = distinct_name(_RATE, pl.Series(table.columns))
    return table.with_columns(pl.lit(told).alias(name))


def closing_notes(
    basis: Basis, frame: pl.LazyFrame, keys: Sequence[str], language: Language
) -> Iterator[str]:
    """Yield what every table of figures owes its reader.

    Args:
        basis: What was counted.
        frame: The dataset, whose other kinds are told.
        keys: What was grouped by.
        language: Of the notes.
    """
    yield from key_notes(keys, language)
    yield from conversion_notes(basis, language)
    yield from other_kinds(frame, basis.kinds, language)
    if basis.left_out:
        yield left_out_note(basis.left_out, language, counted=True)


def counted_records(count: int, language: Language) -> str:
    """Return how many records there are: ``1 record``, ``2 poster``."""
    if language == "en":
        return counted(count, "record")
    return f"{count} post" if count == 1 else f"{count} poster"
