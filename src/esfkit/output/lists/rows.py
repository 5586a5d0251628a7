"""A table of projects → an official list, and the rows that cannot stand in it."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Final, NamedTuple

import polars as pl

from esfkit.dataset.dictionary import Language
from esfkit.output.lists.columns import (
    ListColumn,
    OfficialList,
    list_columns,
    official_list,
    words_for,
)
from esfkit.output.lists.forms import Given, Row, cell_of, column_type
from esfkit.output.lists.rates import percent_of_area

_NOT_NEEDED: Final = ("provenance", "findings")
_SOURCE: Final = ("source_path", "source_member", "source_line", "source_url")


class Cause(NamedTuple):
    """Why a row cannot stand in a list.

    Attributes:
        code: As in ``causes.csv``.
        column: The heading of the list's column concerned, or nothing.
        value: What was met, where that tells more.
        period: The period of the list.
    """

    code: str
    column: str = ""
    value: str = ""
    period: str = ""

    def told(self, language: Language) -> str:
        """Return the cause in words."""
        return words_for(self.code, language).format_map(self._asdict())


class Refusal(NamedTuple):
    """A project that is left out of a list.

    Attributes:
        record_id: Whose record it is.
        project_number: Its number, if it has one.
        source: Where it was read: ``source_path`` and its kin.
        causes: Why; at least one.
    """

    record_id: str
    project_number: str | None
    source: Mapping[str, object]
    causes: tuple[Cause, ...]


class Listed(NamedTuple):
    """An official list.

    Attributes:
        table: One row a project, with the headings of the list as names of its columns.
        refused: The projects that are left out, in the order in which they stand.
        rates_of_areas: In how many rows the Union rate is that of the programme area by
            the code list and not printed.
    """

    table: pl.DataFrame
    refused: tuple[Refusal, ...]
    rates_of_areas: int


class Filled(NamedTuple):
    """How far a column of a list is filled.

    Attributes:
        heading: The column.
        stated: In how many rows.
        empty: Why it is empty where it is so throughout; a code of ``causes.csv``.
    """

    heading: str
    stated: int
    empty: str


def listed(name: str, projects: pl.DataFrame, given: Given | None = None) -> Listed:
    """Return an official list of the projects.

    Args:
        name: The list; see ``lists.csv``.
        projects: Records, one a project, with all columns but ``provenance`` and
            ``findings`` and the personal ones, which no list has.
        given: What the caller says.

    Returns:
        The list: what a record does not state is null. Amounts are those of the record
        in the currency beside them; rates are in percent, as in the law.

    Raises:
        BadRequest: There is no such list.
    """
    official, columns = official_list(name), list_columns(name)
    given = given or Given()
    rows: list[tuple[object, ...]] = []
    refused: list[Refusal] = []
    from_code_list = 0
    for row in projects.drop(_NOT_NEEDED, strict=False).iter_rows(named=True):
        cells = tuple(cell_of(row, column, given) for column in columns)
        causes = tuple(_causes(row, cells, columns, official))
        if causes:
            refused.append(_refusal(row, causes))
            continue
        rows.append(cells)
        from_code_list += _has_rate_of_area(row, columns)
    return Listed(_table(rows, columns), tuple(refused), from_code_list)


def filled_columns(name: str, table: pl.DataFrame) -> list[Filled]:
    """Return for each column of a list in how many rows it is filled."""
    return [
        Filled(column.heading, table[column.heading].count(), column.empty)
        for column in list_columns(name)
    ]


def _table(rows: Sequence[Sequence[object]], columns: Sequence[ListColumn]) -> pl.DataFrame:
    schema = {column.heading: column_type(column) for column in columns}
    return _in_whole_units(pl.DataFrame(rows, schema=schema, orient="row"))


def _in_whole_units(table: pl.DataFrame) -> pl.DataFrame:
    """Return the table with amounts as whole numbers where none has decimals."""
    whole = [
        name
        for name, dtype in table.schema.items()
        if dtype.is_decimal() and (table[name] % 1 == 0).all()
    ]
    return table.with_columns(pl.col(whole).cast(pl.Int64)) if whole else table


def _has_rate_of_area(row: Row, columns: Sequence[ListColumn]) -> bool:
    if row["union_cofinancing_rate"] is not None:
        return False
    wanted = any(column.form == "union_rate" for column in columns)
    return wanted and percent_of_area(row) is not None


def _refusal(row: Row, causes: tuple[Cause, ...]) -> Refusal:
    source = {name: row[name] for name in _SOURCE}
    return Refusal(row["record_id"], row["project_number"], source, causes)


# --- what keeps a row out ---------------------------------------------------------------


def _causes(
    row: Row, cells: Sequence[object], columns: Sequence[ListColumn], official: OfficialList
) -> Iterator[Cause]:
    """Yield why a row cannot stand in the list; of another period nothing more is asked."""
    period = row["programme_period"]
    if official.period and period != official.period:
        code = "other_period" if period else "unknown_period"
        yield Cause(code, value=period or "", period=official.period)
        return
    for cell, column in zip(cells, columns, strict=True):
        if column.required and (cell is None or cell == ""):
            yield Cause("value_missing", column.heading)
        elif not _is_in_range(cell, column):
            yield Cause("out_of_range", column.heading)
    by_heading = dict(zip((column.heading for column in columns), cells, strict=True))
    for code, is_broken in _RULES.get(official.name, ()):
        if is_broken(row, by_heading):
            yield Cause(code)


def _is_in_range(cell: object, column: ListColumn) -> bool:
    if not isinstance(cell, int | float | Decimal):
        return True
    if column.minimum is not None and not cell >= column.minimum:  # nor is NaN in range
        return False
    return column.maximum is None or cell <= column.maximum


Rule = Callable[[Row, Mapping[str, object]], bool]
"""Whether a record and its cells by heading break a rule."""


def _ends_before_start(row: Row, _cells: Mapping[str, object]) -> bool:
    start, end = row["period_start"], row["period_end"]
    return start is not None and end is not None and end < start


def _has_no_place(_row: Row, cells: Mapping[str, object]) -> bool:
    return all(cells[heading] is None for heading in _PLACES)


def _lacks_exchange_rate(_row: Row, cells: Mapping[str, object]) -> bool:
    currency = cells["Total_Eligible_Expenditure_Currency"]
    rate = cells["Total_Eligible_Expenditure_Exchange_Rate"]
    return currency not in (None, "EUR") and rate is None


_PLACES: Final = (
    "Location_Indicator_Postcode",
    "Location_Indicator_NUTS_code",
    "Location_Indicator_latitude_longitude",
)
_RULES: Final[Mapping[str, tuple[tuple[str, Rule], ...]]] = {
    "kohesio": (
        ("dates_reversed", _ends_before_start),
        ("no_place", _has_no_place),
        ("no_exchange_rate", _lacks_exchange_rate),
    )
}
"""What the validator of a list asks beyond its schema (ISAITB/validator-plugin-kohesio)."""
