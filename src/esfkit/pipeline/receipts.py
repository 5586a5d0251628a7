"""Receipts: what was done with each shard, kept so that nothing is done twice or not at all.

A folder of receipts has, for each shard, ``<identity>.jsonl`` with its records and
``<identity>.json`` with everything else, written after them: a shard is done if the
latter is there. ``run.json`` says what the whole run was.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any, NamedTuple

from esfkit.model.errors import BadRequest, InputRefused
from esfkit.output.atomic import write_content
from esfkit.pipeline.content import content_hash
from esfkit.pipeline.job import Job, Result
from esfkit.pipeline.packing import lines_of, rest_of, result_of
from esfkit.sources import Shard
from esfkit.sources.files import printable

_RULES = ("model", "vocabulary", "values", "layouts", "parsing", "sources", "pipeline")
_BROKEN = (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError)
"""What reading a receipt that somebody changed may raise."""
_LIBRARIES = ("fastexcel", "FastWARC", "polars", "pydantic", "Resiliparse")
"""What decides how a document is read."""


class Run(NamedTuple):
    """What a run was asked to do.

    Attributes:
        sources: The sources as named.
        output: The dataset, or ``-``.
        rules: :func:`rules_hash` of its job.
        spared: What it wrote itself, which is no source.
    """

    sources: tuple[str, ...]
    output: str
    rules: str
    spared: tuple[str, ...] = ()


class Receipt(NamedTuple):
    """What is kept of one shard.

    Attributes:
        content: The hash of the shard's bytes when it was done.
        result: What it gave.
    """

    content: str
    result: Result


class Receipts:
    """A folder of receipts of one run, which may be taken up again and again.

    Args:
        folder: Where they are; made if need be.
        job: What is done with every shard; receipts of another are not used.

    Raises:
        BadRequest: The folder cannot be made.
    """

    def __init__(self, folder: Path, job: Job) -> None:
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise BadRequest(f"{folder}: cannot be made ({error.strerror}).") from error
        self._folder = folder
        self._rules = rules_hash(job)

    def start(self, sources: Sequence[str], output: str, spared: Sequence[str] = ()) -> None:
        """Note what the run is to do."""
        run = Run(tuple(sources), output, self._rules, tuple(spared))
        self._write("run.json", _json({**run._asdict(), "version": version("esfkit")}))

    def load(self, shard: Shard) -> Result | None:
        """Return what a shard gave when it was done, or ``None`` if it was not yet."""
        receipt = read_receipt(self._folder, shard, self._rules)
        return receipt.result if receipt else None

    def keep(self, shard: Shard, result: Result) -> bool:
        """Keep what a shard gave, if it was done, and return whether it was."""
        if not result.complete:
            return False
        identity = _identity(shard, self._rules)
        lines = lines_of(result)
        receipt = {
            "shard": _place(shard),
            "content_sha256": result.content or content_hash(shard),
            "rules": self._rules,
            "version": version("esfkit"),
            "documents": result.documents,
            "screened": result.screened,
            "candidates": result.documents - result.screened,
            "records": dict(Counter(record.kind for record in result.records)),
            "rejects": dict(Counter(str(each.reason) for each in result.rejected)),
            "records_sha256": _digest(lines),
            "result": rest_of(result),
        }
        receipt["receipt_sha256"] = _digest(_json(receipt))
        self._write(f"{identity}.jsonl", lines)
        self._write(f"{identity}.json", _json(receipt))
        return True

    def _write(self, name: str, content: bytes) -> None:
        write_content(self._folder / name, content)


def read_receipt(folder: Path, shard: Shard, rules: str) -> Receipt | None:
    """Return what is kept of a shard that was done by these rules, if it is whole."""
    identity = _identity(shard, rules)
    try:
        receipt = json.loads((folder / f"{identity}.json").read_bytes())
        lines = (folder / f"{identity}.jsonl").read_bytes()
        told = receipt.pop("receipt_sha256")
        if told != _digest(_json(receipt)) or _digest(lines) != receipt["records_sha256"]:
            return None  # somebody changed it: it is done again
        return Receipt(receipt["content_sha256"], result_of(lines, receipt["result"]))
    except _BROKEN:
        return None


def _identity(shard: Shard, rules: str) -> str:
    """Return the name of a shard's receipt: other files, parts or rules, another name."""
    return _digest(_json({"shard": _place(shard), "rules": rules}))[:32]


def read_run(folder: Path) -> Run:
    """Return what the run of a folder of receipts was.

    Raises:
        InputRefused: It is no such folder.
    """
    try:
        values = json.loads((folder / "run.json").read_bytes())
        sources, spared = (tuple(map(str, values[name])) for name in ("sources", "spared"))
        return Run(sources, str(values["output"]), str(values["rules"]), spared)
    except _BROKEN as error:
        raise InputRefused(
            f"{folder}: There is no run.json of `esfkit ingest --receipts` here."
        ) from error


@cache
def _package_hash() -> str:
    """Return the hash of the code and data that decide how a document is read."""
    digest = hashlib.sha256()
    root = files("esfkit")
    for name in _RULES:
        for path, content in _contents(root.joinpath(name), name):
            digest.update(f"{path}\0{len(content)}\0".encode())
            digest.update(content)
    return digest.hexdigest()


def _contents(folder: Traversable, name: str) -> Iterator[tuple[str, bytes]]:
    for entry in sorted(folder.iterdir(), key=lambda each: each.name):
        path = f"{name}/{entry.name}"
        if entry.is_dir():
            yield from _contents(entry, path)
        elif entry.name.endswith((".py", ".csv", ".toml")):
            yield path, entry.read_bytes()


def rules_hash(job: Job) -> str:
    """Return the hash of all that decides what a shard gives, but for the shard itself."""
    reading = asdict(job.reading)
    for limit in ("worker_bytes", "worker_seconds"):  # what may be raised to try again
        del reading["limits"][limit]
    options = {"kinds": sorted(job.kinds), "sample": job.sample, "seed": job.seed}
    options["taught"] = job.taught.digest
    told = json.dumps({**options, "reading": reading}, default=_plain, sort_keys=True)
    libraries = [f"{name} {version(name)}" for name in _LIBRARIES]
    return _digest(f"{_package_hash()} {libraries} {told}".encode())


def _plain(value: object) -> object:
    if isinstance(value, bytes):
        return value.decode("ascii")
    return sorted(value) if isinstance(value, frozenset | set) else str(value)


def _place(shard: Shard) -> dict[str, Any]:
    return {
        "files": [
            [printable(entry.path), entry.size, entry.changed] for entry in shard.entries
        ],
        "lines": list(shard.lines) if shard.lines else None,
        "groups": list(shard.groups) if shard.groups else None,
        "stretch": list(shard.stretch) if shard.stretch else None,
    }


def _json(value: dict[str, Any]) -> bytes:
    return f"{json.dumps(value, sort_keys=True, indent=1)}\n".encode()


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
