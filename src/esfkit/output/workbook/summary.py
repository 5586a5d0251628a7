"""The sheet of sums by region and programme area."""

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

import polars as pl

from esfkit.dataset.dictionary import Language, headings
from esfkit.output.workbook.book import Book, Sheet, Style
from esfkit.output.workbook.cells import PER_CENT, WHOLE
from esfkit.output.workbook.grouping import NATIONAL, Area, areas_met, regions, regions_met
from esfkit.output.workbook.sums import (
    AREA,
    REGION,
    Condition,
    Figure,
    Ground,
    Measure,
    Value,
    as_excel_adds,
    cell,
    count_of,
    counting,
    share_of,
    stating,
    sum_of,
)
from esfkit.output.workbook.words import words_in

_KRONOR: Final = (
    Measure("total_budget_sek"),
    Measure("esf_support_sek"),
    Measure("esf_support_sek", over="total_budget_sek"),
    Measure("planned_participants"),
)
_EURO: Final = (Measure("total_budget_eur"), Measure("esf_support_eur"))
_ADDED: Final = tuple(m.name for m in (*_KRONOR, *_EURO) if m.over is None)

_CODES, _NAMES, _FIRST_BLOCK = 1, 2, 4
_LABELS, _FIGURES, _SMALL = 26, 16, 8


class _Line(NamedTuple):
    """A row or a pair of columns of each block.

    Attributes:
        label: What stands at its beginning.
        conditions: Of the records that belong to it.
        look: How it differs from the others.
    """

    label: str
    conditions: Sequence[Condition]
    look: dict[str, object]


class _Layout(NamedTuple):
    """The sheet that is being filled."""

    book: Book
    sheet: Sheet
    ground: Ground
    rows: Sequence[_Line]
    columns: Sequence[_Line]
    language: Language


def put_summary(book: Book, ground: Ground, language: Language) -> None:
    """Write the sheet.

    Args:
        book: Where it goes, behind the others.
        ground: The records, each with its groups, and where they stand.
        language: Of the words.
    """
    words = words_in(language)
    counted = ground._replace(frame=as_excel_adds(ground.frame, _ADDED))
    met = counted.frame.filter(*(condition.rows for condition in counting()))
    areas = areas_met(met[AREA].to_list(), language)
    layout = _Layout(
        book,
        book.add_sheet(words["summary_sheet"]),
        counted,
        list(_rows(met[REGION].to_list(), language)),
        list(_columns(areas, language)),
        language,
    )
    _put_heads(layout, areas)
    below = _put_projects(layout, _FIRST_BLOCK)
    for measure in _measures(met):
        below = _put_block(layout, below, measure)
    told = words["summary_how"].format(
        projects=words["projects_sheet"], counts=words["counts"], other=words["other"]
    )
    for row, sentence in enumerate(told.split("|"), below):
        book.put(layout.sheet, (row, 0), sentence)


def _measures(met: pl.DataFrame) -> Iterator[Measure]:
    """Yield what is summed: kronor, and euro apart from them if a project states any."""
    yield from _KRONOR
    yield from (measure for measure in _EURO if met[measure.name].count())


# --- rows and columns


def _rows(groups: Sequence[str], language: Language) -> Iterator[_Line]:
    """Yield the regions and their sum, then what is nationwide, not stated, and all."""
    words = words_in(language)
    own = regions_met(groups)
    nationwide = next(name for name, code in regions().items() if code == NATIONAL)
    apart = [nationwide, words["other"], words["not_stated"]]
    for name in own:
        yield _Line(name, [], {})
    others = [Condition(REGION, f'"<>{label}"', pl.col(REGION) != label) for label in apart]
    yield _Line(words["regions_total"], others, {"italic": True, "top": 1})
    for name in apart:
        if name in groups:
            yield _Line(name, [], {"top": 4} if name == nationwide else {})
    yield _Line(words["total"], [], {"bold": True, "top": 1})


def _columns(areas: Sequence[Area], language: Language) -> Iterator[_Line]:
    for area in areas:
        yield _Line(area.label, [], {})
    yield _Line(words_in(language)["total"], [], {"bold": True})


def _conditions(layout: _Layout, row: int, line: _Line, column: int) -> list[Condition]:
    """Return what the records of a figure have in common; groups are read from the heads."""
    found = [*counting(), *line.conditions]
    labels = {words_in(layout.language)["regions_total"], layout.rows[-1].label}
    if line.label not in labels:
        where = cell(row, 0)
        found.append(Condition(REGION, f"${where}", pl.col(REGION) == line.label))
    area = layout.columns[column].label
    if column < len(layout.columns) - 1:
        letters = cell(_CODES, 1 + 2 * column).rstrip("0123456789")
        found.append(Condition(AREA, f"{letters}${_CODES + 1}", pl.col(AREA) == area))
    return found


