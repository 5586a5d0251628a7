"""Printed words → an amount of money.

The grammar, after folding (see ``layouts.md`` and ``checks.md`` for the forms met)::

    amount   = [hedge] [unit] number [unit] [remark]
    unit     = [scale] [currency]          tkr, miljoner kronor, MEUR, €, :-
    number   = whole [mark digit{1,2}]     öre and cents; more digits before a scale
    whole    = digits | groups of three parted by spaces, by full stops or by commas
    remark   = "(" words ")" | "inkl." words | "*"       see :mod:`esfkit.values.remarks`

One mark followed by exactly three digits parts thousands, for kronor and euro have
no thousandths. Before a scale it could be either (``12,500 tkr``): nobody guesses.
"""

import re
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal, NamedTuple

from esfkit.model.finding import Problem
from esfkit.values.hedges import without_hedge
from esfkit.values.nullwords import stated_in_digits
from esfkit.values.remarks import changes_the_figure, part_remark

Currency = Literal["SEK", "EUR"]


class Money(NamedTuple):
    """An amount as printed, never converted.

    Attributes:
        value: The amount in whole currency units, exact.
        currency: As printed, or the one assumed where none is printed.
        scale: 1000 for ``850 tkr``, 1000000 for ``2,9 mnkr``; else 1.
        hedged: Whether the words call it approximate (``drygt 4 miljoner``).
    """

    value: Decimal
    currency: Currency
    scale: int = 1
    hedged: bool = False

    @property
    def approximate(self) -> bool:
        """Whether the text itself rounded the amount."""
        return self.hedged or self.scale > 1


class _Unit(NamedTuple):
    scale: int
    currency: Currency | None


_CURRENCIES: dict[str, Currency] = {
    **dict.fromkeys(("kr", "kronor", "krona", "svenska kronor", "sek"), "SEK"),
    **dict.fromkeys((":-", ",-", "kr-"), "SEK"),
    **dict.fromkeys(("€", "eur", "euro", "euros"), "EUR"),
}
_SCALES = {
    "tusen": 10**3,
    **dict.fromkeys(("miljon", "miljoner", "milj", "mn", "million", "millions"), 10**6),
    **dict.fromkeys(("miljard", "miljarder", "mdr"), 10**9),
}
_SCALES_BESIDE_CURRENCY = {"t": 10**3, "k": 10**3, "m": 10**6, "md": 10**9}
"""Single letters are a scale only where a currency is printed: ``€2.5M``, ``tkr``."""

_UNITS: dict[str, _Unit] = {
    "": _Unit(1, None),
    **{name: _Unit(1, currency) for name, currency in _CURRENCIES.items()},
    **{name: _Unit(scale, None) for name, scale in _SCALES.items()},
    **{
        f"{scale_name}{blank}{name}": _Unit(scale, currency)
        for scale_name, scale in (_SCALES | _SCALES_BESIDE_CURRENCY).items()
        for name, currency in _CURRENCIES.items()
        for blank in ("", " ")
    },
}
_OTHER_CURRENCIES = frozenset(("$", "usd", "dkk", "dkr", "nok", "nkr", "gbp", "£", "chf"))

_CONNECTORS = frozenset(
    ("-", "--", "till", "to", "och", "eller", "resp", "/", ";", "+", "mellan")
)

_COMMON = re.compile(
    r"(0|[1-9][0-9]{0,2}(?:[ \xa0\u202f][0-9]{3}){0,4}|[1-9][0-9]{3,14})([ \xa0]kr)?"
)

_PARTS = re.compile(r"\A([^0-9]{0,40})([0-9](?:[0-9 .,]{0,60}[0-9])?)([^0-9]{0,40})")

_FIGURES = re.compile(r"[0-9](?:[0-9 .,]{0,60}[0-9])?")

_NUMBER = re.compile(
    r"(?:([1-9][0-9]{0,2}(?: [0-9]{3}){1,4})(?:[.,]([0-9]{1,6}))?"
    r"|([1-9][0-9]{0,2}(?:\.[0-9]{3}){1,4})(?:,([0-9]{1,6}))?"
    r"|([1-9][0-9]{0,2}(?:,[0-9]{3}){1,4})(?:\.([0-9]{1,6}))?"
    r"|(0|[1-9][0-9]{0,14})(?:[.,]([0-9]{1,6}))?)"
)

