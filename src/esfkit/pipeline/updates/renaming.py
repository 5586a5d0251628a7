"""Files that an earlier ingest read under another path.

A folder may be named from another place, through a link, or stand on another disk by now.
A file is taken for one of before only where that is certain or can do no harm: it is the
same file of the system; or nothing stands in the old place any more, and its bytes and its
name below the source are those of before.
"""

import glob
import os
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import PurePath
from typing import NamedTuple

from esfkit.sources.remote import is_remote
from esfkit.sources.walk import fits


class Renamed(NamedTuple):
    """What became of the files that are not listed under the path that is known of them.

    Attributes:
        paths: Path then → path now.
        strays: Paths of which nothing is known: no file stands there, none of those that
            are read is like it, and no source that is named now would hold it. Empty where
            other files are known and in their places: then other sources were left out.
    """

    paths: Mapping[str, str]
    strays: tuple[str, ...] = ()


def renamed_files(
    then: Mapping[str, str | None], now: Mapping[str, str | None], sources: Sequence[str]
) -> Renamed:
    """Return which files now are which of before, among those under new paths.

    Args:
        then: Path → hash of each file that is known, where its hash is.
        now: Path → hash of each file of the sources, where it can be read.
        sources: The sources as named.
    """
    lost = [path for path in then if path not in now and not is_remote(path)]
    new = [path for path in now if path not in then and not is_remote(path)]
    if not lost or not new:
        return Renamed({})
    same = _same_files(lost, new)
    gone = [path for path in lost if path not in same and not os.path.lexists(path)]
    gone = [path for path in gone if not any(covers(source, path) for source in sources)]
    left = {path: now[path] for path in new if path not in same.values()}
    alike = _alike(((path, then[path]) for path in gone), left, sources)
    strays = tuple(path for path in gone if path not in alike)
    return Renamed(same | alike, () if _others_stand(then, now, alike) else strays)


def _others_stand(then: Iterable[str], now: Mapping[str, object], alike: object) -> bool:
    """Tell whether what is known is in its place, but for what was left out on purpose."""
    return not alike and any(path in now for path in then)


def _same_files(lost: Iterable[str], new: Iterable[str]) -> dict[str, str]:
    """Return path then → path now of what the system says is one file."""
    there = {path: identity for path in lost if (identity := _identity(path))}
    if not there:
        return {}
    by_identity = {identity: path for path in new if (identity := _identity(path))}
    found: dict[str, str] = {}
    for path, identity in there.items():
        if identity in by_identity:  # each file now is one of before at most
            found[path] = by_identity.pop(identity)
    return found


def _identity(path: str) -> tuple[int, int] | None:
    try:
        status = os.stat(path)  # noqa: PTH116 - a Path for each file doubles the time
    except (OSError, ValueError):
        return None
    return (status.st_dev, status.st_ino)


def _alike(
    gone: Iterable[tuple[str, str | None]],
    new: Mapping[str, str | None],
    sources: Sequence[str],
) -> dict[str, str]:
    """Return path then → path now of what has the same bytes and the same name."""
    waiting: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for path, sha256 in new.items():
        if sha256:
            waiting[sha256] += [(name, path) for name in _names_below(path, sources)]
    found: dict[str, str] = {}
    taken: set[str] = set()
    for path, sha256 in gone:
        whole = f"/{PurePath(path).as_posix()}"
        for name, other in waiting.get(sha256 or "", ()):
            if other not in taken and whole.endswith(f"/{name}"):
                found[path] = other
                taken.add(other)
                break
    return found


def _names_below(path: str, sources: Sequence[str]) -> Iterator[str]:
    """Yield the file's name below each source that holds it."""
    for source in sources:
        if not is_remote(source) and covers(source, path):
            base, parts = _base(source), _absolute(path)
            yield PurePath(*parts[min(len(base), len(parts) - 1) :]).as_posix()


def _base(source: str) -> tuple[str, ...]:
    """Return the folder that a pattern begins with, or the file or folder that is named."""
    parts = _absolute(source)
    if not _is_pattern(source):
        return parts
    return parts[: next(n for n, part in enumerate(parts) if glob.has_magic(part))]


def covers(source: str, path: str) -> bool:
    """Tell whether a file with this path would be one of the source's, if it were there."""
    if is_remote(source) or is_remote(path):
        return path == source or path.startswith(f"{source.partition('*')[0].rstrip('/')}/")
    wanted, parts = _absolute(source), _absolute(path)
    if not _is_pattern(source):
        return parts[: len(wanted)] == wanted
    return any(fits(parts[:length], wanted) for length in range(1, len(parts) + 1))


def _is_pattern(source: str) -> bool:
    """Tell whether a source is a pattern; a folder may be called ``dump [2025]``."""
    return glob.has_magic(source) and not os.path.lexists(source)


def _absolute(path: str) -> tuple[str, ...]:
    return PurePath(os.path.abspath(path)).parts  # noqa: PTH100 - resolving would follow links
