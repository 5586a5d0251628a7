"""DATA on the command line → one table: datasets as they are, texts read first."""

import os
import stat
import sys
from collections.abc import Sequence
from itertools import groupby
from pathlib import Path
from typing import Final, NamedTuple

import polars as pl

from esfkit.analysis.selection.filters import columns_of
from esfkit.analysis.selection.filters import kinds as of_kinds
from esfkit.analysis.selection.filters import where as holding
from esfkit.cli.exits import let_interrupt_reading
from esfkit.cli.notes import Warnings, counted, tell
from esfkit.cli.screen import is_terminal
from esfkit.cli.sparing import Target, keep_apart
from esfkit.dataset.columns import SCHEMA
from esfkit.dataset.parquet import Kept, true_now
from esfkit.dataset.store import is_dataset, read_everything
from esfkit.model.errors import BadRequest, InputRefused
from esfkit.output.personal import TELLING, refuse_personal

USUAL: Final = "projects.parquet"
"""The dataset that is written and read where none is named."""

_STDIN: Final = "-"
_SUFFIXES: Final = (".parquet", ".jsonl", ".ndjson", ".csv")
_PARQUET: Final = b"PAR1"


class Loaded(NamedTuple):
    """The records asked for, and whom the data names.

    Attributes:
        records: The records.
        everyone: All rows of the data, also those that are not asked for or not true any
            more: who is a contact person in any of them is withheld.
    """

    records: pl.LazyFrame
    everyone: pl.LazyFrame


def load(
    data: Sequence[str] | None,
    condition: str | None = None,
    kinds: Sequence[str] = (),
    *,
    personal: bool = False,
    written: Sequence[Target | Path | None] = (),
) -> pl.LazyFrame:
    """Return the records of everything named, in that order, as one table.

    Args:
        data: Datasets, texts, folders of texts and ``-``; without any, what is piped
            in, else :data:`USUAL` in this folder.
        condition: Only records for which it is true.
        kinds: Only records of these kinds; of every kind where none is named.
        personal: Whether the condition may look at personal data.
        written: Where the results go, which may be none of what is read.

    Raises:
        BadRequest: There is nothing to read, the condition or a kind is wrong, or what
            is read would be written over (:func:`esfkit.cli.sparing.keep_apart`).
        InputRefused: Something named does not exist or is a broken dataset.
    """
    return load_all(data, condition, kinds, personal=personal, written=written).records


def load_all(
    data: Sequence[str] | None,
    condition: str | None = None,
    kinds: Sequence[str] = (),
    *,
    personal: bool = False,
    written: Sequence[Target | Path | None] = (),
) -> Loaded:
    """Return the records of everything named as :func:`load` does, and whom the data names.

    Raises:
        BadRequest: As :func:`load` has it.
        InputRefused: As :func:`load` has it.
    """
    nothing = pl.LazyFrame(schema=SCHEMA)
    _part(nothing, condition, kinds)  # refuses a mistake before anything is read
    if condition and not personal:
        refuse_personal(columns_of(condition, SCHEMA), personal=personal)
    named = list(data) if data else [unnamed()]
    keep_apart(named, *written)
    opened = [
        each
        for texts, part in groupby(named, _is_text)
        for each in _open(list(part), texts=texts)
    ]
    whole = pl.concat(true_now(each) for each in opened)
    every = pl.concat(each.rows for each in opened)
    return Loaded(_part(whole, condition, kinds), every.select(TELLING))


def _part(frame: pl.LazyFrame, condition: str | None, kinds: Sequence[str]) -> pl.LazyFrame:
    if kinds:
        frame = of_kinds(frame, kinds)
    return holding(frame, condition) if condition else frame


def unnamed() -> str:
    """Return what is meant where no DATA is given.

    Raises:
        BadRequest: There is nothing that could be meant.
    """
    if _is_piped():
        return _STDIN
    if Path(USUAL).exists():
        return USUAL
    raise BadRequest(
        f"There is no {USUAL} here and nothing is piped in. Name a dataset or texts, "
        "or make one with `esfkit ingest SOURCE`."
    )


def _is_piped() -> bool:
    """Tell whether standard input is a pipe or a file; ``/dev/null`` is neither."""
    try:
        mode = os.fstat(sys.stdin.fileno()).st_mode
    except (OSError, ValueError, AttributeError):
        return False
    return stat.S_ISFIFO(mode) or stat.S_ISREG(mode) or stat.S_ISSOCK(mode)


def _is_text(name: str) -> bool:
    """Tell whether a name stands for texts to read; pipes are looked at when opened.

    A file that is named as datasets are is taken for one: what is damaged in it is then
    refused, and not read as a text without records.
    """
    if name == _STDIN or _is_pipe(name) or _is_named_as_dataset(name):
        return False
    return not is_dataset(name)


def _is_named_as_dataset(name: str) -> bool:
    try:
        path = Path(name)
        return path.suffix.lower() in _SUFFIXES and path.is_file()
    except ValueError:  # a NUL in the name
        return False


def _is_pipe(name: str) -> bool:
    try:
        return Path(name).is_fifo()
    except ValueError:  # a NUL in the name
        return False


def _open(names: list[str], *, texts: bool) -> list[Kept]:
    if texts:
        return [Kept(_read_texts(names))]
    return [_open_one(name) for name in names]


def _open_one(name: str) -> Kept:
    if name != _STDIN and not _is_pipe(name):
        return read_everything(name)
    content = _read_stdin() if name == _STDIN else Path(name).read_bytes()
    if is_dataset(content) or content.startswith(_PARQUET):
        return read_everything(content)
    # Whoever reads a dataset does not pay for what reads texts.
    from esfkit.cli.framing import framed
    from esfkit.cli.reading import records_in

    return Kept(framed(records_in(content, name)).lazy())


def _read_stdin() -> bytes:
    if sys.stdin is None:
        raise InputRefused("Standard input is closed. Name the data instead of '-'.")
    let_interrupt_reading()
    return sys.stdin.buffer.read()


def _read_texts(names: list[str]) -> pl.LazyFrame:
    from esfkit.cli.framing import framed
    from esfkit.cli.reading import Watch, records_of, tell_of_no_record
    from esfkit.pipeline import Account
    from esfkit.pipeline.run import Run

    account = Account()
    frame = framed(records_of(names, Run(), account, Watch(Warnings())))
    if frame.is_empty():
        tell_of_no_record(account.documents, names)
    elif is_terminal(sys.stderr) and is_terminal(sys.stdout):
        tell(
            f"Read {counted(account.documents, 'document')}: {counted(frame.height, 'record')}."
        )
    return frame.lazy()
