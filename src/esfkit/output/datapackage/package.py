"""A data package in a folder or a zip file, whole or not at all."""

import hashlib
import json
import os
import secrets
import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import BinaryIO, Final
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import polars as pl

from esfkit.model.errors import OutputFailed
from esfkit.output.atomic import write_whole
from esfkit.output.datapackage.descriptor import (
    CODE_RESOURCES,
    DESCRIPTOR,
    MARK,
    PROJECTS,
    About,
    Json,
    code_list_path,
    describe,
)
from esfkit.output.datapackage.tables import Put, put_code_list, put_table

ZIP: Final = ".zip"

_Open = Callable[[str], AbstractContextManager[BinaryIO]]
"""Opens a new file of the package by its path."""

_LONG_AGO: Final = (1980, 1, 1, 0, 0, 0)  # the first day of a zip: no clock is asked
_READABLE: Final = 0o644 << 16
_UNIX: Final = 3
_LONGEST_NAME: Final = 50
_LARGEST_DESCRIPTOR: Final = 1 << 24


def write_package(frame: pl.DataFrame, target: Path | str, about: About) -> tuple[str, ...]:
    """Write a table of records as a data package.

    Args:
        frame: The records, with all columns or some; personal data is taken out before.
        target: A folder, or a zip file where the name ends in ``.zip``. A folder that
            stands there is replaced if it is an earlier package of ours or empty.
        about: What is said about the package.

    Returns:
        The constraints that the schema does not declare since values break them.

    Raises:
        OutputFailed: It could not be written; what stood there before still stands.
    """
    described = describe(frame, about)
    fill = partial(_fill, frame=frame, told=described.told)
    target = Path(target)
    if target.suffix.lower() == ZIP:
        write_whole(target, partial(_zip, fill=fill))
        return described.broken
    try:
        _write_folder(Path(os.path.realpath(target)), fill)
    except (OSError, ValueError) as error:
        reason = (error.strerror if isinstance(error, OSError) else None) or error
        raise OutputFailed(
            f"{target}: The package could not be written ({reason}). What stood there "
            "before is untouched. Choose a place that you may write to with -o."
        ) from error
    return described.broken


def _fill(open_: _Open, *, frame: pl.DataFrame, told: Json) -> None:
    """Write every file of the package, and last the descriptor with their sizes."""
    contents: dict[str, Callable[[Put], None]] = {PROJECTS: partial(put_table, frame)}
    contents |= {code_list_path(name): partial(put_code_list, name) for name in CODE_RESOURCES}
    resources = [
        resource | _written(open_, resource["path"], contents[resource["path"]])
        for resource in told["resources"]
    ]
    with open_(DESCRIPTOR) as stream:
        text = json.dumps(told | {"resources": resources}, ensure_ascii=False, indent=2)
        stream.write(f"{text}\n".encode())


def _written(open_: _Open, path: str, content: Callable[[Put], None]) -> Json:
    """Write one file and return its size and sum."""
    size, sum_ = 0, hashlib.sha256()
    with open_(path) as stream:

        def put(data: bytes) -> None:
            nonlocal size
            size += len(data)
            sum_.update(data)
            stream.write(data)

        content(put)
    return {"bytes": size, "hash": f"sha256:{sum_.hexdigest()}"}


# --- a zip file -------------------------------------------------------------------------


def _zip(stream: BinaryIO, *, fill: Callable[[_Open], None]) -> None:
    """Write a zip file whose bytes depend on nothing but the content."""
    with ZipFile(stream, "w", ZIP_DEFLATED) as archive:
        fill(partial(_open_member, archive))


@contextmanager
def _open_member(archive: ZipFile, path: str) -> Iterator[BinaryIO]:
    info = ZipInfo(path, _LONG_AGO)
    info.compress_type, info.external_attr, info.create_system = ZIP_DEFLATED, _READABLE, _UNIX
    with archive.open(info, "w", force_zip64=True) as member:
        yield member  # type: ignore[misc]  # IO[bytes] has what BinaryIO has


# --- a folder ---------------------------------------------------------------------------


def _write_folder(folder: Path, fill: Callable[[_Open], None]) -> None:
    _refuse_foreign(folder)
    beside = f".{folder.name[:_LONGEST_NAME]}.{os.getpid()}-{secrets.token_hex(4)}"
    part = folder.with_name(f"{beside}.part")
    part.mkdir()
    try:
        fill(partial(_open_file, part))
        _put_in_place(part, folder, folder.with_name(f"{beside}.old"))
    except BaseException:
        shutil.rmtree(part, ignore_errors=True)
        raise


@contextmanager
def _open_file(folder: Path, path: str) -> Iterator[BinaryIO]:
    target = folder / path
    target.parent.mkdir(exist_ok=True)
    with target.open("xb") as stream:
        yield stream
        stream.flush()
        os.fsync(stream.fileno())


def _put_in_place(part: Path, folder: Path, old: Path) -> None:
    """Let the new folder take the old one's name; a folder cannot be replaced in one step."""
    if not folder.exists():
        part.rename(folder)
        return
    folder.rename(old)
    try:
        part.rename(folder)
    except BaseException:
        old.rename(folder)
        raise
    shutil.rmtree(old, ignore_errors=True)


def _refuse_foreign(folder: Path) -> None:
    """Make sure that nothing is replaced but an earlier package of ours.

    Raises:
        OutputFailed: Something else stands there.
    """
    if not folder.exists():
        return
    if Path.cwd().is_relative_to(folder):  # whoever stands there would stand nowhere after
        raise OutputFailed(f"{folder}: You are in that folder. Name one beside or below it.")
    if not folder.is_dir():
        raise OutputFailed(
            f"{folder}: A file stands there. Name a folder, or a file that ends in .zip."
        )
    ours = {DESCRIPTOR, PROJECTS, *map(code_list_path, CODE_RESOURCES)}
    there = {
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if path.is_symlink() or not path.is_dir()
    }
    if there and (there - ours or not _is_ours(folder / DESCRIPTOR)):
        raise OutputFailed(
            f"{folder}: The folder holds more than an earlier package of esfkit, which alone "
            "would be replaced. Name another folder with -o."
        )


def _is_ours(descriptor: Path) -> bool:
    with suppress(OSError, ValueError, RecursionError):
        if descriptor.stat().st_size <= _LARGEST_DESCRIPTOR:
            told = json.loads(descriptor.read_bytes())
            return isinstance(told, dict) and MARK in told
    return False
