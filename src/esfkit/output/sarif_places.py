"""Where files stand, as SARIF tells it, without the folders of this machine.

A path below the folder where the command runs is told from there. Any other is told from a
base of ``originalUriBaseIds`` that says no URI: its folders may name the user. Whoever reads
the log knows where the files are, or is asked.

Source: SARIF Version 2.1.0, 3.4.3 (uri), 3.4.4 (uriBaseId) and 3.14.14
(originalUriBaseIds), of whose members the URI may be missing.
"""

import re
from collections.abc import Iterable, Mapping
from pathlib import PurePath, PurePosixPath, PureWindowsPath
from typing import Any, Final
from urllib.parse import quote

OUTSIDE: Final = "OUTSIDE"
"""The base of files that stand elsewhere; several are numbered."""

_SAID: Final = "A folder outside the one where esfkit ran; its place is not told."
_OF_WINDOWS: Final = re.compile(r"[A-Za-z]:[\\/]|\\\\")
_HOMES: Final = frozenset(("home", "users", "homes", "documents and settings"))
_USER: Final = re.compile(r"(?<=://)[^/@]*@")
_UP: Final = ".."


class Places:
    """How the files of a log are told.

    Args:
        paths: The paths as they stand in the records.
        root: The folder where the command runs.
    """

    def __init__(self, paths: Iterable[str], root: PurePath) -> None:
        self._told: dict[str, dict[str, str]] = {}
        elsewhere: dict[tuple[str, ...], list[tuple[str, PurePath]]] = {}
        for path in dict.fromkeys(paths):
            uri = _uri_from(path, root)
            if uri is not None:
                self._told[path] = {"uri": uri}
            else:
                full = _full(path, root)
                elsewhere.setdefault(_group(full), []).append((path, full))
        self._bases = [_base(number) for number in range(1, len(elsewhere) + 1)]
        for base, group in zip(self._bases, elsewhere.values(), strict=True):
            folder = _common_folder([full for _, full in group])
            for path, full in group:
                uri = quote(PurePosixPath(*full.parts[folder:]).as_posix())
                self._told[path] = {"uri": uri, "uriBaseId": base}

    def of(self, path: str) -> Mapping[str, str]:
        """Return the ``artifactLocation`` of a path."""
        return self._told[path]

    @property
    def bases(self) -> Mapping[str, Any]:
        """The ``originalUriBaseIds`` that the places are told from; empty if none is."""
        return {base: {"description": {"text": _SAID}} for base in self._bases}


def _base(number: int) -> str:
    return OUTSIDE if number == 1 else f"{OUTSIDE}_{number}"


def _uri_from(path: str, root: PurePath) -> str | None:
    """Return the URI of an object or of a file below the root; ``None`` of any other."""
    if "://" in path:
        return quote(_USER.sub("", path), safe=":/?&=%#@+,;~")
    if _OF_WINDOWS.match(path) and not isinstance(root, PureWindowsPath):
        return None
    full = _full(path, root)
    return quote(full.relative_to(root).as_posix()) if full.is_relative_to(root) else None


def _full(path: str, root: PurePath) -> PurePath:
    """Return a path from its drive or from ``/`` on, without steps upward."""
    given = PureWindowsPath(path) if _OF_WINDOWS.match(path) else root / path
    parts: list[str] = []
    for part in given.parts:
        if part == _UP:
            parts = parts[:1] if len(parts) == 1 else parts[:-1]
        else:
            parts.append(part)
    return type(given)(*parts)


def _group(full: PurePath) -> tuple[str, ...]:
    """Return the folders that paths of one base have in common at least.

    Behind ``home`` and the like stands the user's name, which is never told.
    """
    folders = full.parts[:-1]
    for place, folder in enumerate(folders):
        if folder.lower() in _HOMES:
            return folders[: place + 2]
    return folders[:2]


def _common_folder(paths: list[PurePath]) -> int:
    """Return how many folders the paths have in common."""
    folders = [path.parts[:-1] for path in paths]
    common = 0
    for level in zip(*folders, strict=False):
        if len(set(level)) > 1:
            break
        common += 1
    return common
