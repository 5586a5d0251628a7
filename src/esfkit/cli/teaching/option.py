"""``--layouts``: the option of every command that reads texts."""

import inspect
import os
import sys
from collections.abc import Callable, Mapping
from functools import wraps
from pathlib import Path
from typing import Annotated, Any, Final

import typer

from esfkit.cli.notes import counted, tell
from esfkit.cli.screen import is_terminal
from esfkit.cli.sparing import keep_apart

USUAL: Final = "esfkit.d"
"""The folder that is read where none is named and it lies here."""

VARIABLE: Final = "ESFKIT_LAYOUTS"
"""The environment variable that names another one."""

Layouts = Annotated[
    Path | None,
    typer.Option(
        "--layouts",
        metavar="FOLDER",
        show_default=False,
        help=f"Layouts and labels of your own. Without it: what {VARIABLE} names, else "
        f"{USUAL} here, if there is one.",
    ),
]

_NAME: Final = "layouts"

WRITTEN: Final = frozenset(
    (
        *("account", "observations", "origins", "output", "refused", "rejects"),
        *("receipts", "review", "statement", "write_baseline"),
    )
)
"""The options of all commands that name what is written; a test holds that none is left out."""


def with_layouts(command: Callable[..., object]) -> Callable[..., object]:
    """Return a command that has the option too and reads by what it names."""
    signature = inspect.signature(command)
    if _NAME in signature.parameters:
        return command
    option = inspect.Parameter(
        _NAME, inspect.Parameter.KEYWORD_ONLY, default=None, annotation=Layouts
    )

    @wraps(command)
    def taught(*args: Any, layouts: Path | None = None, **options: Any) -> object:  # noqa: ANN401 - whatever the command takes
        teach_by(layouts)
        _spare(folder_named(layouts), options)
        return command(*args, **options)

    parameters = (*signature.parameters.values(), option)
    vars(taught)["__signature__"] = signature.replace(parameters=parameters)
    taught.__annotations__ = {**command.__annotations__, _NAME: Layouts}
    return taught


def _spare(folder: Path | None, options: Mapping[str, Any]) -> None:
    """Refuse to write over what is read by."""
    if folder is not None:
        keep_apart([str(folder)], *(options.get(name) for name in WRITTEN))


def folder_named(folder: Path | None) -> Path | None:
    """Return the folder that is read: the one named, else the usual one if it is here."""
    named = folder or os.environ.get(VARIABLE)
    if named:
        return Path(named)
    return Path(USUAL) if Path(USUAL).is_dir() else None


def teach_by(folder: Path | None) -> None:
    """Read by what lies in the folder that was named, or in the usual one.

    Raises:
        BadRequest: There is no such folder, or something is wrong in it.
    """
    chosen = folder_named(folder)
    if chosen is None and "esfkit.layouts.taught" not in sys.modules:
        return  # nothing was taught, nor is anything to be
    from esfkit.layouts.folder import read_folder
    from esfkit.layouts.taught import NOTHING, teach

    taught = NOTHING if chosen is None else read_folder(chosen)
    teach(taught)
    if taught.digest and is_terminal(sys.stderr) and is_terminal(sys.stdout):
        labels = counted(len(taught.rows.get("labels", ())), "label")
        layouts = counted(len(taught.layouts), "layout")
        tell(f"Reading by {taught.folder} too: {layouts}, {labels}.")
