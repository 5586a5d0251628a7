"""``esfkit list``: the records themselves."""

from typing import Annotated, Final

import typer

from esfkit.cli.options import (
    AllObservations,
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
    known_kinds,
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

_BLOCKS: Final = (
    ("record_id", "title", "owner_name", "region", "period_start"),
    ("title", "total_budget_sek", "esf_support_sek", "planned_participants"),
)
"""What stands below one another where the usual columns do not fit side by side."""

Sort = Annotated[
    str | None,
    typer.Option(
        "--sort",
        metavar="[-]COLUMN,...",
        show_default=False,
        help="Sort by these columns; - before one turns its order round.",
    ),
]

Search = Annotated[
    str | None,
    typer.Option(
        "--search",
        metavar="WORDS",
        show_default=False,
        help="Only records that hold all these words, inflected or in a compound, in title, "
        "summary or sections. '\"utrikes födda\"' is a phrase, -män must not occur. The last "
        "column tells where and what was found.",
    ),
]

_MATCHED: Final = {"sv": "Träffar", "en": "Matched"}

EXAMPLES: Final = (
    "esfkit list projects.parquet --sort -esf_support_sek --limit 10",
    "esfkit list --where \"region == 'Stockholm'\" --columns record_id,title",
    "esfkit list projects.parquet --search 'utrikes födda kvinnor'",
)
"""Shown below the help."""


def command(
    data: Data = None,
    *,
    where: Where = None,
    search: Search = None,
    kind: Kinds = None,
    columns: Columns = None,
    sort: Sort = None,
    limit: Limit = None,
    format_: Format = None,
    output: Output = None,
    lang: LangOption = Lang.EN,
    all_observations: AllObservations = False,
    personal_data: Personal = False,
) -> None:
    """List the records, one row each.

    Of a record that was read several times stands the observation that states most,
    as in a summary; --all-observations lists them all.
    """
    from esfkit.analysis.selection.observations import in_their_order
    from esfkit.analysis.selection.query import read_query
    from esfkit.analysis.selection.search import MATCHED
    from esfkit.analysis.selection.search import search as holding
    from esfkit.cli.data import load_all
    from esfkit.cli.giving import give
    from esfkit.cli.results import Result, left_out_note, way_out
    from esfkit.cli.sorting import cut_and_sorted, require_sortable
    from esfkit.dataset.columns import SCHEMA, require_columns
    from esfkit.dataset.dictionary import headings
    from esfkit.output.personal import choose_columns

    way = way_out(format_, output, language_of(lang))
    require_columns(wanted := parts(columns) or list(USUAL_COLUMNS), SCHEMA.names())
    require_sortable(parts(sort), personal=personal_data)
    if search is not None:
        read_query(search)  # refuses a mistake before anything is read
    loaded = load_all(
        data, where, known_kinds(kind), personal=personal_data, written=[way.output]
    )
    frame, left_out = loaded.records, 0
    if search is not None:
        frame = holding(frame, search)
    if not all_observations:
        frame, left_out = in_their_order(frame)
    rows = cut_and_sorted(frame, parts(sort), limit)
    found = [MATCHED] if search is not None else []
    table = choose_columns(
        rows, [*wanted, *found], personal=personal_data, everyone=loaded.everyone
    )
    notes = [left_out_note(left_out, way.language)] if left_out else []
    blocks = () if columns else (*_BLOCKS, *(("title", each) for each in found))
    names = headings(way.language) | {MATCHED: _MATCHED[way.language]}
    give(Result(table=table, headings=names, blocks=blocks, footnotes=notes), way)
