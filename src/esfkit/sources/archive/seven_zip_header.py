"""The header of a 7z archive, read by py7zr with a bound on what it may ask for."""

import io
import struct
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from types import ModuleType
from typing import Any, BinaryIO, cast

from typing_extensions import override

from esfkit.model.finding import Problem
from esfkit.sources.archive.member import broken, check_count, encrypted
from esfkit.sources.limits import Limits
from esfkit.sources.obstacle import Obstacle, limit_met
from esfkit.sources.packed import MOST_MEMORY, damaged

WHAT = "The 7z archive"

_MISSING = "To read 7z archives, a package is wanting: pip install 'esfkit[7z]'."

_START = struct.Struct("<12xQQ4x")
"""The first 32 bytes tell where the header begins behind them, and how long it is."""

_BYTES_A_MEMBER = 256
"""So much of the header a member may take, its name in two bytes a letter."""

_SIP = 512
"""Packed bytes put in at a time: of some formats py7zr unpacks all that was put in."""

_LZMA, _LZMA2, _PPMD = b"\x03\x01\x01", b"\x21", b"\x03\x04\x01"
_ONE_BYTE_MORE = struct.Struct("<xI")
_MOST_LZMA2 = 40


def open_archive(stream: BinaryIO, limits: Limits) -> Any:  # noqa: ANN401 - py7zr may not be installed
    """Return the archive with its header read, as py7zr's ``SevenZipFile``.

    Args:
        stream: The archive; it must be seekable.
        limits: What to refuse.

    Raises:
        Obstacle: It cannot be read, or py7zr is not there.
    """
    try:
        import py7zr  # noqa: PLC0415 - it belongs to an extra
    except ImportError as error:
        raise Obstacle(Problem.FORMAT_UNSUPPORTED, _MISSING) from error
    most = limits.archive_members
    sips = cast("BinaryIO", _Sips(stream, most * _BYTES_A_MEMBER))
    try:
        with _capped(py7zr.archiveinfo, most):
            archive = py7zr.SevenZipFile(sips)
        check_count(len(archive.files), limits)
        is_locked = archive.needs_password()
    except Obstacle:
        raise
    except py7zr.PasswordRequired as error:
        raise encrypted(WHAT) from error
    except Exception as error:  # the library raises whatever a header makes it stumble on
        if "exceeds limit" in str(error):
            check_count(most + 1, limits)
        why = "its header, which stands at its end, is missing or cannot be read"
        raise broken(WHAT, why) from error
    if is_locked:
        raise encrypted(WHAT)
    return archive


def check_folders(archive: Any) -> None:  # noqa: ANN401 - py7zr may not be installed
    """Check that unpacking asks for no more memory than it may.

    Args:
        archive: What :func:`open_archive` returned.

    Raises:
        Obstacle: It asks for more.
    """
    for file in archive.files:
        coders = [] if file.folder is None else file.folder.coders
        if any(_memory_of(coder) > MOST_MEMORY for coder in coders):
            raise damaged(WHAT, 0, MemoryError("too much memory"))


def _memory_of(coder: Mapping[str, Any]) -> int:
    """Return the bytes of memory that a step of unpacking asks for, or 0 if it is unknown."""
    method, settings = coder["method"], coder["properties"] or b""
    if method in {_LZMA, _PPMD} and len(settings) >= _ONE_BYTE_MORE.size:
        asked: int = _ONE_BYTE_MORE.unpack_from(settings)[0]
        return asked
    if method == _LZMA2 and settings:
        exponent = min(settings[0], _MOST_LZMA2)
        return (2 | exponent & 1) << exponent // 2 + 11
    return 0


@contextmanager
def _capped(module: ModuleType, members: int) -> Iterator[None]:
    """Lower py7zr's own limits: by them a header of 1 KiB can ask for gigabytes."""
    caps = {
        "MAX_NUMFILES": members,
        "MAX_NUMFOLDERS": members,
        "MAX_SUBSTREAMS": members,
        "MAX_HEADER_SIZE": members * _BYTES_A_MEMBER,
    }
    before = {name: vars(module)[name] for name in caps if name in vars(module)}
    for name, value in before.items():
        setattr(module, name, min(value, caps[name]))
    try:
        yield
    finally:
        vars(module).update(before)


class _Sips(io.RawIOBase):
    """The archive, of which the header is read as a whole and all else in sips."""

    def __init__(self, stream: BinaryIO, most: int) -> None:
        super().__init__()
        self._stream = stream
        self._most = most
        stream.seek(0)
        start = stream.read(_START.size).ljust(_START.size, b"\0")
        offset, self._header_size = _START.unpack(start)
        self._header_at = _START.size + offset
        stream.seek(0)

    @override
    def seekable(self) -> bool:
        return True

    @override
    def readable(self) -> bool:
        return True

    @override
    def seek(self, offset: int, whence: int = io.SEEK_SET, /) -> int:
        return self._stream.seek(offset, whence)

    @override
    def tell(self) -> int:
        return self._stream.tell()

    @override
    def read(self, size: int = -1, /) -> bytes:
        if size != self._header_size or self._stream.tell() != self._header_at:
            return self._stream.read(min(size, _SIP) if size >= 0 else _SIP)
        if size > self._most:
            met = f"has {size} bytes, more than {_BYTES_A_MEMBER} for each of its members"
            raise limit_met(
                f"{WHAT}'s header", met, "archive_members", self._most // _BYTES_A_MEMBER
            )
        self._header_at = -1  # once only: what is packed may be said to stand there too
        return self._stream.read(size)
