"""The options that ask for figures, shared by ``summary``, ``pivot`` and ``timeline``."""

from enum import StrEnum
from typing import Annotated, Literal

import typer


class Whole(StrEnum):
    """What figures can be shown as parts of."""

    ALL = "all"
    ROW = "row"
    COLUMN = "column"


Edges = Annotated[
    list[str] | None,
    typer.Option(
        "--edges",
        metavar="KEY=N/N/...",
        show_default=False,
        help="Where the classes of budget_class, support_class, participants_class or "
        "duration (months) begin: budget_class=1m/5m/20m. May be given several times.",
    ),
]
Euro = Annotated[
    str | None,
    typer.Option(
        "--eur",
        metavar="RATE",
        show_default=False,
        help="Kronor as euro: avg for the average rate of the year in which each project "
        "starts, a year for its average rate, or kronor for a euro such as 10.5. Without it "
        "kronor stay kronor.",
    ),
]
SharesOf = Annotated[
    Whole | None,
    typer.Option(
        "--shares-of",
        show_default=False,
        help="What adds up as parts: of all, of its row or of its column.",
    ),
]
Bars = Annotated[bool, typer.Option("--bars", help="Draw bars beside figures, in a table.")]


def whole_of(whole: Whole | None) -> Literal["all", "row", "column"] | None:
    """Return the whole in the form in which the other parts name it."""
    match whole:
        case None:
            return None
        case Whole.ALL:
            return "all"
        case Whole.ROW:
            return "row"
        case Whole.COLUMN:
            return "column"
