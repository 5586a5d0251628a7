"""Output that appears whole or not at all.

The bytes go to a file ``.<name>.<process>-<random>.part`` beside the target, reach the
disk, and only then take the target's name in one step. Whoever reads the target sees
the old file or the new one, whatever happens to this process.

* A link is followed: the file that it points to is replaced, the link stays.
* The new file has mode 0666 minus the umask, whatever the old one had.
* A device or a pipe cannot be replaced and is written into.
* The last of several writers wins, whole.
* Parts that a killed process left are removed by the next write to the same name;
  those of living processes stay.
"""

import errno
import os
import re
import secrets
import sys
from collections.abc import Callable
from contextlib import suppress
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from esfkit.model.errors import OutputFailed

# A name may have 255 bytes, of which the process, the random part and the ending need
# about 30; a character takes up to 4.
_LONGEST_NAME = 50

_NEXT_STEP = {
    errno.ENOSPC: "Free some space, or choose another place with -o.",
    errno.EDQUOT: "Free some space, or choose another place with -o.",
    errno.EFBIG: "Choose a place that takes larger files with -o.",
    errno.ENOENT: "Make the folder first, or choose another with -o.",
    errno.ENOTDIR: "Choose a place that is a folder with -o.",
    errno.EISDIR: "Add a file name to the folder.",
}
_OTHERWISE = "Choose a place that you may write to with -o."

# Elsewhere os.kill would end the process that is asked about.
_POSIX = os.name == "posix"


def write_whole(target: Path | str | None, write: Callable[[BinaryIO], None]) -> None:
    """Let ``write`` fill the target, and put it in place only when it is complete.

    Args:
        target: The file; ``-`` or ``None`` for standard output.
        write: Called once with the stream to write to.

    Raises:
        OutputFailed: It could not be written; what stood there before still stands.
        BrokenPipeError: The reader of standard output went away.
    """
    if target is None or str(target) == "-":
        _write_to_stdout(write)
        return
    try:
        _write_to_file(Path(os.path.realpath(target)), write)
    except (OSError, ValueError) as error:
        raise _failed(str(target), error) from error


def write_content(target: Path | str | None, content: bytes) -> None:
    """Put content that is at hand in the target's place, whole or not at all.

    Raises:
        OutputFailed: It could not be written; what stood there before still stands.
        BrokenPipeError: The reader of standard output went away.
    """

    def write(stream: BinaryIO) -> None:
        stream.write(content)

    write_whole(target, write)


def _write_to_file(path: Path, write: Callable[[BinaryIO], None]) -> None:
    if path.is_dir():
        raise IsADirectoryError(errno.EISDIR, "it is a folder")
    if path.exists() and not path.is_file():
        _write_into(path, write)
    else:
        _replace(path, write)


def _replace(path: Path, write: Callable[[BinaryIO], None]) -> None:
    _remove_stale_parts(path)
    part = path.with_name(f"{_part_prefix(path)}{os.getpid()}-{secrets.token_hex(4)}.part")
    try:
        # Not mkstemp: the kernel is to apply the umask, as for any new file.
        with os.fdopen(
            os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666), "wb"
        ) as stream:
            write(stream)
            stream.flush()
            os.fsync(stream.fileno())
        os.replace(part, path)  # noqa: PTH105 - the call that the fault tests stand in for
    except BaseException:
        with suppress(OSError):
            part.unlink()
        raise
    # The new file stands, whole. If its folder cannot be synced nothing is torn: after
    # a power cut the old file may be back. So this cannot fail the output.
    with suppress(OSError):
        _sync_folder(path.parent)


def _write_into(path: Path, write: Callable[[BinaryIO], None]) -> None:
    buffer = BytesIO()
    write(buffer)
    with path.open("wb") as stream:
        stream.write(buffer.getbuffer())


def _write_to_stdout(write: Callable[[BinaryIO], None]) -> None:
    buffer = BytesIO()
    write(buffer)
    stream = getattr(sys.stdout, "buffer", None)
    if stream is None:
        raise OutputFailed("Standard output is closed. Name a file with -o.")
    rest = buffer.getbuffer()
    try:
        while rest:  # an unbuffered stream may take less than it is given
            rest = rest[stream.write(rest) :]
        stream.flush()
    except BrokenPipeError:
        raise
    except (OSError, ValueError) as error:
        raise _failed("standard output", error) from error


def _failed(name: str, error: OSError | ValueError) -> OutputFailed:
    number = error.errno if isinstance(error, OSError) else None
    reason = (error.strerror if isinstance(error, OSError) else None) or str(error)
    return OutputFailed(
        f"{name}: could not be written ({reason}). What stood there before is untouched. "
        f"{_NEXT_STEP.get(number or 0, _OTHERWISE)}"
    )


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _part_prefix(path: Path) -> str:
    return f".{path.name[:_LONGEST_NAME]}."


def _remove_stale_parts(path: Path) -> None:
    pattern = re.compile(re.escape(_part_prefix(path)) + r"([0-9]{1,10})-[0-9a-f]{8}\.part")
    for name in os.listdir(path.parent):  # noqa: PTH208 - names only, the folder may be large
        found = pattern.fullmatch(name)
        if found and not _lives(int(found[1])):
            with suppress(OSError):
                path.with_name(name).unlink()


def _lives(process: int) -> bool:
    """Tell whether a process of this number runs. Where one cannot ask, say yes."""
    if not _POSIX:
        return True
    try:
        os.kill(process, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except OSError:
        return True
    return True
