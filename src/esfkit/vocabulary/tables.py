"""Reading the package's own data files."""

import csv
from collections.abc import Iterator
from importlib.resources import files
from io import StringIO


def read_table(name: str) -> Iterator[dict[str, str]]:
    """Yield the rows of ``vocabulary/data/<name>.csv`` as heading → cell."""
    resource = files("esfkit.vocabulary").joinpath("data").joinpath(f"{name}.csv")
    yield from csv.DictReader(StringIO(resource.read_text(encoding="utf-8")))
