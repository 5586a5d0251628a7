"""A summary of a million records against bare polars scripts for the same group-by.

``python benchmarks/summary.py [RECORDS]``. Whole processes, interleaved, medians; the
peak is VmHWM of the process. One script only adds up three columns; the other makes what
the summary makes: each record counted once, n of N beside each figure, shares, the
total. All must give the same sums, or no figure is printed.
"""

import csv
import io
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import polars as pl

from esfkit.dataset.columns import SCHEMA

ROUNDS = 7
USUAL = 1_000_000
REGIONS = ("Stockholm", "Sydsverige", "Västsverige", "Övre Norrland", "Nationellt", None)
BARE = """
import sys
import polars as pl
frame = pl.scan_parquet(sys.argv[1]).filter(pl.col("kind") == "project")
sums = frame.group_by("region", "programme_area").agg(
    pl.len(), pl.col("total_budget_sek", "esf_support_sek", "planned_participants").sum(),
).sort("region", "programme_area").collect()
sums.write_csv(sys.stdout)
"""
SAME = """
import sys
import polars as pl
frame = pl.scan_parquet(sys.argv[1]).filter(pl.col("kind") == "project")
frame = frame.unique("record_id")
money = ["total_budget_sek", "esf_support_sek", "planned_participants"]
target = pl.col("participant_targets").list.eval(pl.element().struct.field("total")).list.max()
euro = ["total_budget_eur", "esf_support_eur"]
both = pl.col("total_budget_sek").is_not_null() & pl.col("esf_support_sek").is_not_null()
paid = pl.col("esf_support_sek").is_not_null() & (pl.col("planned_participants") > 0)
sums = [
    pl.len(), pl.col(money).sum(), pl.col(money).count().name.suffix("_stated"),
    target.sum().alias("target"), target.count().alias("target_stated"),
    pl.col(euro).sum(), pl.col(euro).count().name.suffix("_stated"),
    pl.col("esf_support_sek").filter(both).sum().alias("above"),
    pl.col("total_budget_sek").filter(both).sum().alias("below"),
    pl.col("esf_support_sek").filter(paid).sum().alias("paid"),
    pl.col("planned_participants").filter(paid).sum().alias("people"),
]
groups = frame.group_by("region", "programme_area").agg(sums).sort("region", "programme_area")
groups = groups.collect()
total = groups.select(pl.exclude("region", "programme_area").sum())
table = pl.concat([groups, total], how="diagonal").with_columns(
    share=pl.col("above") / pl.col("below"), per_participant=pl.col("paid") / pl.col("people")
)
table.write_csv(sys.stdout)
"""
PEAK = """
import re, runpy, sys, atexit
def peak():
    status = open("/proc/self/status").read()
    print(re.search("VmHWM:.*", status)[0], file=sys.stderr)
atexit.register(peak)
from esfkit.cli import main
main()
"""


def records(count: int) -> pl.DataFrame:
    """Return so many synthetic records, each of another project."""
    place = pl.int_range(count)
    drawn = {
        "record_id": pl.format("esf:2016/{}", place),
        "kind": pl.lit("project"),
        "region": place.hash(1).mod(len(REGIONS)).replace_strict(dict(enumerate(REGIONS))),
        "programme_period": pl.lit("2014-2020"),
        "programme_area": (place.hash(2) % 3 + 1).cast(pl.String),
        "total_budget_sek": (place.hash(3) % 30_000_000).cast(pl.Int64),
        "esf_support_sek": (place.hash(4) % 20_000_000).cast(pl.Int64),
        "planned_participants": pl.when(place % 3 > 0).then(place.hash(5) % 300),
        "source_path": pl.format("pages/{}.txt", place),
    }
    columns = [
        drawn.get(name, pl.lit(None)).cast(dtype).alias(name) for name, dtype in SCHEMA.items()
    ]
    return pl.select(place.alias("__place")).with_columns(columns).select(SCHEMA.names())


def timed(command: list[str]) -> tuple[float, str]:
    """Return the seconds that a whole process took, and what it printed."""
    start = time.perf_counter()
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return time.perf_counter() - start, done.stdout


def sums(printed: str) -> set[tuple[str, ...]]:
    """Return region, area and the three sums of each group."""
    rows = list(csv.DictReader(io.StringIO(printed)))
    names = ("total_budget_sek", "esf_support_sek", "planned_participants")
    return {
        (row["region"], row["programme_area"], *(row[name] for name in names))
        for row in rows
        if row["region"] != "Total"
    }


def main() -> None:
    """Print the ratio of both, and the peak."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else USUAL
    with tempfile.TemporaryDirectory() as folder:
        path = str(Path(folder, "records.parquet"))
        records(count).write_parquet(path, compression="zstd")
        ours = [sys.executable, "-m", "esfkit", "summary", path]
        ours += ["--by", "region,programme_area", "--format", "csv"]
        bare = [sys.executable, "-c", BARE, path]
        same = [sys.executable, "-c", SAME, path]
        groups = sums(timed(ours)[1])
        if groups != sums(timed(bare)[1]) or not groups <= sums(timed(same)[1]):
            raise SystemExit("They disagree: no figure.")
        rounds = [[timed(each)[0] for each in (ours, bare, same)] for _ in range(ROUNDS)]
        peak = subprocess.run(
            [sys.executable, "-c", PEAK, *ours[3:]], check=True, capture_output=True, text=True
        )
        mine, *peers = (statistics.median(side) for side in zip(*rounds, strict=True))
        print(f"{count} records: {mine:.2f} s; {peak.stderr.strip()}")
        for place, name in enumerate(("three sums", "the same figures")):
            ratio = statistics.median(each[0] / each[place + 1] for each in rounds)
            print(f"  against a script for {name}: {peers[place]:.2f} s, {ratio:.2f} x")


if __name__ == "__main__":
    main()
