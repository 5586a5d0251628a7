"""How a condition after ``--where`` may go on."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Final

from esfkit.cli.completing.offer import Offer
from esfkit.dataset.dictionary import data_dictionary
from esfkit.model.kind import KINDS
from esfkit.vocabulary.codes import code_list
from esfkit.vocabulary.tables import read_table

_TOKEN: Final = re.compile(r"'[^']*+'?+|\w++|[<>=!]++|[^\w\s'<>=!]")
_EQUAL_OR_NOT: Final = ("=", "==", "!=", "<>")
_JOINING: Final = ("(", "and", "or", "not")

_ASKED: Final = ("== '", "!= '", "in ('", "like '%", "is null", "is not null")
_ASKED_OF_DAYS: Final = (">= '", "<= '", "is null", "is not null")
_ASKED_OF_NUMBERS: Final = (">= ", "<= ", "== ", "is null", "is not null")
_BASES: Final = ("printed", "cci", "number", "layout", "area", "dates")
_PHASES: Final = ("Förprojektering", "Genomförande")


def condition_offers(written: str) -> Iterator[Offer]:
    """Yield the condition as it stands, with one step more: a column, a sign or a value.

    Args:
        written: What was written of it.
    """
    before, begun = _parted(written)
    tokens = _TOKEN.findall(before)
    compared = _compared(tokens)
    if compared:
        yield from _values(before, begun.removeprefix("'"), compared)
    elif begun.startswith("'"):
        return
    elif not tokens or tokens[-1].lower() in _JOINING:
        yield from _columns(before, begun)
    elif _is_stated(tokens[-1]):
        yield from _links(before, begun)
    else:
        yield from _signs(before, begun, tokens[-1])


def _parted(written: str) -> tuple[str, str]:
    """Return what is finished, and the word or the text that is being written."""
    found = [*_TOKEN.finditer(written)]
    if not found or found[-1].end() < len(written):
        return written, ""
    last = found[-1]
    is_open = last[0].startswith("'") and (len(last[0]) == 1 or not last[0].endswith("'"))
    if is_open or last[0][-1].isalnum() or last[0].endswith("_"):
        return written[: last.start()], last[0]
    return written, ""


def _compared(tokens: Sequence[str]) -> str:
    """Return the column that a value stands behind: after a sign, or in a list."""
    match tokens:
        case [*_, column, sign] if sign in _EQUAL_OR_NOT:
            return column
    place = len(tokens)
    while place and (tokens[place - 1] == "," or tokens[place - 1].startswith("'")):
        place -= 1
    match [token.lower() for token in tokens[:place]]:
        case [*_, column, "not", "in", "("]:
            return column
        case [*_, column, "in", "("]:
            return column
        case _:
            return ""


def _is_stated(token: str) -> bool:
    """Tell whether a comparison ends with the token."""
    return (
        token in (")", "'") or token.endswith("'") or token.isdigit() or token.lower() == "null"
    )


def _columns(before: str, begun: str) -> Iterator[Offer]:
    fitting = [row for row in data_dictionary() if row.column.startswith(begun)]
    if len(fitting) == 1:
        [only] = fitting
        yield from _signs(f"{before}{only.column} ", "", only.column)
        return
    for row in fitting:
        yield Offer(f"{before}{row.column}", row.heading_en, goes_on=True)


def _signs(before: str, begun: str, column: str) -> Iterator[Offer]:
    units = {row.column: row.unit for row in data_dictionary()}
    if column not in units:
        return
    for sign in _asked_of(units[column]):
        if sign.startswith(begun):
            yield Offer(f"{before}{sign}", goes_on=not sign.endswith("null"))


def _asked_of(unit: str) -> tuple[str, ...]:
    """Return what can be asked of a column, by its unit: texts have none."""
    if not unit:
        return _ASKED
    return _ASKED_OF_DAYS if unit == "date" else _ASKED_OF_NUMBERS


def _links(before: str, begun: str) -> Iterator[Offer]:
    for link in ("and ", "or "):
        if link.startswith(begun.lower()):
            yield Offer(f"{before}{link}", goes_on=True)


def _values(before: str, begun: str, column: str) -> Iterator[Offer]:
    for value, about in values_of(column).items():
        if value.lower().startswith(begun.lower()):
            yield Offer(f"{before}'{value}'", about)


@cache
def values_of(column: str) -> Mapping[str, str]:
    """Return the values that a column can have, with what each means.

    Empty for columns whose values no list holds, such as titles.
    """
    read = _VALUES.get(column)
    return read() if read else {}


@cache
def layout_names() -> tuple[str, ...]:
    """Return the names of all layouts, which are those of their files."""
    folder = files("esfkit.layouts").joinpath("definitions")
    names = (entry.name for entry in folder.iterdir())
    return tuple(sorted(name.removesuffix(".toml") for name in names if name.endswith(".toml")))


def _codes(name: str) -> Callable[[], Mapping[str, str]]:
    def read() -> dict[str, str]:
        named: dict[str, str] = {}
        for code in code_list(name).codes:
            about = f"{code.name_sv} ({code.period})" if code.period else code.name_sv
            named[code.code] = f"{named[code.code]}, {about}" if code.code in named else about
        return named

    return read


def _names(name: str) -> Callable[[], Mapping[str, str]]:
    def read() -> dict[str, str]:
        return {
            each: code.code
            for code in code_list(name).codes
            for each in code.names[:1]
            if "'" not in each
        }

    return read


def _periods() -> Mapping[str, str]:
    return {code.period: "" for code in code_list("programme_areas").codes}


def _funds() -> Mapping[str, str]:
    return {row["code"]: row["name"] for row in read_table("funds")}


def _just(*words: str) -> Callable[[], Mapping[str, str]]:
    return lambda: dict.fromkeys(words, "")


_VALUES: Final[Mapping[str, Callable[[], Mapping[str, str]]]] = {
    "region": _names("regions"),
    "region_code": _codes("regions"),
    "municipalities": _names("municipalities"),
    "municipality_codes": _codes("municipalities"),
    "programme_period": _periods,
    "programme_period_basis": _just(*_BASES),
    "programme_cci": _codes("programmes"),
    "programme_area": _codes("programme_areas"),
    "programme_area_name": _names("programme_areas"),
    "specific_objective": _codes("objectives"),
    "intervention_code": _codes("interventions"),
    "fund": _funds,
    "kind": _just(*KINDS),
    "layout": lambda: dict.fromkeys(layout_names(), ""),
    "phase": _just(*_PHASES),
}
