"""``esfkit redact``: a dataset without contact persons, for good."""

from pathlib import Path
from typing import Annotated, Final

import typer

from esfkit.cli.options import Data, Lang, LangOption, language_of

Target = Annotated[
    Path,
    typer.Option(
        "--output",
        "-o",
        metavar="OUT",
        show_default=False,
        help="The dataset to write: .parquet, .jsonl or .csv; - for JSONL on standard "
        "output. Never one that is read.",
    ),
]
Statement = Annotated[
    Path | None,
    typer.Option(
        "--statement",
        metavar="FILE",
        show_default=False,
        help="Write what was taken out, by kind and column: .json or .md.",
    ),
]

EXAMPLES: Final = (
    "esfkit redact projects.parquet -o for-others.parquet",
    "esfkit redact projects.parquet -o for-others.jsonl --statement redacted.md",
)
"""Shown below the help."""


def command(
    data: Data = None,
    *,
    output: Target,
    statement: Statement = None,
    lang: LangOption = Lang.EN,
) -> None:
    """Take personal data out of a dataset for good.

    Contact persons, e-mail addresses and telephone numbers go from their own columns, from
    provenance, and from titles, sections, findings, file names and every other text, where
    [redacted] stands in their place; so do personal identity numbers, and names beside a
    word for a role, an address or a number. Other people whom only prose names are not
    found. What was taken out is told by kind and column.
    """
    from esfkit.cli.records.redactions import Redaction, redact_data

    redact_data(Redaction(data, output, statement, language_of(lang)))
