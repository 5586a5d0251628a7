"""``esfkit export``: whole records in files for other programs."""

from typing import Annotated, Final

import typer

from esfkit.cli.options import (
    Columns,
    Data,
    Kinds,
    Lang,
    LangOption,
    Limit,
    Output,
    Personal,
    Where,
    known_kinds,
    language_of,
    parts,
)

As = Annotated[
    str | None,
    typer.Option(
        "--as",
        metavar="FORMAT",
        show_default=False,
        help="csv, csv-sv (opens rightly in Swedish Excel), tsv, json, jsonl, md or parquet. "
        "Without it: what the suffix of -o says, else CSV.",
    ),
]

EXAMPLES: Final = (
    "esfkit export projects.parquet --as csv-sv -o projects.csv",
    "esfkit export projects.parquet -o projects.jsonl --where \"kind == 'project'\"",
)
"""Shown below the help."""


def command(
    data: Data = None,
    *,
    as_: As = None,
    output: Output = None,
    where: Where = None,
    kind: Kinds = None,
    columns: Columns = None,
    limit: Limit = None,
    lang: LangOption = Lang.EN,
    personal_data: Personal = False,
) -> None:
    """Write records for other programs, without personal data.

    Contact persons, e-mail addresses and phone numbers stay behind unless
    --personal-data lets them out. Cells that a spreadsheet would take for a formula
    get a single quote before them. --lang sv puts Swedish headings into csv-sv and md;
    such a file is for people and cannot be read back.
    """
    from esfkit.cli.data import load
    from esfkit.cli.giving import give
    from esfkit.cli.results import Result, way_out
    from esfkit.cli.sorting import cut_and_sorted
    from esfkit.dataset.columns import SCHEMA, require_columns
    from esfkit.dataset.dictionary import headings
    from esfkit.output.personal import choose_columns, withhold

    way = way_out(as_ or (None if output else "csv"), output, language_of(lang))
    wanted = parts(columns)
    require_columns(wanted, SCHEMA.names())
    rows = cut_and_sorted(
        load(data, where, known_kinds(kind), personal=personal_data), (), limit
    )
    if wanted:
        table = choose_columns(rows, wanted, personal=personal_data)
    else:
        table = withhold(rows, personal=personal_data)
    give(Result(table=table, headings=headings(way.language)), way)
