"""``esfkit check``: what is wrong or noteworthy, by cause."""

from typing import Annotated, Final

import typer

from esfkit.cli.options import (
    Data,
    Format,
    Kinds,
    Lang,
    LangOption,
    Output,
    Personal,
    Weight,
    Where,
    known_kinds,
    language_of,
)

FailOn = Annotated[
    Weight | None,
    typer.Option(
        "--fail-on",
        show_default=False,
        help="Exit with 1 if there is a finding of this severity or a heavier one.",
    ),
]

EXAMPLES: Final = (
    "esfkit check projects.parquet",
    "esfkit check pages/ --fail-on warning --format csv -o findings.csv",
)
"""Shown below the help."""


def command(
    data: Data = None,
    *,
    fail_on: FailOn = None,
    where: Where = None,
    kind: Kinds = None,
    format_: Format = None,
    output: Output = None,
    lang: LangOption = Lang.EN,
    personal_data: Personal = False,
) -> None:
    """Tell what is wrong or noteworthy, grouped by cause."""
    from esfkit.cli.causes import JOINED, causes_of, reaches, with_joined_examples
    from esfkit.cli.data import load
    from esfkit.cli.giving import give
    from esfkit.cli.results import way_out

    way = way_out(format_, output, language_of(lang))
    frame = load(data, where, known_kinds(kind), personal=personal_data)
    causes = causes_of(frame, way.language, personal=personal_data)
    give(with_joined_examples(causes) if way.writer.name in JOINED else causes, way)
    if fail_on is not None and reaches(causes.table, fail_on):
        raise typer.Exit(1)
