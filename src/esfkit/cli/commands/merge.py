"""``esfkit merge``: one project from many observations, every one of which is kept."""

from pathlib import Path
from typing import Annotated, Final

import typer

from esfkit.cli.options import (
    Data,
    Kinds,
    Lang,
    LangOption,
    Output,
    Personal,
    Where,
    known_kinds,
    language_of,
)

Observations = Annotated[
    Path | None,
    typer.Option(
        "--observations",
        metavar="FILE",
        show_default=False,
        help="Where every row that was read is kept, untouched. Without it, "
        "OUT.observations with the suffix of OUT.",
    ),
]
Origins = Annotated[
    Path | None,
    typer.Option(
        "--origins",
        metavar="FILE",
        show_default=False,
        help="Where it stands which observation gave each field and which disagree: .csv, "
        ".jsonl, .parquet or .xlsx. Without it, OUT.origins.csv.",
    ),
]
Review = Annotated[
    Path | None,
    typer.Option(
        "--review",
        metavar="FILE.csv",
        show_default=False,
        help="Write the doubtful pairs there: fill in yes or no under same.",
    ),
]
Decisions = Annotated[
    Path | None,
    typer.Option(
        "--decisions",
        metavar="FILE.csv",
        show_default=False,
        help="A review file that has been filled in. An answer holds until one of the two "
        "texts changes.",
    ),
]
Precedence = Annotated[
    Path | None,
    typer.Option(
        "--precedence",
        metavar="FILE.csv",
        show_default=False,
        help="Whose word counts where observations disagree: columns rank and layout, with a "
        "row * for every other layout. Without it, the table in docs/merging.md.",
    ),
]

EXAMPLES: Final = (
    "esfkit merge pages.parquet list.parquet -o projects.parquet",
    "esfkit merge pages/ list.xlsx -o projects.parquet --review doubtful.csv",
    "esfkit merge pages/ list.xlsx -o projects.parquet --decisions doubtful.csv",
)
"""Shown below the help."""


def command(
    data: Data = None,
    *,
    output: Output = None,
    observations: Observations = None,
    origins: Origins = None,
    review: Review = None,
    decisions: Decisions = None,
    precedence: Precedence = None,
    where: Where = None,
    kind: Kinds = None,
    lang: LangOption = Lang.EN,
    personal_data: Personal = False,
) -> None:
    """Make one project of all observations of it.

    Observations are one project by their number; without one by title, owner and
    period. What is less than certain stays apart and goes to --review. OUT is a
    dataset like any other; every observation is kept beside it.
    """
    from esfkit.cli.comparing.merges import Wish, give_merged

    wish = Wish(
        data=data,
        output=output,
        observations=observations,
        origins=origins,
        review=review,
        decisions=decisions,
        precedence=precedence,
        where=where,
        kinds=known_kinds(kind),
        language=language_of(lang),
        personal=personal_data,
    )
    give_merged(wish)
