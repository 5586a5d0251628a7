"""``esfkit timeline``: records, money and participants by year, quarter or month."""

from typing import Annotated, Final

import typer

from esfkit.cli.figures.asking import Bars, Euro
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

Every = Annotated[
    str,
    typer.Option("--every", metavar="SPAN", help="How long a row is: year, quarter or month."),
]
At = Annotated[
    str,
    typer.Option(
        "--at",
        metavar="WHERE",
        help="days: spread each figure over the days of the project period; start: let it "
        "stand whole where the project starts.",
    ),
]
By = Annotated[
    str,
    typer.Option(
        "--by",
        metavar="KEY,...",
        show_default=False,
        help="One timeline for each, such as region or programme_area.",
    ),
]
EXAMPLES: Final = (
    "esfkit timeline projects.parquet",
    "esfkit timeline projects.parquet --every quarter --by region --format csv",
    "esfkit timeline projects.parquet --at start --eur avg --bars",
)
"""Shown below the help."""


def command(
    data: Data = None,
    *,
    every: Every = "year",
    at: At = "days",
    by: By = "",
    where: Where = None,
    kind: Kinds = None,
    eur: Euro = None,
    bars: Bars = False,
    format_: Format = None,
    output: Output = None,
    lang: LangOption = Lang.EN,
    all_observations: AllObservations = False,
    personal_data: Personal = False,
) -> None:
    """Count records, money and participants by year, quarter or month.

    Each figure is spread over the days of the project period, in whole kronor that add
    up to it. What states no period has a row of its own, so the rows add up to the total.
    """
    from esfkit.analysis.figures.money import read_conversion
    from esfkit.analysis.time.timeline import at_of, every_of, timeline, timeline_keys
    from esfkit.cli.data import load_all
    from esfkit.cli.figures.timelines import result_of
    from esfkit.cli.giving import give
    from esfkit.cli.results import way_out
    from esfkit.output.personal import withhold_names

    way = way_out(format_, output, language_of(lang))
    span, place, keys = every_of(every), at_of(at), timeline_keys(parts(by))
    conversion = None if eur is None else read_conversion(eur)
    kinds = known_kinds(kind) or ["project"]
    loaded = load_all(data, where, personal=personal_data, written=[way.output])
    frame = withhold_names(
        loaded.records, keys, personal=personal_data, everyone=loaded.everyone
    )
    figures = timeline(
        frame,
        span,
        place,
        keys,
        kinds,
        all_observations=all_observations,
        conversion=conversion,
    )
    give(result_of(figures, frame, way.language, bars=bars), way)
