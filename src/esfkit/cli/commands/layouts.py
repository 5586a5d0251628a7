"""``esfkit layouts``: the shapes of pages that are known, tried and taught."""

from pathlib import Path
from typing import Annotated, Final

import typer

from esfkit.cli.options import Format
from esfkit.cli.teaching.option import Layouts

Words = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="NAME|test|learn",
        show_default=False,
        help="Show one layout in full; test FILE...: what the layouts make of documents; "
        "learn PAGE...: draft a layout from pages whose values --gold gives.",
    ),
]
GoldFile = Annotated[
    Path | None,
    typer.Option(
        "--gold",
        metavar="FILE",
        show_default=False,
        help="The values of pages, JSON or CSV: the page's file and the columns that it "
        "states. learn needs it; test compares with it.",
    ),
]
LayoutName = Annotated[
    str | None,
    typer.Option(
        "--name",
        metavar="NAME",
        show_default=False,
        help="Of the layout to learn; without it, that of the file of --gold.",
    ),
]
Target = Annotated[
    Path | None,
    typer.Option(
        "--output",
        "-o",
        metavar="FILE",
        show_default=False,
        help="Write there instead of to standard output. learn: the folder to write the "
        "draft to, such as esfkit.d; without it, the draft is only shown.",
    ),
]

EXAMPLES: Final = (
    "esfkit layouts",
    "esfkit layouts esf-2014-colon",
    "esfkit layouts learn bank/*.html --gold bank.csv -o esfkit.d",
    "esfkit layouts test bank/",
)
"""Shown below the help."""


def command(
    words: Words = None,
    *,
    gold: GoldFile = None,
    name: LayoutName = None,
    layouts: Layouts = None,
    format_: Format = None,
    output: Target = None,
) -> None:
    """Show, try and teach the shapes of pages.

    A layout of your own chooses and sets, and runs nothing. Documents are shown as they
    are, contact persons included.
    """
    from esfkit.cli.teaching.layouts import Asked, answer

    answer(Asked(tuple(words or ()), gold, name, layouts, format_, output))
