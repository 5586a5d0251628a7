"""Files, folders, patterns and standard input to documents, one after the other."""

import glob
import os
import stat
import sys
from collections.abc import Callable, Iterable, Iterator
from fnmatch import fnmatchcase
from pathlib import Path
from typing import NamedTuple

from esfkit.model.document import Document, Origin, Unread
from esfkit.model.errors import InputRefused
from esfkit.model.finding import Problem, Severity
from esfkit.sources.limits import DEFAULT_LIMITS, Limits
from esfkit.sources.textfile import read_text_document, unread

STANDARD_INPUT = "-"

_KINDS = (
    (stat.S_ISFIFO, "a named pipe"),
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
)
# A pipe put in a file's place after it was looked at must not make the reader wait.
_OPEN_FLAGS = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)


_Identity = tuple[int, int]
"""Device and inode: what a folder is, whatever links lead to it."""


class _Entry(NamedTuple):
    """One thing to read, or the reason why it cannot be."""

    path: str
    size: int = 0
    obstacle: str | None = None
    severity: Severity = Severity.ERROR
    is_folder: bool = False


def open_sources(
    sources: str | Path | Iterable[str | Path],
    limits: Limits = DEFAULT_LIMITS,
    *,
    on_bytes: Callable[[int], None] | None = None,
) -> Iterator[Document | Unread]:
    """Yield the documents of the sources, and an :class:`Unread` for each that gives none.

    A source is a file, a folder with all below it, a pattern with ``*``, ``?``, ``[…]``
    or ``**``, or ``-`` for standard input. The order is that of the sources, and by name
    within a folder or pattern. Hidden files and folders within a folder are passed over.

    Args:
        sources: What to read; a single source may be given as it is.
        limits: What to refuse.
        on_bytes: Called after each file with its size, for a progress bar that
            :func:`total_bytes` gives the length of.

    Raises:
        InputRefused: A source does not exist. This comes before anything is read.
    """
    named = _existing(sources)
    return _documents(named, limits, on_bytes or _ignore)


def total_bytes(sources: str | Path | Iterable[str | Path]) -> int:
    """Return the size of all files of the sources; standard input counts nothing.

    Raises:
        InputRefused: A source does not exist.
    """
    return sum(entry.size for entry in _entries(_existing(sources)))


def _ignore(_: int) -> None:
    """Take no notice of progress."""


def _documents(
    named: list[str], limits: Limits, on_bytes: Callable[[int], None]
) -> Iterator[Document | Unread]:
    for entry in _entries(named):
        result = _read(entry, limits)
        on_bytes(entry.size)
        yield result


# --- which files


def _existing(sources: str | Path | Iterable[str | Path]) -> list[str]:
    """Return the sources, patterns still as they are, once each is known to be there."""
    given = [sources] if isinstance(sources, str | Path) else sources
    named = [os.fspath(source) for source in given]
    for source in named:
        if source != STANDARD_INPUT and not (_exists(source) or any(_of_source(source, set()))):
            what = "No file matches" if glob.has_magic(source) else "There is no file or folder"
            raise InputRefused(f"{what} {_printable(source)!r}.")
    return named


def _exists(source: str) -> bool:
    try:
        os.lstat(source)
    except PermissionError:
        return True  # something may be there; reading it will tell
    except (OSError, ValueError):  # ValueError: a NUL in the name
        return False
    return True


def _entries(named: Iterable[str]) -> Iterator[_Entry]:
    seen: set[_Identity] = set()
    for source in named:
        yield from _of_source(source, seen)


def _of_source(source: str, seen: set[_Identity]) -> Iterator[_Entry]:
    if source == STANDARD_INPUT or _exists(source):
        return _below(source, seen)
    if glob.has_magic(source) and "\0" not in source:
        return _matching(source, seen)
    return iter(())


def _matching(pattern: str, seen: set[_Identity]) -> Iterator[_Entry]:
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
        if entry.is_folder or _fits(Path(entry.path).parts[start:], parts[start:]):
            yield entry._replace(path=entry.path.removeprefix("./"))


def _fits(parts: tuple[str, ...], wanted: tuple[str, ...]) -> bool:
    if not wanted:
        return not parts
    if wanted[0] == "**":
        return any(_fits(parts[skipped:], wanted[1:]) for skipped in range(len(parts) + 1))
    return bool(parts) and fnmatchcase(parts[0], wanted[0]) and _fits(parts[1:], wanted[1:])


def _below(start: str, seen: set[_Identity]) -> Iterator[_Entry]:
    """Yield the file, or every file below the folder, without recursion."""
    waiting = [start]
    while waiting:
        path = waiting.pop()
        if path == STANDARD_INPUT:
            yield _Entry(path)
            continue
        try:
            status = os.stat(path)  # noqa: PTH116 - a Path for each file doubles the time
            inside = _names_in(path, status, seen)
        except OSError as error:
            is_folder = os.path.isdir(path)  # noqa: PTH112
            yield _Entry(path, obstacle=_reason(error, path), is_folder=is_folder)
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


def _entry(path: str, status: os.stat_result) -> _Entry:
    if stat.S_ISREG(status.st_mode):
        return _Entry(path, status.st_size)
    if stat.S_ISDIR(status.st_mode):
        obstacle = "The folder has been read already; a link or a second mention leads to it."
        return _Entry(path, 0, obstacle, Severity.NOTE, is_folder=True)
    return _Entry(path, 0, _not_a_file(status))


def _not_a_file(status: os.stat_result) -> str:
    kinds = (name for is_kind, name in _KINDS if is_kind(status.st_mode))
    return f"It is {next(kinds, 'something else')}, not a file; copy what it gives to a file."


# --- reading one


def _read(entry: _Entry, limits: Limits) -> Document | Unread:
    origin = Origin(path=_printable(entry.path))
    if entry.obstacle is not None:
        return unread(origin, Problem.SOURCE_UNREADABLE, entry.obstacle, entry.severity)
    try:
        data = _bytes_of(entry.path, limits.document_bytes + 1)
    except OSError as error:
        reason = _reason(error, entry.path)
        return unread(origin, Problem.SOURCE_UNREADABLE, reason, Severity.ERROR)
    return read_text_document(data, origin, limits)


def _bytes_of(path: str, most: int) -> bytes:
    if path == STANDARD_INPUT:
        if sys.stdin is None:
            raise OSError("Standard input is closed")
        return sys.stdin.buffer.read(most)
    with open(os.open(path, _OPEN_FLAGS), "rb") as file:  # noqa: PTH123
        status = os.fstat(file.fileno())
        if not stat.S_ISREG(status.st_mode):
            raise OSError("It was replaced while being read")
        return file.read(most)


def _reason(error: OSError, path: str) -> str:
    """Say why, in a sentence of our own: the system's holds the path unescaped."""
    if isinstance(error, FileNotFoundError):
        is_link = os.path.islink(path)  # noqa: PTH114
        return "The link leads nowhere." if is_link else "The file is gone since it was listed."
    if isinstance(error, PermissionError):
        return "It may not be read; change its permissions."
    return f"It cannot be read: {error.strerror or error}."


def _printable(path: str) -> str:
    """Return the path as valid text: file names may hold bytes that are not UTF-8."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")
