"""Reading the package's own data files."""

import csv
from collections.abc import Iterator
from importlib.resources import files


def read_table(name: str) -> Iterator[dict[str, str]]:
    """Yield the rows of ``vocabulary/data/<name>.csv`` as heading → cell."""
    resource = files("esfkit.vocabulary").joinpath("data").joinpath(f"{name}.csv")
    with resource.open("r", encoding="utf-8", newline="") as stream:
        yield from csv.DictReader(stream)
