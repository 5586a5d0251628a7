"""``esfkit layouts``: the shapes of pages that are known."""

from typing import Annotated, Final

import typer

from esfkit.cli.options import Format, Output

Name = Annotated[
    str | None,
    typer.Argument(metavar="[NAME]", show_default=False, help="Show one layout in full."),
]

EXAMPLES: Final = (
    "esfkit layouts",
    "esfkit layouts esf-2014-colon",
)
"""Shown below the help."""


def command(name: Name = None, format_: Format = None, output: Output = None) -> None:
    """Show the page layouts, or one of them with all its labels."""
    from esfkit.cli.giving import give
    from esfkit.cli.knowledge import layout_result, layouts_result
    from esfkit.cli.results import way_out

    result = layouts_result() if name is None else layout_result(name)
    form = format_ or ("table" if name and output is None else None)
    give(result, way_out(form, output))
