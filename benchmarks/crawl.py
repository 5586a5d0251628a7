"""Make a synthetic crawl with hidden records, and the truth about it.

    python benchmarks/crawl.py OUT --size 2GB --rate 0.001 --format jsonl --compress zst

writes OUT and OUT.truth.jsonl. The same settings give the same bytes, but for 7z, which
keeps the time of writing.
"""

import argparse
import json
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import fields
from pathlib import Path
from typing import Any, NamedTuple

from crawled import COMPRESSIONS, FORMATS, KEEPS_BYTES, Crawl, CrawledPage, crawled_pages
from planted import Planted
from writers import WRITERS

_BLOCK = 1 << 20


class Made(NamedTuple):
    """What a crawl has become.

    Attributes:
        documents: Pages.
        records: Pages that hold a record.
        text_bytes: Bytes of text in UTF-8, without markup and escapes.
    """

    documents: int
    records: int
    text_bytes: int


def write_crawl(target: Path, crawl: Crawl) -> Made:
    """Write a crawl, and beside it ``<target>.truth.jsonl``, a line for each record.

    The truth comes last: where it stands, the crawl is whole.
    """
    if crawl.encoding != "utf-8" and crawl.form not in KEEPS_BYTES:
        raise SystemExit(f"{crawl.form} is always UTF-8; --encoding is for {KEEPS_BYTES}.")
    truth = truth_of(target)
    truth.unlink(missing_ok=True)
    if target.is_dir():
        shutil.rmtree(target)
    counts = [0, 0, 0]
    part = truth.with_suffix(".part")
    with part.open("w", encoding="utf-8") as told:

        def pages() -> Iterator[CrawledPage]:
            for page in crawled_pages(crawl):
                counts[0] += 1
                counts[2] += page.size
                if page.hidden is not None:
                    counts[1] += 1
                    row = _truth_row(page, page.hidden, crawl)
                    told.write(f"{json.dumps(row, ensure_ascii=False)}\n")
                yield page

        WRITERS[crawl.form](target, pages(), crawl)
    made = Made(*counts)
    part.with_suffix(".made").write_text(json.dumps(made._asdict()))
    part.rename(truth)
    return made


def _truth_row(page: CrawledPage, hidden: Planted, crawl: Crawl) -> dict[str, Any]:
    values = {name: words for name, _, words in hidden.truth}
    place: dict[str, Any] = {"row": page.number + 1}
    if crawl.form == "jsonl":
        place = {"line": page.number + 1}
    if crawl.form in ("zip", "tar", "7z", "folder"):
        place = {"member": page.member + crawl.page_suffix}
    return {"name": page.name, "url": page.url, **place, "form": hidden.form, "values": values}


def truth_of(target: Path) -> Path:
    """Return where the truth about a crawl stands."""
    return target.with_name(f"{target.name}.truth.jsonl")


def made_of(target: Path) -> Made | None:
    """Return what a crawl that stands already is made of, or ``None``."""
    truth = truth_of(target)
    with suppress(FileNotFoundError):
        if truth.exists() and target.exists():
            return Made(**json.loads(truth.with_suffix(".made").read_text()))
    return None


def bytes_of(words: str) -> int:
    """Return the bytes that ``200MB`` or ``2GB`` stand for; a bare number is bytes."""
    for unit, times in (("GB", 10**9), ("MB", 10**6), ("kB", 10**3)):
        if words.endswith(unit):
            return int(float(words.removesuffix(unit)) * times)
    return int(words)


def bytes_in(target: Path) -> int:
    """Return the size of a file, or of all files in a folder."""
    if target.is_dir():
        return sum(path.stat().st_size for path in target.rglob("*") if path.is_file())
    return target.stat().st_size


@contextmanager
def folder_for(kept: Path | None) -> Iterator[Path]:
    """Give a folder for crawls: one that stays, or one that is removed."""
    if kept is not None:
        kept.mkdir(parents=True, exist_ok=True)
        yield kept
        return
    with tempfile.TemporaryDirectory(prefix="esfkit-bench-") as passing:
        yield Path(passing)


def crawl_of(kind: str, size: int, seed: int = 1, rate: float = 0.001) -> Crawl:
    """Return the settings of a crawl of a kind such as ``jsonl.zst``."""
    form, _, compress = kind.partition(".")
    return Crawl(size=size, seed=seed, rate=rate, form=form, compress=compress or "none")


def crawl_in(folder: Path, crawl: Crawl) -> tuple[Path, Made]:
    """Return a crawl in a folder, made unless it stands there, and in the page cache."""
    told = [
        f"-{each.name}-{getattr(crawl, each.name)}"
        for each in fields(Crawl)
        if each.name not in ("form", "compress") and getattr(crawl, each.name) != each.default
    ]
    path = folder / f"crawl{''.join(told)}{crawl.suffix}"
    made = made_of(path) or write_crawl(path, crawl)
    if path.is_file():
        with path.open("rb", buffering=0) as stream:
            while stream.read(_BLOCK):
                pass
    return path, made


def main() -> None:
    """Make the crawl that is asked for."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("out", type=Path, help="file to write, or folder for --format folder")
    parser.add_argument("--size", type=bytes_of, default=200_000_000, help="of text, as 2GB")
    parser.add_argument("--documents", type=int, help="so many pages, whatever their size")
    parser.add_argument("--rate", type=float, default=0.001, help="share that are records")
    parser.add_argument("--decoys", type=float, default=0.001, help="share that look like it")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--format", dest="form", choices=FORMATS, default="jsonl")
    parser.add_argument("--compress", choices=COMPRESSIONS, default="none")
    parser.add_argument("--row-group-rows", type=int, default=10_000, help="of Parquet")
    parser.add_argument("--escape", action="store_true", help="JSON in ASCII only")
    parser.add_argument("--encoding", choices=("utf-8", "cp1252"), default="utf-8")
    parser.add_argument("--html", action="store_true", help="pages as HTML")
    parser.add_argument("--entities", action="store_true", help="HTML with &aring; and so on")
    asked = vars(parser.parse_args())
    crawl = Crawl(**{field.name: asked[field.name] for field in fields(Crawl)})
    begin = time.perf_counter()
    made = write_crawl(asked["out"], crawl)
    took = time.perf_counter() - begin
    print(
        f"{asked['out']}: {made.documents:,} documents, {made.records:,} records, "
        f"{made.text_bytes / 1e6:,.0f} MB of text, {bytes_in(asked['out']) / 1e6:,.0f} MB, "
        f"{took:.1f} s"
    )


if __name__ == "__main__":
    main()
