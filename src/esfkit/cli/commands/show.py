"""``esfkit show``: one record, every value with its source line."""

from typing import Annotated, Final

import typer

from esfkit.cli.options import (
    Data,
    Format,
    Lang,
    LangOption,
    Output,
    Personal,
    language_of,
)

Identity = Annotated[
    str,
    typer.Argument(
        metavar="ID",
        show_default=False,
        help="A record_id such as esf:2020/00322, or the project number alone.",
    ),
]

Proof = Annotated[
    bool,
    typer.Option(
        "--proof",
        help="Below each value its line of the source, the value marked in it; the source is "
        "read again where it still stands and is unchanged.",
    ),
]

EXAMPLES: Final = (
    "esfkit show esf:2020/00322 projects.parquet",
    "esfkit show 2020/00322 projects.parquet --proof",
    "esfkit show 2020/00322 examples/ --personal-data",
)
"""Shown below the help."""


def command(
    identity: Identity,
    data: Data = None,
    *,
    format_: Format = None,
    output: Output = None,
    lang: LangOption = Lang.EN,
    proof: Proof = False,
    personal_data: Personal = False,
) -> None:
    """Show one record, every value with its source line.

    A page for people, piped or not; --format csv or json gives a row for each value.
    """
    from esfkit.cli.data import load_all
    from esfkit.cli.giving import give
    from esfkit.cli.records.portrait import portrait_of
    from esfkit.cli.results import way_out

    form = format_ or (None if output else "table")
    way = way_out(form, output, language_of(lang))
    loaded = load_all(data, written=[way.output])
    shown = portrait_of(loaded, identity, way.language, personal=personal_data, proof=proof)
    give(shown, way)
