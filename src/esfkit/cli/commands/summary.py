"""``esfkit summary``: sums by group, each beside how many records back it."""

from typing import Annotated, Final

import typer

from esfkit.cli.figures.asking import Bars, Edges, Euro, SharesOf, whole_of
from esfkit.cli.options import (
    LARGEST,
    AllObservations,
    Data,
    Format,
    Kinds,
    Lang,
    LangOption,
    Output,
    Personal,
    Where,
    known_kinds,
    language_of,
    parts,
)

By = Annotated[
    str,
    typer.Option(
        "--by",
        metavar="KEY,...",
        show_default=False,
        help="What to group by, such as region,programme_area or start_year; without it "
        "one row over everything.",
    ),
]
Measures = Annotated[
    list[str] | None,
    typer.Option(
        "--measures",
        metavar="MEASURE,...",
        show_default=False,
        help="What to show: budget, support, share, participants, women, men, "
        "support_per_participant, ..., and behind a point how the projects' own figures "
        "are spread: support.median, budget.quartiles. `esfkit help measures` has all.",
    ),
]
Sort = Annotated[
    str | None,
    typer.Option(
        "--sort",
        metavar="[-]COLUMN,...",
        show_default=False,
        help="Sort the groups by these columns or measures; - before one turns its order "
        "round: -support.",
    ),
]
Top = Annotated[
    int | None,
    typer.Option(
        "--top",
        min=1,
        max=LARGEST,
        metavar="N",
        show_default=False,
        help="At most N groups; without --sort the heaviest by the first measure.",
    ),
]
Other = Annotated[
    bool, typer.Option("--other", help="Add the groups after the first N up in one row.")
]
MinProjects = Annotated[
    int,
    typer.Option(
        "--min-projects",
        min=0,
        max=LARGEST,
        metavar="N",
        show_default=False,
        help="Show no group of fewer projects on its own: such groups are added up in one "
        "row, with the next smallest until it has N.",
    ),
]
Totals = Annotated[
    bool, typer.Option("--totals/--no-totals", help="Whether the last row is the total.")
]
Bounds = Annotated[
    bool,
    typer.Option(
        "--bounds",
        help="Beside each sum the lowest and the highest that findings and several "
        "observations of a record allow.",
    ),
]
RequireCoverage = Annotated[
    float | None,
    typer.Option(
        "--require-coverage",
        min=0,
        max=1,
        metavar="SHARE",
        show_default=False,
        help="Exit with 1 and name the groups if fewer than this share of a group's "
        "projects state a figure, such as 0.95.",
    ),
]
Deciding = Annotated[
    int | None,
    typer.Option(
        "--deciding",
        min=1,
        max=LARGEST,
        metavar="N",
        show_default=False,
        help="Instead: the N records that weigh most in each group, by the first measure "
        "that adds up.",
    ),
]

EXAMPLES: Final = (
    "esfkit summary projects.parquet --by region",
    "esfkit summary pages/ --by programme_area --measures share,support.quartiles",
    "esfkit summary --by organisation --measures support --top 10 --other",
    "esfkit summary --by budget_class --edges budget_class=1m/5m/20m --bars",
    "cat pages/*.txt | esfkit ingest - | esfkit summary - --by start_year",
)
"""Shown below the help."""


def command(
    data: Data = None,
    *,
    by: By = "",
    measures: Measures = None,
    where: Where = None,
    kind: Kinds = None,
    edges: Edges = None,
    sort: Sort = None,
    top: Top = None,
    other: Other = False,
    min_projects: MinProjects = 0,
    totals: Totals = True,
    shares_of: SharesOf = None,
    eur: Euro = None,
    bounds: Bounds = False,
    require_coverage: RequireCoverage = None,
    deciding: Deciding = None,
    bars: Bars = False,
    format_: Format = None,
    output: Output = None,
    lang: LangOption = Lang.EN,
    all_observations: AllObservations = False,
    personal_data: Personal = False,
) -> None:
    """Count records, money and participants by group, with totals.

    Each sum stands beside the number of records that state the figure. Only projects
    are counted unless --kind says otherwise, and each of them once.
    """
    from dataclasses import replace

    from esfkit.analysis.figures.money import read_conversion
    from esfkit.analysis.grouping.arrangement import Arrangement
    from esfkit.analysis.grouping.classes import read_edges
    from esfkit.analysis.grouping.groups import question
    from esfkit.cli.data import load_all
    from esfkit.cli.figures.backing import give_deciding
    from esfkit.cli.figures.summaries import give_summary
    from esfkit.cli.results import way_out
    from esfkit.model.errors import BadRequest
    from esfkit.output.personal import withhold_names

    way = way_out(format_, output, language_of(lang))
    conversion = None if eur is None else read_conversion(eur)
    asked = question(parts(by), parts(measures), known_kinds(kind) or ["project"], conversion)
    asked = replace(
        asked,
        edges=read_edges(edges or (), asked.keys),
        bounds=bounds,
        all_observations=all_observations,
    )
    wish = Arrangement(
        sort=tuple(parts(sort)),
        top=top,
        other=other,
        min_projects=min_projects,
        shares_of=whole_of(shares_of),
        totals=totals,
    )
    loaded = load_all(data, where, personal=personal_data, written=[way.output])
    named = [*asked.keys, *(("title", "owner_name") if deciding is not None else ())]
    frame = withhold_names(
        loaded.records, named, personal=personal_data, everyone=loaded.everyone
    )
    if deciding is not None:
        if wish != Arrangement() or bounds or bars or require_coverage is not None:
            raise BadRequest(
                "--deciding lists records and no groups. Give it with --by, --measures, --eur "
                "and what chooses records alone."
            )
        give_deciding(frame, asked, deciding, way)
        return
    give_summary(frame, asked, wish, way, bars=bars, least=require_coverage)
