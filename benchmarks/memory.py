"""Print the peak memory of ``esfkit ingest`` as the crawl grows: it must stay flat.

python benchmarks/memory.py
python benchmarks/memory.py --sizes 200MB 2GB 10GB --workers 2
"""

import argparse
from pathlib import Path

from crawl import bytes_of, crawl_in, crawl_of, folder_for, truth_of
from processes import complaint, folded, ingest_command, machine, run
from recall import recall

KINDS = ("parquet", "jsonl", "jsonl.zst")
_EVERY = 0.01
"""Seconds between two looks: a peak may be short."""


def main() -> None:
    """Print a line for each kind and size."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("--sizes", nargs="+", type=bytes_of, default=[2 * 10**8, 2 * 10**9])
    parser.add_argument("--kinds", nargs="+", default=KINDS, help="such as csv or warc.gz")
    parser.add_argument("--workers", type=int, help="instead of the program's own number")
    parser.add_argument("--rate", type=float, default=0.001, help="share that are records")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--folder", type=Path, help="keep crawls there, and use those there")
    asked = parser.parse_args()
    print(machine())
    print("largest: peak of the largest process; together: sum of the peaks of all\n")
    print(f"{'':11}{'text':>9}{'wall s':>8}{'largest':>10}{'together':>10}  processes, found")
    for kind in asked.kinds:
        for size in asked.sizes:
            with folder_for(asked.folder) as folder:
                print(f"{kind:11}{size / 1e6:6,.0f} MB{_measured(folder, kind, size, asked)}")


def _measured(folder: Path, kind: str, size: int, asked: argparse.Namespace) -> str:
    source, _ = crawl_in(folder, crawl_of(kind, size, asked.seed, asked.rate))
    output = folder / "found.jsonl"
    output.unlink(missing_ok=True)
    took = run(ingest_command(source, output, asked.workers), every=_EVERY)
    if took.code:
        return f"  no figure\n{folded(complaint(took))}"
    found = recall(output, truth_of(source))
    if found.missed:
        return f"  no figure\n{folded(found.missed)}"
    return (
        f"{took.wall:8.2f}{took.largest / 1e6:7,.0f} MB{took.together / 1e6:7,.0f} MB"
        f"  {took.processes}, {found.words}"
    )


if __name__ == "__main__":
    main()
