"""``esfkit export``: whole records in files for other programs, and official lists."""

from pathlib import Path
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
from esfkit.cli.records.exporting import OFFICIAL_LISTS, PACKAGE, Asked, read_day

As = Annotated[
    str | None,
    typer.Option(
        "--as",
        metavar="FORMAT",
        show_default=False,
        help="Records: csv, csv-sv (opens rightly in Swedish Excel), tsv, json, jsonl, md, "
        "parquet, xlsx or datapackage. Official lists of projects: esf-list, art49, annex12 "
        "or kohesio. Without it: what the suffix of -o says, else CSV.",
    ),
]
ListFormat = Annotated[
    str | None,
    typer.Option(
        "--format",
        metavar="FORMAT",
        show_default=False,
        help="How an official list is written: csv, csv-sv, xlsx and so on. Without it: what "
        "the suffix of -o says, else CSV.",
    ),
]
Day = Annotated[
    str | None,
    typer.Option(
        "--date",
        metavar="YYYY-MM-DD",
        show_default=False,
        help="Printed as the day of the file: a list's last update, a package's creation.",
    ),
]
Euro = Annotated[
    str | None,
    typer.Option(
        "--eur",
        metavar="RATE",
        show_default=False,
        help="For kohesio, the exchange rate that stands beside kronor, which are not "
        "converted: avg for the average of the year in which each project starts, a year "
        "for its average, or kronor for a euro such as 10.5.",
    ),
]
Refused = Annotated[
    Path | None,
    typer.Option(
        "--refused",
        metavar="FILE",
        show_default=False,
        help="Write every project that an official list refuses there, as JSONL with the "
        "causes.",
    ),
]

EXAMPLES: Final = (
    "esfkit export projects.parquet --as csv-sv -o projects.csv",
    "esfkit export projects.parquet -o projects.jsonl --where \"kind == 'project'\"",
    "esfkit export projects.parquet --as art49 -o list.xlsx --date 2026-11-22",
    "esfkit export projects.parquet --as kohesio --eur avg -o kohesio.csv",
    "esfkit export projects.parquet --as datapackage -o package.zip",
)
"""Shown below the help."""


def command(
    data: Data = None,
    *,
    as_: As = None,
    output: Output = None,
    format_: ListFormat = None,
    where: Where = None,
    kind: Kinds = None,
    columns: Columns = None,
    limit: Limit = None,
    lang: LangOption = Lang.EN,
    personal_data: Personal = False,
    date: Day = None,
    eur: Euro = None,
    refused: Refused = None,
) -> None:
    """Write records for other programs, or official lists.

    Contact persons, e-mail addresses and phone numbers stay behind unless
    --personal-data lets them out. Cells that a spreadsheet would take for a formula
    get a single quote before them. --lang sv puts Swedish headings into csv-sv and md;
    such a file is for people and cannot be read back.

    An official list has one row a project. What no source states stays empty, and is
    listed on standard error together with the projects that the list refuses.
    """
    from esfkit.cli.records.publishing import give_list, give_package, give_records

    asked = Asked(
        data=data,
        name=as_,
        form=format_,
        output=output,
        where=where,
        kinds=known_kinds(kind),
        columns=parts(columns),
        limit=limit,
        language=language_of(lang),
        personal=personal_data,
        day=read_day(date),
        euro=eur,
        refused=refused,
    )
    if as_ in OFFICIAL_LISTS:
        give_list(asked, as_)
    elif as_ == PACKAGE:
        give_package(asked)
    else:
        give_records(asked)
