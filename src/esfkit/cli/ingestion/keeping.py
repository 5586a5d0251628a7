"""What a run writes kept apart from what it reads, where both lie in one folder."""

import glob
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from esfkit.model.errors import BadRequest, InputRefused
from esfkit.pipeline.receipts import read_run
from esfkit.sources.files import STANDARD_INPUT
from esfkit.sources.remote import is_remote

_RUN: Final = "run.json"


def as_read(written: Sequence[str], sources: Sequence[str]) -> tuple[str, ...]:
    """Return the paths of what is written, and those by which the sources lead to it.

    A folder that is read may be reached by a link: what is written in it has a path of
    its own below that link.
    """
    bases = [(base, base.resolve()) for base in map(_base_of, filter(_is_here, sources))]
    led = (
        str(base / path.relative_to(real))
        for path in (Path(each).resolve() for each in written)
        for base, real in bases
        if path.is_relative_to(real)
    )
    return tuple(dict.fromkeys((*written, *led)))


def spare_sources_of_receipts(folder: Path, sources: Sequence[str]) -> None:
    """Refuse to keep receipts among pages: they would be passed over, or written over.

    Args:
        folder: Where receipts are to be kept; it need not be there yet.
        sources: What is read.

    Raises:
        BadRequest: A source lies in the folder, or it holds something else than receipts.
    """
    home = folder.resolve()
    bases = [_base_of(name).resolve() for name in sources if _is_here(name)]
    if any(base.is_relative_to(home) for base in bases):
        raise BadRequest(
            f"{folder}: Sources lie there, and what lies among receipts is not read. Name a "
            "folder of their own with --receipts."
        )
    among_pages = any(home.is_relative_to(base) for base in bases)
    if (among_pages and _holds_others(folder)) or (_is_taken(folder) and not _is_ours(folder)):
        raise BadRequest(
            f"{folder}: There are other files there than receipts. Name a new folder with "
            "--receipts."
        )


def _is_here(name: str) -> bool:
    return name != STANDARD_INPUT and not is_remote(name) and "\0" not in name


def _base_of(source: str) -> Path:
    """Return the file or folder that is named, or that all files of a pattern lie in."""
    path = Path(source)
    if glob.has_magic(source) and not path.exists():
        parts = path.parts
        path = Path(*parts[: next(n for n, part in enumerate(parts) if glob.has_magic(part))])
    return path


def _holds_others(folder: Path) -> bool:
    return folder.is_dir() and any(folder.iterdir()) and not _is_ours(folder)


def _is_taken(folder: Path) -> bool:
    return (folder / _RUN).exists()


def _is_ours(folder: Path) -> bool:
    try:
        read_run(folder)
    except InputRefused:
        return False
    return True
