"""``esfkit codes``: the code lists."""

from typing import Annotated, Final

import typer

from esfkit.cli.options import Format, Lang, LangOption, Output, language_of

List = Annotated[
    str | None,
    typer.Argument(
        metavar="LIST",
        show_default=False,
        help="One of the lists; without it they are named.",
    ),
]
Search = Annotated[
    str | None,
    typer.Option(
        "--search",
        metavar="WORDS",
        show_default=False,
        help="Only codes whose code, name or printed form holds these words.",
    ),
]

EXAMPLES: Final = (
    "esfkit codes",
    "esfkit codes programme_areas --lang sv",
    "esfkit codes --search arbetsmarknad",
)
"""Shown below the help."""


def command(
    list_: List = None,
    search: Search = None,
    format_: Format = None,
    output: Output = None,
    lang: LangOption = Lang.EN,
) -> None:
    """Show the code lists, and how sure each code is.

    Certainty: read in a source, inferred from figures, or recalled and unproved.
    """
    from esfkit.cli.giving import give
    from esfkit.cli.knowledge import codes_result, lists_result
    from esfkit.cli.results import way_out

    language = language_of(lang)
    way = way_out(format_, output, language)
    if list_ is None and search is None:
        give(lists_result(), way)
    else:
        give(codes_result(list_, search, language), way)
