"""``esfkit reconcile``: a dataset against official lists or published totals."""

from enum import StrEnum
from typing import Annotated, Final

import typer

from esfkit.cli.options import (
    Data,
    Format,
    Lang,
    LangOption,
    Output,
    Where,
    language_of,
    parts,
)


class Part(StrEnum):
    """What can be shown."""

    PROJECTS = "projects"
    GROUPS = "groups"
    ESTIMATE = "estimate"


With = Annotated[
    list[str] | None,
    typer.Option(
        "--with",
        metavar="LIST|TOTALS",
        show_default=False,
        help="An official list (.csv, .xlsx), a dataset or texts; twice for two lists. Or a "
        "CSV file of published totals: period, region, area, measure, value, unit.",
    ),
]
By = Annotated[
    str,
    typer.Option("--by", metavar="KEY,...", help="What the groups are: programme_area,region."),
]
Tolerance = Annotated[
    str,
    typer.Option(
        "--tolerance",
        metavar="N|N%",
        help="How far money may lie apart: in kronor (of euro in euro), or as a share, which "
        "holds for participants too.",
    ),
]
Status = Annotated[
    str | None,
    typer.Option(
        "--status",
        metavar="STATUS,...",
        show_default=False,
        help="Only projects that are missing_here, missing_there, differing or matched.",
    ),
]
Show = Annotated[
    Part | None,
    typer.Option(
        "--show",
        show_default=False,
        help="One table: the projects, the groups, or the estimate of the projects that "
        "nobody holds. Without it: projects, and at a terminal a survey of all three.",
    ),
]

EXAMPLES: Final = (
    "esfkit reconcile projects.parquet --with esf-list.csv",
    "esfkit reconcile projects.parquet --with esf-list.xlsx --status missing_here -o gaps.csv",
    "esfkit reconcile projects.parquet --with list.csv --with kohesio.csv --show estimate",
    "esfkit reconcile projects.parquet --with totals.csv --tolerance 0.5%",
)
"""Shown below the help."""


def command(
    data: Data = None,
    *,
    with_: With = None,
    by: By = "programme_area,region",
    tolerance: Tolerance = "1",
    status: Status = None,
    show: Show = None,
    where: Where = None,
    format_: Format = None,
    output: Output = None,
    lang: LangOption = Lang.EN,
) -> None:
    """Tell what is missing here, missing there, and different.

    Projects are matched by number; without one by title, owner and period, where that is
    certain. What only looks alike is told as a perhaps and never counted. --where chooses
    among what was matched, by what either side states.
    """
    from esfkit.analysis.reconciling.differences import read_tolerance
    from esfkit.analysis.reconciling.sides import group_keys
    from esfkit.cli.comparing.reconciliations import (
        Reconciling,
        give_reconciled,
        known_statuses,
    )
    from esfkit.cli.results import way_out
    from esfkit.model.errors import BadRequest

    way = way_out(format_, output, language_of(lang))
    if not with_:
        raise BadRequest("Name what to reconcile with: --with LIST.csv or --with TOTALS.csv.")
    asked = Reconciling(
        keys=group_keys(parts(by)),
        tolerance=read_tolerance(tolerance),
        statuses=known_statuses(parts(status)),
        show=None if show is None else show.value,
        condition=where,
    )
    give_reconciled(data or (), with_, asked, way)
