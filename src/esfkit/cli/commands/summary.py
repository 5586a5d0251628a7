"""``esfkit summary``: sums by group, each beside how many records back it."""

from typing import Annotated, Final

import typer

from esfkit.cli.options import (
    AllObservations,
    Data,
    Format,
    Kinds,
    Lang,
    LangOption,
    Output,
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

EXAMPLES: Final = (
    "esfkit summary projects.parquet --by region",
    "esfkit summary pages/ --by programme_period,programme_area --format csv",
    "cat pages/*.txt | esfkit ingest - | esfkit summary - --by start_year",
)
"""Shown below the help."""


def command(
    data: Data = None,
    *,
    by: By = "",
    where: Where = None,
    kind: Kinds = None,
    format_: Format = None,
    output: Output = None,
    lang: LangOption = Lang.EN,
    all_observations: AllObservations = False,
) -> None:
    """Count records, money and participants by group, with totals.

    Each sum stands beside the number of records that state the figure. Only projects
    are counted unless --kind says otherwise, and each of them once.
    """
    from esfkit.analysis.keys import named_keys
    from esfkit.analysis.summary import summary as summarised
    from esfkit.cli.data import load
    from esfkit.cli.giving import give
    from esfkit.cli.results import way_out
    from esfkit.cli.summaries import result_of

    way = way_out(format_, output, language_of(lang))
    keys = named_keys(parts(by))
    kinds = known_kinds(kind) or ["project"]
    frame = load(data, where)
    figures = summarised(frame, keys, kinds, all_observations=all_observations)
    give(result_of(figures, frame, kinds, way.language), way)
