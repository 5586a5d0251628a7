"""Does the output of a run cover its sources exactly once? Its receipts against both."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, zip_longest
from pathlib import Path
from typing import NamedTuple

from esfkit.model.record import Record
from esfkit.pipeline.content import content_hash
from esfkit.pipeline.job import Result
from esfkit.pipeline.receipts import Run, read_receipt, read_run
from esfkit.pipeline.run import in_file_lines, plan
from esfkit.sources import Shard


class Proof(NamedTuple):
    """What comparing sources, receipts and output gave.

    Attributes:
        run: What the run was asked to do.
        shards: Parts of the sources.
        documents: Documents in them.
        records: Records that they gave.
        faults: What is not as it must be, in sentences; none if the output covers the
            sources exactly once.
    """

    run: Run
    shards: int
    documents: int
    records: int
    faults: tuple[str, ...]


def verify(folder: Path, written: Iterable[Record] | None) -> Proof:
    """Compare the sources and the output of a run with its receipts.

    Args:
        folder: The receipts.
        written: The records of the output, in its order; ``None`` leaves them out.

    Raises:
        InputRefused: There are no receipts, or a source is gone.
    """
    run = read_run(folder)
    shards = plan(run.sources, run.spared)
    faults = list(_gaps(shards))
    results: list[tuple[Shard, Result]] = []
    for shard in shards:
        receipt = read_receipt(folder, shard, run.rules)
        if receipt is None:
            faults.append(f"{_named(shard)}: it was not done, or was changed since.")
        elif receipt.content != content_hash(shard):
            faults.append(
                f"{_named(shard)}: its bytes are others than those that were read. "
                "Delete the receipts and run the ingest again."
            )
        else:
            results.append((shard, receipt.result))
    records = list(_records(results))
    if written is not None and not faults:
        faults.extend(_differences(records, written))
    documents = sum(result.documents for _, result in results)
    return Proof(run, len(shards), documents, len(records), tuple(faults))


def _gaps(shards: Sequence[Shard]) -> Iterator[str]:
    """Yield where the parts of a file leave something out or overlap."""
    parted = ((shard, shard.span) for shard in shards)
    spans = ((shard, span) for shard, span in parted if span is not None)
    for entry, parts in groupby(spans, key=lambda part: part[0].entries[0]):
        reached = 0
        for shard, (begin, stop) in parts:
            if begin != reached:
                yield f"{_named(shard)}: the part before it ends at byte {reached}."
            reached = stop
        if reached != entry.size:
            yield f"{entry.path}: its parts end at byte {reached} of {entry.size}."


def _records(results: Iterable[tuple[Shard, Result]]) -> Iterator[Record]:
    for _, result in in_file_lines(results):
        yield from result.records


def _differences(kept: Sequence[Record], written: Iterable[Record]) -> Iterator[str]:
    """Yield the first difference between what the receipts hold and what was written."""
    for number, (ours, theirs) in enumerate(zip_longest(kept, written), start=1):
        if ours is None:
            yield f"The output holds record {number} and more that no receipt has."
        elif theirs is None:
            yield f"The output ends before record {number}, {ours.record_id}."
        elif ours != theirs:
            yield f"Record {number} of the output, {theirs.record_id}, is not what was read."
        else:
            continue
        return


def _named(shard: Shard) -> str:
    return f"{shard.name}, {shard.part}" if shard.part else shard.name
