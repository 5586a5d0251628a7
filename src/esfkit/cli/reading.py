"""Sources → records, with what could not be read told on the way."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from esfkit.cli.exits import let_interrupt_reading
from esfkit.cli.notes import Warnings, counted, say
from esfkit.model.document import Origin
from esfkit.model.finding import Severity
from esfkit.model.record import Record
from esfkit.pipeline import Account, Rejected, stream
from esfkit.pipeline.run import Run
from esfkit.pipeline.texts import outcomes_in


class Watch(NamedTuple):
    """What is done while sources are read.

    Attributes:
        warnings: Where files that could not be read are told.
        on_reject: Called with each document that gave no record.
    """

    warnings: Warnings
    on_reject: Callable[[Rejected], None] | None = None


def records_of(
    sources: Iterable[str], run: Run, account: Account, watch: Watch
) -> Iterator[Record]:
    """Yield the records of the sources.

    Raises:
        InputRefused: A named source does not exist.
    """
    let_interrupt_reading()
    try:
        for outcome in stream(sources, run, account):
            if isinstance(outcome, Record):
                yield outcome
                continue
            if outcome.severity is not Severity.NOTE:
                watch.warnings.add(place(outcome.origin), outcome.message)
            if watch.on_reject is not None:
                watch.on_reject(outcome)
    finally:
        watch.warnings.close()


def records_in(content: bytes, name: str) -> list[Record]:
    """Return the records of bytes that are at hand, such as standard input."""
    records: list[Record] = []
    documents = 0
    for outcome in outcomes_in(content, name):
        if isinstance(outcome, Record):
            records.append(outcome)
            continue
        documents += 1
        if outcome.severity is not Severity.NOTE:
            say(f"{place(outcome.origin)}: {outcome.message}")
    if not records:
        tell_of_no_record(documents)
    return records


def tell_of_no_record(documents: int, sources: Sequence[str] = ()) -> None:
    """Tell that there is no record to work with, and where to look for the reason."""
    if not documents:
        say(f"Nothing was found to read in {', '.join(sources)}.")
        return
    say(
        f"{counted(documents, 'document')} read, none gave a record; `esfkit explain FILE` or "
        "`esfkit ingest FILE --rejects REASONS.jsonl` tells why."
    )


def place(origin: Origin) -> str:
    """Return where a document came from, as messages name it."""
    parts = [
        origin.path or "text",
        origin.member,
        f"line {origin.line}" if origin.line else None,
    ]
    return ", ".join(part for part in parts if part)
