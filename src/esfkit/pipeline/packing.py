"""A result as bytes and back: what goes between processes and into receipts."""

import json
from dataclasses import asdict
from typing import Any

from esfkit.model.document import Origin
from esfkit.model.finding import Severity
from esfkit.pipeline.job import Result
from esfkit.pipeline.outcomes import Rejected
from esfkit.pipeline.packed import PackedRecords, lines_in


def lines_of(result: Result) -> bytes:
    """Return the records as JSON lines, as a JSONL dataset has them."""
    return b"".join(line + b"\n" for line in lines_in(result.records))


def rest_of(result: Result) -> dict[str, Any]:
    """Return everything but the records, as JSON can hold it."""
    return {
        "documents": result.documents,
        "screened": result.screened,
        "lines": result.lines,
        "rejected": [_row(each) for each in result.rejected],
        "sample": [[drawn, _row(each)] for drawn, each in result.sample],
        "passed": result.passed,
        "complete": result.complete,
        "content": result.content,
    }


def result_of(lines: bytes, rest: dict[str, Any]) -> Result:
    """Return the result that was taken apart by the two functions above."""
    return Result(
        records=PackedRecords(line for line in lines.split(b"\n") if line),
        rejected=tuple(_rejected(row) for row in rest["rejected"]),
        documents=rest["documents"],
        screened=rest["screened"],
        lines=rest["lines"],
        sample=tuple((drawn, _rejected(row)) for drawn, row in rest["sample"]),
        passed=tuple((why, count) for why, count in rest["passed"]),
        complete=rest["complete"],
        content=rest["content"],
    )


def pack(result: Result) -> bytes:
    """Return a result as bytes, for a process that may run another version of Python."""
    rest = json.dumps(rest_of(result)).encode()
    return b"%d\n%b%b" % (len(rest), rest, lines_of(result))


def unpack(packed: bytes) -> Result:
    """Return the result that :func:`pack` made the bytes of."""
    size, _, rest = packed.partition(b"\n")
    return result_of(rest[int(size) :], json.loads(rest[: int(size)]))


def _row(rejected: Rejected) -> dict[str, Any]:
    return {**rejected._asdict(), "origin": asdict(rejected.origin)}


def _rejected(row: dict[str, Any]) -> Rejected:
    return Rejected(
        **{
            **row,
            "origin": Origin(**row["origin"]),
            "labels": tuple(row["labels"]),
            "severity": Severity(row["severity"]),
        }
    )
