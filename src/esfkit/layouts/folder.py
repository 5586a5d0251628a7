"""A user's folder of layouts and tables → what is taught, found right before it is used.

TOML chooses and sets, CSV gives rows: nothing in the folder is run, and no pattern comes
from it.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final, NamedTuple

from esfkit.layouts.complaint import Complaint, not_among, summed_up
from esfkit.layouts.definition import read_definition
from esfkit.layouts.layout import Layout
from esfkit.layouts.rows import read_rows
from esfkit.layouts.taught import NOTHING, Taught
from esfkit.model.errors import BadRequest
from esfkit.vocabulary.tables import TEACHABLE, Row

MOST_FILES: Final = 100
"""Files of a folder that are read."""

MOST_BYTES: Final = 256 * 1024
"""Bytes of one of them."""

TABLES: Final = tuple(f"{name}.csv" for name in TEACHABLE)
"""The tables that a folder may have."""


class Read(NamedTuple):
    """What a folder holds.

    Attributes:
        taught: What it teaches; :data:`NOTHING` where anything is wrong.
        complaints: All that is wrong in it.
    """

    taught: Taught
    complaints: tuple[Complaint, ...]


def read_folder(folder: Path | str) -> Taught:
    """Return what a folder teaches.

    Raises:
        BadRequest: It does not exist, or something is wrong in it: file, line and key,
            what was met and what is possible.
    """
    read = look_at_folder(folder)
    if read.complaints:
        raise BadRequest(summed_up(read.complaints))
    return read.taught


def look_at_folder(folder: Path | str) -> Read:
    """Return what a folder teaches, or everything that is wrong in it.

    Raises:
        BadRequest: There is no such folder.
    """
    path = Path(folder)
    if not path.is_dir():
        raise BadRequest(
            f"{folder}: There is no such folder. `esfkit layouts learn` makes one."
        )
    return look_at_files(str(folder), _files(path))


def look_at_files(folder: str, files: Iterable[tuple[str, str | Complaint]]) -> Read:
    """Return what files would teach if they lay in a folder, or all that is wrong in them.

    Args:
        folder: The folder's name.
        files: The name of each with its text, or why it has none.
    """
    layouts: list[tuple[str, Layout]] = []
    rows: dict[str, list[Row]] = {}
    complaints: list[Complaint] = []
    for name, content in files:
        table = Path(name).name if name.lower().endswith(".csv") else None
        if isinstance(content, Complaint):
            complaints.append(content)
        elif table is None:
            layout = read_definition(name, content)
            if isinstance(layout, Layout):
                layouts.append((name, layout))
            else:
                complaints.extend(layout)
        elif table not in TABLES:
            said = not_among(table, TABLES, "a table that can be taught")
            complaints.append(Complaint(name, 0, "", said))
        else:
            rows[Path(table).stem], wrong = read_rows(Path(table).stem, name, content)
            complaints.extend(wrong)
    complaints.extend(_named_twice(layouts))
    if complaints:
        return Read(NOTHING, tuple(complaints))
    return Read(_taught(folder, [layout for _, layout in layouts], rows), ())


def _files(folder: Path) -> Iterator[tuple[str, str | Complaint]]:
    """Yield the name of each file and its text, or why it has none."""
    entries = sorted(
        entry for entry in folder.iterdir() if entry.suffix.lower() in (".toml", ".csv")
    )
    for entry in entries[:MOST_FILES]:
        yield str(entry), _text(entry)
    if len(entries) > MOST_FILES:
        said = f"There are {len(entries)} files of layouts; at most {MOST_FILES} are read."
        yield str(folder), Complaint(str(folder), 0, "", said)


def _text(path: Path) -> str | Complaint:
    try:
        if not path.is_file():
            return Complaint(str(path), 0, "", "This is no file.")
        with path.open("rb") as stream:
            content = stream.read(MOST_BYTES + 1)
    except OSError as error:
        return Complaint(str(path), 0, "", f"It cannot be read ({error.strerror}).")
    if len(content) > MOST_BYTES:
        return Complaint(str(path), 0, "", f"It is longer than {MOST_BYTES} bytes.")
    try:
        return content.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        return Complaint(str(path), line, "", "This is not UTF-8. Save the file as UTF-8.")


def _named_twice(layouts: list[tuple[str, Layout]]) -> Iterator[Complaint]:
    first: dict[str, str] = {}
    for name, layout in layouts:
        other = first.setdefault(layout.name, name)
        if other != name:
            said = f"{layout.name!r} is the layout of {other} too. Choose another name."
            yield Complaint(name, 0, "name", said)


def _taught(folder: str, layouts: list[Layout], rows: dict[str, list[Row]]) -> Taught:
    """Return what is taught, with the hash of what it says and not of how it is written."""
    if not layouts and not any(rows.values()):
        return NOTHING
    told = {"layouts": [one.model_dump(mode="json") for one in layouts], "rows": rows}
    digest = hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()
    given = {table: tuple(some) for table, some in rows.items()}
    return Taught(folder, digest, tuple(layouts), given)
