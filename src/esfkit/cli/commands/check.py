"""``esfkit check``: what is wrong or noteworthy, by cause."""

from pathlib import Path
from typing import Annotated, Final

import typer

from esfkit.cli.options import (
    FORMATS,
    Data,
    Kinds,
    Lang,
    LangOption,
    Output,
    Personal,
    Weight,
    Where,
    known_kinds,
    language_of,
    parts,
)

Rules = Annotated[
    list[str] | None,
    typer.Option(
        "--rule",
        metavar="CODE,...",
        show_default=False,
        help="Only findings of these codes, or of these checks such as M1; `--list` names "
        "them.",
    ),
]
Severity = Annotated[
    Weight | None,
    typer.Option(
        "--severity",
        show_default=False,
        help="Only findings of this severity or a heavier one.",
    ),
]
FailOn = Annotated[
    Weight | None,
    typer.Option(
        "--fail-on",
        show_default=False,
        help="Exit with 1 if there is a finding of this severity or a heavier one.",
    ),
]
Config = Annotated[
    Path | None,
    typer.Option(
        "--config",
        metavar="FILE",
        show_default=False,
        help="Settings of the rules; without it esfkit.toml here, if there is one.",
    ),
]
Format = Annotated[
    str | None,
    typer.Option(
        "--format",
        metavar="FORMAT",
        show_default=False,
        help=f"{FORMATS}; or sarif, one result a finding. Without it: what the suffix of -o "
        "says, else a table at a terminal and CSV when piped.",
    ),
]
Listed = Annotated[bool, typer.Option("--list", help="Show the rules instead of running them.")]

EXAMPLES: Final = (
    "esfkit check projects.parquet",
    "esfkit check pages/ --fail-on warning --format csv -o findings.csv",
    "esfkit check pages/ --severity warning --format sarif -o findings.sarif",
    "esfkit check --list",
)
"""Shown below the help."""


def command(
    data: Data = None,
    *,
    rule: Rules = None,
    severity: Severity = None,
    fail_on: FailOn = None,
    config: Config = None,
    listed: Listed = False,
    where: Where = None,
    kind: Kinds = None,
    format_: Format = None,
    output: Output = None,
    lang: LangOption = Lang.EN,
    personal_data: Personal = False,
) -> None:
    """Tell what is wrong or noteworthy, grouped by cause.

    Runs every rule of the catalogue on the records, and counts what reading them met.
    """
    from esfkit.cli.checks.checking import Asked, check, list_rules, way_of

    way = way_of(format_, output, language_of(lang))
    if listed:
        list_rules(way)
        return
    asked = Asked(
        data=data,
        rules=parts(rule),
        severity=severity,
        fail_on=fail_on,
        config=config,
        where=where,
        kinds=known_kinds(kind),
        personal=personal_data,
    )
    if check(asked, way):
        raise typer.Exit(1)
