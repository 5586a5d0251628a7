"""What is withheld from every output unless it is asked for.

Only what was read as a contact person, an e-mail address or a telephone number is known
to be personal, together with the places it was read from. Prose — the title, the
summary, the sections and the actors — is not searched: it may name people.
"""

from collections.abc import Iterable, Sequence
from typing import Any

import polars as pl

from esfkit.dataset.columns import FINDING, PERSONAL_COLUMNS, PROVENANCE, require_columns
from esfkit.model.errors import BadRequest

# A shorter text would be found in words that have nothing to do with a person.
_SHORTEST_QUOTE = 3


def withhold(frame: pl.DataFrame, *, personal: bool = False) -> pl.DataFrame:
    """Return the table without personal data.

    The personal columns go, and so do the provenance entries and findings that
    belong to them or quote what they hold.

    Args:
        frame: A table of records, with all its columns or some.
        personal: Whether personal data was asked for; then nothing is withheld.
    """
    if personal:
        return frame
    secrets = _secrets(frame)
    columns = [
        pl.Series(name, _harmless(frame[name].to_list(), secrets), dtype=pl.List(part))
        for name, part in (("provenance", PROVENANCE), ("findings", FINDING))
        if name in frame.columns
    ]
    return frame.with_columns(columns).drop(PERSONAL_COLUMNS, strict=False)


def choose_columns(
    frame: pl.DataFrame, columns: Sequence[str], *, personal: bool = False
) -> pl.DataFrame:
    """Return the columns asked for, in that order, with personal data withheld.

    Raises:
        BadRequest: A column is unknown, or personal and not asked for as such.
    """
    require_columns(columns, frame.columns)
    refuse_personal(columns, personal=personal)
    return withhold(frame, personal=personal).select(*dict.fromkeys(columns))


def refuse_personal(columns: Iterable[str], *, personal: bool) -> None:
    """Make sure that no personal column is used unless it was asked for as such.

    Raises:
        BadRequest: One is.
    """
    for name in columns:
        if name in PERSONAL_COLUMNS and not personal:
            raise BadRequest(f"{name} is personal data. Add --personal-data to let it out.")


def _secrets(frame: pl.DataFrame) -> list[set[str]]:
    """Return for each row what its personal columns hold and were read from."""
    held = [frame[name].to_list() for name in PERSONAL_COLUMNS if name in frame.columns]
    secrets = [set(filter(None, row)) for row in zip(*held, strict=True)]
    secrets = secrets or [set() for _ in range(frame.height)]
    if "provenance" in frame.columns:
        for found, entries in zip(secrets, frame["provenance"].to_list(), strict=True):
            found |= {e["raw"] for e in entries or [] if e["field"] in PERSONAL_COLUMNS}
    return [{text for text in found if len(text) >= _SHORTEST_QUOTE} for found in secrets]


def _harmless(
    rows: list[list[dict[str, Any]] | None], secrets: list[set[str]]
) -> list[list[dict[str, Any]]]:
    return [
        [entry for entry in entries or [] if not _tells(entry, found)]
        for entries, found in zip(rows, secrets, strict=True)
    ]


def _tells(entry: dict[str, Any], secrets: set[str]) -> bool:
    """Tell whether a provenance entry or a finding is about a person."""
    text = entry.get("raw") or entry.get("message") or ""
    return entry["field"] in PERSONAL_COLUMNS or any(secret in text for secret in secrets)
