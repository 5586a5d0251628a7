"""``esfkit receipts``: does the output of an ingest cover its sources exactly once?"""

from enum import StrEnum
from pathlib import Path
from typing import Annotated, Final

import typer


class Action(StrEnum):
    """What can be done with receipts."""

    VERIFY = "verify"


Asked = Annotated[Action, typer.Argument(help="verify: compare them with sources and output.")]
Folder = Annotated[
    Path,
    typer.Argument(
        metavar="FOLDER", show_default=False, help="The folder given to --receipts."
    ),
]

EXAMPLES: Final = ("esfkit receipts verify done/",)
"""Shown below the help."""


def command(action: Asked, folder: Folder) -> None:
    """Prove that an ingest read all its sources, and each part once.

    Reads the bytes of all sources again and compares them, part by part, with what the
    receipts say was read, and the records of the output with those of the receipts.
    Exit code 1 tells that something is not as it must be.
    """
    from esfkit.cli.ingestion.proving import prove

    match action:
        case Action.VERIFY:
            prove(folder)
