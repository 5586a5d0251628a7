"""Kinds of field: how words, figures, dates and amounts go into a column."""

from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal
from typing import Final, NamedTuple

from esfkit.model.finding import Problem
from esfkit.parsing.draft import Draft
from esfkit.parsing.header import Found
from esfkit.parsing.lines import on_one_line
from esfkit.values.amount import Currency, Money, read_amount, to_kronor
from esfkit.values.dates import PartialDate, read_date
from esfkit.values.nullwords import says_nothing

Reader = Callable[[str], object]
"""Words → the value, a :class:`Problem`, or ``None`` where the words say nothing."""

AmountReader = Callable[[str, Currency], Money | Problem | None]
"""The same for money, given the currency to assume where none is printed."""

_CENT: Final = Decimal("0.01")


class Field(NamedTuple):
    """How one field is read.

    Attributes:
        take: Puts the value of a label into the draft.
        reader: Tells whether words are such a value; ``None`` where any words are.
    """

    take: Callable[[Draft, Found], None]
    reader: Reader | None


def text(column: str) -> Field:
    """Return a field whose value is the words as printed, on one line."""

    def take(draft: Draft, found: Found) -> None:
        words = draft.words(found)
        if not words:
            draft.refuse(Problem.VALUE_MISSING, column, found)
        elif says_nothing(words):
            draft.refuse(Problem.NULL_WORD, column, found)
        else:
            draft.put(column, on_one_line(words), found)

    return Field(take, None)


def typed(column: str, reader: Reader) -> Field:
    """Return a field whose value one reader gives."""

    def take(draft: Draft, found: Found) -> None:
        value = read_value(draft, column, found, reader)
        if value is not None:
            draft.put(column, value, found)

    return Field(take, reader)


def read_value(draft: Draft, column: str, found: Found, reader: Reader) -> object:
    """Return the value, or ``None`` after reporting why there is none."""
    words = draft.words(found)
    if not words:
        draft.refuse(Problem.VALUE_MISSING, column, found)
        return None
    value = reader(words)
    if value is None:
        draft.refuse(Problem.NULL_WORD, column, found)
        return None
    if isinstance(value, Problem):
        draft.refuse(value, column, found)
        return None
    return value


def ignored() -> Field:
    """Return a field that is known but has no column."""

    def take(_draft: Draft, _found: Found) -> None:
        return

    return Field(take, None)


def amount(name: str, reader: AmountReader = read_amount) -> Field:
    """Return a field of money: the column follows from the currency printed."""

    def take(draft: Draft, found: Found) -> None:
        currency = draft.layout.currency
        column = f"{name}_{currency.lower()}"
        money = read_value(draft, column, found, lambda words: reader(words, currency))
        if not isinstance(money, Money):
            return
        if money.currency == "EUR":
            _put_euro(draft, name, money.value, found)
            return
        kronor, rounded = to_kronor(money)
        if rounded:
            draft.refuse(Problem.AMOUNT_ROUNDED, f"{name}_sek", found)
        draft.put(f"{name}_sek", kronor, found)

    return Field(take, read_amount)


def _put_euro(draft: Draft, name: str, value: Decimal, found: Found) -> None:
    if name == "call_amount":
        draft.refuse(Problem.CURRENCY_UNEXPECTED, "call_amount_sek", found)
        return
    draft.put(f"{name}_eur", value.quantize(_CENT, rounding=ROUND_HALF_UP), found)


def day(column: str, reader: Reader = read_date) -> Field:
    """Return a field of one day; a month or year alone is a finding and no day."""

    def take(draft: Draft, found: Found) -> None:
        value = read_value(draft, column, found, reader)
        if isinstance(value, PartialDate):
            put_day(draft, column, value, found, (found.start, found.end))

    return Field(take, reader)


def put_day(
    draft: Draft, column: str, value: PartialDate, found: Found, span: tuple[int, int]
) -> None:
    """Put a date that names a day; report one that does not."""
    whole = value.as_date()
    if whole is None:
        draft.refuse(Problem.DATE_IMPRECISE, column, found)
    else:
        draft.put(column, whole, found, span)


def if_readable(column: str, reader: Reader) -> Field:
    """Return a field that holds a value of its kind, or an address or code of another."""

    def take(draft: Draft, found: Found) -> None:
        value = reader(draft.words(found))
        if value is not None and not isinstance(value, Problem):
            draft.put(column, value, found)

    return Field(take, reader)
