"""``esfkit explain``: a document as the parser sees it."""

from typing import Annotated, Final

import typer

Files = Annotated[
    list[str],
    typer.Argument(
        metavar="FILE",
        show_default=False,
        help="Documents to explain; - for standard input.",
    ),
]
FieldName = Annotated[
    str | None,
    typer.Option(
        "--field",
        metavar="NAME",
        show_default=False,
        help="Tell where this column was read, or why it is missing, such as esf_support_sek.",
    ),
]

EXAMPLES: Final = (
    "esfkit explain pages/one-page.txt",
    "esfkit explain pages/one-page.txt --field esf_support_sek",
)
"""Shown below the help."""


def command(files: Files, field: FieldName = None) -> None:
    """Show a document as the parser sees it, line by line.

    Beside each line stands what claims it: a column, a section (§), a list with its
    count, page furniture, or ? where nothing does. Values are underlined; a label in
    brackets gives no value, one after = repeats a value. The document is shown as it
    is, contact persons included.
    """
    from esfkit.cli.explaining.command import explain_files

    explain_files(files, field)
