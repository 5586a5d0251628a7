"""``esfkit schema``: what a record is."""

from typing import Annotated, Final

import typer

from esfkit.cli.options import Lang, LangOption, Output, language_of

Format = Annotated[
    str | None,
    typer.Option(
        "--format",
        metavar="FORMAT",
        show_default=False,
        help="json for the JSON Schema of a record; table, csv or md for the data "
        "dictionary. Without it: a table at a terminal, JSON Schema when piped.",
    ),
]

EXAMPLES: Final = (
    "esfkit schema",
    "esfkit schema --format json > record.schema.json",
    "esfkit schema --format csv --lang sv -o datakatalog.csv",
)
"""Shown below the help."""


def command(format_: Format = None, output: Output = None, lang: LangOption = Lang.EN) -> None:
    """Show what a record is: JSON Schema or data dictionary."""
    from esfkit.cli.schemas import give_dictionary, give_json_schema, wants_json_schema

    if wants_json_schema(format_, output):
        give_json_schema(output, language_of(lang))
    else:
        give_dictionary(format_, output, language_of(lang))
