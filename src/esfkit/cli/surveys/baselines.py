"""The file that keeps how often labels were met: JSON, the same for the same dataset."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from esfkit.analysis.reports.drift import Printed
from esfkit.dataset.columns import SCHEMA
from esfkit.dataset.source import bytes_of
from esfkit.model.errors import InputRefused
from esfkit.output.atomic import write_content

_VERSION: Final = 1
_MOST_DOCUMENTS: Final = 2**53


def write_baseline(path: Path, now: Mapping[str, Printed]) -> None:
    """Write how often labels are met, for a later comparison.

    Raises:
        OutputFailed: It could not be written; what stood there before still stands.
    """
    layouts = {
        layout: {"documents": met.documents, "columns": dict(sorted(met.columns.items()))}
        for layout, met in sorted(now.items())
    }
    whole = {"esfkit_coverage": _VERSION, "layouts": layouts}
    write_content(path, f"{json.dumps(whole, ensure_ascii=False, indent=2)}\n".encode())


def read_baseline(path: Path) -> dict[str, Printed]:
    """Return how often labels were met, from the file that keeps it.

    Raises:
        InputRefused: It cannot be opened, or is no such file or a damaged one.
    """
    try:
        whole = json.loads(bytes_of(path))
        if whole["esfkit_coverage"] != _VERSION:
            raise _refused(path)
        return {layout: _printed(met) for layout, met in whole["layouts"].items()}
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise _refused(path) from error


def _printed(met: Any) -> Printed:  # noqa: ANN401 - from a file
    documents, columns = met["documents"], met["columns"]
    counts = [documents, *columns.values()]
    if not all(
        type(each) is int and 0 <= each <= documents <= _MOST_DOCUMENTS for each in counts
    ):
        raise ValueError
    if not columns.keys() <= SCHEMA.keys():
        raise ValueError
    return Printed(documents, columns)


def _refused(path: Path) -> InputRefused:
    return InputRefused(
        f"{path}: This is no file of how often labels are met, or a damaged one. Make it with "
        "`esfkit coverage DATA --write-baseline FILE`."
    )
