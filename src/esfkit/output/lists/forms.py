"""How the cells of official lists are made from a record: one row of :data:`FORMS` a form.

A form gives ``None`` where the record does not say; nothing is guessed and no money is
converted. ``columns.csv`` chooses the form of each column.
"""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import Any, Final, NamedTuple

import polars as pl
from polars.datatypes import DataTypeClass

from esfkit.dataset.columns import SCHEMA
from esfkit.output.lists.columns import ListColumn
from esfkit.output.lists.places import nuts_code
from esfkit.output.lists.rates import as_percent, union_percent
from esfkit.vocabulary.fold import fold
from esfkit.vocabulary.lists import headings_by_list

Row = Mapping[str, Any]
"""A record, by column."""

_MONEY: Final = pl.Decimal(38, 2)
_EU_MONEY_ONLY: Final = "esf-list"
"""The layout whose support is EU money: elsewhere ESF-rådet's holds the state's part too."""


class Given(NamedTuple):
    """What the caller says, which no record holds.

    Attributes:
        updated: The day on which the list was last updated.
        sek_per_eur: Kronor for one euro, for lists that want the rate beside kronor.
        by_year: The same for projects that start in a year, where there is no one rate.
    """

    updated: date | None = None
    sek_per_eur: Decimal | None = None
    by_year: Mapping[int, Decimal] = MappingProxyType({})


class Form(NamedTuple):
    """How the cells of a column are made.

    Attributes:
        dtype: What they are; ``None`` for the type of the record's column.
        read: Gives the cell.
    """

    dtype: pl.DataType | DataTypeClass | None
    read: Callable[[Row, ListColumn, Given], object]


def column_type(column: ListColumn) -> pl.DataType | DataTypeClass:
    """Return the type of a list's column."""
    return FORMS[column.form].dtype or SCHEMA[column.field]


def cell_of(row: Row, column: ListColumn, given: Given) -> object:
    """Return what stands in a list's column for a record; ``None`` for nothing."""
    return FORMS[column.form].read(row, column, given)


# --- the forms --------------------------------------------------------------------------


def _plain(row: Row, column: ListColumn, _given: Given) -> object:
    return row[column.field]


def _constant(_row: Row, column: ListColumn, _given: Given) -> object:
    return column.field


def _nothing(_row: Row, _column: ListColumn, _given: Given) -> object:
    return None


def _joined(row: Row, column: ListColumn, _given: Given) -> object:
    return "; ".join(row[column.field] or ()) or None


def _one_of(row: Row, column: ListColumn, _given: Given) -> object:
    return row[column.field] if row[column.field] in column.allowed else None


def _percent_sign(row: Row, column: ListColumn, _given: Given) -> object:
    fraction = row[column.field]
    return None if fraction is None else f"{as_percent(fraction):.9g}%"


def _union_rate(row: Row, _column: ListColumn, _given: Given) -> object:
    return union_percent(row)


def _nuts(row: Row, _column: ListColumn, _given: Given) -> object:
    return nuts_code(row)


def _eu_support(row: Row, _column: ListColumn, _given: Given) -> object:
    return row["esf_support_sek"] if row["layout"] == _EU_MONEY_ONLY else None


def _english_summary(row: Row, _column: ListColumn, _given: Given) -> object:
    """Return the section that a list's column with the English summary was read into."""
    for section in row["sections"] or ():
        if section["heading"] and fold(section["heading"]) in _SUMMARY_HEADINGS:
            return section["text"]
    return None


_SUMMARY_HEADINGS: Final = frozenset(
    form
    for forms in headings_by_list().values()
    for form, heading in forms.items()
    if heading.field == "listed_section"
)


def _budget(row: Row, _column: ListColumn, _given: Given) -> object:
    """Return the total budget in kronor, else in euro."""
    kronor = row["total_budget_sek"]
    return row["total_budget_eur"] if kronor is None else Decimal(kronor)


def _budget_currency(row: Row, _column: ListColumn, _given: Given) -> object:
    if row["total_budget_sek"] is not None:
        return "SEK"
    return None if row["total_budget_eur"] is None else "EUR"


def _euro_first(row: Row, column: ListColumn, given: Given) -> object:
    """Return the total budget in euro, which needs no exchange rate, else in kronor."""
    euro = row["total_budget_eur"]
    return _budget(row, column, given) if euro is None else euro


def _euro_first_currency(row: Row, column: ListColumn, given: Given) -> object:
    return _budget_currency(row, column, given) if row["total_budget_eur"] is None else "EUR"


def _exchange_rate(row: Row, column: ListColumn, given: Given) -> object:
    if _euro_first_currency(row, column, given) != "SEK":
        return None
    start = row["period_start"]
    rate = given.sek_per_eur or (None if start is None else given.by_year.get(start.year))
    return None if rate is None else float(rate)


def _category(row: Row, column: ListColumn, _given: Given) -> object:
    code = row[column.field]
    return int(code) if code and code.isascii() and code.isdigit() else None


def _day_first(row: Row, column: ListColumn, _given: Given) -> object:
    return _with_slashes(row[column.field])


def _last_update(_row: Row, _column: ListColumn, given: Given) -> object:
    return given.updated


def _last_update_day_first(_row: Row, _column: ListColumn, given: Given) -> object:
    return _with_slashes(given.updated)


def _with_slashes(day: date | None) -> str | None:
    return None if day is None else f"{day.day:02}/{day.month:02}/{day.year:04}"


FORMS: Final[Mapping[str, Form]] = {
    "budget": Form(_MONEY, _budget),
    "budget_currency": Form(pl.String, _budget_currency),
    "category": Form(pl.Int64, _category),
    "constant": Form(pl.String, _constant),
    "day_first": Form(pl.String, _day_first),
    "english_summary": Form(pl.String, _english_summary),
    "eu_support": Form(pl.Int64, _eu_support),
    "euro_first": Form(_MONEY, _euro_first),
    "euro_first_currency": Form(pl.String, _euro_first_currency),
    "exchange_rate": Form(pl.Float64, _exchange_rate),
    "joined": Form(pl.String, _joined),
    "last_update": Form(pl.Date, _last_update),
    "last_update_day_first": Form(pl.String, _last_update_day_first),
    "nothing": Form(pl.String, _nothing),
    "nuts": Form(pl.String, _nuts),
    "one_of": Form(pl.String, _one_of),
    "percent_sign": Form(pl.String, _percent_sign),
    "plain": Form(None, _plain),
    "union_rate": Form(pl.Float64, _union_rate),
}
"""Every form that ``columns.csv`` may choose."""
