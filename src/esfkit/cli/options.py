"""The options that several commands share, spelled the same everywhere."""

from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Final, Literal

import typer

from esfkit.model.kind import require_kinds

FORMATS: Final = "table, csv, tsv, csv-sv, json, jsonl, md, xlsx or parquet"
"""The names of :data:`esfkit.output.writers.WRITERS`; a test compares them."""


LARGEST: Final = 10**15
"""The largest number that an option takes: no table has so many rows."""


class Lang(StrEnum):
    """The languages of headings and labels."""

    SV = "sv"
    EN = "en"


class Weight(StrEnum):
    """The severities of findings, without loading the records that hold them."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


def language_of(lang: Lang) -> Literal["sv", "en"]:
    """Return the language in the form in which the other parts name it."""
    return "sv" if lang is Lang.SV else "en"


Data = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="DATA",
        show_default=False,
        help="Datasets (.parquet, .jsonl, .csv), texts or folders of texts (they are read "
        "first), or - for standard input. Without any: what is piped in, else "
        "projects.parquet here.",
    ),
]
Where = Annotated[
    str | None,
    typer.Option(
        "--where",
        metavar="CONDITION",
        show_default=False,
        help="Only records for which this is true, such as "
        "\"programme_period == '2014-2020' and region == 'Sydsverige'\". Also: "
        "period_start >= '2016-09-01', region in ('Stockholm', 'Sydsverige'), "
        "title like '%jobb%', esf_support_sek is null, municipalities == 'Kalmar'.",
    ),
]
Format = Annotated[
    str | None,
    typer.Option(
        "--format",
        metavar="FORMAT",
        show_default=False,
        help=f"{FORMATS}. Without it: what the suffix of -o says, else a table at a "
        "terminal and CSV when piped.",
    ),
]
Output = Annotated[
    Path | None,
    typer.Option(
        "--output",
        "-o",
        metavar="FILE",
        show_default=False,
        help="Write there instead of to standard output; whole or not at all.",
    ),
]
LangOption = Annotated[
    Lang, typer.Option("--lang", help="Language of headings and labels; figures stay the same.")
]
Kinds = Annotated[
    str | None,
    typer.Option(
        "--kind",
        metavar="KIND,...",
        show_default=False,
        help="Only records of these kinds: project, call, practice.",
    ),
]
AllObservations = Annotated[
    bool,
    typer.Option(
        "--all-observations",
        help="Count every observation of a record, not only the one that states most.",
    ),
]
Personal = Annotated[
    bool,
    typer.Option(
        "--personal-data", help="Let out contact persons, e-mail addresses and phone numbers."
    ),
]
Columns = Annotated[
    list[str] | None,
    typer.Option(
        "--columns",
        metavar="COLUMN,...",
        show_default=False,
        help="These columns, in this order; may be given several times. `esfkit schema` "
        "names them all.",
    ),
]
Limit = Annotated[
    int | None,
    typer.Option(
        "--limit",
        min=0,
        max=LARGEST,
        metavar="N",
        show_default=False,
        help="At most N records.",
    ),
]


def known_kinds(words: str | None) -> list[str]:
    """Return the kinds that ``--kind`` names.

    Raises:
        BadRequest: One of them does not exist.
    """
    wanted = parts(words)
    require_kinds(wanted)
    return wanted


def parts(words: str | Sequence[str] | None) -> list[str]:
    """Return the parts of a list that commas divide, or of several such lists."""
    given = [words] if isinstance(words, str) else words or ()
    return [part.strip() for each in given for part in each.split(",") if part.strip()]
