"""What is told below a table of figures, in both languages."""

from collections.abc import Iterator, Sequence
from typing import Final, Literal

import polars as pl

from esfkit.analysis.figures.money import Conversion
from esfkit.cli.notes import counted
from esfkit.dataset.store import gather

Language = Literal["sv", "en"]

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
            counted(count, kind) if language == "en" else f"{count} {kind}"
            for kind, count in others.iter_rows()
        )
        yield _SAID[language]["kinds"].format(kinds=listed)


def key_notes(keys: Sequence[str], language: Language) -> Iterator[str]:
    """Yield what a reader should know of the keys: which rest on rules that are recalled."""
    if "owner_type" in keys:
        yield _SAID[language]["owner_type"]


def conversion_notes(
    conversion: Conversion | None, years: Sequence[int], unconverted: int, language: Language
) -> Iterator[str]:
    """Yield at which rate kronor became euro, from which source, and which could not."""
    if conversion is None:
        return
    yield conversion.told(language, years)
    yield _SAID[language]["printed"]
    if unconverted:
        yield _SAID[language]["unconverted"].format(
            count=counted_records(unconverted, language)
        )


def counted_records(count: int, language: Language) -> str:
    """Return how many records there are: ``1 record``, ``2 poster``."""
    if language == "en":
        return counted(count, "record")
    return f"{count} post" if count == 1 else f"{count} poster"
