"""``esfkit coverage``: how much of the texts was understood, and what was not."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated, Final

import typer

from esfkit.cli.options import (
    Data,
    Format,
    Kinds,
    Lang,
    LangOption,
    Output,
    Where,
    known_kinds,
    language_of,
)


class Part(StrEnum):
    """What can be shown."""

    LAYOUTS = "layouts"
    DOCUMENTS = "documents"
    LABELS = "labels"
    DRIFT = "drift"


Show = Annotated[
    Part | None,
    typer.Option(
        "--show",
        show_default=False,
        help="One table: claimed shares by layout, every document (the one least understood "
        "first), unknown lines like labels, or drift. Without it: layouts, and at a "
        "terminal labels and drift below them.",
    ),
]
Top = Annotated[
    int | None,
    typer.Option("--top", min=1, metavar="N", show_default=False, help="At most N rows."),
]
Baseline = Annotated[
    Path | None,
    typer.Option(
        "--baseline",
        metavar="FILE",
        show_default=False,
        help="Hold how often each layout's labels are met against this file.",
    ),
]
WriteBaseline = Annotated[
    Path | None,
    typer.Option(
        "--write-baseline",
        metavar="FILE",
        show_default=False,
        help="Keep how often each layout's labels are met, for a later --baseline.",
    ),
]
FailOnDrift = Annotated[
    bool,
    typer.Option("--fail-on-drift", help="Exit with 1 if a label has left its past band."),
]
MinDocuments = Annotated[
    int,
    typer.Option(
        "--min-documents",
        min=1,
        metavar="N",
        help="Say nothing of a layout with fewer documents, then or now.",
    ),
]

EXAMPLES: Final = (
    "esfkit coverage projects.parquet",
    "esfkit coverage projects.parquet --show labels --format csv -o unknown.csv",
    "esfkit coverage projects.parquet --write-baseline labels.json",
    "esfkit coverage new-pages/ --baseline labels.json --fail-on-drift",
)
"""Shown below the help."""


def command(
    data: Data = None,
    *,
    show: Show = None,
    top: Top = None,
    where: Where = None,
    kind: Kinds = None,
    baseline: Baseline = None,
    write_baseline: WriteBaseline = None,
    fail_on_drift: FailOnDrift = False,
    min_documents: MinDocuments = 20,
    format_: Format = None,
    output: Output = None,
    lang: LangOption = Lang.EN,
) -> None:
    """Tell how much of the texts was understood, and what was not.

    Lines like labels that nothing accounts for are ranked by how many documents have
    them and beside how much money they stand. Every document counts, also several of one
    record.
    """
    from esfkit.cli.data import load_all
    from esfkit.cli.likeness import is_baseline
    from esfkit.cli.places import require_places
    from esfkit.cli.results import way_out
    from esfkit.cli.sparing import Target
    from esfkit.cli.surveys.baselines import read_baseline
    from esfkit.cli.surveys.coverages import Coverage, give_coverage
    from esfkit.model.errors import BadRequest

    way = way_out(format_, output, language_of(lang))
    if baseline is None and (fail_on_drift or show is Part.DRIFT):
        raise BadRequest(
            "Drift is told against what was before: --baseline FILE, which "
            "--write-baseline FILE makes."
        )
    past = None if baseline is None else read_baseline(baseline)
    require_places(write_baseline)
    written = (way.output, Target(write_baseline, is_baseline))
    loaded = load_all(data, where, known_kinds(kind), written=written)
    asked = Coverage(
        show=None if show is None else show.value,
        top=top,
        past=past,
        fewest=min_documents,
        kept_in=write_baseline,
    )
    if give_coverage(loaded, asked, way) and fail_on_drift:
        raise typer.Exit(1)
