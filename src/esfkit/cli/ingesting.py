"""Carrying out an ingest: records to a file or a pipe, rejects to another, an account."""

import json
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import BinaryIO, Final

from esfkit.cli.giving import give_bytes
from esfkit.cli.notes import Warnings, counted, tell
from esfkit.cli.reading import Watch, framed, records_of, tell_of_no_record
from esfkit.cli.results import way_out
from esfkit.cli.screen import folded, is_terminal, print_text, width
from esfkit.model.errors import BadRequest, OutputFailed
from esfkit.model.finding import Problem
from esfkit.model.record import Record
from esfkit.output.atomic import write_whole
from esfkit.output.neutral import for_terminal
from esfkit.pipeline import Account, Rejected
from esfkit.sources import total_bytes

_USUAL: Final = Path("projects.parquet")
_FORMATS: Final = {".parquet": "parquet", ".jsonl": "jsonl", ".csv": "csv"}
_STREAM: Final = Path("-")


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """What an ingest was asked to do; the attributes are the command's options."""

    sources: Sequence[str]
    output: Path | None = None
    format: str | None = None
    rejects: Path | None = None
    kinds: Sequence[str] = ()
    quiet: bool = False
    verbose: bool = False

    @property
    def target(self) -> Path:
        """The file to write; ``-`` for standard output."""
        if self.output is not None:
            return self.output
        return _USUAL if is_terminal(sys.stdout) and self.format is None else _STREAM

    @property
    def tells(self) -> bool:
        """Whether progress and account are printed: not inside a pipeline."""
        if self.quiet or self.verbose:
            return self.verbose
        return self.target != _STREAM


def carry_out(task: Task) -> None:
    """Read the sources and write the dataset, the rejects and the account.

    Raises:
        BadRequest: The format does not exist, or a source would be overwritten.
        InputRefused: A source does not exist.
        OutputFailed: A file could not be written.
    """
    form = _format_of(task)
    way_out(form, task.target)  # refuses what cannot be written before anything is read
    _spare_sources(task)
    account = Account()
    if task.rejects is None:
        _ingest(task, form, account, None)
    else:
        write_whole(task.rejects, partial(_ingest, task, form, account))
    if not (account.records or task.quiet) and not (account.documents and task.tells):
        tell_of_no_record(account.documents, task.sources)
    if task.tells and account.documents:
        _tell_account(account, task)


def _format_of(task: Task) -> str:
    if task.format is not None:
        if task.format not in _FORMATS.values():
            raise BadRequest(
                f"A dataset cannot be written as {task.format!r}. Use parquet, jsonl or csv; "
                "`esfkit export` knows more formats."
            )
        return task.format
    if task.target == _STREAM:
        return "jsonl"
    suffix = task.target.suffix.lower()
    if suffix not in _FORMATS:
        raise BadRequest(
            f"{task.target}: A dataset has the suffix {', '.join(_FORMATS)}, and not "
            f"{suffix!r}. Rename it, or name the format with --format."
        )
    return _FORMATS[suffix]


def _spare_sources(task: Task) -> None:
    """Refuse to write over a source, or one file over the other."""
    named = (task.target, task.rejects)
    outputs = [path for path in named if path is not None and path != _STREAM]
    real = [path.resolve() for path in outputs]
    if len(set(real)) < len(real):
        raise BadRequest(f"{outputs[0]}: Records and rejects need a file each.")
    for source in task.sources:
        if Path(source).is_file() and Path(source).resolve() in real:
            raise BadRequest(f"{source} is a source. Write to another file with -o.")


def _ingest(task: Task, form: str, account: Account, rejects: BinaryIO | None) -> None:
    with _progress(task) as on_bytes:
        watch = Watch(
            Warnings(silent=task.quiet),
            on_bytes,
            None if rejects is None else partial(_write_reject, rejects),
        )
        records = records_of(task.sources, account, watch)
        if task.kinds:
            records = (record for record in records if record.kind in task.kinds)
        _write(records, task.target, form)


