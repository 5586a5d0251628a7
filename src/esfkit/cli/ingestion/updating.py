"""``esfkit ingest --update``: a dataset brought up to date, and what is told of it."""

import json
import sys
from collections.abc import Iterable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import BinaryIO, Final

from esfkit.cli.framing import framed
from esfkit.cli.ingestion.accounts import progress, tell_account
from esfkit.cli.ingestion.ingesting import Task, format_of, prepared, write_reject
from esfkit.cli.notes import Warnings, counted, say, tell
from esfkit.cli.reading import Watch, records_of
from esfkit.cli.records.exporting import read_day
from esfkit.cli.screen import folded, is_terminal, width
from esfkit.dataset.history import Ingest, as_metadata
from esfkit.model.errors import BadRequest
from esfkit.output.atomic import write_content, write_whole
from esfkit.output.parquet import write_parquet
from esfkit.pipeline import Account, Rejected
from esfkit.pipeline.receipts import rules_hash
from esfkit.pipeline.updates.planning import Plan, Wish, plan_update, read_before
from esfkit.pipeline.updates.renewing import Updated, updated

_MARGIN: Final = 9
_ALWAYS_TOLD: Final = ("unchanged", "source", "added", "vanished")
_TOLD: Final = {
    "unchanged": "unchanged",
    "source": "with another text",
    "reading": "read otherwise",
    "added": "new",
    "moved": "in another place",
    "vanished": "gone",
    "unreadable": "kept because they could not be read",
}


def _require_updatable(task: Task) -> None:
    """Make sure that a dataset with a history can be kept in this way."""
    if format_of(task) != "parquet" or str(task.target) == "-":
        raise BadRequest(
            "--update keeps its history in the metadata of a Parquet file, which other "
            "formats have no place for. Name the dataset with -o, such as -o projects.parquet."
        )
    if "-" in task.sources:
        raise BadRequest("Standard input is gone once it was read: --update needs files.")
    if task.receipts is not None:
        raise BadRequest(
            "--update knows by itself what was read before. Leave --receipts out: they "
            "prove one run over all of the sources."
        )
    read_day(task.date)


def bring_up_to_date(task: Task) -> None:
    """Read what is new or changed, write the dataset anew, and tell of it.

    Raises:
        BadRequest: A dataset with a history cannot be kept in this way, or nothing is left
            of a source.
        InputRefused: The dataset is broken, or a source does not exist.
        OutputFailed: A file could not be written; the old dataset still stands.
    """
    _require_updatable(task)
    _, run = prepared(task)
    account = Account()
    rejected: list[Rejected] = []
    with progress(task.sources, shown=task.tells and is_terminal(sys.stderr)) as on_bytes:
        wish = Wish(tuple(task.sources), rules_hash(run.job), task.date, task.written)
        plan = plan_update(read_before(task.target), wish, on_bytes)
        run = replace(run, on_bytes=on_bytes, entries=plan.entries)
        watch = Watch(Warnings(silent=task.quiet), rejected.append)
        read = framed(records_of(task.sources, run, account, watch))
    now = updated(plan, read, rejected)
    _require_left(task, now)
    if task.rejects is not None:
        write_whole(task.rejects, lambda stream: _write_rejects(stream, rejected))
    _write(now, task.target)
    ingest = now.history.ingests[-1]
    if not task.quiet:
        _tell_strays(plan)
    if task.account is not None:
        _write_account(account, ingest, task.account)
    if task.tells:
        if account.documents:
            tell_account(account, "", rejects_kept=task.rejects is not None)
        _tell_update(plan, ingest, task.target)


def _require_left(task: Task, now: Updated) -> None:
    """Refuse to take a whole source for gone, unless the caller says that it is.

    Raises:
        BadRequest: Nothing is left of a source.
    """
    for source, count in now.emptied.items():
        stood = f"{counted(count, 'document')} that stood there"
        if not task.all_gone:
            raise BadRequest(
                f"{source}: Of the {stood} none is left. Is the disk there, and is this the "
                "right folder? If they are gone, add --all-gone."
            )
        if not task.quiet:
            say(f"{source}: All of the {stood} are marked as gone.")


def _tell_strays(plan: Plan) -> None:
    """Warn that files are neither where they were nor known under another path."""
    if not plan.strays:
        return
    count, first = len(plan.strays), plan.strays[0]
    they, their, are = ("it", "its", "is") if count == 1 else ("they", "their", "are")
    more = "" if count == 1 else " and others"
    say(
        f"{counted(count, 'file')} of this dataset, {first}{more}, {are} neither there nor "
        f"below what is named now: what {they} said stands as before. If {their} folder only "
        "has another name now, name it as it was."
    )


def _write_rejects(stream: BinaryIO, rejected: Iterable[Rejected]) -> None:
    for each in rejected:
        write_reject(stream, each)


def _write(now: Updated, target: Path) -> None:
    metadata = as_metadata(now.history, now.files)
    write_whole(target, partial(write_parquet, now.rows, history=metadata))


def _write_account(account: Account, ingest: Ingest, path: Path) -> None:
    """Write the counts of what was read as JSON, with those of the update."""
    told = {**account.as_json(), "ingest": ingest.number, "update": dict(ingest.counts)}
    write_content(path, f"{json.dumps(told, indent=2)}\n".encode())


def _tell_update(plan: Plan, ingest: Ingest, target: Path) -> None:
    """Tell what was read and what need not be, and what became of the documents."""
    counts = ingest.counts
    files, read = counts["files"], counts["files_read"]
    lines = {
        "update": f"ingest {ingest.number}: {read} of {counted(files, 'file')} read"
        + (f"; {files - read} unchanged and left unread" if files > read else ""),
        "renamed": _renamed_told(plan),
        "rules": _rules_told(plan),
        "texts": " · ".join(
            f"{counts[name]} {words}"
            for name, words in _TOLD.items()
            if counts[name] or name in _ALWAYS_TOLD
        ),
        "written": str(target),
    }
    for name, words in lines.items():
        for line in folded(f"{name:9}{words}", width(), rest=" " * _MARGIN) if words else ():
            tell(line)


def _renamed_told(plan: Plan) -> str:
    """Return how many files are known under another path, and the first of them."""
    if not plan.renamed:
        return ""
    then, now = next(iter(plan.renamed.items()))
    count = len(plan.renamed)
    if count == 1:
        return f"1 file is the same as before under another path: {then} is {now}"
    return f"{count} files are the same as before under other paths: {then} is {now}"


def _rules_told(plan: Plan) -> str:
    """Return why everything was read again, if that is because of other rules."""
    ingests = plan.before.history.ingests
    if not ingests or ingests[-1].rules == plan.wish.rules:
        return ""
    last = ingests[-1]
    if last.rules is None:
        return "not known of what stood here: each file was read again"
    return f"other than those of ingest {last.number}: each file was read again"
