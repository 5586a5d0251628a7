"""``esfkit config``: the settings in force."""

from pathlib import Path
from typing import Annotated, Final

import typer

from esfkit.cli.options import Format, Lang, LangOption, Output, language_of

Config = Annotated[
    Path | None,
    typer.Option(
        "--config",
        metavar="FILE",
        show_default=False,
        help="The settings; without it esfkit.toml here, if there is one.",
    ),
]

EXAMPLES: Final = (
    "esfkit config",
    "esfkit config --config strict.toml --format csv",
)
"""Shown below the help."""


def command(
    config: Config = None,
    format_: Format = None,
    output: Output = None,
    lang: LangOption = Lang.EN,
) -> None:
    """Show the settings of the rules, and where each comes from.

    A setting comes from esfkit.toml, with its line, or is the default of its rule.
    """
    from esfkit.cli.checks.configuration import USUAL_FILE, read_configuration
    from esfkit.cli.checks.rulelist import settings_result
    from esfkit.cli.giving import give
    from esfkit.cli.results import way_out
    from esfkit.cli.sparing import keep_apart

    language = language_of(lang)
    way = way_out(format_, output, language)
    keep_apart([str(config or USUAL_FILE)], way.output)
    give(settings_result(read_configuration(config), language), way)
