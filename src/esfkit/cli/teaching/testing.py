"""What the layouts make of documents, as a result: `esfkit layouts test`."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final, NamedTuple

import polars as pl

from esfkit.cli.notes import Warnings, counted
from esfkit.cli.reading import place
from esfkit.cli.results import Result
from esfkit.cli.screen import folded
from esfkit.layouts.complaint import told
from esfkit.layouts.folder import Read
from esfkit.model.document import Unread
from esfkit.model.errors import InputRefused
from esfkit.pipeline import parse_sources
from esfkit.pipeline.learning.gold import Gold
from esfkit.pipeline.learning.trial import Difference, Trial, differences, try_page

_LONGEST: Final = 60
_MOST_UNCLAIMED: Final = 12
_COLUMNS: Final = ("document", "layout", "runner_up", "line", "what", "column", "value")


class Tested(NamedTuple):
    """One record or page without, with what it should have given."""

    document: str
    trial: Trial
    differences: tuple[Difference, ...]


def complaints_result(read: Read) -> Result:
    """Return all that is wrong in a folder, or what it teaches."""
    columns = ("file", "line", "key", "said")
    schema: dict[str, Any] = dict.fromkeys(columns, pl.String) | {"line": pl.Int64}
    table = pl.DataFrame([tuple(one) for one in read.complaints], schema=schema, orient="row")
    taught = read.taught
    labels = counted(len(taught.rows.get("labels", ())), "new label")
    well = f"{taught.folder}: {counted(len(taught.layouts), 'layout')}, {labels}. All is right."

    def drawn(width: int) -> str:
        said = [told(one) for one in read.complaints] or [well]
        return "".join(f"{line}\n" for one in said for line in folded(one, width, "", "    "))

    return Result(table=table, drawn=drawn)


def test_result(files: Sequence[str], gold: Mapping[str, Gold]) -> tuple[Result, int]:
    """Return what the layouts make of documents, and how many values are not as given.

    Raises:
        InputRefused: A file does not exist, or none could be read.
    """
    tested = list(_tested(files, gold))
    if not tested:
        raise InputRefused(f"Nothing was found to test in {', '.join(files)}.")
    return tested_result(tested, given=bool(gold))


def tested_result(tested: Sequence[Tested], *, given: bool) -> tuple[Result, int]:
    """Return trials as a result, and how many values are not as given."""
    rows = [row for each in tested for row in _rows(each)]
    schema: dict[str, Any] = dict.fromkeys(_COLUMNS, pl.String) | {"line": pl.Int64}
    differing = sum(len(each.differences) for each in tested)
    taken = sum(each.trial.layout is not None for each in tested)
    note = f"{taken} of {counted(len(tested), 'page')} read."
    if given:
        wrong = (
            "all values as given"
            if not differing
            else f"{counted(differing, 'value')} not as given"
        )
        note = f"{note[:-1]}, {wrong}."

    def drawn(width: int) -> str:
        return "".join(f"{line}\n" for each in tested for line in _page(each, width))

    result = Result(
        table=pl.DataFrame(rows, schema=schema, orient="row"), drawn=drawn, footnotes=[note]
    )
    return result, differing


def _tested(files: Sequence[str], gold: Mapping[str, Gold]) -> Iterator[Tested]:
    warnings = Warnings()
    for result in parse_sources(files):
        if isinstance(result, Unread):
            warnings.add(place(result.origin), result.finding.message)
            continue
        name = place(result.document.origin)
        values = gold_of(result.document.origin.path or "", gold)
        records = [dict(one) for one in result.records] or [{}]
        for trial, record in zip(try_page(result), records, strict=True):
            yield Tested(name, trial, tuple(differences(values, record)))
    warnings.close()


def gold_of(path: str, gold: Mapping[str, Gold]) -> Gold:
    """Return the values given for a page, named by path, file or file without suffix."""
    names = (path, Path(path).name, Path(path).stem)
    return next((gold[name] for name in names if name in gold), {})


def _rows(tested: Tested) -> Iterator[tuple[object, ...]]:
    trial = tested.trial
    head = (tested.document, trial.layout, trial.runner_up)
    for value in trial.values:
        yield (*head, value.line, "read", value.column, _shown(value.value))
    for line, words in trial.unclaimed:
        yield (*head, line, "unclaimed", None, words)
    for field in trial.not_printed:
        yield (*head, None, "not printed", field, None)
    for one in trial.lacking:
        yield (*head, None, "not taken by", one.layout, one.why)
    for each in tested.differences:
        yield (*head, None, "given", each.column, _shown(each.given))
    if trial.why:
        yield (*head, None, "no record", None, trial.why)


def _page(tested: Tested, width: int) -> Iterator[str]:
    trial = tested.trial
    yield tested.document
    if trial.layout is None:
        yield from folded(f"no record: {trial.why}", width, "  ", "    ")
    else:
        next_best = f"; next best {trial.runner_up}" if trial.runner_up else ""
        yield from folded(f"{trial.layout}{next_best}", width, "  ", "    ")
    for value in trial.values:
        words = f"{value.line:5}  {value.column:28} {_shown(value.value)}"
        yield words if len(words) <= width else f"{words[: width - 1]}…"
    for each in tested.differences:
        read = _shown(each.read) or "nothing"
        said = f"{each.column}: {_shown(each.given) or 'nothing'} was given, {read} read"
        yield from folded(said, width, "    ✗  ", " " * 9)
    if trial.not_printed:
        said = f"no label for {', '.join(trial.not_printed)}"
        yield from folded(said, width, "       ", " " * 9)
    for line, words in trial.unclaimed[:_MOST_UNCLAIMED]:
        yield f"{line:5}  ? {' '.join(words.split())[: width - 10]}"
    if len(trial.unclaimed) > _MOST_UNCLAIMED:
        yield f"       and {len(trial.unclaimed) - _MOST_UNCLAIMED} more lines unclaimed"
    for one in trial.lacking:
        yield from folded(f"not {one.layout}: {one.why}", width, "       ", " " * 9)
    yield ""


def _shown(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, tuple | list):
        return counted(len(value), "item")
    words = " ".join(str(value).split())
    return f"{words[:_LONGEST]}…" if len(words) > _LONGEST else words
