"""Taking personal data out of datasets, and the statement of what was taken out."""

import json
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any, Final, Literal, NamedTuple

from esfkit.cli.data import load_all
from esfkit.cli.giving import give_bytes
from esfkit.cli.likeness import is_dataset, is_statement
from esfkit.cli.notes import tell
from esfkit.cli.places import require_places
from esfkit.cli.results import way_out
from esfkit.cli.sparing import Target
from esfkit.dataset.columns import PERSONAL_COLUMNS, tool_version
from esfkit.dataset.redacting.table import REDACTED, Counts, Redacted, redact
from esfkit.dataset.store import gather
from esfkit.model.errors import BadRequest
from esfkit.output.atomic import write_content
from esfkit.output.neutral import for_markdown

_FORMATS: Final = {".parquet": "parquet", ".jsonl": "jsonl", ".ndjson": "jsonl", ".csv": "csv"}
_STREAM: Final = Path("-")
_STATEMENTS: Final = (".json", ".md")

_SAID: Final = {
    "en": {
        "title": "What was taken out",
        "of": "Taken out of {records} records:",
        "nothing": "Nothing was found to take out of {records} records.",
        "value": "values of the column {column}",
        "name": "names in {column}",
        "email": "e-mail addresses in {column}",
        "phone": "telephone numbers in {column}",
        "identity_number": "personal identity numbers in {column}",
        "place": "provenance entries that quoted them",
        "finding": "messages of findings about them",
        "limits": "Found were e-mail addresses, telephone and personal identity numbers, the "
        "names that a label gives for a contact person, and names beside a word for a role, "
        "an address or a number. Not found: other people whom only prose names, and a first "
        "name or surname that stands alone and may be another word. {mark} stands where "
        "something was; places in provenance and findings still count characters of the "
        "source, which holds it all.",
    },
    "sv": {
        "title": "Vad som togs bort",
        "of": "Borttaget ur {records} poster:",
        "nothing": "Inget hittades att ta bort ur {records} poster.",
        "value": "värden i kolumnen {column}",
        "name": "namn i {column}",
        "email": "e-postadresser i {column}",
        "phone": "telefonnummer i {column}",
        "identity_number": "personnummer i {column}",
        "place": "källställen som citerade dem",
        "finding": "anmärkningar om dem, vars ordalydelse togs bort",
        "limits": "Hittade är e-postadresser, telefonnummer, personnummer, de namn som en "
        "etikett ger en kontaktperson, och namn bredvid ett ord för en roll, en adress eller "
        "ett nummer. Hittas inte: andra personer som bara löpande text nämner, och ett "
        "förnamn eller efternamn som står ensamt och kan vara ett annat ord. {mark} står där "
        "något stod; platser i källställen och anmärkningar räknar fortfarande tecken i "
        "källan, som har allt.",
    },
}


class Redaction(NamedTuple):
    """A redaction as it is asked for.

    Attributes:
        data: Datasets and texts; see :func:`esfkit.cli.data.load`.
        target: The dataset to write; ``-`` for standard output.
        statement: The file for the statement, if one is wanted.
        language: Of what is told.
    """

    data: list[str] | None
    target: Path
    statement: Path | None
    language: Literal["sv", "en"]


def redact_data(asked: Redaction) -> None:
    """Write the dataset without personal data, and tell what was taken out.

    Raises:
        BadRequest: A format does not exist, or what is read would be written over.
        OutputFailed: A file could not be written.
    """
    form = _format_of(asked.target)
    _refuse_unsound(asked)
    way = way_out(form, asked.target)
    written = (
        Target(asked.target, is_dataset),
        Target(asked.statement, is_statement),
    )
    loaded = load_all(asked.data, written=written)
    everyone = gather(loaded.everyone.unique())
    redacted = redact(gather(loaded.records), everyone=everyone)
    give_bytes(partial(way.writer.write, redacted.frame), way)
    if asked.statement is not None:
        write_content(asked.statement, _statement(redacted, asked).encode())
    if asked.target != _STREAM:
        for line in _told(redacted, asked.language):
            tell(line)


def _format_of(target: Path) -> str:
    if target == _STREAM:
        return "jsonl"
    suffix = target.suffix.lower()
    if suffix not in _FORMATS:
        raise BadRequest(
            f"{target}: A dataset has the suffix {', '.join(_FORMATS)}, and not {suffix!r}."
        )
    return _FORMATS[suffix]


def _refuse_unsound(asked: Redaction) -> None:
    """Refuse to write one file over the other."""
    statement = asked.statement
    if statement is not None and statement.suffix.lower() not in _STATEMENTS:
        raise BadRequest(f"{statement}: A statement has the suffix .json or .md.")
    named = (asked.target, statement)
    real = [path.resolve() for path in named if path is not None and path != _STREAM]
    if len(set(real)) < len(real):
        raise BadRequest(f"{asked.target}: The dataset and the statement need a file each.")
    require_places(statement)


# --- the statement ----------------------------------------------------------------------


def _rows(counts: Counts) -> list[tuple[str, str, int]]:
    """Return kind, column and count; whole values first, then the commonest."""
    ordered = sorted(
        counts.items(), key=lambda each: (each[0][0] != "value", -each[1], each[0])
    )
    return [(kind, column, count) for (kind, column), count in ordered]


def _told(redacted: Redacted, language: Literal["sv", "en"]) -> Iterator[str]:
    said, rows = _SAID[language], _rows(redacted.counts)
    yield said["of" if rows else "nothing"].format(records=redacted.frame.height)
    for kind, column, count in rows:
        yield f"{count:>8}  {said[kind].format(column=column)}"
    yield said["limits"].format(mark=REDACTED)


def _statement(redacted: Redacted, asked: Redaction) -> str:
    assert asked.statement is not None  # noqa: S101 - called only where one is wanted
    if asked.statement.suffix.lower() == ".md":
        return "\n".join(_page(redacted, asked.language)) + "\n"
    told: dict[str, Any] = {
        "esfkit": tool_version(),
        "records": redacted.frame.height,
        "mark": REDACTED,
        "columns_emptied": list(PERSONAL_COLUMNS),
        "taken_out": [
            {"kind": kind, "column": column, "count": count}
            for kind, column, count in _rows(redacted.counts)
        ],
        "limits": _SAID[asked.language]["limits"].format(mark=REDACTED),
    }
    return f"{json.dumps(told, ensure_ascii=False, indent=2)}\n"


def _page(redacted: Redacted, language: Literal["sv", "en"]) -> Sequence[str]:
    first, *rows, limits = _told(redacted, language)
    listed = [f"- {row.strip()}" for row in rows]
    title = f"# {_SAID[language]['title']} (esfkit {tool_version()})"
    return [title, "", first, "", *listed, "", for_markdown(limits)]
