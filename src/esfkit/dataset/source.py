"""What a dataset is read from, and how a refusal is put."""

from collections.abc import Callable, Iterable
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

from esfkit.dataset.columns import SCHEMA, did_you_mean, may_lack
from esfkit.model.errors import InputRefused

MAKE_AGAIN = "Make it again with `esfkit ingest SOURCE -o projects.parquet`."

BOM = b"\xef\xbb\xbf"


class Source(NamedTuple):
    """A file by its path, or bytes that are at hand.

    Attributes:
        name: How messages call it.
        place: The path or the bytes.
    """

    name: str
    place: Path | bytes

    def content(self) -> bytes:
        """Return all bytes, without a byte order mark."""
        everything = self.place if isinstance(self.place, bytes) else bytes_of(self.place)
        return everything.removeprefix(BOM)

    def table(self) -> Path | BytesIO:
        """Return what a reader of tables opens."""
        return BytesIO(self.place) if isinstance(self.place, bytes) else self.place


def bytes_of(path: Path, read: Callable[[Path], bytes] = Path.read_bytes) -> bytes:
    """Return what ``read`` gives for the path.

    Raises:
        InputRefused: It cannot be opened or read.
    """
    try:
        return read(path)
    except OSError as error:
        raise InputRefused(
            f"{path}: cannot be read ({error.strerror or error}). "
            "Check the name and whether you may read it."
        ) from error


def check_columns(name: str, have: Iterable[str], version: int | None) -> None:
    """Make sure that a table has the columns of a dataset, each once, and no other.

    Raises:
        InputRefused: A column is unknown, there twice or missing.
    """
    seen = set[str]()
    for column in have:
        if column not in SCHEMA:
            raise InputRefused(
                f"{name}: unknown column {column!r}. {did_you_mean(column, SCHEMA)}"
                "Take it out, or read the dataset with the esfkit that wrote it."
            )
        if column in seen:
            raise InputRefused(f"{name}: column {column!r} is there twice. Take one out.")
        seen.add(column)
    refuse_missing(name, SCHEMA.keys() - may_lack(version) - seen)


def refuse_missing(where: str, missing: set[str]) -> None:
    """Refuse a dataset that lacks any of these columns.

    Raises:
        InputRefused: The set is not empty.
    """
    if missing:
        names = ", ".join(sorted(missing, key=SCHEMA.names().index))
        raise InputRefused(
            f"{where}: lacks {names}, so it is only a part of a dataset. "
            f"Use the whole one. {MAKE_AGAIN}"
        )
