"""Object stores and web servers: ``s3://``, ``gs://``, ``az://``, ``https://``.

Through obstore, the extra ``esfkit[cloud]``. Keys and addresses of services come from the
environment variables that the services' own tools read, such as ``AWS_ACCESS_KEY_ID``.
"""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from fnmatch import fnmatchcase
from glob import has_magic
from importlib import import_module
from typing import Any, BinaryIO, NamedTuple, cast
from urllib.parse import urlsplit

from typing_extensions import override

from esfkit.model.errors import BadRequest, InputRefused

_SCHEMES = ("s3", "gs", "az", "https", "http")
_WEB = ("https", "http")
_NANOSECONDS = 1_000_000_000
_RETRY_SECONDS = 30
_BUFFER = 1 << 20


class Object(NamedTuple):
    """One object of a store.

    Attributes:
        url: Where it is.
        size: Its bytes.
        changed: When it was last changed, in nanoseconds.
    """

    url: str
    size: int
    changed: int


def is_remote(source: str) -> bool:
    """Return whether a source is an address of a store and no file."""
    scheme, found, _ = source.partition("://")
    return bool(found) and scheme in _SCHEMES


def list_objects(url: str) -> Iterator[Object]:
    """Yield the objects that an address names: one, those below it, or those it fits.

    Raises:
        BadRequest: The extra is not installed, or the address is none.
        InputRefused: There is no such object, or the store refuses.
    """
    root, key = _parted(url)
    store = _store(root)
    if has_magic(key) and urlsplit(url).scheme not in _WEB:
        prefix = key[: min(key.find(mark) for mark in "*?[" if mark in key)]
        found = [one for one in _below(root, store, prefix, url) if _fits(one, root, key)]
    else:
        single = _single(root, store, key, url)
        found = [single] if single else list(_below(root, store, f"{key.rstrip('/')}/", url))
    if not found:
        raise InputRefused(f"There is nothing at {url!r}.")
    yield from sorted(found)


def open_remote(url: str) -> BinaryIO:
    """Return the bytes of an object, which one can go back in.

    Raises:
        OSError: It cannot be read.
    """
    root, key = _parted(url)
    with _as_system_errors():
        reader = _obstore().open_reader(_store(root), key, buffer_size=_BUFFER)
    return cast("BinaryIO", _RemoteFile(reader))


@contextmanager
def _as_system_errors() -> Iterator[None]:
    """Raise what a store refuses as what a disk would."""
    try:
        yield
    except _errors() as error:
        raise OSError(_first_line(error)) from error


class _RemoteFile(io.RawIOBase):
    """An object as Python's own readers expect a file."""

    def __init__(self, reader: Any) -> None:  # noqa: ANN401 - obstore's has no public type
        super().__init__()
        self._reader = reader

    @override
    def readable(self) -> bool:
        return True

    @override
    def seekable(self) -> bool:
        return True

    @override
    def seek(self, offset: int, whence: int = 0) -> int:
        with _as_system_errors():
            return int(self._reader.seek(offset, whence))

    @override
    def tell(self) -> int:
        return int(self._reader.tell())

    @override
    def readinto(self, buffer: Any) -> int:
        view = memoryview(buffer).cast("B")
        with _as_system_errors():
            piece = memoryview(self._reader.read(len(view)))
        view[: len(piece)] = piece
        return len(piece)


def _parted(url: str) -> tuple[str, str]:
    """Return the store and the key in it."""
    parts = urlsplit(url, allow_fragments=False)
    if not parts.netloc:
        raise BadRequest(f"{url!r} names no store; an address is like s3://bucket/folder/.")
    query = f"?{parts.query}" if parts.query and parts.scheme not in _WEB else ""
    return f"{parts.scheme}://{parts.netloc}", f"{parts.path.lstrip('/')}{query}"


def _store(root: str) -> Any:  # noqa: ANN401 - one of obstore's classes of stores
    _obstore()
    options: dict[str, Any] = {
        "retry_config": {"retry_timeout": timedelta(seconds=_RETRY_SECONDS)}
    }
    if root.startswith("http://"):  # given for others too, it would hide the environment's
        options["client_options"] = {"allow_http": True}
    try:
        return import_module("obstore.store").from_url(root, **options)
    except (OSError, ValueError, _errors()) as error:
        raise _refused(root, error) from error


def _obstore() -> Any:  # noqa: ANN401 - a module
    try:
        return import_module("obstore")
    except ImportError as error:
        raise BadRequest("Object stores need `pip install 'esfkit[cloud]'`.") from error


def _single(root: str, store: Any, key: str, url: str) -> Object | None:  # noqa: ANN401 - obstore's
    if not key or key.endswith("/"):
        return None
    try:
        return _object(root, _obstore().head(store, key))
    except FileNotFoundError:
        return None
    except (OSError, ValueError, _errors()) as error:
        raise _refused(url, error) from error


def _below(root: str, store: Any, prefix: str, url: str) -> Iterator[Object]:  # noqa: ANN401 - obstore's
    if root.startswith("http"):
        raise InputRefused(f"There is nothing at {url!r}; a web server lists no folders.")
    try:
        for batch in _obstore().list(store, prefix=prefix.rpartition("/")[0] or None):
            for meta in batch:
                if str(meta["path"]).startswith(prefix.lstrip("/")):
                    yield _object(root, meta)
    except (OSError, ValueError, _errors()) as error:
        raise _refused(url, error) from error


def _fits(found: Object, root: str, pattern: str) -> bool:
    key = found.url.removeprefix(f"{root}/")
    return key.count("/") == pattern.count("/") and fnmatchcase(key, pattern)


def _object(root: str, meta: Any) -> Object:  # noqa: ANN401 - a mapping of obstore's
    changed = int(meta["last_modified"].timestamp() * _NANOSECONDS)
    return Object(f"{root}/{meta['path']}", int(meta["size"]), changed)


def _errors() -> type[Exception]:
    error: type[Exception] = import_module("obstore.exceptions").BaseError
    return error


def _refused(url: str, error: Exception) -> InputRefused:
    return InputRefused(f"{url}: the store refuses: {_first_line(error)}")


def _first_line(error: Exception) -> str:
    return str(error).partition("\n")[0]
