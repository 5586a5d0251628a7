"""A cross-table of one measure, with totals on both edges."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import polars as pl

from esfkit.analysis.figures.measures import Measure, stated_name
from esfkit.analysis.figures.sums import parts_of_wholes
from esfkit.analysis.grouping.arrangement import SHARES_OF, SharesOf
from esfkit.analysis.grouping.basis import Basis
from esfkit.analysis.grouping.groups import TOTAL, Question, counted, distinct_name, margin
from esfkit.analysis.grouping.keys import in_reading_order, named_keys
from esfkit.model.errors import BadRequest

MOST_COLUMNS: Final = 400
"""All 290 municipalities fit; a table of every owner is a mistake."""

_COUNTING: Final = "__counting"

NOT_STATED: Final = "(not stated)"


@dataclass(frozen=True, slots=True)
class Pivot:
    """A cross-table and what it rests on.

    Attributes:
        table: A row for each group of ``rows`` and the total as the last; a column for
            each group of ``cols`` and the total as the last.
        rows: The columns that name a row.
        columns: The names of the columns that hold figures, the total's last.
        heads: What those but the last stand for: their keys, one row each.
        measure: What the cells show.
        unit: What they are counted in; parts of a whole are a ``fraction``.
        basis: What was counted.
    """

    table: pl.DataFrame
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    heads: pl.DataFrame
    measure: Measure | None
    unit: str
    basis: Basis


def keys_down(rows: Sequence[str], cols: Sequence[str]) -> list[str]:
    """Return the keys of the rows, without a period that was asked for across.

    Beside an area or objective stands its period (:func:`named_keys`); where the columns
    are the periods it need not stand in the rows as well.

    Raises:
        BadRequest: A key does not exist.
    """
    return [key for key in named_keys(rows) if key not in cols]


def pivoted(
    frame: pl.LazyFrame | pl.DataFrame,
    rows: Sequence[str],
    asked: Question,
    shares_of: SharesOf | None = None,
) -> Pivot:
    """Return a cross-table: the keys of ``rows`` down, the other keys across.

    Behind each column of figures stand ``<column>_stated``, the number of records that
    the figure rests on, and ``<column>_projects``, how many there are whose figures count
    there: a record in several places has its figures in the totals alone. Where the cells
    count projects neither is needed. A cell without projects has null as its figure.
    The totals count each record once, also where it stands in several places.

    Args:
        frame: The dataset.
        rows: Those of the question's keys that go down; the others go across.
        asked: The question, with one measure or, to count projects, none.
        shares_of: Cells as parts of the total of their row, their column or of all;
            only for measures that add up.

    Raises:
        BadRequest: There are no keys across, too many columns, several measures, or one
            that does not add up is to be shared out.
        InputRefused: The dataset is damaged, or a sum is too large to be true.
    """
    across = [key for key in asked.keys if key not in rows]
    down = [key for key in asked.keys if key in rows]
    measure = next(iter(asked.measures), None)
    _check(down, across, asked.measures, shares_of)
    found = counted(frame, asked)
    cells = margin(found.rows, asked, [*down, *across])
    heads = in_reading_order(cells.select(across).unique(maintain_order=True), across)
    if heads.height > MOST_COLUMNS:
        raise BadRequest(
            f"{' and '.join(across)} would make {heads.height} columns; {MOST_COLUMNS} are "
            "allowed. Turn rows and columns round, or take fewer records with --where."
        )
    margins = _Margins(
        cells=cells,
        downs=margin(found.rows, asked, down),
        across=margin(found.rows, asked, across),
        all=margin(found.rows, asked, []),
    )
    layout = _Layout(tuple(down), tuple(across), measure, shares_of)
    table, columns = _put_together(margins, heads, layout)
    return Pivot(
        table=table,
        rows=tuple(down),
        columns=columns,
        heads=heads,
        measure=measure,
        unit=layout.unit,
        basis=found.basis,
    )


def _check(
    down: Sequence[str],
    across: Sequence[str],
    measures: Sequence[Measure],
    shares_of: SharesOf | None,
) -> None:
    if not down or not across:
        raise BadRequest("A cross-table needs a key for its rows and another for its columns.")
    if len(measures) > 1:
        several = " and ".join(measure.name for measure in measures)
        raise BadRequest(f"A cross-table shows one measure, and not {several}.")
    if shares_of not in (None, *SHARES_OF):
        raise BadRequest(
            f"There are no shares of {shares_of!r}, only of {', '.join(SHARES_OF)}."
        )
    if shares_of and measures and not measures[0].adds_up:
        raise BadRequest(
            f"{measures[0].name} does not add up to a total, so there are no shares of it."
        )


@dataclass(frozen=True, slots=True)
class _Margins:
    """The figures of the cells, and those of both edges."""

    cells: pl.DataFrame
    downs: pl.DataFrame
    across: pl.DataFrame
    all: pl.DataFrame


@dataclass(frozen=True, slots=True)
class _Layout:
    """What stands where."""

    down: tuple[str, ...]
    across: tuple[str, ...]
    measure: Measure | None
    shares_of: SharesOf | None

    @property
    def figure(self) -> str:
        return "projects" if self.measure is None else self.measure.name

    @property
    def unit(self) -> str:
        if self.shares_of is not None:
            return "fraction"
        return "projects" if self.measure is None else self.measure.figure.unit

    @property
    def backing(self) -> list[tuple[str, str]]:
        """What stands behind each figure: its source, and the end of its column's name."""
        if self.measure is None:
            return []
        return [(stated_name(self.figure), "_stated"), (_COUNTING, "_projects")]


