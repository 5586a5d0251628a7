"""``esfkit diff``: what changed between two datasets, or two ingests of one."""

from typing import Annotated, Final

import typer

from esfkit.cli.options import (
    AllObservations,
    Format,
    Kinds,
    Lang,
    LangOption,
    Output,
    Personal,
    known_kinds,
    language_of,
    parts,
)

Old = Annotated[
    str,
    typer.Argument(
        metavar="OLD",
        show_default=False,
        help="The dataset before; or, without NEW, one that `esfkit ingest --update` keeps.",
    ),
]
New = Annotated[
    str | None,
    typer.Argument(metavar="NEW", show_default=False, help="The dataset after."),
]
From = Annotated[
    int | None,
    typer.Option(
        "--from",
        metavar="N",
        min=1,
        show_default=False,
        help="Of one dataset: as it was after ingest N. Without it: the last but one.",
    ),
]
To = Annotated[
    int | None,
    typer.Option(
        "--to",
        metavar="N",
        min=1,
        show_default=False,
        help="And as it was after this ingest. Without it: the last.",
    ),
]
Ingests = Annotated[
    bool, typer.Option("--ingests", help="Instead: list the ingests of one dataset.")
]
By = Annotated[
    str,
    typer.Option(
        "--by",
        metavar="KEY,...",
        show_default=False,
        help="Instead: the money of each group before and after, such as region or "
        "programme_area.",
    ),
]
FailOnChange = Annotated[
    bool, typer.Option("--fail-on-change", help="Exit with 1 if anything changed.")
]

EXAMPLES: Final = (
    "esfkit diff projects.parquet",
    "esfkit diff projects.parquet --from 1 --to 3 --by region",
    "esfkit diff spring.parquet autumn.parquet --format csv -o changes.csv",
)
"""Shown below the help."""


def command(
    old: Old,
    new: New = None,
    *,
    from_: From = None,
    to: To = None,
    ingests: Ingests = False,
    by: By = "",
    kind: Kinds = None,
    fail_on_change: FailOnChange = False,
    format_: Format = None,
    output: Output = None,
    lang: LangOption = Lang.EN,
    all_observations: AllObservations = False,
    personal_data: Personal = False,
) -> None:
    """Tell what is new, gone or changed between two datasets.

    Or between two ingests of one. Each value stands before and after, with the cause:
    the source changed, or the same text was read otherwise (by the rules of another
    version).
    """
    from esfkit.analysis.changes.compare import compared, differences
    from esfkit.analysis.grouping.keys import named_keys
    from esfkit.cli.comparing.changes import result_of
    from esfkit.cli.comparing.moments import everyone_named, ingests_of, sides_named
    from esfkit.cli.comparing.moved import Asked, money_of
    from esfkit.cli.comparing.withholding import withheld_sides
    from esfkit.cli.giving import give
    from esfkit.cli.results import way_out
    from esfkit.cli.sparing import keep_apart
    from esfkit.model.errors import BadRequest

    way = way_out(format_, output, language_of(lang))
    keep_apart([old, *([] if new is None else [new])], way.output)
    kinds, keys = known_kinds(kind), named_keys(parts(by))
    if new is not None and (from_ is not None or to is not None or ingests):
        raise BadRequest("--from, --to and --ingests are about one dataset. Leave NEW out.")
    if all_observations and not keys:
        raise BadRequest("--all-observations is about --by: else each is told of anyway.")
    if ingests:
        give(ingests_of(old, way.language), way)
        return
    sides = sides_named(old, new, from_, to)
    found = differences(sides)
    everyone = None if personal_data else everyone_named(old, new)
    sides, found = withheld_sides(sides, found, everyone)
    table = compared(sides, found, kinds)
    give(
        money_of(sides, found, Asked(keys, kinds, all_observations), way.language)
        if keys
        else result_of(table, way, personal=personal_data),
        way,
    )
    if fail_on_change and table.height:
        raise typer.Exit(1)
