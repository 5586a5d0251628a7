"""How far an ingest has come, and what came of it."""

import json
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from esfkit.cli.notes import counted, tell
from esfkit.cli.screen import folded, width
from esfkit.model.finding import Problem
from esfkit.output.atomic import write_content
from esfkit.pipeline import Account
from esfkit.sources import total_bytes

_UNITS = ("B", "kB", "MB", "GB", "TB")
_STEP = 1000


@contextmanager
def progress(sources: Sequence[str], *, shown: bool) -> Iterator[Callable[[int], None]]:
    """Show how many of the bytes were read, where somebody looks."""
    if not shown:
        yield lambda _: None
        return
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        DownloadColumn,
        Progress,
        TextColumn,
        TimeRemainingColumn,
        TransferSpeedColumn,
    )

    columns = (
        TextColumn("reading"),
        BarColumn(bar_width=None),
        DownloadColumn(),
        TransferSpeedColumn(),
        TimeRemainingColumn(),
    )
    console = Console(file=sys.stderr)
    with Progress(*columns, console=console, transient=True) as shown_progress:
        bar = shown_progress.add_task("", total=total_bytes(sources) or None)
        yield lambda count: shown_progress.advance(bar, count)


def write_account(account: Account, path: Path) -> None:
    """Write the counts as JSON.

    Raises:
        OutputFailed: The file could not be written.
    """
    content = f"{json.dumps(account.as_json(), indent=2)}\n".encode()
    write_content(path, content)


def tell_account(account: Account, written: str, *, rejects_kept: bool) -> None:
    """Tell what was read, found and written: the funnel from documents to records."""
    lines = {
        "read": _funnel(account, account.records.total()),
        "bytes": _rate(account),
        "records": _listed(account.kinds),
        "layouts": _listed(account.layouts),
        "findings": _listed(account.findings),
        "without": _listed(account.rejects)
        + ("" if rejects_kept or not account.rejects else " (why: --rejects FILE)"),
        "skipped": _listed(account.skipped),
        "written": written,
    }
    for name, words in lines.items():
        for line in folded(f"{name:9}{words}", width(), rest=" " * 9) if words else ():
            tell(line)


def _funnel(account: Account, records: int) -> str:
    without = account.rejects.total()
    screened = f"{account.screened} dropped by the sieve, " if account.screened else ""
    return (
        f"{counted(account.documents, 'document')}: {screened}"
        f"{counted(records, 'record')}, {counted(without, 'document')} without"
    )


def _rate(account: Account) -> str:
    """Return the bytes and their rate, where there are enough of them to tell."""
    if account.bytes < _STEP * _STEP or not account.seconds:
        return ""
    return (
        f"{_sized(account.bytes)} in {account.seconds:.1f} s, "
        f"{_sized(account.bytes / account.seconds)}/s"
    )


def _sized(count: float) -> str:
    unit = 0
    while count >= _STEP and unit < len(_UNITS) - 1:
        count /= _STEP
        unit += 1
    return f"{count:.1f} {_UNITS[unit]}" if unit else f"{count:.0f} B"


def _listed(counts: Mapping[str, int] | Mapping[Problem, int]) -> str:
    ordered = sorted(counts.items(), key=lambda each: (-each[1], each[0]))
    return " · ".join(f"{name} {count}" for name, count in ordered)
