"""``esfkit ingest``: texts to a dataset."""

from pathlib import Path
from typing import Annotated, Final

import typer

from esfkit.cli.options import known_kinds

Sources = Annotated[
    list[str],
    typer.Argument(
        metavar="SOURCE",
        show_default=False,
        help="Files, folders with all below them, patterns such as 'pages/**/*.html', or - "
        "for standard input. Pages as text or HTML; crawls as JSONL, Parquet, CSV, WARC or "
        "WET; official lists as .xlsx or .csv; all of it compressed or in archives.",
    ),
]
Output = Annotated[
    Path | None,
    typer.Option(
        "--output",
        "-o",
        metavar="FILE",
        show_default=False,
        help="The dataset: .parquet, .jsonl or .csv. Without it: JSONL to standard output "
        "when piped, projects.parquet here at a terminal.",
    ),
]
Format = Annotated[
    str | None,
    typer.Option(
        "--format",
        metavar="FORMAT",
        show_default=False,
        help="parquet, jsonl or csv, whatever the suffix of -o.",
    ),
]
Rejects = Annotated[
    Path | None,
    typer.Option(
        "--rejects",
        metavar="FILE",
        show_default=False,
        help="Write every document that gave no record there, as JSONL: the reason and the "
        "layout that came nearest.",
    ),
]
AccountFile = Annotated[
    Path | None,
    typer.Option(
        "--account",
        metavar="FILE",
        show_default=False,
        help="Write the counts there as JSON: seen, screened, parsed, records, bytes.",
    ),
]
Kinds = Annotated[
    str | None,
    typer.Option(
        "--kind",
        metavar="KIND,...",
        show_default=False,
        help="Only records of these kinds: project, call, practice. From crawls, project "
        "and call are taken if nothing is said.",
    ),
]
TextFields = Annotated[
    list[str] | None,
    typer.Option(
        "--text-field",
        metavar="NAME",
        show_default=False,
        help="The field or column of a crawl that holds the page, if it is none of the "
        "usual: text, content, body, html and their like. page.text is text within page.",
    ),
]
UrlFields = Annotated[
    list[str] | None,
    typer.Option(
        "--url-field",
        metavar="NAME",
        show_default=False,
        help="The one that holds its address, if it is none of the usual.",
    ),
]
NoSieve = Annotated[
    bool,
    typer.Option(
        "--no-sieve",
        help="Parse every page of a crawl, also those without any word that a project's "
        "page must have. The records are the same, and it takes far longer.",
    ),
]
SampleRejects = Annotated[
    int,
    typer.Option(
        "--sample-rejects",
        metavar="N",
        min=0,
        show_default=False,
        help="Also write N pages that the sieve dropped, drawn by lot, to the file of "
        "--rejects, with the first of their text.",
    ),
]
Seed = Annotated[int, typer.Option("--seed", metavar="N", help="What that lot hangs on.")]
ReceiptsFolder = Annotated[
    Path | None,
    typer.Option(
        "--receipts",
        metavar="FOLDER",
        show_default=False,
        help="Keep what was done with each part of the sources there. Run the same command "
        "again, and what was done is not done anew; `esfkit receipts verify FOLDER` proves it.",
    ),
]
Update = Annotated[
    bool,
    typer.Option(
        "--update",
        help="Take up the Parquet dataset of -o again, or begin one with a history: files "
        "that did not change are not read, changed texts become new observations, and what "
        "is gone is marked. `esfkit diff` tells what changed.",
    ),
]
Date = Annotated[
    str | None,
    typer.Option(
        "--date",
        metavar="YYYY-MM-DD",
        show_default=False,
        help="The date that the history of --update is to note; no clock is read.",
    ),
]
AllGone = Annotated[
    bool,
    typer.Option(
        "--all-gone",
        help="Let --update mark all documents of a source as gone. Without this it refuses to: "
        "a disk that is not there looks the same.",
    ),
]
Workers = Annotated[
    int | None,
    typer.Option(
        "--workers",
        metavar="N",
        min=0,
        max=512,
        show_default=False,
        help="Processes at work; 0 is this one alone. Without it: what the size of the "
        "sources and the machine suggest.",
    ),
]
EngineName = Annotated[
    str,
    typer.Option("--engine", metavar="NAME", help="Who works: local or dask, a cluster."),
]
Scheduler = Annotated[
    str | None,
    typer.Option(
        "--scheduler",
        metavar="ADDRESS",
        show_default=False,
        help="Of the cluster, as tcp://host:8786.",
    ),
]
LimitWords = Annotated[
    list[str] | None,
    typer.Option(
        "--limit",
        metavar="NAME=VALUE",
        show_default=False,
        help="Change what is refused: document_bytes, line_characters, page_tags, row_bytes, "
        "archive_members, archive_depth, unpacked_bytes, unpacked_ratio, ratio_free_bytes, "
        "held_bytes, json_depth, worker_bytes, worker_seconds. As row_bytes=64MiB.",
    ),
]
Quiet = Annotated[
    bool, typer.Option("--quiet", "-q", help="No progress, account or warnings on stderr.")
]
Verbose = Annotated[
    bool, typer.Option("--verbose", "-v", help="The account also where it would be left out.")
]

EXAMPLES: Final = (
    "esfkit ingest pages/ -o projects.parquet --rejects rejects.jsonl",
    "esfkit ingest crawl/*.jsonl.zst delivery.zip -o found.parquet --receipts done/",
    "esfkit ingest dump/ --update -o projects.parquet --date 2025-03-01",
    "cat page-1.txt page-2.txt | esfkit ingest - | esfkit summary - --by region",
)
"""Shown below the help."""


def command(
    sources: Sources,
    *,
    output: Output = None,
    format_: Format = None,
    rejects: Rejects = None,
    account: AccountFile = None,
    kind: Kinds = None,
    text_field: TextFields = None,
    url_field: UrlFields = None,
    no_sieve: NoSieve = False,
    sample_rejects: SampleRejects = 0,
    seed: Seed = 0,
    receipts: ReceiptsFolder = None,
    update: Update = False,
    date: Date = None,
    all_gone: AllGone = False,
    workers: Workers = None,
    engine: EngineName = "local",
    scheduler: Scheduler = None,
    limit: LimitWords = None,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """Read texts and write a dataset, one row for each project or call.

    The dataset holds everything, contact persons included; `esfkit export` leaves
    personal data out.
    """
    from esfkit.cli.ingestion.ingesting import Task, carry_out
    from esfkit.cli.ingestion.limiting import limits_of
    from esfkit.model.errors import BadRequest

    task = Task(
        sources=sources,
        output=output,
        format=format_,
        rejects=rejects,
        account=account,
        receipts=receipts,
        date=date,
        all_gone=all_gone,
        kinds=known_kinds(kind),
        text_fields=text_field or (),
        url_fields=url_field or (),
        limits=limits_of(limit),
        sieve=not no_sieve,
        sample=sample_rejects,
        seed=seed,
        engine=engine,
        workers=workers,
        scheduler=scheduler,
        quiet=quiet,
        verbose=verbose,
    )
    if update:
        from esfkit.cli.ingestion.updating import bring_up_to_date

        bring_up_to_date(task)
    elif date is not None:
        raise BadRequest("--date is noted in the history that --update keeps. Add --update.")
    elif all_gone:
        raise BadRequest("--all-gone is about what --update takes for gone. Add --update.")
    else:
        carry_out(task)
