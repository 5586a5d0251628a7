"""Time ``esfkit ingest`` beside bare scans of the same file, in whole processes.

    python benchmarks/ingest.py --size 2GB --rounds 5
    python benchmarks/ingest.py --matrix

The rounds are interleaved: each runs every way once and begins with another one. A ratio
is the median of the ratios round by round. There is no figure for a run that missed a
value of a hidden record.
"""

import argparse
import shutil
import statistics
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path

from crawl import bytes_in, bytes_of, crawl_in, crawl_of, folder_for, truth_of
from matrix import print_matrix
from processes import Took, complaint, folded, ingest_command, machine, run
from recall import Recall, recall

BARE = Path(__file__).with_name("bare.py")
KINDS = ("parquet", "jsonl", "jsonl.zst", "jsonl.gz")


@dataclass
class Way:
    """One way to go through a file.

    Attributes:
        name: What the table calls it.
        command: What is run.
        environment: Variables that are set for it.
        output: Where it writes records, if it finds them.
        beside: Names of the bare scans that its ratios are taken to.
        took: What each round took.
        recall: What was found of what was hidden, the worst of all rounds.
        failed: Why there is no figure, if there is none.
    """

    name: str
    command: Sequence[str]
    environment: Mapping[str, str] = field(default_factory=dict)
    output: Path | None = None
    beside: tuple[str, ...] = ()
    took: list[Took] = field(default_factory=list)
    recall: Recall | None = None
    failed: str = ""

    def round(self, truth: Path) -> None:
        """Run once and make sure that nothing was missed."""
        if self.output is not None:
            self.output.unlink(missing_ok=True)
        took = run(self.command, self.environment)
        self.took.append(took)
        if took.code:
            self.failed = self.failed or complaint(took)
        elif self.output is not None:
            self.recall = recall(self.output, truth)
            self.failed = self.failed or self.recall.missed


# --- what is run ------------------------------------------------------------------------


def ways(kind: str, source: Path, output: Path, workers: Sequence[int]) -> list[Way]:
    """Return the bare scans of a file, and the ingest with so many workers and as it is."""
    bare = bare_ways(kind, source)
    names = [way.name for way in bare]
    alone = tuple(name for name in names if "2 threads" not in name)
    # With few workers polars is held to one thread too, so that one core meets one core.
    one_thread = {"POLARS_MAX_THREADS": "1"}
    few = [
        Way(
            f"esfkit --workers {count}",
            ingest_command(source, output, count),
            one_thread,
            output,
            alone,
        )
        for count in workers
    ]
    return [
        *bare,
        *few,
        Way("esfkit", ingest_command(source, output), {}, output, tuple(names)),
    ]


def bare_ways(kind: str, source: Path) -> list[Way]:
    """Return the bare scans of a file of this kind."""
    if kind == "parquet":
        return list(_polars("polars scan of text", "parquet", source))
    if kind == "jsonl":
        return [*_polars("scan_ndjson", "ndjson", source), _python("lines", "lines", source)]
    packing = kind.removeprefix("jsonl.")
    program = {"zst": "zstd", "gz": "gzip"}[packing]
    if shutil.which(program):
        return [Way(f"{program} -d -c", [program, "-d", "-c", str(source)])]
    return [_python(f"python, {program} in blocks", packing, source)]


def _polars(name: str, scan: str, source: Path) -> Iterator[Way]:
    for threads in (1, 2):
        way = _python(f"{name}, {threads} thread{'s'[: threads - 1]}", scan, source)
        way.environment = {"POLARS_MAX_THREADS": str(threads)}
        yield way


def _python(name: str, scan: str, source: Path) -> Way:
    return Way(name, [sys.executable, str(BARE), scan, str(source)])


def interleave(all_ways: Sequence[Way], truth: Path, rounds: int) -> None:
    """Run every way once a round, beginning with another one each time."""
    for number in range(rounds):
        turn = number % len(all_ways)
        for way in (*all_ways[turn:], *all_ways[:turn]):
            way.round(truth)


# --- the table --------------------------------------------------------------------------


def table(all_ways: Sequence[Way], text_bytes: int) -> Iterator[str]:
    """Yield the lines of a table: medians, then paired ratios, then what was found."""
    yield f"{'':31}{'wall s':>8}{'CPU s':>8}{'MB/s':>8}{'largest':>11}{'together':>11}"
    for way in all_ways:
        if way.failed:
            yield f"{way.name:31}  no figure"
            continue
        wall = statistics.median(one.wall for one in way.took)
        cpu = statistics.median(one.cpu for one in way.took)
        largest = max(one.largest for one in way.took) / 1e6
        together = max(one.together for one in way.took) / 1e6
        yield (
            f"{way.name:31}{wall:8.2f}{cpu:8.2f}{text_bytes / 1e6 / wall:8,.0f}"
            f"{largest:8,.0f} MB{together:8,.0f} MB"
        )
    yield from chain.from_iterable(_ratios(way, all_ways) for way in all_ways)
    yield from (folded(f"{way.name}: {_found(way)}") for way in all_ways if way.output)


def _ratios(way: Way, all_ways: Sequence[Way]) -> Iterator[str]:
    bases = [other for other in all_ways if other.name in way.beside and not other.failed]
    for base in () if way.failed else bases:
        pairs = list(zip(way.took, base.took, strict=True))
        wall = statistics.median(own.wall / other.wall for own, other in pairs)
        cpu = statistics.median(own.cpu / other.cpu for own, other in pairs)
        yield f"{way.name} / {base.name}".ljust(51) + f"wall × {wall:5.2f}   CPU × {cpu:5.2f}"


def _found(way: Way) -> str:
    if way.failed:
        return f"no figure: {way.failed}"
    return f"{way.recall.words}; {way.took[0].processes} processes" if way.recall else ""


def measure(kind: str, asked: argparse.Namespace) -> None:
    """Make a crawl of a kind and print its table."""
    crawl = crawl_of(kind, asked.size, asked.seed, asked.rate)
    with folder_for(asked.folder) as folder:
        source, made = crawl_in(folder, crawl)
        # Both ingests write the same path: each is judged before the next one runs.
        chosen = ways(kind, source, folder / "found.jsonl", asked.workers)
        interleave(chosen, truth_of(source), asked.rounds)
        print(
            f"\n{kind}: {made.documents:,} documents, {made.records:,} records, "
            f"{made.text_bytes / 1e6:,.0f} MB of text,\n"
            f"{bytes_in(source) / 1e6:,.0f} MB on disk; medians of {asked.rounds} rounds"
        )
        print("\n".join(table(chosen, made.text_bytes)), flush=True)


def main() -> None:
    """Print a table for each kind of file, or the matrix of formats."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("--size", type=bytes_of, default="200MB", help="of text; 2GB in full")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--workers", nargs="*", type=int, default=[1], help="0: no child")
    parser.add_argument("--rate", type=float, default=0.001, help="share that are records")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--kinds", nargs="+", choices=KINDS, default=KINDS)
    parser.add_argument("--folder", type=Path, help="keep crawls there, and use those there")
    parser.add_argument("--matrix", action="store_true", help="every format, compared")
    asked = parser.parse_args()
    print(machine())
    if asked.matrix:
        with folder_for(asked.folder) as folder:
            print_matrix(folder)
        return
    for kind in asked.kinds:
        measure(kind, asked)


if __name__ == "__main__":
    main()
