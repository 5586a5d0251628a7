"""``esfkit labels``: what is printed like a label and is not known as one."""

from enum import StrEnum
from typing import Annotated, Final

import typer

from esfkit.cli.options import Format, Limit, Output, Personal


class Action(StrEnum):
    """What can be done with labels."""

    SUGGEST = "suggest"


Asked = Annotated[
    Action, typer.Argument(help="suggest: rows for labels.csv from labels that are not known.")
]
Sources = Annotated[
    list[str],
    typer.Argument(
        metavar="DATA|PAGE",
        show_default=False,
        help="Datasets, texts, or folders of texts. Texts tell more: a dataset keeps only "
        "lines of pages that gave a record.",
    ),
]

EXAMPLES: Final = (
    "esfkit labels suggest pages/",
    "esfkit labels suggest pages/ -o new-labels.csv",
)
"""Shown below the help."""


def command(
    action: Asked,
    sources: Sources,
    *,
    personal_data: Personal = False,
    limit: Limit = None,
    format_: Format = None,
    output: Output = None,
) -> None:
    """Propose rows that teach labels which are not known.

    They are rows of labels.csv for what is printed like a label, the most frequent
    first, each with where it stands. A field is proposed where the shape of the values
    and the words agree on one; fill in the others, or remove them. Give field not_kept
    to labels whose values no column keeps.
    """
    from esfkit.cli.giving import give
    from esfkit.cli.results import way_out
    from esfkit.cli.sparing import keep_apart
    from esfkit.cli.teaching.labels import suggestions_result

    match action:
        case Action.SUGGEST:
            way = way_out(format_, output)
            keep_apart(sources, way.output)
            give(suggestions_result(sources, limit, personal=personal_data), way)
