"""Telling whether the output of an ingest covers its sources."""

import sys
from collections.abc import Iterator
from pathlib import Path

import typer

from esfkit.cli.exits import FINDINGS
from esfkit.cli.notes import counted, say
from esfkit.dataset.frame import to_records
from esfkit.dataset.store import gather, read_dataset
from esfkit.model.record import Record
from esfkit.pipeline.proof import verify
from esfkit.pipeline.receipts import read_run

_STREAM = "-"


def prove(folder: Path) -> None:
    """Print what the comparison gave.

    Raises:
        InputRefused: There are no receipts, a source is gone, or the output is no dataset.
        typer.Exit: Something is not as it must be, which was told.
    """
    output = read_run(folder).output
    proof = verify(folder, None if output == _STREAM else _written(output))
    for fault in proof.faults:
        say(fault)
    if proof.faults:
        raise typer.Exit(FINDINGS)
    covered = (
        "standard output, which cannot be looked at again" if output == _STREAM else output
    )
    sys.stdout.write(
        f"{counted(proof.shards, 'part')} of the sources, each read once: "
        f"{counted(proof.documents, 'document')}, {counted(proof.records, 'record')} "
        f"in {covered}.\n"
    )


def _written(output: str) -> Iterator[Record]:
    return to_records(gather(read_dataset(output)))
