"""Which files the sources are: files, folders, patterns and standard input."""

import glob
import os
import stat
from collections.abc import Iterable, Iterator
from fnmatch import fnmatchcase
from pathlib import Path
from typing import NamedTuple

from esfkit.model.errors import InputRefused
from esfkit.model.finding import Severity
from esfkit.sources.files import STANDARD_INPUT, printable, reason
from esfkit.sources.remote import is_remote, list_objects

_KINDS = (
    (stat.S_ISFIFO, "a named pipe"),
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
)

_Identity = tuple[int, int]
"""Device and inode: what a folder is, whatever links lead to it."""


class Entry(NamedTuple):
    """One thing to read, or the reason why it cannot be.

    Attributes:
        path: The file as named, ``-`` for standard input.
        size: Its bytes.
        obstacle: Why it cannot be read, in a sentence.
        severity: How much that weighs.
        is_folder: Whether it is a folder.
        changed: When it was last changed, in nanoseconds, where the system says.
    """

    path: str
    size: int = 0
    obstacle: str | None = None
    severity: Severity = Severity.ERROR
    is_folder: bool = False
    changed: int = 0


def list_entries(sources: str | Path | Iterable[str | Path]) -> Iterator[Entry]:
    """Yield every file of the sources in their order, by name within a folder or pattern.

    A source is a file, a folder with all below it, a pattern with ``*``, ``?``, ``[…]``
    or ``**``, or ``-`` for standard input. Hidden files and folders within a folder are
    passed over.

    Raises:
        InputRefused: A source does not exist. This comes before anything is read.
    """
    return _entries(_existing(sources))


def total_bytes(sources: str | Path | Iterable[str | Path]) -> int:
    """Return the size of all files of the sources; standard input counts nothing.

    Raises:
        InputRefused: A source does not exist.
    """
    return sum(entry.size for entry in _entries(_existing(sources)))


def _existing(sources: str | Path | Iterable[str | Path]) -> list[str]:
    """Return the sources, patterns still as they are, once each is known to be there."""
    given = [sources] if isinstance(sources, str | Path) else sources
    named = [os.fspath(source) for source in given]
    for source in named:
        if source == STANDARD_INPUT or is_remote(source):
            continue  # a store is asked when its turn comes
        if not (_exists(source) or any(_of_source(source, set()))):
            what = "No file matches" if glob.has_magic(source) else "There is no file or folder"
            raise InputRefused(f"{what} {printable(source)!r}.")
    return named


def _exists(source: str) -> bool:
    try:
        os.lstat(source)
    except PermissionError:
        return True  # something may be there; reading it will tell
    except (OSError, ValueError):  # ValueError: a NUL in the name
        return False
    return True


def _entries(named: Iterable[str]) -> Iterator[Entry]:
    seen: set[_Identity] = set()
    for source in named:
        yield from _of_source(source, seen)


def _of_source(source: str, seen: set[_Identity]) -> Iterator[Entry]:
    if is_remote(source):
        return (Entry(one.url, one.size, changed=one.changed) for one in list_objects(source))
    if source == STANDARD_INPUT or _exists(source):
        return _below(source, seen)
    if glob.has_magic(source) and "\0" not in source:
        return _matching(source, seen)
    return iter(())


def _matching(pattern: str, seen: set[_Identity]) -> Iterator[Entry]:
    """Yield what fits a pattern: folders with all below them, but with ``**`` files only."""
    parts = Path(pattern).parts
    if "**" not in parts:
        for match in sorted(glob.glob(pattern)):  # noqa: PTH207 - keeps names as written
            yield from _below(match, seen)
        return
    # Our own walk, because glob follows every loop of links that it meets.
    start = next(number for number, part in enumerate(parts) if glob.has_magic(part))
    base = str(Path(*parts[:start]))
    # A folder read for one pattern must be read again for the next: hence a new set.
    for entry in _below(base, set()) if _exists(base) else ():
        if entry.is_folder or fits(Path(entry.path).parts[start:], parts[start:]):
            yield entry._replace(path=entry.path.removeprefix("./"))


def fits(parts: tuple[str, ...], wanted: tuple[str, ...]) -> bool:
    """Tell whether the parts of a path are those of a pattern; ``**`` is any number of them."""
    if not wanted:
        return not parts
    if wanted[0] == "**":
        return any(fits(parts[skipped:], wanted[1:]) for skipped in range(len(parts) + 1))
    return bool(parts) and fnmatchcase(parts[0], wanted[0]) and fits(parts[1:], wanted[1:])


def _below(start: str, seen: set[_Identity]) -> Iterator[Entry]:
    """Yield the file, or every file below the folder, without recursion."""
    waiting = [start]
    while waiting:
        path = waiting.pop()
        if path == STANDARD_INPUT:
            yield Entry(path)
            continue
        try:
            status = os.stat(path)  # noqa: PTH116 - a Path for each file doubles the time
            inside = _names_in(path, status, seen)
        except OSError as error:
            is_folder = os.path.isdir(path)  # noqa: PTH112
            yield Entry(path, obstacle=reason(error, path), is_folder=is_folder)
            continue
        if inside is None:
            yield _entry(path, status)
        else:
            waiting.extend(reversed(inside))


def _names_in(path: str, status: os.stat_result, seen: set[_Identity]) -> list[str] | None:
    """Return what stands in a folder not met before, or ``None`` for anything else."""
    identity = (status.st_dev, status.st_ino)
    if not stat.S_ISDIR(status.st_mode) or identity in seen:
        return None
    names = sorted(name for name in os.listdir(path) if not name.startswith("."))  # noqa: PTH208
    seen.add(identity)
    return [os.path.join(path, name) for name in names]  # noqa: PTH118


def _entry(path: str, status: os.stat_result) -> Entry:
    if stat.S_ISREG(status.st_mode):
        return Entry(path, status.st_size, changed=status.st_mtime_ns)
    if stat.S_ISDIR(status.st_mode):
        obstacle = "The folder has been read already; a link or a second mention leads to it."
        return Entry(path, 0, obstacle, Severity.NOTE, is_folder=True)
    return Entry(path, 0, _not_a_file(status))


def _not_a_file(status: os.stat_result) -> str:
    kinds = (name for is_kind, name in _KINDS if is_kind(status.st_mode))
    return f"It is {next(kinds, 'something else')}, not a file; copy what it gives to a file."
