"""``esfkit list``: the records themselves."""

from typing import Annotated, Final

import typer

from esfkit.cli.options import (
    Columns,
    Data,
    Format,
    Kinds,
    Lang,
    LangOption,
    Limit,
    Output,
    Personal,
    Where,
    language_of,
    parts,
)

USUAL_COLUMNS: Final = (
    "record_id",
    "title",
    "owner_name",
    "region",
    "period_start",
    "total_budget_sek",
    "esf_support_sek",
    "planned_participants",
)

Sort = Annotated[
    str | None,
    typer.Option(
        "--sort",
        metavar="[-]COLUMN,...",
        show_default=False,
        help="Sort by these columns; - before one turns its order round.",
    ),
]

EXAMPLES: Final = (
    "esfkit list projects.parquet --sort -esf_support_sek --limit 10",
    "esfkit list --where \"region == 'Stockholm'\" --columns record_id,title",
)
"""Shown below the help."""


def command(
    data: Data = None,
    *,
    where: Where = None,
    kind: Kinds = None,
    columns: Columns = None,
    sort: Sort = None,
    limit: Limit = None,
    format_: Format = None,
    output: Output = None,
    lang: LangOption = Lang.EN,
    personal_data: Personal = False,
) -> None:
    """List the records, one row each."""
    from esfkit.cli.data import known_kinds, load
    from esfkit.cli.giving import give
    from esfkit.cli.results import Result, way_out
    from esfkit.cli.sorting import cut_and_sorted
    from esfkit.dataset.columns import SCHEMA, require_columns
    from esfkit.dataset.dictionary import headings
    from esfkit.output.personal import choose_columns

    way = way_out(format_, output, language_of(lang))
    wanted = parts(columns) or list(USUAL_COLUMNS)
    require_columns(wanted, SCHEMA.names())
    rows = cut_and_sorted(load(data, where, known_kinds(kind)), parts(sort), limit)
    table = choose_columns(rows, wanted, personal=personal_data)
    give(Result(table=table, headings=headings(way.language)), way)
