"""Whether a file can be put where it is to go, asked before a long run and not after it.

What changes meanwhile is met when the file is written, with the same exit code.
"""

import os
from pathlib import Path
from typing import Final

from esfkit.model.errors import OutputFailed

_STDOUT: Final = "-"


def require_places(*paths: Path | None) -> None:
    """Make sure that files can be written in these places, as far as the system tells.

    Args:
        paths: Where; ``None`` and ``-`` are standard output.

    Raises:
        OutputFailed: There is no such folder, it may not be written to, or a folder stands
            in the place.
    """
    for path in paths:
        if path is not None and str(path) != _STDOUT:
            _require_place(path)


def require_place_of_folder(path: Path) -> None:
    """Make sure that a new folder can take the place of this one, or of none.

    Raises:
        OutputFailed: There is no folder to put it in, or that may not be written to.
    """
    _require_folder(path, Path(os.path.realpath(path)).parent)


def _require_place(path: Path) -> None:
    real = Path(os.path.realpath(path))  # a link is followed when the file is written
    if real.is_dir():
        raise OutputFailed(f"{path}: cannot be written: it is a folder. Add a file name to it.")
    if not real.exists() or real.is_file():  # a file is replaced, so its folder counts
        _require_folder(path, real.parent)
    elif not os.access(real, os.W_OK):
        raise OutputFailed(f"{path}: may not be written to. Name another file.")


def _require_folder(path: Path, folder: Path) -> None:
    if not folder.exists():
        raise OutputFailed(
            f"{path}: cannot be written: there is no folder {folder}. Make the folder first, "
            "or name another."
        )
    if not folder.is_dir():
        raise OutputFailed(f"{path}: cannot be written: {folder} is no folder. Name another.")
    if not os.access(folder, os.W_OK):
        raise OutputFailed(
            f"{path}: cannot be written: the folder {folder} may not be written to. Name "
            "another, or change its permissions."
        )
