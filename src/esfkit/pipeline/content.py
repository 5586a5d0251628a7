"""The hash of the bytes of a shard or a file, by which a changed source is known."""

import hashlib
from typing import Any, BinaryIO

from esfkit.sources import Shard
from esfkit.sources.files import open_file

_CHUNK = 1 << 20


def content_hash(shard: Shard) -> str:
    """Return the hash of the bytes of a shard, file by file.

    Those of row groups and zip members lie anywhere in a file. Each shard of one hashes its
    share of the bytes instead, so that all of them together hash the whole file once.
    """
    digest = hashlib.sha256()
    for entry in shard.entries:
        if entry.obstacle is not None:
            continue
        digest.update(f"{entry.path}\0".encode("utf-8", "surrogateescape"))
        begin, stop = shard.span or (0, None)
        try:
            with open_file(entry.path) as file:
                _hash_part(file, begin, stop, digest)
        except OSError:
            digest.update(b"unreadable")
    return digest.hexdigest()


def file_hash(path: str) -> str | None:
    """Return the hash of a file's bytes, or ``None`` if it cannot be read."""
    digest = hashlib.sha256()
    try:
        with open_file(path) as file:
            _hash_part(file, 0, None, digest)
    except OSError:
        return None
    return digest.hexdigest()


def _hash_part(file: BinaryIO, begin: int, stop: int | None, digest: Any) -> None:  # noqa: ANN401 - hashlib's has no name
    if begin:
        file.seek(begin)
    left = None if stop is None else stop - begin
    while left is None or left > 0:
        chunk = file.read(_CHUNK if left is None else min(left, _CHUNK))
        if not chunk:
            break
        digest.update(chunk)
        left = None if left is None else left - len(chunk)
