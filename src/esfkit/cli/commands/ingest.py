"""``esfkit ingest``: texts to a dataset."""

from pathlib import Path
from typing import Annotated, Final

import typer

from esfkit.cli.options import Kinds

Sources = Annotated[
    list[str],
    typer.Argument(
        metavar="SOURCE",
        show_default=False,
        help="Files, folders with all below them, patterns such as 'pages/**/*.html', or - "
        "for standard input.",
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
Quiet = Annotated[
    bool, typer.Option("--quiet", "-q", help="No progress, account or warnings on stderr.")
]
Verbose = Annotated[
    bool, typer.Option("--verbose", "-v", help="The account also where it would be left out.")
]

EXAMPLES: Final = (
    "esfkit ingest pages/ -o projects.parquet --rejects rejects.jsonl",
    "cat page-1.txt page-2.txt | esfkit ingest - | esfkit summary - --by region",
)
"""Shown below the help."""


def command(
    sources: Sources,
    *,
    output: Output = None,
    format_: Format = None,
    rejects: Rejects = None,
    kind: Kinds = None,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """Read texts and write a dataset, one row for each project or call.

    The dataset holds everything, contact persons included; `esfkit export` leaves
    personal data out.
    """
    from esfkit.cli.data import known_kinds
    from esfkit.cli.ingesting import Task, carry_out

    carry_out(
        Task(
            sources=sources,
            output=output,
            format=format_,
            rejects=rejects,
            kinds=known_kinds(kind),
            quiet=quiet,
            verbose=verbose,
        )
    )