def _put_together(
    margins: _Margins, heads: pl.DataFrame, layout: _Layout
) -> tuple[pl.DataFrame, tuple[str, ...]]:
    names = _names(heads, layout.down)
    labels = _row_labels(margins.downs, layout.down)
    columns: list[pl.Series] = labels.get_columns()
    whole = _column(margins.downs, margins.all, layout)
    for name, head in zip(names[:-1], heads.iter_rows(), strict=True):
        chosen = [pl.col(k).eq_missing(v) for k, v in zip(layout.across, head, strict=True)]
        cells = margins.downs.select(layout.down).join(
            margins.cells.filter(chosen),
            on=list(layout.down),
            how="left",
            nulls_equal=True,
            maintain_order="left",
        )
        columns += _shown(
            name, _column(cells, margins.across.filter(chosen), layout), whole, layout
        )
    columns += _shown(names[-1], whole, whole, layout)
    return pl.DataFrame(columns), tuple(names)


def _column(cells: pl.DataFrame, total: pl.DataFrame, layout: _Layout) -> pl.DataFrame:
    """Return a column's figure and its backing, one row for each row of the table."""
    counting = pl.col("projects") - pl.col("projects_elsewhere_too")
    wanted = [layout.figure, *(source for source, _ in layout.backing)]
    both = [each.with_columns(counting.alias(_COUNTING)) for each in (cells, total)]
    return pl.concat([each.select(wanted) for each in both])


def _shown(
    name: str, column: pl.DataFrame, whole: pl.DataFrame, layout: _Layout
) -> list[pl.Series]:
    figure = column[layout.figure]
    if layout.shares_of is not None:
        figure = _parts(figure, whole[layout.figure], layout.shares_of)
    elif layout.measure is None:
        figure = figure.fill_null(0)
    backing = [
        column[source].fill_null(0).alias(f"{name}{end}") for source, end in layout.backing
    ]
    return [figure.alias(name), *backing]


def _parts(figure: pl.Series, row_totals: pl.Series, shares_of: SharesOf) -> pl.Series:
    if shares_of == "row":
        wholes = row_totals
    else:
        last = figure[-1:] if shares_of == "column" else row_totals[-1:]
        wholes = last.new_from_index(0, figure.len())
    return parts_of_wholes(figure, wholes)


def _row_labels(downs: pl.DataFrame, down: Sequence[str]) -> pl.DataFrame:
    total = distinct_name(TOTAL, downs[down[0]])
    last = pl.DataFrame({key: [total if key == down[0] else ""] for key in down})
    return pl.concat([downs.select(down), last])


def _names(heads: pl.DataFrame, down: Sequence[str]) -> list[str]:
    """Return what the columns of figures are called, no two alike and none without a name."""
    taken = set(down)
    names: list[str] = []
    for head in [*heads.iter_rows(), (TOTAL,)]:
        first, *others = (NOT_STATED if part is None else part for part in head)
        name = f"{first} ({', '.join(others)})" if others else first
        # A column without a name would get one from the table library.
        while not name or any(f"{name}{end}" in taken for end in ("", "_stated", "_projects")):
            name = f"({name})"
        taken |= {name, f"{name}_stated", f"{name}_projects"}
        names.append(name)
    return names