_ONE_GROUP_BY_MARK = re.compile(r"[1-9][0-9]{0,2}[.,][0-9]{3}")

_OBJECTIVE = re.compile(r"[1-9]\.[1-9]")

_MOST_FIGURES = 24
"""Fifteen digits and the marks between them."""

_SPACED_DIGITS = re.compile(r"[0-9 ]{1,40}(?:[.,][0-9]{1,2})?")

_TOO_MUCH = Decimal(10**15)

_LEAST_WITHOUT_UNIT = {0: 1_000, 1: 1_000_000, 2: 1_000}
"""Decimals → the least figure that is believed to be whole kronor without a unit; 0 is too.

``12,5`` and ``7849,6`` are surely millions and thousands; ``27,859,655.0`` is not. A bare
``12`` is millions, or the number of a page or an area."""

_SCALE_ALONE = frozenset(("tusental", "tusentals", "miljontal", "miljontals"))
"""Words of a remark that say how the figure before them is scaled: ``(i tusental)``."""


def read_amount(words: str, currency: Currency = "SEK") -> Money | Problem | None:
    """Read an amount of money such as ``6 113 800 kr`` or ``2,9 mnkr``.

    Args:
        words: The words as printed.
        currency: The currency to assume where none is printed.
    """
    common = _COMMON.fullmatch(words)
    if common is not None:
        value = Decimal("".join(common[1].split()))
        if common[2] is None and 0 < value < _LEAST_WITHOUT_UNIT[0]:
            return Problem.AMOUNT_WITHOUT_UNIT
        return Money(value, "SEK" if common[2] else currency)
    folded = stated_in_digits(words)
    if folded is None or isinstance(folded, Problem):
        return folded
    bare, remark = part_remark(folded)
    if remark and remark in _UNITS:
        return _read_with_unit_in_brackets(bare, remark, currency)
    amount = _read_folded(bare, currency)
    if not remark or not isinstance(amount, Money):
        return amount
    return _problem_of_remark(bare, remark, amount.currency) or amount


def to_kronor(money: Money) -> tuple[int, bool]:
    """Return an amount in whole kronor, half a krona rounded up, and whether it was rounded.

    Raises:
        ValueError: The amount is not in kronor; nothing is converted silently.
    """
    if money.currency != "SEK":
        message = f"{money.currency} is not kronor"
        raise ValueError(message)
    whole = int(money.value)
    if whole == money.value:
        return whole, False
    return int(money.value.quantize(Decimal(1), rounding=ROUND_HALF_UP)), True


def _read_with_unit_in_brackets(bare: str, unit: str, currency: Currency) -> Money | Problem:
    """Read ``12,5 (mkr)`` with its unit, and ``1 234 567 kronor (SEK)``, which has one."""
    amount = _read_folded(f"{bare} {unit}", currency)
    if isinstance(amount, Money):
        return amount
    own = _read_folded(bare, currency)
    if not isinstance(own, Money):
        return own
    same = _UNITS[unit] == _Unit(1, own.currency)
    return own if same else Problem.AMOUNT_AMBIGUOUS


def _problem_of_remark(bare: str, remark: str, currency: Currency) -> Problem | None:
    """Return why an amount is not what it says without its remark, if it is not.

    Another amount in the remark is no harm where the first has a unit of its own:
    ``14 237 910 SEK (ca 1,4 miljoner euro)``, but not ``14 200 (varav 4 700 tkr)``.
    """
    if changes_the_figure(remark):
        return Problem.UNREADABLE_VALUE
    if not _names_other_unit(remark, currency):
        return None
    has_unit = _NUMBER.fullmatch(without_hedge(bare)[0]) is None
    states_amount = any(mark in "0123456789" for mark in remark)
    return None if has_unit and states_amount else Problem.AMOUNT_AMBIGUOUS


def _names_other_unit(remark: str, currency: Currency) -> bool:
    """Tell whether a remark names a scale, or another currency than the amount's."""
    words = [word.strip(".,:;") for word in remark.split()]
    if not _SCALE_ALONE.isdisjoint(words):
        return True
    units = [_UNITS[word] for word in words if word in _UNITS]
    return any(unit.scale > 1 or unit.currency not in {None, currency} for unit in units)


