"""What a user has taught: layouts and rows of tables, in force in this process."""

from collections.abc import Mapping
from threading import Lock
from typing import Final, NamedTuple

from esfkit.layouts.layout import Layout, add_layouts
from esfkit.vocabulary.tables import Row, add_rows


class Taught(NamedTuple):
    """What was read from a user's folder; :func:`~esfkit.layouts.folder.read_folder` gives it.

    It holds all that is needed, so that it can be sent to another machine.

    Attributes:
        folder: The folder as it was named.
        digest: The hash of what it says; empty where nothing is taught.
        layouts: Its layouts.
        rows: Table → the rows it adds.
    """

    folder: str
    digest: str
    layouts: tuple[Layout, ...]
    rows: Mapping[str, tuple[Row, ...]]


NOTHING: Final = Taught("", "", (), {})
"""Only what the package knows by itself."""

_in_force: Final[list[Taught]] = [NOTHING]
_teaching: Final = Lock()  # layouts, rows and what is in force change together


def in_force() -> Taught:
    """Return what is taught now."""
    return _in_force[0]


def teach(taught: Taught) -> None:
    """Read by these layouts and rows too from now on, and by no others that were taught.

    The whole process does, so no thread of it may be reading pages by another folder
    meanwhile; to teach what is in force already costs nothing.
    """
    with _teaching:
        if taught.digest == in_force().digest:
            return
        add_layouts(taught.layouts)
        add_rows(taught.rows)
        _in_force[0] = taught
