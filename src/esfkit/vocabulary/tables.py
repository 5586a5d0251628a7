"""Reading the package's own data files, and the rows that a user adds to some of them."""

import csv
import sys
from collections.abc import Iterator, Mapping, Sequence
from importlib.resources import files
from io import StringIO
from typing import Final

Row = Mapping[str, str]
"""A row of a table: heading → cell."""

TEACHABLE: Final = ("labels", "sections", "chrome", "sure_words")
"""The tables to which a user may add rows; code lists and the like are the package's alone."""

_LAYERS: Final = (
    "esfkit.vocabulary.",
    "esfkit.layouts.",
    "esfkit.parsing.",
    "esfkit.pipeline.learning.",
)
"""Where something may be remembered that follows from those tables."""

_taught: Final[dict[str, tuple[Row, ...]]] = {}
"""The rows added in this process: the one thing that is not read from the package."""


def read_table(name: str) -> Iterator[dict[str, str]]:
    """Yield the rows of a table as heading → cell: the package's, then a user's."""
    yield from read_packaged(name)
    yield from map(dict, _taught.get(name, ()))


def read_packaged(name: str) -> Iterator[dict[str, str]]:
    """Yield the rows of ``vocabulary/data/<name>.csv`` alone."""
    resource = files("esfkit.vocabulary").joinpath("data").joinpath(f"{name}.csv")
    yield from csv.DictReader(StringIO(resource.read_text(encoding="utf-8")))


def add_rows(rows: Mapping[str, Sequence[Row]]) -> None:
    """Let tables have these rows besides their own from now on, and no others.

    Everything that was built from the tables before is built anew when next asked for.

    Args:
        rows: Table → rows that were found to be right
            (:func:`esfkit.layouts.folder.read_folder`).
    """
    _taught.clear()
    _taught.update({name: tuple(given) for name, given in rows.items()})
    _forget()


def _forget() -> None:
    """Empty whatever the layers that read tables remember.

    They are asked one by one: a list of them would miss the next one to be written.
    """
    for name, module in tuple(sys.modules.items()):
        if name.startswith(_LAYERS):
            for member in tuple(vars(module).values()):
                clear = getattr(member, "cache_clear", None)
                if clear is not None:
                    clear()
