"""Carrying out an ingest: records to a file or a pipe, rejects to another, an account."""

import gc
import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO, Final

from esfkit.cli.ingestion.accounts import progress, tell_account, write_account
from esfkit.cli.ingestion.engines import engine_of
from esfkit.cli.ingestion.keeping import as_read, spare_sources_of_receipts
from esfkit.cli.likeness import is_account, is_dataset, is_rejects
from esfkit.cli.notes import Warnings
from esfkit.cli.places import require_places
from esfkit.cli.reading import Watch, records_of, tell_of_no_record
from esfkit.cli.screen import is_terminal, print_text
from esfkit.cli.sparing import Target, keep_apart
from esfkit.model.errors import BadRequest, OutputFailed
from esfkit.model.record import Record
from esfkit.output.atomic import write_whole
from esfkit.output.neutral import for_terminal
from esfkit.pipeline import Account, Rejected
from esfkit.pipeline.job import Job, job_of
from esfkit.pipeline.packed import line_of
from esfkit.pipeline.run import Keeper, Run
from esfkit.sources.ahead import SWITCH_SECONDS
from esfkit.sources.limits import DEFAULT_LIMITS, Limits

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
    account: Path | None = None
    receipts: Path | None = None
    date: str | None = None
    all_gone: bool = False
    kinds: Sequence[str] = ()
    text_fields: Sequence[str] = ()
    url_fields: Sequence[str] = ()
    limits: Limits = DEFAULT_LIMITS
    sieve: bool = True
    sample: int = 0
    seed: int = 0
    engine: str = "local"
    workers: int | None = None
    scheduler: str | None = None
    quiet: bool = False
    verbose: bool = False

    @property
    def target(self) -> Path:
        """The file to write; ``-`` for standard output."""
        if self.output is not None:
            return self.output
        return _USUAL if is_terminal(sys.stdout) and self.format is None else _STREAM

    @property
    def written(self) -> tuple[str, ...]:
        """What the run writes: no source, even inside a folder that is one."""
        paths = (self.target, self.rejects, self.account, self.receipts)
        named = [str(path) for path in paths if path is not None and path != _STREAM]
        return as_read(named, self.sources)

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
    form, run = prepared(task)
    account = Account()
    if task.rejects is None:
        _ingest(task, run, form, account, None)
    else:
        write_whole(task.rejects, partial(_ingest, task, run, form, account))
    if task.account is not None:
        write_account(account, task.account)
    if not (account.records or task.quiet) and not (account.documents and task.tells):
        tell_of_no_record(account.documents, task.sources)
    if task.tells and account.documents:
        written = "" if task.target == _STREAM else str(task.target)
        tell_account(account, written, rejects_kept=task.rejects is not None)


def prepared(task: Task) -> tuple[str, Run]:
    """Return the format to write, and how the sources are gone through.

    Raises:
        BadRequest: What was asked for does not fit together.
    """
    sys.setswitchinterval(SWITCH_SECONDS)
    gc.freeze()  # what is loaded stays: it need not be looked through again and again
    form = format_of(task)
    _refuse_screen(form, task.target)
    _spare_sources(task)
    job = _job_of(task)
    engine = engine_of(task.engine, task.workers, task.scheduler, task.limits)
    return form, Run(job, engine, _receipts_of(task, job), spared=task.written)


def _job_of(task: Task) -> Job:
    if task.sample and task.rejects is None:
        raise BadRequest("--sample-rejects keeps its documents in the file of --rejects.")
    return job_of(
        limits=task.limits,
        text_fields=task.text_fields,
        url_fields=task.url_fields,
        kinds=task.kinds,
        sieve=task.sieve,
        sample=task.sample,
        seed=task.seed,
        hashes=task.receipts is not None,
    )


def _receipts_of(task: Task, job: Job) -> Keeper | None:
    if task.receipts is None:
        return None
    if "-" in task.sources:
        raise BadRequest("Standard input is gone once it was read: no receipt can be kept.")
    from esfkit.pipeline.receipts import Receipts

    receipts = Receipts(task.receipts, job)
    receipts.start(task.sources, str(task.target), task.written)
    return receipts


def format_of(task: Task) -> str:
    """Return the format that the option or the suffix of the target asks for.

    Raises:
        BadRequest: There is no such format.
    """
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


def _refuse_screen(form: str, target: Path) -> None:
    """Refuse what does not belong on a terminal, before anything is read."""
    if form != "jsonl":
        from esfkit.cli.results import way_out

        way_out(form, target)


def _spare_sources(task: Task) -> None:
    """Refuse to write over a source, one file over the other, or where nothing can be."""
    named = (task.target, task.rejects, task.account)
    outputs = [path for path in named if path is not None and path != _STREAM]
    real = [path.resolve() for path in outputs]
    if len(set(real)) < len(real):
        raise BadRequest(f"{outputs[0]}: Records, rejects and account need a file each.")
    require_places(*named)
    likes = (is_dataset, is_rejects, is_account)
    keep_apart(task.sources, *map(Target, named, likes))
    if task.receipts is not None:
        spare_sources_of_receipts(task.receipts, task.sources)


def _ingest(
    task: Task, run: Run, form: str, account: Account, rejects: BinaryIO | None
) -> None:
    shown = task.tells and is_terminal(sys.stderr)
    with progress(task.sources, shown=shown) as on_bytes:
        on_reject = None if rejects is None else partial(write_reject, rejects)
        watch = Watch(Warnings(silent=task.quiet), on_reject)
        run = replace(run, on_bytes=on_bytes)
        _write(records_of(task.sources, run, account, watch), task.target, form)


# --- writing ----------------------------------------------------------------------------


def _write(records: Iterator[Record], target: Path, form: str) -> None:
    if form != "jsonl":
        # The table library takes 0.1 s to load; lines of JSON do without.
        from esfkit.cli.framing import framed
        from esfkit.cli.giving import give_bytes
        from esfkit.cli.results import way_out

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
    return line_of(record) + b"\n"


def write_reject(stream: BinaryIO, rejected: Rejected) -> None:
    """Write a document that gave no record as a line of JSON."""
    from esfkit.output.personal import withhold_from

    origin = rejected.origin
    row: dict[str, Any] = {
        "source_path": origin.path,
        "source_member": origin.member,
        "source_line": origin.line,
        "source_url": origin.url and withhold_from(origin.url, is_address=True),
        "reason": str(rejected.reason),
        "severity": str(rejected.severity),
        "message": withhold_from(rejected.message),
        "nearest": rejected.nearest,
        "labels": list(rejected.labels),
    }
    if rejected.excerpt is not None:
        row["excerpt"] = withhold_from(rejected.excerpt)
    line = f"{json.dumps(row, ensure_ascii=False)}\n"
    stream.write(line.encode("utf-8", "backslashreplace"))
