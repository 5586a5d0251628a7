"""What is read is never written over.

A file that is named to be read is not written to, by whatever path or link it is reached.
Nor is a file that stands in a folder, or fits a pattern, that is read: unless nothing
stands in it, or an earlier run wrote it there for the same purpose, which its content
tells. So ``esfkit ingest . -o projects.parquet`` can be run again, and ``--rejects`` that
names a page by mistake destroys nothing.
"""

import os
import stat
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final, NamedTuple

from esfkit.cli.likeness import Likeness
from esfkit.model.errors import BadRequest, InputRefused

_STDIN: Final = "-"


class Target(NamedTuple):
    """A file to be written.

    Attributes:
        path: Where.
        like: What tells an earlier file of the same purpose; without it there is none that
            could be told.
    """

    path: Path | None
    like: Likeness | None = None


def keep_apart(named: Sequence[str], *targets: Target | Path | None) -> None:
    """Refuse to write over what is read: the rest of it would be lost.

    Args:
        named: What is read: files, folders, patterns and ``-``.
        targets: What is written; ``None`` and ``-`` are standard output.

    Raises:
        BadRequest: One of the targets is read.
    """
    for given in targets:
        target = given if isinstance(given, Target) else Target(given)
        status = _status_of(target.path)
        if target.path is None or status is None:
            continue
        for name in named:
            if _is_the_file(name, status):
                raise BadRequest(
                    f"{_told(name)} is read and would be written over. Name another file."
                )
        many = [name for name in named if not _is_one_file(name)]
        if many and _would_lose(target, status) and _stands_among(many, status):
            raise BadRequest(
                f"{target.path} is among the files that are read and would be "
                "lost: no earlier run of this command wrote it there. Name another file."
            )


def _status_of(path: Path | None) -> os.stat_result | None:
    """Return what the system knows of a file; ``None`` if there is no file to be lost."""
    if path is None or str(path) == _STDIN:
        return None
    try:
        status = path.stat()
    except (OSError, ValueError):  # not there, or no name of a file
        return None
    return status if stat.S_ISREG(status.st_mode) else None


def _is_the_file(name: str, status: os.stat_result) -> bool:
    """Tell whether something named is the file, by whatever link it is reached."""
    try:
        other = os.fstat(sys.stdin.fileno()) if name == _STDIN else Path(name).stat()
    except (OSError, ValueError, AttributeError):  # no file, or standard input is closed
        return False
    return os.path.samestat(other, status)


def _is_one_file(name: str) -> bool:
    """Tell whether a name is one file and no folder or pattern; most sources are."""
    try:
        return name == _STDIN or Path(name).is_file()
    except (OSError, ValueError):
        return False


def _would_lose(target: Target, status: os.stat_result) -> bool:
    if status.st_size == 0 or target.path is None:
        return False
    return target.like is None or not target.like(target.path)


def _stands_among(named: Sequence[str], status: os.stat_result) -> bool:
    """Tell whether the file is one of those in the folders and patterns that are named.

    Every file is asked about, since links may lead to it from anywhere; but only those of
    its size, and only where there is something to be lost.
    """
    # Whoever reads a dataset does not pay for what reads texts.
    from esfkit.sources.remote import is_remote
    from esfkit.sources.walk import list_entries

    here = [name for name in named if name != _STDIN and not is_remote(name)]
    try:
        sizes = ((entry.path, entry.size) for entry in list_entries(here))
        alike = (path for path, size in sizes if size == status.st_size)
        return any(_is_the_file(path, status) for path in alike)
    except InputRefused:  # what is not there is told when it is to be read
        return False


def _told(name: str) -> str:
    return "Standard input" if name == _STDIN else name