def _read_folded(folded: str, currency: Currency) -> Money | Problem:
    bare, hedged = without_hedge(folded)
    parts = _PARTS.fullmatch(bare)
    if parts is None:
        return _problem_of_several(bare)
    unit = _unit(parts[1], parts[3])
    if isinstance(unit, Problem):
        return unit
    value = _value(parts[2], unit)
    if isinstance(value, Problem):
        return value
    return Money(value, unit.currency or currency, unit.scale, hedged)


def _unit(before: str, behind: str) -> _Unit | Problem:
    """Return what the words around a number make of it: ``€2.5M``, ``SEK 1 234``."""
    before = before.strip()
    behind = behind.strip().replace(".", "")
    if before in _OTHER_CURRENCIES or behind in _OTHER_CURRENCIES:
        return Problem.CURRENCY_UNEXPECTED
    if behind in _SCALES_BESIDE_CURRENCY and before in _CURRENCIES:
        return _Unit(_SCALES_BESIDE_CURRENCY[behind], _CURRENCIES[before])
    first, second = _UNITS.get(before), _UNITS.get(behind)
    if first is None or second is None or "-" in before or min(first.scale, second.scale) > 1:
        return Problem.UNREADABLE_VALUE
    if first.currency and second.currency and first.currency != second.currency:
        return Problem.AMOUNT_AMBIGUOUS
    return _Unit(first.scale * second.scale, first.currency or second.currency)


def _value(figures: str, unit: _Unit) -> Decimal | Problem:
    number = _NUMBER.fullmatch(figures)
    if number is None:
        return _problem_of_figures(figures)
    if unit.scale > 1:
        if _ONE_GROUP_BY_MARK.fullmatch(figures):
            return Problem.AMOUNT_AMBIGUOUS
    elif (problem := _problem_of_decimals(figures, number, unit)) is not None:
        return problem
    whole, decimals = _whole_and_decimals(number)
    value = Decimal(f"{whole}.{decimals}" if decimals else whole) * unit.scale
    return value if value < _TOO_MUCH else Problem.UNREADABLE_VALUE


def _whole_and_decimals(number: re.Match[str]) -> tuple[str, str]:
    groups = [group for group in number.groups() if group is not None]
    whole = groups[0].translate({32: None, 44: None, 46: None})
    return whole, groups[1] if len(groups) > 1 else ""


def _problem_of_decimals(figures: str, number: re.Match[str], unit: _Unit) -> Problem | None:
    """Return why a number without a scale cannot be whole kronor or euro, if it cannot."""
    if _OBJECTIVE.fullmatch(figures) and unit.currency != "EUR":
        return Problem.AMOUNT_IS_OBJECTIVE
    whole, decimals = _whole_and_decimals(number)
    least = _LEAST_WITHOUT_UNIT.get(len(decimals))
    if least is None:
        return Problem.UNREADABLE_VALUE
    if unit.currency is None and int(whole) < least and int(whole + decimals):
        return Problem.AMOUNT_WITHOUT_UNIT
    return None


def _problem_of_figures(figures: str) -> Problem:
    """Tell groups that lost digits from two figures side by side and from other figures."""
    groups = figures.split(" ")
    if (
        len(groups) == 1
        or len(figures) > _MOST_FIGURES
        or not _SPACED_DIGITS.fullmatch(figures)
    ):
        return Problem.UNREADABLE_VALUE
    for at in range(2, len(groups) - 1):
        halves = (" ".join(groups[:at]), " ".join(groups[at:]))
        if all(map(_NUMBER.fullmatch, halves)):
            return Problem.AMOUNT_AMBIGUOUS
    return Problem.DIGITS_LOST


def _problem_of_several(bare: str) -> Problem:
    """Tell two amounts or a range (``10-12 miljoner``) from dates, numbers and prose."""
    words = " ".join(_FIGURES.split(bare)).replace("kr-", "kr - ").split()
    between = [word.rstrip(".,") for word in words]
    has_unit = any(word in _UNITS for word in between)
    if has_unit and all(word in _CONNECTORS or word in _UNITS for word in between):
        return Problem.AMOUNT_AMBIGUOUS
    return Problem.UNREADABLE_VALUE