# --- writing ----------------------------------------------------------------------------


def _write(records: Iterator[Record], target: Path, form: str) -> None:
    if form != "jsonl":
        way = way_out(form, target)
        give_bytes(partial(way.writer.write, framed(records)), way)
    elif target == _STREAM:
        _stream(records)
    else:
        write_whole(target, partial(_write_lines, records))


def _write_lines(records: Iterable[Record], stream: BinaryIO) -> None:
    stream.writelines(map(_line, records))


def _stream(records: Iterable[Record]) -> None:
    """Write each record as soon as it was read, so that the next program can begin."""
    on_screen = is_terminal(sys.stdout)
    for record in records:
        line = _line(record)
        if on_screen:
            print_text(f"{for_terminal(line.decode())}\n")
            continue
        try:
            sys.stdout.buffer.write(line)
            sys.stdout.buffer.flush()
        except BrokenPipeError:
            raise
        except OSError as error:
            raise OutputFailed(
                f"Standard output could not be written ({error.strerror})."
            ) from error


def _line(record: Record) -> bytes:
    return f"{record.model_dump_json()}\n".encode()


def _write_reject(stream: BinaryIO, rejected: Rejected) -> None:
    origin = rejected.origin
    row = {
        "source_path": origin.path,
        "source_member": origin.member,
        "source_line": origin.line,
        "reason": str(rejected.reason),
        "severity": str(rejected.severity),
        "message": rejected.message,
        "nearest": rejected.nearest,
        "labels": list(rejected.labels),
    }
    stream.write(f"{json.dumps(row, ensure_ascii=False)}\n".encode())


# --- telling ----------------------------------------------------------------------------


@contextmanager
def _progress(task: Task) -> Iterator[Callable[[int], None] | None]:
    """Show how many of the bytes were read, where somebody looks."""
    if not task.tells or not is_terminal(sys.stderr):
        yield None
        return
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        DownloadColumn,
        Progress,
        TextColumn,
        TimeRemainingColumn,
    )

    columns = (TextColumn("reading"), BarColumn(), DownloadColumn(), TimeRemainingColumn())
    console = Console(file=sys.stderr)
    with Progress(*columns, console=console, transient=True) as progress:
        bar = progress.add_task("", total=total_bytes(task.sources) or None)
        yield lambda count: progress.advance(bar, count)


def _tell_account(account: Account, task: Task) -> None:
    """Tell what was read, found and written."""
    kinds, layouts = Counter[str](), Counter[str]()
    for (kind, layout), count in account.records.items():
        kinds[kind] += count
        layouts[layout] += count
    without = sum(account.rejects.values())
    lines = {
        "read": f"{counted(account.documents, 'document')}: "
        f"{counted(sum(kinds.values()), 'record')}, {counted(without, 'document')} without",
        "records": _listed(kinds),
        "layouts": _listed(layouts),
        "findings": _listed(account.findings),
        "without": _listed(account.rejects)
        + ("" if task.rejects else " (why: --rejects FILE)"),
        "skipped": _listed(account.skipped),
        "left out": f"records that are not of kind {', '.join(task.kinds)}",
        "written": "" if task.target == _STREAM else str(task.target),
    }
    empty = {"without": not without, "left out": not task.kinds}
    for name, words in lines.items():
        if words and not empty.get(name):
            tell_wrapped(f"{name:9}{words}")


def tell_wrapped(words: str) -> None:
    """Print a line of the account; where it is long, on several lines."""
    for line in folded(words, width(), rest=" " * 9):
        tell(line)


def _listed(counts: Mapping[str, int] | Mapping[Problem, int]) -> str:
    ordered = sorted(counts.items(), key=lambda each: (-each[1], each[0]))
    return " · ".join(f"{name} {count}" for name, count in ordered)
