"""Opening one file, whatever stands in its place by now."""

import io
import os
import stat
import sys
from typing import BinaryIO, cast

from esfkit.sources.remote import is_remote, open_remote

STANDARD_INPUT = "-"

# A pipe put in a file's place after it was looked at must not make the reader wait.
_OPEN_FLAGS = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)


def open_file(path: str) -> BinaryIO:
    """Return the bytes of a file or object, unbuffered, or those of standard input.

    Raises:
        OSError: It cannot be opened, or is no file any more.
    """
    if path == STANDARD_INPUT:
        if sys.stdin is None:
            raise OSError("Standard input is closed")
        return _standard_input(sys.stdin.buffer)
    if is_remote(path):
        return open_remote(path)
    raw = io.FileIO(os.open(path, _OPEN_FLAGS), closefd=True)
    if not stat.S_ISREG(os.fstat(raw.fileno()).st_mode):
        raw.close()
        raise OSError("It was replaced while being read")
    return cast("BinaryIO", raw)


def _standard_input(stream: BinaryIO) -> BinaryIO:
    """Return standard input such that neither closing nor reading it holds up others."""
    try:
        return cast("BinaryIO", io.FileIO(os.dup(stream.fileno()), closefd=True))
    except (OSError, ValueError):  # it is no file, as in tests
        return stream


def reason(error: OSError, path: str) -> str:
    """Say why, in a sentence of our own: the system's holds the path unescaped."""
    if isinstance(error, FileNotFoundError):
        is_link = os.path.islink(path)  # noqa: PTH114 - a Path for each file doubles the time
        return "The link leads nowhere." if is_link else "The file is gone since it was listed."
    if isinstance(error, PermissionError):
        return "It may not be read; change its permissions."
    return f"It cannot be read: {error.strerror or error}."


def printable(path: str) -> str:
    """Return the path as valid text: file names may hold bytes that are not UTF-8."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")
