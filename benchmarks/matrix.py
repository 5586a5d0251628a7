"""Every format with every compression: the same pages must give the same records."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from crawl import crawl_in, truth_of
from crawled import COMPRESSIONS, FORMATS, KEEPS_BYTES, Crawl
from processes import complaint, folded, ingest_command, run
from recall import name_of, recall, rows_of

_BASE = Crawl(documents=1_000, rate=0.05)
_REFERENCE = replace(_BASE, form="folder")
_OF_THE_TEXT = frozenset(
    {"provenance", "findings", "layout", "summary", "sections", "claimed_share"}
)
"""Columns that follow from the markup: places, and prose that runs on to the foot of a text."""

_LONGEST = 60
"""Seconds for one case, which takes two."""
_OF_BYTES = frozenset({"findings"})
"""Columns that tell of another encoding."""

Records = Mapping[str, Mapping[str, Any]]


def cases() -> Iterator[tuple[str, Crawl, frozenset[str]]]:
    """Yield name, crawl, and the columns that may differ from the folder of texts."""
    for form in FORMATS:
        for compress in COMPRESSIONS:
            crawl = replace(_BASE, form=form, compress=compress)
            yield (f"{form}.{compress}" if compress != "none" else form), crawl, frozenset()
    yield "jsonl, ASCII only", replace(_BASE, form="jsonl", escape=True), frozenset()
    for form in KEEPS_BYTES:
        yield f"{form}, cp1252", replace(_BASE, form=form, encoding="cp1252"), _OF_BYTES
    for form in ("parquet", "jsonl", "csv", "warc", "zip", "folder"):
        yield f"{form}, HTML", replace(_BASE, form=form, html=True), _OF_THE_TEXT
        entities = replace(_BASE, form=form, entities=True)
        yield f"{form}, HTML with entities", entities, _OF_THE_TEXT


def print_matrix(folder: Path) -> None:
    """Print a line for each case: records found, false ones, and how many are equal."""
    print("\n1,000 documents, 50 records; equal: to those of the folder of texts")
    print(f"{'':28}{'found':>7}{'false':>7}{'equal':>7}")
    output = folder / "found.jsonl"
    reference = _records(_ingested(_REFERENCE, folder, output), output)
    for name, crawl, free in cases():
        wrong = _ingested(crawl, folder, output)
        met = _records(wrong, output)
        told = recall(output, truth_of(crawl_in(folder, crawl)[0])) if output.exists() else None
        if told is None:
            print(f"{name:28}{'–':>7}{'–':>7}{'–':>7}\n{folded(wrong)}", flush=True)
            continue
        unequal = [_difference(reference.get(one), met.get(one), free) for one in reference]
        first = next((words for words in unequal if words), "")
        print(f"{name:28}{told.found:7}{told.false:7}{unequal.count(''):7}", flush=True)
        if said := wrong or told.missed or first:
            print(folded(said))


def _ingested(crawl: Crawl, folder: Path, output: Path) -> str:
    """Ingest a crawl and return what went wrong, if anything did."""
    output.unlink(missing_ok=True)
    source, _ = crawl_in(folder, crawl)
    took = run(ingest_command(source, output), limit=_LONGEST)
    return complaint(took) if took.code else ""


def _records(wrong: str, output: Path) -> Records:
    if wrong and not output.exists():
        return {}
    return {name_of(row): row for row in rows_of(output)}


def _difference(
    one: Mapping[str, Any] | None, other: Mapping[str, Any] | None, free: frozenset[str]
) -> str:
    """Name the first column in which two records differ; nothing where they are equal."""
    if one is None or other is None:
        return "no record"
    for column in one:
        if column.startswith("source_") or column in free or one[column] == other[column]:
            continue
        return f"{column} is {str(other[column])[:60]!r}, not {str(one[column])[:60]!r}"
    return ""
