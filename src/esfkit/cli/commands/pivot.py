"""``esfkit pivot``: a cross-table of one measure, with totals on both edges."""

from typing import Annotated, Final

import typer

from esfkit.cli.figures.asking import Bars, Edges, Euro, SharesOf, whole_of
from esfkit.cli.options import (
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

Rows = Annotated[
    str, typer.Option("--rows", metavar="KEY,...", help="What goes down, such as region.")
]
Cols = Annotated[
    str, typer.Option("--cols", metavar="KEY,...", help="What goes across, such as start_year.")
]
Value = Annotated[
    str,
    typer.Option(
        "--value",
        metavar="MEASURE",
        help="What the cells show: projects, support, budget, participants, share, "
        "support.median, ... `esfkit help measures` has all.",
    ),
]
Bare = Annotated[
    bool,
    typer.Option(
        "--bare", help="Leave out how many of a cell's projects state the figure (n of N)."
    ),
]

EXAMPLES: Final = (
    "esfkit pivot projects.parquet --rows region --cols programme_area",
    "esfkit pivot --rows owner_type --cols start_year --value support --shares-of column",
    "esfkit pivot --rows region --cols programme_period --value share --format csv",
)
"""Shown below the help."""


def command(
    data: Data = None,
    *,
    rows: Rows,
    cols: Cols,
    value: Value = "support",
    where: Where = None,
    kind: Kinds = None,
    edges: Edges = None,
    shares_of: SharesOf = None,
    eur: Euro = None,
    bare: Bare = False,
    bars: Bars = False,
    format_: Format = None,
    output: Output = None,
    lang: LangOption = Lang.EN,
    all_observations: AllObservations = False,
    personal_data: Personal = False,
) -> None:
    """Cross two keys: one measure by rows and columns, with totals.

    A total counts each record once. Behind each column of figures stand n, how many
    projects state the figure, and N, how many the cell counts; at a terminal they stand
    in the cell where they differ.
    """
    from dataclasses import replace

    from esfkit.analysis.figures.money import read_conversion
    from esfkit.analysis.grouping.classes import read_edges
    from esfkit.analysis.grouping.groups import question
    from esfkit.analysis.reports.pivot import keys_down, pivoted
    from esfkit.cli.data import load_all
    from esfkit.cli.figures.pivots import result_of
    from esfkit.cli.giving import give
    from esfkit.cli.results import way_out
    from esfkit.output.personal import withhold_names

    way = way_out(format_, output, language_of(lang))
    conversion = None if eur is None else read_conversion(eur)
    across = parts(cols)
    down = keys_down(parts(rows), across)
    asked = question([*down, *across], [value], known_kinds(kind) or ["project"], conversion)
    asked = replace(
        asked,
        edges=read_edges(edges or (), asked.keys),
        all_observations=all_observations,
    )
    loaded = load_all(data, where, personal=personal_data, written=[way.output])
    frame = withhold_names(
        loaded.records, asked.keys, personal=personal_data, everyone=loaded.everyone
    )
    figures = pivoted(frame, down, asked, whole_of(shares_of))
    give(result_of(figures, frame, asked, way.language, bare=bare, bars=bars), way)