# --- what is written


def _put_heads(layout: _Layout, areas: Sequence[Area]) -> None:
    book, sheet = layout.book, layout.sheet
    words = words_in(layout.language)
    book.put(sheet, (0, 0), words["summary_title"], book.style(bold=True, font_size=14))
    code = book.style(bold=True, align="center", bg_color="#E7EEF4")
    region = book.style(bold=True, bg_color="#E7EEF4")
    name = book.style(
        text_wrap=True, align="center", valign="top", bg_color="#E7EEF4", bottom=1
    )
    book.put(sheet, (_CODES, 0), headings(layout.language)["region"], region)
    book.put(sheet, (_NAMES, 0), " ", name)
    for number, line in enumerate(layout.columns):
        at = 1 + 2 * number
        shown = areas[number].name if number < len(areas) else ""
        sheet.merge_range(_CODES, at, _CODES, at + 1, line.label, code)
        sheet.merge_range(_NAMES, at, _NAMES, at + 1, shown, name)
        sheet.set_column(at, at, _FIGURES)
        sheet.set_column(at + 1, at + 1, _SMALL)
    sheet.set_column(0, 0, _LABELS)
    sheet.set_row(_NAMES, 48)
    sheet.freeze_panes(_NAMES + 1, 1)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)


def _put_title(layout: _Layout, row: int, title: str, beside: str) -> None:
    style = {"bold": True, "bg_color": "#F3F3F3"}
    layout.book.put(layout.sheet, (row, 0), title, layout.book.style(**style))
    right = layout.book.style(**style, align="right")
    for column in range(len(layout.columns)):
        layout.book.put(layout.sheet, (row, 1 + 2 * column), " ", right)
        layout.book.put(layout.sheet, (row, 2 + 2 * column), beside, right)


def _put_projects(layout: _Layout, top: int) -> int:
    """Write how many projects there are and their share of all; return where to go on."""
    words = words_in(layout.language)
    _put_title(layout, top, words["block_projects"], words["block_projects_n"])
    whole = count_of(layout.ground, counting()).value
    last = cell(top + len(layout.rows), 2 * len(layout.columns) - 1)
    for row, line, column, at in _places(layout, top):
        counted = count_of(layout.ground, _conditions(layout, row, line, column))
        here = cell(row, at)
        share = Figure(f'=IF({last}=0,"",{here}/{last})', _divided(counted.value, whole))
        _put_figure(layout, (row, at), counted, _style(layout, line, column, WHOLE))
        _put_figure(layout, (row, at + 1), share, _style(layout, line, column, "0.0%"))
    return top + len(layout.rows) + 2


def _put_block(layout: _Layout, top: int, measure: Measure) -> int:
    """Write one measure, each figure beside how many projects state it."""
    words, names = words_in(layout.language), headings(layout.language)
    title = names["esf_share"] if measure.over else names[measure.name]
    if measure.over is None and measure.name.endswith(("_sek", "_eur")):
        title = f"{title} ({measure.name[-3:].upper()})"
    _put_title(layout, top, title, words["n"])
    form = PER_CENT if measure.over else "#,##0.00" if measure.name.endswith("_eur") else WHOLE
    for row, line, column, at in _places(layout, top):
        conditions = _conditions(layout, row, line, column)
        columns = [measure.name, *([measure.over] if measure.over else [])]
        n = count_of(layout.ground, [*conditions, *stating(*columns)])
        if measure.over:
            figure = share_of(layout.ground, measure, conditions)
        else:
            figure = sum_of(layout.ground, measure.name, conditions, cell(row, at + 1))
        _put_figure(layout, (row, at), figure, _style(layout, line, column, form))
        _put_figure(layout, (row, at + 1), n, _style(layout, line, column, WHOLE, grey=True))
    return top + len(layout.rows) + 2


def _places(layout: _Layout, top: int) -> Iterator[tuple[int, _Line, int, int]]:
    """Yield row, its line, number of the column and its place, and write the row's label."""
    for row, line in enumerate(layout.rows, top + 1):
        layout.book.put(layout.sheet, (row, 0), line.label, layout.book.style(**line.look))
        for column in range(len(layout.columns)):
            yield row, line, column, 1 + 2 * column


def _put_figure(layout: _Layout, at: tuple[int, int], figure: Figure, style: Style) -> None:
    layout.sheet.write_formula(*at, figure.formula, style, figure.value)


def _style(
    layout: _Layout, line: _Line, column: int, form: str, *, grey: bool = False
) -> Style:
    look = {**layout.columns[column].look, **line.look, "num_format": form}
    return layout.book.style(**look, **({"font_color": "#666666"} if grey else {}))


def _divided(part: Value, whole: Value) -> Value:
    return float(part) / float(whole) if whole else ""
