"""Datasets brought up to date in this process, without the command line."""

from collections.abc import Sequence
from pathlib import Path

from esfkit.dataset.frame import to_frame
from esfkit.dataset.history import as_metadata
from esfkit.model.record import Record
from esfkit.output.atomic import write_whole
from esfkit.output.parquet import write_parquet
from esfkit.pipeline import Account, Rejected
from esfkit.pipeline.job import Job, job_of
from esfkit.pipeline.receipts import rules_hash
from esfkit.pipeline.run import Run, outcomes
from esfkit.pipeline.updates.planning import Plan, Wish, plan_update, read_before
from esfkit.pipeline.updates.renewing import Updated, updated


def brought_up_to_date(
    data: Path, *sources: Path | str, rules: str | None = None, job: Job | None = None
) -> tuple[Updated, Plan]:
    """Update the dataset and return what it holds now, and what had to be read."""
    job = job or job_of()
    names = [str(source) for source in sources]
    plan = plan_update(read_before(data), Wish(tuple(names), rules or rules_hash(job)))
    found: Sequence[Record | Rejected] = list(
        outcomes(names, Run(job, entries=plan.entries), Account())
    )
    records = [each for each in found if isinstance(each, Record)]
    rejected = [each for each in found if isinstance(each, Rejected)]
    now = updated(plan, to_frame(records), rejected)
    metadata = as_metadata(now.history, now.files)
    write_whole(data, lambda stream: write_parquet(now.rows, stream, history=metadata))
    return now, plan


def counts_of(now: Updated) -> dict[str, int]:
    """Return the counts of the last ingest that are not zero."""
    return {name: count for name, count in now.history.ingests[-1].counts.items() if count}
