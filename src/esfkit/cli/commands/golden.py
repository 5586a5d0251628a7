"""``esfkit golden``: expected files for documents, made and checked."""

from typing import Annotated, Final

import typer

Paths = Annotated[
    list[str],
    typer.Argument(
        metavar="PATH",
        show_default=False,
        help="Documents, or folders: then every .txt below them.",
    ),
]
Write = Annotated[
    bool,
    typer.Option("--write", help="Make missing expected files."),
]
Check = Annotated[
    bool, typer.Option("--check", help="Only check; done anyhow without --write.")
]
Force = Annotated[
    bool, typer.Option("--force", help="With --write: also replace files that differ.")
]

EXAMPLES: Final = (
    "esfkit golden tests/fixtures/layouts",
    "esfkit golden --write tests/fixtures/layouts/esf-plus",
)
"""Shown below the help."""


def command(
    paths: Paths, write: Write = False, check: Check = False, force: Force = False
) -> None:
    """Make or check the expected files of documents.

    Beside <case>.txt stands <case>.expected.json: its records without the columns about
    the source, and a hash, so that nobody edits it by hand. Exit 1 on any difference.
    """
    from esfkit.cli.goldens import check_all
    from esfkit.model.errors import BadRequest

    if write and check:
        raise BadRequest("--write makes expected files and --check only checks: give one.")
    if not check_all(paths, write=write, force=force):
        raise typer.Exit(1)
